/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The keys of data/campaigns/migrants-day. Their private halves are published
 * with it, so no live pack may be signed by the one or sealed to the others. */
#define DC_DEMO_PACK_KEY "RWScoVnnXl9/x7Ts3dPXNV31A+wG2nHelEn9jeRnwN/uX6xccGAgudUW"
#define DC_DEMO_DESK_RECIPIENT "age1cau5kzwzz00epuye73tnv0qnm05cx3x9jd6prhkmqcsr3k86rpfsk26n9y"
#define DC_DEMO_SPARE_RECIPIENT "age1yj2n2v90mwxyfp4l0u3298r3kumt3a0c5ula3wftg0ftqvkafe9qygeqlh"

/* Whether a line of @text, a recipients.txt, is one of the demonstration's. */
gboolean dc_demo_names_recipient (const char *text,
                                  gsize       length);
/* Whether @line, "RW…", holds the demonstration's key. */
gboolean dc_demo_is_pack_key     (const char *line);

G_END_DECLS
