/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-state.h"

#include <glib.h>

static void
test_words (void)
{
  static const char * const words[] = {
    "waiting", "delivered", "refused", "receipted", "withdrawn",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (words) == DC_N_STATES);

  for (guint i = 0; i < DC_N_STATES; i++) {
    DcState state = DC_N_STATES;

    g_assert_cmpstr (dc_state_to_string (i), ==, words[i]);
    g_assert_true (dc_state_from_string (words[i], &state));
    g_assert_cmpint (state, ==, i);
  }
}

static void
test_other_words (void)
{
  static const char * const others[] = { NULL, "", "Waiting", "waiting ", "lost" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    DcState state = DC_STATE_REFUSED;

    g_assert_false (dc_state_from_string (others[i], &state));
    g_assert_cmpint (state, ==, DC_STATE_REFUSED);
  }
}

/* The design's sentence, letter by letter, and not the table's. */
static gboolean
is_legal (DcState from,
          DcState to)
{
  switch (to) {
  case DC_STATE_WAITING:
    return from == DC_STATE_REFUSED || from == DC_STATE_DELIVERED;
  case DC_STATE_DELIVERED:
  case DC_STATE_REFUSED:
  case DC_STATE_WITHDRAWN:
    return from == DC_STATE_WAITING;
  case DC_STATE_RECEIPTED:
    return from == DC_STATE_WAITING || from == DC_STATE_DELIVERED || from == DC_STATE_REFUSED;
  case DC_N_STATES:
  default:
    return FALSE;
  }
}

static void
test_all_pairs (void)
{
  guint legal = 0;

  for (guint from = 0; from < DC_N_STATES; from++) {
    for (guint to = 0; to < DC_N_STATES; to++) {
      g_assert_cmpint (dc_state_may_become (from, to), ==, is_legal (from, to));
      legal += dc_state_may_become (from, to);
    }
  }

  g_assert_cmpuint (legal, ==, 8);
}

static void
test_no_state (void)
{
  g_assert_false (dc_state_may_become (DC_N_STATES, DC_STATE_WAITING));
  g_assert_false (dc_state_may_become (DC_STATE_WAITING, DC_N_STATES));
  g_assert_false (dc_state_may_become ((DcState) -1, DC_STATE_WAITING));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state/has-one-word-each", test_words);
  g_test_add_func ("/state/knows-no-other-word", test_other_words);
  g_test_add_func ("/state/has-eight-legal-transitions-of-25", test_all_pairs);
  g_test_add_func ("/state/knows-no-transition-of-what-is-no-state", test_no_state);

  return g_test_run ();
}
