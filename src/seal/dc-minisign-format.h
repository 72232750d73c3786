/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The files of minisign 0.11, for who reads them and who writes them: lines of
 * text, of which every second one is the base64 of a structure. */

#define DC_MINISIGN_UNTRUSTED_COMMENT "untrusted comment: "
#define DC_MINISIGN_TRUSTED_COMMENT   "trusted comment: "
#define DC_MINISIGN_MAX_TEXT          (16 * 1024)
#define DC_MINISIGN_KEY_ID_SIZE       8

#define DC_MINISIGN_ED25519           "Ed"   /* of a key; of a signature, the legacy kind */
#define DC_MINISIGN_PREHASHED         "ED"   /* of a signature: over the BLAKE2b-512 */

/* The second line of a .pub file. */
typedef struct
{
  guint8 algorithm[2];
  guint8 key_id[DC_MINISIGN_KEY_ID_SIZE];
  guint8 key[32];
} DcMinisignPublic;

/* The second line of a .minisig file. */
typedef struct
{
  guint8 algorithm[2];
  guint8 key_id[DC_MINISIGN_KEY_ID_SIZE];
  guint8 signature[64];
} DcMinisignSignature;

G_STATIC_ASSERT (sizeof (DcMinisignPublic) == 42);
G_STATIC_ASSERT (sizeof (DcMinisignSignature) == 74);

typedef struct
{
  const char *start;
  gsize       length;
} DcMinisignLine;

/* Takes one line off @text; CR LF ends a line as LF does. */
DcMinisignLine dc_minisign_take_line   (const char     **text,
                                        gsize           *left);
gboolean       dc_minisign_begins_with (DcMinisignLine   line,
                                        const char      *prefix);
/* Whether @line is the base64 of exactly @size bytes, which fill @data. */
gboolean       dc_minisign_read_base64 (DcMinisignLine   line,
                                        void            *data,
                                        gsize            size);
/* minisign prints an id as one little-endian number, in 16 capitals. */
guint64        dc_minisign_key_number  (const guint8     key_id[static DC_MINISIGN_KEY_ID_SIZE]);

G_END_DECLS
