/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A mailbox that a mail server could accept: local@domain.tld, an ASCII
 * dot-atom (RFC 5322, 3.2.3) at a host name that may be internationalised, at
 * most 254 bytes. */
gboolean dc_email_valid    (const char *email);
/* "ana@gmail.com" for "ana@gmial.com": a domain one slip (a letter more, less
 * or other, two swapped) away from a common one, or an end such as ".con".
 * NULL where nothing looks mistyped; a common domain never does.
 * (transfer full) (nullable) */
char    *dc_email_suggest  (const char *email);
/* "a…a@posteo.ch": enough for its owner, little for a bystander. "…" where
 * there is no @. (transfer full) */
char    *dc_email_mask     (const char *email);
/* 6 to 15 digits after an optional + (ITU-T E.164); blanks, dots, dashes,
 * slashes and brackets between them are allowed. */
gboolean dc_phone_valid    (const char *phone);
/* "…67": the last two digits. (transfer full) */
char    *dc_phone_mask     (const char *phone);

G_END_DECLS
