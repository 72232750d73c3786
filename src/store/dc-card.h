/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-id.h"

G_BEGIN_DECLS

/* The removable card that holds the second copy. Any thread but those that may
 * not wait: a card that is being pulled out can keep each of these functions. */

#define DC_CARD_FOLDER "daily-cup"

/* A mark is shorter than this. */
#define DC_CARD_MARK_MAX_BYTES 1024

/* Marks the drive at @folder as the card: a file with a random id, for a
 * mount's number is another after each start. One that is marked keeps its id.
 * Errors as below. */
gboolean   dc_card_mark    (const char          *folder,
                            const char          *state_directory,
                            DcId                *card,
                            GError             **error);
/* Whether @folder is that very card now. DC_STORE_ERROR_NO_CARD where nothing is
 * mounted there, so that the tablet's own disk never takes the card's place,
 * or another card is; READ_ONLY, FULL or IO. */
gboolean   dc_card_check   (const char          *folder,
                            const char          *state_directory,
                            const DcId          *card,
                            GError             **error);

/* The id in the text of a mark (card.ini, record/FORMAT.md), which may be
 * anybody's; else DC_STORE_ERROR_NO_CARD, naming @path. */
gboolean   dc_card_parse_mark (const char       *path,
                               const char       *text,
                               gsize             size,
                               DcId             *card,
                               GError          **error);

/* What a file operation on a card failed of: @number is errno. */
void       dc_card_set_errno (GError           **error,
                              int                number,
                              const char        *what,
                              const char        *path);

G_END_DECLS
