/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-kiosk-test.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-test-pack.h"

/* Long enough for a loaded machine; a test that works never waits for it. */
#define PATIENCE_S 60

static gboolean
give_up (gpointer what)
{
  g_error ("%s in vain", (const char *) what);

  return G_SOURCE_REMOVE;
}

char *
dc_kiosk_test_shipped_pack (void)
{
  return g_test_build_filename (G_TEST_DIST, "..", "data", "campaigns", "migrants-day", NULL);
}

DcCampaign *
dc_kiosk_test_campaign_new (const char *more)
{
  g_autofree char *notice = g_strconcat (more, "[Notice]\n", NULL);
  g_autofree char *text = dc_test_replace (dc_test_campaign_text (), "[Notice]\n", notice);
  g_autoptr (GError) error = NULL;
  DcCampaign *campaign = dc_campaign_new_from_data (text, strlen (text), &error);

  g_assert_no_error (error);

  return campaign;
}

gboolean
dc_kiosk_test_start (DcKiosk  *kiosk,
                     GError  **error)
{
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  dc_kiosk_start_async (kiosk, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);

  return dc_kiosk_start_finish (kiosk, result, error);
}

void
dc_kiosk_test_close_queue (DcKiosk *kiosk)
{
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dc_queue_close_async (dc_kiosk_get_queue (kiosk), dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  dc_queue_close_finish (dc_kiosk_get_queue (kiosk), result, &error);
  g_assert_no_error (error);
}

void
dc_kiosk_test_wait_trouble (DcKiosk   *kiosk,
                            DcTrouble  trouble)
{
  g_autofree char *what = g_strdup_printf ("waited for trouble %u", trouble);
  guint guard = g_timeout_add_seconds (PATIENCE_S, give_up, what);

  while (dc_kiosk_get_trouble (kiosk) != trouble)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}

DcTally *
dc_kiosk_test_tally (DcKiosk *kiosk)
{
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DcTally *tally;

  dc_queue_tally_async (dc_kiosk_get_queue (kiosk), DC_KIOSK_TEST_DAY, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  tally = dc_queue_tally_finish (dc_kiosk_get_queue (kiosk), result, &error);
  g_assert_no_error (error);

  return tally;
}

void
dc_kiosk_test_set_up (DcKioskTest *self,
                      const char  *pack)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_crypto_init ());
  self->state = dc_test_dir_new ();
  self->clock = dc_test_clock_new (DC_KIOSK_TEST_NOW);
  if (pack == NULL) {
    self->pack = dc_test_dir_new ();
    dc_test_pack_new (self->pack);
  }

  self->kiosk = dc_kiosk_new (pack != NULL ? pack : self->pack, self->state,
                              DC_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  dc_kiosk_test_start (self->kiosk, &error);
  g_assert_no_error (error);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_NONE);
}

void
dc_kiosk_test_tear_down (DcKioskTest *self)
{
  dc_kiosk_test_close_queue (self->kiosk);
  g_assert_finalize_object (g_steal_pointer (&self->kiosk));
  g_assert_finalize_object (g_steal_pointer (&self->clock));
  g_clear_pointer (&self->state, dc_test_dir_remove);
  g_clear_pointer (&self->pack, dc_test_dir_remove);
}
