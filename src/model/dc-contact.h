/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A mailbox that a mail server could accept: local@domain.tld. */
gboolean dc_email_valid    (const char *email);
/* "ana@gmail.com" for "ana@gmial.com"; NULL where nothing looks mistyped.
 * (transfer full) (nullable) */
char    *dc_email_suggest  (const char *email);
/* "a…a@posteo.ch": enough for its owner, little for a bystander. */
char    *dc_email_mask     (const char *email);
/* 6 to 15 digits after an optional + (ITU-T E.164); blanks, dots, dashes,
 * slashes and brackets between them are allowed. */
gboolean dc_phone_valid    (const char *phone);
char    *dc_phone_mask     (const char *phone);

G_END_DECLS
