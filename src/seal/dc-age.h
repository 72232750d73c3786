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

/* One "age1…" a line; blank lines and lines that begin with # are skipped, as
 * in `age -R`. An error names the line. Duplicates are refused. */
DcAgeRecipients *dc_age_recipients_parse (const char       *text,
                                          gsize             length,
                                          GError          **error);
guint            dc_age_recipients_count (DcAgeRecipients  *self);
DcAgeRecipients *dc_age_recipients_ref   (DcAgeRecipients  *self);
void             dc_age_recipients_unref (DcAgeRecipients  *self);

/* A whole age v1 file, one stanza per recipient. @plaintext is only read.
 * Any thread. At most 64 MiB. */
GBytes          *dc_age_encrypt          (DcAgeRecipients  *recipients,
                                          const guint8     *plaintext,
                                          gsize             size,
                                          GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcAgeRecipients, dc_age_recipients_unref)

G_END_DECLS
