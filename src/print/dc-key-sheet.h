/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcKeySheet:
 * @organisation: (nullable) whose key it is
 * @campaign: (nullable) the appeal it was made for
 * @date: the day it was made, "2026-11-25"
 * @identity: "AGE-SECRET-KEY-1…"
 * @recipient: the public half, "age1…"
 * @words: the fingerprint of all keys that the promises are sealed to
 *
 * What stands on the sheet of a spare key. Owns nothing.
 */
typedef struct
{
  const char *organisation;
  const char *campaign;
  const char *date;
  const char *identity;
  const char *recipient;
  const char *words;
} DcKeySheet;

/* The secret, after "AGE-SECRET-KEY-1", has 58 letters: in fours, as they are
 * written by hand, that are 15 groups. */
#define DC_KEY_SHEET_GROUP 4
#define DC_KEY_SHEET_IN_A_ROW 5

/* "AGE-SECRET-KEY-1" and the groups, five in a row. The caller wipes it.
 * (transfer full) */
char   *dc_key_sheet_groups (const char        *identity);
/* The first group after "AGE-SECRET-KEY-1", which is typed back. The caller
 * wipes it. (transfer full) */
char   *dc_key_sheet_first_group (const char   *identity);
/* The paper, to be put into an envelope: a PDF of one page, in the language of
 * the process. DC_PRINT_ERROR. (transfer full), dc_crypto_secret_bytes () */
GBytes *dc_key_sheet_draw   (const DcKeySheet  *self,
                             GError           **error);
/* "If the laptop and this paper are both lost, …", in the language of the
 * process, for whoever shows the key without paper. */
const char *dc_key_sheet_warning (void);

G_END_DECLS
