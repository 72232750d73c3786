/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcId:
 *
 * The identity of a record or of a queue: 16 random bytes. A plain value;
 * in text, 32 lower-case hexadecimal digits.
 */
typedef struct
{
  guint8 bytes[16];
} DcId;

#define DC_ID_TEXT_SIZE 33

void     dc_id_to_text   (const DcId *id,
                          char        text[static DC_ID_TEXT_SIZE]);
gboolean dc_id_from_text (const char *text,
                          DcId       *id);
gboolean dc_id_equal     (const DcId *a,
                          const DcId *b);
/* The same two for a GHashTable whose keys are DcId. Ids are random: their
 * first bytes are as good as any. */
guint    dc_id_hash      (gconstpointer id);
gboolean dc_id_same      (gconstpointer a,
                          gconstpointer b);

G_END_DECLS
