/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destination.h"

G_BEGIN_DECLS

/* What the folder destination asks of the file system, by descriptors, so that
 * no name on the way is a link to somewhere else. Blocks. Errors are of
 * DC_DELIVERY_ERROR. A stick can be pulled out at any call. */

/* Says what errno @number means to whoever hands over; always FALSE. */
gboolean dc_folder_fail     (GError       **error,
                             int            number,
                             const char    *what,
                             const char    *name);
gboolean dc_folder_stopped  (DcTransfer    *transfer,
                             GError       **error);
/* The folder @name in @parent; with @make it is made, durably, where it is not
 * there. -1 on an error; also, without one, where it is not there and not to be
 * made. */
int      dc_folder_open     (int            parent,
                             const char    *name,
                             gboolean       make,
                             GError       **error);

typedef enum
{
  DC_FOLDER_FAILED,
  DC_FOLDER_ABSENT,
  DC_FOLDER_PASSED,      /* no regular file, or longer than @limit */
  DC_FOLDER_READ,
} DcFolderRead;

/* From the medium, not from memory, as far as the system allows. @content is
 * (transfer full). */
DcFolderRead dc_folder_read (int            folder,
                             const char    *name,
                             gsize          limit,
                             GBytes       **content,
                             GError       **error);

typedef enum
{
  DC_FOLDER_WRITE_FAILED,
  DC_FOLDER_WRITE_TAKEN,    /* something of that name was there; it is as it was */
  DC_FOLDER_WRITTEN,
} DcFolderWrite;

/* Whole and durable under its name, or not there; never over another. */
DcFolderWrite dc_folder_write (int            folder,
                               const char    *name,
                               GBytes        *content,
                               DcTransfer    *transfer,
                               GError       **error);

/* By writing: what the mode says, a read-only stick denies. Sets errno. */
gboolean dc_folder_may_write (int            folder);
/* CAMPAIGN/TABLET/QUEUE/NAME; one that is gone is success. SETUP where it is no
 * such name. */
gboolean dc_folder_remove    (int            root,
                              const char    *place,
                              GError       **error);

G_END_DECLS
