/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ready-run.h"

#include <string.h>

#include "dc-ballast.h"
#include "dc-key-layout.h"

#define SUPPLIES "/sys/class/power_supply"

struct _DcReadyRun
{
  GObject       parent_instance;

  DcKiosk      *kiosk;
  DcReadyFacts *facts;      /* (unowned) */
};

G_DEFINE_FINAL_TYPE (DcReadyRun, dc_ready_run, G_TYPE_OBJECT)

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A language without a layout of its own falls back to English, letters and all. */
static gboolean
has_layout (const char *language)
{
  const char * const *known = dc_key_layout_get_languages ();

  for (guint i = 0; known[i] != NULL; i++)
    if (strncmp (language, known[i], 2) == 0)
      return TRUE;

  return FALSE;
}

static void
look_at_languages (DcReadyRun *self)
{
  DcCampaign *campaign = dc_kiosk_get_campaign (self->kiosk);
  const char * const *languages = dc_campaign_get_languages (campaign);

  for (guint i = 0; languages[i] != NULL; i++) {
    g_auto (GStrv) missing = dc_campaign_list_missing (campaign, languages[i]);

    self->facts->missing_texts += g_strv_length (missing);
    self->facts->without_layout += !has_layout (languages[i]);
  }
  self->facts->platform_keyboard = dc_kiosk_uses_platform_keyboard (self->kiosk);
}

static void
look_at_date (DcReadyRun *self)
{
  g_autofree char *day = dc_kiosk_get_day (self->kiosk);
  const char *ends = dc_campaign_get_ends (dc_kiosk_get_campaign (self->kiosk));
  GDate today, last;

  self->facts->has_end = ends != NULL;
  if (ends == NULL)
    return;
  g_date_clear (&today, 1);
  g_date_clear (&last, 1);
  g_date_set_parse (&today, day);
  g_date_set_parse (&last, ends);
  if (g_date_valid (&today) && g_date_valid (&last))
    self->facts->days_left = g_date_days_between (&today, &last);
  else
    self->facts->days_left = -1;
}

static void
look_at_tablet (DcReadyRun *self)
{
  g_autofree char *reserve = g_build_filename (dc_kiosk_get_state_directory (self->kiosk), "queue",
                                               "ballast", NULL);
  DcDrillState *drill = dc_kiosk_get_drill (self->kiosk);
  g_autoptr (GFile) file = g_file_new_for_path (reserve);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);
  DcStamp stamp;

  dc_clock_now (dc_kiosk_get_clock (self->kiosk), &stamp);
  self->facts->clock_known = stamp.trust != DC_CLOCK_UNKNOWN;
  self->facts->demo = dc_campaign_is_demo (dc_kiosk_get_campaign (self->kiosk));
  self->facts->keys_tried = drill != NULL && dc_drill_state_is_proven (drill);
  self->facts->live = drill != NULL && dc_drill_state_is_live (drill);
  self->facts->reserve = info != NULL && g_file_info_get_size (info) >= DC_BALLAST_SIZE;
  dc_readiness_power (SUPPLIES, self->facts);
}

static void
finish (DcReadyRun *self)
{
  DcHandOver *hand_over = dc_kiosk_get_hand_over (self->kiosk);

  g_signal_handlers_disconnect_by_data (hand_over, self);
  if (dc_hand_over_get_answer (hand_over) == DC_HAND_OVER_ANSWERS)
    self->facts->place = DC_READY_PLACE_ANSWERS;
  self->facts->may_remove = dc_hand_over_may_remove (hand_over);
  g_signal_emit (self, signals[DONE], 0);
}

static void
on_hand_over (DcReadyRun *self)
{
  if (dc_hand_over_get_state (dc_kiosk_get_hand_over (self->kiosk)) != DC_HAND_OVER_PROBING)
    finish (self);
}

/* A run that is under way tells as much as a question would. */
static void
ask_place (DcReadyRun *self)
{
  DcHandOver *hand_over = dc_kiosk_get_hand_over (self->kiosk);

  self->facts->place = DC_READY_PLACE_IS_SILENT;
  if (dc_hand_over_is_forbidden (hand_over) || dc_hand_over_wants_drive (hand_over)) {
    self->facts->place = dc_hand_over_is_forbidden (hand_over) ? DC_READY_PLACE_IS_FORBIDDEN
                                                               : DC_READY_PLACE_IS_STICK;
    g_signal_emit (self, signals[DONE], 0);
    return;
  }

  g_signal_connect_object (hand_over, "changed", G_CALLBACK (on_hand_over), self, G_CONNECT_SWAPPED);
  dc_hand_over_probe (hand_over);
  if (dc_hand_over_get_state (hand_over) != DC_HAND_OVER_PROBING)
    finish (self);
}

static void
did_tally (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcReadyRun) self = user_data;
  g_autoptr (DcTally) tally = dc_queue_tally_finish (DC_QUEUE (source), result, NULL);

  if (self->facts == NULL)
    return;
  self->facts->store_open = tally != NULL;
  if (tally != NULL) {
    self->facts->free_bytes = tally->free_bytes;
    self->facts->set_aside = tally->set_aside;
  }
  ask_place (self);
}

static void
read_pack (GTask        *task,
           gpointer      source,
           gpointer      directory,
           GCancellable *cancellable)
{
  GError *error = NULL;
  DcPack *pack = dc_pack_load (directory, &error);

  if (pack != NULL)
    g_task_return_pointer (task, pack, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
did_read_pack (GObject      *source,
               GAsyncResult *result,
               gpointer      unused)
{
  DcReadyRun *self = DC_READY_RUN (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) pack = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *day = dc_kiosk_get_day (self->kiosk);

  if (self->facts == NULL)
    return;
  /* Whole, and the very one that this run was started with. */
  self->facts->pack_whole = pack != NULL
                            && memcmp (dc_pack_get_hash (pack),
                                       dc_pack_get_hash (dc_kiosk_get_pack (self->kiosk)), 32) == 0;
  if (pack == NULL)
    g_message ("The appeal is not whole any more: %s", error->message);
  dc_queue_tally_async (dc_kiosk_get_queue (self->kiosk), day, NULL, did_tally, g_object_ref (self));
}

void
dc_ready_run_start (DcReadyRun   *self,
                    DcReadyFacts *facts)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DC_IS_READY_RUN (self) && facts != NULL && self->facts == NULL);

  self->facts = facts;
  *facts = (DcReadyFacts) { 0 };
  look_at_languages (self);
  look_at_date (self);
  look_at_tablet (self);

  task = g_task_new (self, NULL, did_read_pack, NULL);
  g_task_set_task_data (task, g_strdup (dc_kiosk_get_pack_directory (self->kiosk)), g_free);
  g_task_run_in_thread (task, read_pack);
}

void
dc_ready_run_forget (DcReadyRun *self)
{
  g_return_if_fail (DC_IS_READY_RUN (self));

  self->facts = NULL;
  g_signal_handlers_disconnect_by_data (dc_kiosk_get_hand_over (self->kiosk), self);
}

static void
dc_ready_run_dispose (GObject *object)
{
  g_clear_object (&DC_READY_RUN (object)->kiosk);

  G_OBJECT_CLASS (dc_ready_run_parent_class)->dispose (object);
}

static void
dc_ready_run_class_init (DcReadyRunClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dc_ready_run_dispose;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
dc_ready_run_init (DcReadyRun *self)
{
}

DcReadyRun *
dc_ready_run_new (DcKiosk *kiosk)
{
  DcReadyRun *self = g_object_new (DC_TYPE_READY_RUN, NULL);

  self->kiosk = g_object_ref (kiosk);

  return self;
}
