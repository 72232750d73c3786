/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-webdav-request.h"

G_BEGIN_DECLS

/* What the WebDAV destination asks of a server; @path is below its address. */

typedef enum
{
  DC_WEBDAV_FAILED,
  DC_WEBDAV_ABSENT,
  DC_WEBDAV_PASSED,    /* longer than @limit */
  DC_WEBDAV_READ,
} DcWebdavRead;

DcWebdavRead dc_webdav_read   (DcWebdavLine  *line,
                               const char    *path,
                               gsize          limit,
                               DcTransfer    *transfer,
                               GBytes       **content,
                               GError       **error);

typedef enum
{
  DC_WEBDAV_MOVES_UNKNOWN,
  DC_WEBDAV_MOVES,         /* a file gets its name when it is whole */
  DC_WEBDAV_CREATES_ONLY,  /* it must be written under its name */
} DcWebdavWay;

typedef enum
{
  DC_WEBDAV_WRITE_FAILED,
  DC_WEBDAV_WRITE_TAKEN,
  DC_WEBDAV_WRITTEN,       /* the server says so: nothing is proven by it */
} DcWebdavWrite;

/* Finds out @way once. The caller has seen that nothing of that name is there:
 * not every server heeds If-None-Match. */
DcWebdavWrite dc_webdav_write (DcWebdavLine  *line,
                               const char    *path,
                               GBytes        *content,
                               DcWebdavWay   *way,
                               DcTransfer    *transfer,
                               GError       **error);
/* Makes the folders of @path, "a/b/c". What a server says of one that is there
 * already differs (405, 403, 409), so that is no error; writing will tell. */
gboolean      dc_webdav_make_folders (DcWebdavLine  *line,
                                      const char    *path,
                                      DcTransfer    *transfer,
                                      GError       **error);
/* Gives the file the name @path.unreadable, in the place of an earlier one.
 * READ_ONLY where that may not be done; one that is gone is success. */
gboolean      dc_webdav_set_aside (DcWebdavLine  *line,
                                   const char    *path,
                                   DcTransfer    *transfer,
                                   GError       **error);
/* Names in a folder, (element-type utf8); empty where there is none of that name
 * and it is not the top. TOO_OLD where the server does not list. (transfer full) */
GPtrArray    *dc_webdav_list  (DcWebdavLine  *line,
                               const char    *path,
                               DcTransfer    *transfer,
                               GError       **error);
gboolean      dc_webdav_delete (DcWebdavLine  *line,
                                const char    *path,
                                DcTransfer    *transfer,
                                GError       **error);
/* Asked by deleting what is not there. Nextcloud looks for the file before it
 * looks at the right, so there the answer may be TRUE for nothing. */
gboolean      dc_webdav_may_delete (DcWebdavLine  *line,
                                    DcTransfer    *transfer,
                                    gboolean      *may,
                                    GError       **error);

G_END_DECLS
