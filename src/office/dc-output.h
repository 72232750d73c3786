/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcOutput:
 *
 * Where a command puts what it made, which may name donors. Its members are
 * filled by GOption from DC_OUTPUT_ENTRIES.
 */
typedef struct
{
  char     *path;    /* (owned) (nullable) NULL or "-": the standard output */
  gboolean  force;
} DcOutput;

#define DC_OUTPUT_ENTRIES(output) \
  { "output", 0, 0, G_OPTION_ARG_FILENAME, &(output)->path, dc_output_help[0], "FILE" }, \
  { "force", 0, 0, G_OPTION_ARG_NONE, &(output)->force, dc_output_help[1], NULL }

/* Of --output and --force; marked for translation. */
extern const char * const dc_output_help[2];

void     dc_output_clear   (DcOutput        *self);
/* Whether it goes to the standard output. */
gboolean dc_output_is_pipe (const DcOutput  *self);
/* Before anybody types a passphrase: whether a file is in the way.
 * DC_OFFICE_ERROR_THERE. */
gboolean dc_output_check   (const DcOutput  *self,
                            GError         **error);
/* Durably, readable for its owner alone, and whole or not at all; the standard
 * output as far as it goes. G_FILE_ERROR. */
gboolean dc_output_write   (const DcOutput  *self,
                            GBytes          *text,
                            GError         **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcOutput, dc_output_clear)

G_END_DECLS
