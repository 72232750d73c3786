/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcState:
 * @DC_STATE_WAITING: on this tablet, to be delivered
 * @DC_STATE_DELIVERED: proven to be at a destination, byte for byte
 * @DC_STATE_REFUSED: the destination will not have it, and said why
 * @DC_STATE_RECEIPTED: the office opened it and signed for it
 * @DC_STATE_WITHDRAWN: undone before it could have left; a tombstone
 */
typedef enum
{
  DC_STATE_WAITING,
  DC_STATE_DELIVERED,
  DC_STATE_REFUSED,
  DC_STATE_RECEIPTED,
  DC_STATE_WITHDRAWN,
  DC_N_STATES
} DcState;

/* The word in the database and in a statement: "waiting", "delivered"... */
const char *dc_state_to_string   (DcState     state);
gboolean    dc_state_from_string (const char *text,
                                  DcState    *state);
/* The one table of legal transitions. A state is no transition to itself. */
gboolean    dc_state_may_become  (DcState     from,
                                  DcState     to);

G_END_DECLS
