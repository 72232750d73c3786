/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcAgeRecipients:
 *
 * One or more X25519 recipients (age v1, C2SP age.md, "The X25519 recipient
 * type"). Immutable, reference-counted, readable from any thread.
 */
typedef struct _DcAgeRecipients DcAgeRecipients;

#define DC_AGE_MAX_RECIPIENTS      20
#define DC_AGE_MAX_RECIPIENTS_TEXT (64 * 1024)
#define DC_AGE_MAX_PLAINTEXT       (64 * 1024 * 1024)

/* One "age1…" a line; blank lines and lines that begin with # are skipped, as
 * in `age -R`; a line may end in CR LF. Refused: no recipient at all, the same
 * one twice, a secret key, a point of low order or in a form that nobody's key
 * has, more than 20, more than 64 KiB of text. An error names the line and
 * never quotes it. (transfer full) */
DcAgeRecipients *dc_age_recipients_parse (const char       *text,
                                          gsize             length,
                                          GError          **error);
guint            dc_age_recipients_count (DcAgeRecipients  *self);
/* The recipient as its "age1…"; @index from 0, in the order of the text.
 * (transfer full) */
char            *dc_age_recipients_get_text (DcAgeRecipients *self,
                                             guint            index);
/* That one alone. (transfer full) */
DcAgeRecipients *dc_age_recipients_pick  (DcAgeRecipients  *self,
                                          guint             index);
/* SHA-256 of the recipients' texts, sorted by their bytes, each ended by a
 * line feed: the same for the same keys, whatever order they stand in. */
void             dc_age_recipients_digest (DcAgeRecipients *self,
                                           guint8           digest[static 32]);
DcAgeRecipients *dc_age_recipients_ref   (DcAgeRecipients  *self);
void             dc_age_recipients_unref (DcAgeRecipients  *self);

/* A whole age v1 file, one stanza per recipient, not armored. @plaintext is
 * only read and no copy of it is made. Any thread. At most 64 MiB, else
 * DC_SEAL_ERROR_TOO_LARGE. (transfer full) */
GBytes          *dc_age_encrypt          (DcAgeRecipients  *recipients,
                                          const guint8     *plaintext,
                                          gsize             size,
                                          GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcAgeRecipients, dc_age_recipients_unref)

G_END_DECLS
