/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-shelf.h"

G_BEGIN_DECLS

/* What is looked for below a folder. */
typedef struct
{
  DcShelfFile         file;
  const char         *only;       /* (nullable) CAMPAIGN/TABLET/QUEUE */
  DcTransfer         *transfer;
  DcDestinationFound  found;
  gpointer            data;
} DcFolderWalk;

/* Hands on what lies on the shelves, one file in memory at a time. What is
 * something else, a link, or too long, is passed over. */
gboolean dc_folder_walk (int                  root,
                         const DcFolderWalk  *order,
                         GError             **error);

G_END_DECLS
