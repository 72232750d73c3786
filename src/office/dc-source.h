/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destination.h"
#include "dc-record.h"

G_BEGIN_DECLS

/* How what was read can be reached again. */
typedef enum
{
  DC_SOURCE_FILE,        /* a path: records, a line each */
  DC_SOURCE_DATABASE,    /* a path: a tablet's database, whose journals lie beside it */
  DC_SOURCE_PLACE,       /* of a destination, for dc_destination_remove () */
} DcSourceKind;

/**
 * DcSource:
 *
 * Where records come from, file by file: bundles, journals, the databases of
 * tablets, folders of those, a destination. The one reader of "open" and
 * "collect": what it finds it hands to the functions below, and says on the
 * standard error, with its place, what is wrong with a file. One that is
 * wrong stops none of the others. Nothing is written to any source. A plain
 * structure; its caller sets the functions and reads the counts. Main thread.
 */
typedef struct
{
  /* One that is whole; @where: "FILE:LINE". */
  void     (*record) (DcRecord     *record,
                      const char   *where,
                      gpointer      data);
  /* Where one was, or seems to have been, and is not whole. @id (nullable) is
   * what its envelope says, unproven. */
  void     (*lost) (const char   *where,
                    const DcId   *id,
                    const GError *error,
                    gpointer      data);
  /* (nullable) the statement of a tablet, as it lies there: not verified. */
  void     (*statement) (GBytes     *line,
                         const char *where,
                         gpointer    data);
  /* (nullable) after what was in it. @whole: FALSE where it, or a part of it,
   * could not be read; what was damaged line by line was told by lost (). */
  void     (*ended) (DcSourceKind  kind,
                     const char   *path,
                     gboolean      whole,
                     gpointer      data);
  gpointer   data;

  guint      n_files;           /* that were read */
  guint      n_failed;          /* that could not be, or whose rest could not be */
  guint      n_altered;         /* that are not as they were written */
  guint      n_passed_over;     /* in a folder, and nothing of ours */
  guint      n_unreadable;      /* records that a damaged database had */
} DcSource;

/* A bundle, a journal, a tablet's database, or a folder of those, however
 * deep; symbolic links in a folder are not followed. */
void     dc_source_add_path        (DcSource       *self,
                                    const char     *path);
/* All that lies at a destination. DC_DELIVERY_ERROR: it could not be read to its end;
 * what was found until then has been handed on. */
gboolean dc_source_add_destination (DcSource       *self,
                                    DcDestination  *destination,
                                    DcTransfer     *transfer,
                                    GError        **error);

G_END_DECLS
