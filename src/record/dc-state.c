/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-state.h"

static const char * const words[DC_N_STATES] = {
  [DC_STATE_WAITING] = "waiting",
  [DC_STATE_DELIVERED] = "delivered",
  [DC_STATE_REFUSED] = "refused",
  [DC_STATE_RECEIPTED] = "receipted",
  [DC_STATE_WITHDRAWN] = "withdrawn",
};

/* From the row to the column. What is not written here is not legal. */
static const gboolean transitions[DC_N_STATES][DC_N_STATES] = {
  [DC_STATE_WAITING] = {
    [DC_STATE_DELIVERED] = TRUE,
    [DC_STATE_REFUSED] = TRUE,
    [DC_STATE_RECEIPTED] = TRUE,   /* the office had it; the answer was lost */
    [DC_STATE_WITHDRAWN] = TRUE,
  },
  [DC_STATE_DELIVERED] = {
    [DC_STATE_WAITING] = TRUE,     /* the destination lost it */
    [DC_STATE_RECEIPTED] = TRUE,
  },
  [DC_STATE_REFUSED] = {
    [DC_STATE_WAITING] = TRUE,
    [DC_STATE_RECEIPTED] = TRUE,
  },
};

const char *
dc_state_to_string (DcState state)
{
  g_return_val_if_fail ((guint) state < DC_N_STATES, NULL);

  return words[state];
}

gboolean
dc_state_from_string (const char *text,
                      DcState    *state)
{
  for (guint i = 0; i < DC_N_STATES; i++) {
    if (g_strcmp0 (text, words[i]) == 0) {
      *state = i;
      return TRUE;
    }
  }

  return FALSE;
}

gboolean
dc_state_may_become (DcState from,
                     DcState to)
{
  if ((guint) from >= DC_N_STATES || (guint) to >= DC_N_STATES)
    return FALSE;

  return transitions[from][to];
}
