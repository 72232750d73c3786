/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age-format.h"

G_BEGIN_DECLS

/* The header of an age v1 file (C2SP age.md, "Header format"). */

#define DC_AGE_MAX_HEADER (64 * 1024)

/* One wrapping of the file key. */
typedef struct
{
  char       **args;   /* (owned) at least one: the kind of stanza comes first */
  GByteArray  *body;   /* (owned) */
} DcAgeStanza;

typedef struct
{
  GPtrArray *stanzas;                /* (owned) of DcAgeStanza, at least one */
  gsize      mac_end;                /* the MAC is over so many bytes of the file */
  guint8     mac[DC_AGE_MAC_SIZE];
  gsize      size;                   /* where the payload begins, nonce first */
} DcAgeHeader;

/* Strict: each byte as the grammar has it, base64 in its one canonical form, a
 * scrypt stanza alone in its header, a whole nonce after it. What kinds of
 * stanza there are and what they hold is not looked at. The MAC is read, not
 * verified. DC_OPEN_ERROR_HEADER, which names the line;
 * DC_OPEN_ERROR_TOO_LARGE. (transfer full) */
DcAgeHeader *dc_age_header_parse  (const guint8       *file,
                                   gsize               size,
                                   GError            **error);
/* Whether @file, which was parsed into @self, has the MAC that @file_key
 * gives. DC_OPEN_ERROR_HMAC. */
gboolean     dc_age_header_verify (const DcAgeHeader  *self,
                                   const guint8       *file,
                                   const guint8        file_key[static DC_AGE_FILE_KEY_SIZE],
                                   GError            **error);
void         dc_age_header_free   (DcAgeHeader        *self);

gboolean     dc_age_stanza_is     (const DcAgeStanza  *stanza,
                                   const char         *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcAgeHeader, dc_age_header_free)

G_END_DECLS
