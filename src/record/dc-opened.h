/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pledge.h"
#include "dc-record.h"

G_BEGIN_DECLS

/**
 * DcOpened:
 *
 * What a record says inside, read and held against its envelope. Owned by the
 * one who read it; what names a donor is wiped when it goes. For the office:
 * no program on a tablet links this.
 */
typedef struct
{
  DcEnvelope  envelope;          /* as outside; the sealed text says the same */
  DcPledge   *pledge;            /* (owned) (nullable) NULL in a withdrawal */
  char       *notice_language;   /* (owned) (nullable) of the notice shown; with @pledge */
} DcOpened;

/* The largest size class: what is sealed is never longer. */
#define DC_OPENED_MAX_BYTES 65536

/* Before the first dc_opened_read (), once, in main (): the parser beneath
 * wipes what it frees from then on. */
void      dc_opened_init (void);
/* @plaintext: what was decrypted, padding included. Errors: those of reading
 * (DC_RECORD_ERROR_SYNTAX, _VERSION, _FIELD, _TOO_LARGE), and
 * DC_RECORD_ERROR_MISMATCH where a field is not the envelope's. Each names the
 * field and none what was found there. (transfer full) */
DcOpened *dc_opened_read (const DcEnvelope  *envelope,
                          const char        *plaintext,
                          gsize              size,
                          GError           **error);
void      dc_opened_free (DcOpened          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcOpened, dc_opened_free)

G_END_DECLS
