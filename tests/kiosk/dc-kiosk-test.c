/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-kiosk-test.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-test-pack.h"
#include "dc-wordlist.h"

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

void
dc_kiosk_test_prove (DcKiosk *kiosk)
{
  static const char * const answers[] = { "cup coffee day hope", "hope day coffee cup", NULL };
  DcDrillState *drill = dc_kiosk_get_drill (kiosk);
  g_autoptr (GError) error = NULL;
  guint key;

  dc_drill_state_expect (drill, answers, &error);
  g_assert_no_error (error);
  for (guint i = 0; answers[i] != NULL; i++) {
    dc_drill_state_answer (drill, answers[i], &key, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (key, ==, i);
  }
  dc_kiosk_check (kiosk);
}

void
dc_kiosk_test_go_live (DcKiosk *kiosk)
{
  g_autoptr (GError) error = NULL;

  dc_kiosk_test_prove (kiosk);
  dc_drill_state_set_live (dc_kiosk_get_drill (kiosk), TRUE, &error);
  g_assert_no_error (error);
  dc_kiosk_check (kiosk);
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
}

/* What `age -d -i @identity` makes of @sealed; NULL where it refuses. */
static GBytes *
decrypt (const char *identity,
         GBytes     *sealed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) age = NULL;
  GBytes *plaintext = NULL;

  age = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                          | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                          "age", "--decrypt", "-i", identity, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (age, sealed, NULL, &plaintext, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_successful (age))
    return plaintext;
  g_clear_pointer (&plaintext, g_bytes_unref);

  return NULL;
}

static char *
answer_to (GBytes *plaintext)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (sum, (const guchar *) "daily-cup/drill/1\n", -1);
  g_checksum_update (sum, g_bytes_get_data (plaintext, NULL), (gssize) g_bytes_get_size (plaintext));
  g_checksum_get_digest (sum, digest, &size);

  return dc_wordlist_encode (digest, size, 4);
}

char *
dc_kiosk_test_answer (const char *pack,
                      const char *name,
                      const char *path)
{
  g_autofree char *identity = g_build_filename (pack, "keys", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; **line != '\0'; line++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (DcRecord) record = dc_record_from_line (*line, strlen (*line), &error);
    g_autoptr (GBytes) plaintext = NULL;

    g_assert_no_error (error);
    plaintext = decrypt (identity, record->sealed);
    if (plaintext != NULL)
      return answer_to (plaintext);
  }

  return NULL;
}

DcTally *
dc_kiosk_test_tally (DcKiosk *kiosk)
{
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DcTally *tally;

  dc_queue_tally_async (dc_kiosk_get_queue (kiosk), DC_KIOSK_TEST_DAY, NULL, dc_test_wait_ready, &wait);
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
