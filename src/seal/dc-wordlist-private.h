/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-wordlist.h"

G_BEGIN_DECLS

/* In alphabetical order. */
extern const char * const dc_wordlist_english[DC_WORDLIST_SIZE];

G_END_DECLS
