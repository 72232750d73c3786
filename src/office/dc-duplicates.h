/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-gathered.h"

G_BEGIN_DECLS

/* Whether two promises may be of one person, by what was opened in memory. The
 * office decides; nothing is left out for it. */

/* Of each pledge that was opened: the first before it in the same campaign
 * with the same e-mail or telephone. How many have one. */
guint    dc_duplicates_find  (DcGathered  *gathered);

/* What is compared, "" where nothing is; the caller wipes it. An e-mail without
 * regard to case. Of a telephone the last nine digits: 022 555 01 23 and
 * +41 22 555 01 23 are one. (transfer full) */
char    *dc_duplicates_email (const char  *email);
char    *dc_duplicates_phone (const char  *phone);

G_END_DECLS
