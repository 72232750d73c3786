/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcAgeIdentity:
 *
 * The secret half of an X25519 recipient (age v1, C2SP age.md): what opens a
 * record. Immutable, reference-counted, usable from any thread; the secret
 * lies in guarded memory.
 */
typedef struct _DcAgeIdentity DcAgeIdentity;

#define DC_AGE_IDENTITY_LENGTH   74            /* "AGE-SECRET-KEY-1…" */
#define DC_AGE_MAX_IDENTITY_TEXT (64 * 1024)

/* (transfer full) */
DcAgeIdentity *dc_age_identity_generate      (void);
/* An identity file, as age-keygen writes it: blank lines, lines that begin
 * with #, and exactly one AGE-SECRET-KEY-1…. So that a person can type it from
 * paper, blanks and line ends may stand anywhere in the key, and its letters
 * may be small or capital. DC_OPEN_ERROR_KEY: none, more than one, mistyped, or
 * of a kind that this program does not know; DC_OPEN_ERROR_TOO_LARGE. The
 * message never quotes @text. (transfer full) */
DcAgeIdentity *dc_age_identity_parse         (const char     *text,
                                              gsize           length,
                                              GError        **error);
/* "AGE-SECRET-KEY-1…", without a line feed. The caller wipes it.
 * (transfer full) */
char          *dc_age_identity_to_text       (DcAgeIdentity  *self);
/* "age1…" (transfer full) */
char          *dc_age_identity_get_recipient (DcAgeIdentity  *self);
DcAgeIdentity *dc_age_identity_ref           (DcAgeIdentity  *self);
void           dc_age_identity_unref         (DcAgeIdentity  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcAgeIdentity, dc_age_identity_unref)

G_END_DECLS
