/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-terminal.h"

G_BEGIN_DECLS

#define DC_PASSPHRASE_WORDS     6     /* 66 bits, behind scrypt */
#define DC_PASSPHRASE_MIN_CHARS 16    /* of one's own */

/* Whether somebody may protect a key with it: long enough, and not the same
 * few characters over and over. */
gboolean dc_passphrase_is_fit (const char   *passphrase);
/* A new passphrase: six words are suggested, which may be taken or not, and
 * what was chosen is typed once more. From a descriptor it is taken as it is,
 * where it is fit. DC_OFFICE_ERROR_PASSPHRASE, _INTERRUPTED, _TERMINAL. The
 * caller wipes it (DcSecretText). (transfer full) */
char    *dc_passphrase_choose (DcTerminal   *terminal,
                               GError      **error);

G_END_DECLS
