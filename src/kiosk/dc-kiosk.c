/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-kiosk.h"

#include <glib/gstdio.h>

#include "dc-giving-link.h"
#include "dc-pack-trust.h"
#include "dc-wipe.h"

/* How often a kiosk in trouble tries to come out of it. */
#define RETRY_SECONDS 30

struct _DcKiosk
{
  GObject       parent_instance;

  DcPack       *pack;
  char         *pack_directory;
  char         *state_directory;
  DcSealer     *sealer;
  DcDrillState *drill;
  char         *drill_folder;
  DcQueue      *queue;
  DcStaffGate  *gate;
  DcStall      *stall;
  DcSettings   *settings;
  gboolean      platform_keyboard;   /* as it was started */
  DcClock      *clock;

  DcTrouble     trouble;
  guint         retry_id;
  gboolean      opening;
  gboolean      open;
  DcSecondCopy *second_copy;
  DcHandOver   *hand_over;
  gboolean      copying;      /* it has begun, on this opening of the queue */
  GArray       *taken_back;   /* (owned) of DcId, for when the queue opens */
};

G_DEFINE_FINAL_TYPE (DcKiosk, dc_kiosk, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_TROUBLE,
  LAST_PROP
};

static GParamSpec *props[LAST_PROP];
static guint wiped_signal;

static void schedule_retry (DcKiosk *self);

static void
set_trouble (DcKiosk   *self,
             DcTrouble  trouble)
{
  if (trouble == DC_TROUBLE_NONE)
    g_clear_handle_id (&self->retry_id, g_source_remove);
  else
    schedule_retry (self);

  if (self->trouble == trouble)
    return;

  self->trouble = trouble;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TROUBLE]);
}

static DcTrouble
trouble_of (const GError *error)
{
  if (error == NULL)
    return DC_TROUBLE_NONE;
  if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL))
    return DC_TROUBLE_DISK_FULL;
  if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_SEAL))
    return DC_TROUBLE_SEAL;

  return DC_TROUBLE_DISK;
}

/* A pledge on its way to be undone. */
typedef struct
{
  DcKiosk *kiosk;   /* (owned) */
  DcId     id;
} TakeBack;

static void
did_take_back (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  TakeBack *self = user_data;
  g_autoptr (GError) error = NULL;

  dc_queue_withdraw_finish (DC_QUEUE (source), result, &error);
  if (error != NULL && !g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_NOT_FOUND)) {
    g_warning ("A pledge that may be stored could not be undone: %s", error->message);
    dc_kiosk_take_back (self->kiosk, &self->id);
  }

  g_clear_object (&self->kiosk);
  g_free (self);
}

static void
take_back_all (DcKiosk *self)
{
  g_autoptr (GArray) ids = g_steal_pointer (&self->taken_back);
  g_autofree char *day = dc_kiosk_get_day (self);

  self->taken_back = g_array_new (FALSE, FALSE, sizeof (DcId));
  for (guint i = 0; i < ids->len; i++) {
    TakeBack *data = g_new (TakeBack, 1);

    *data = (TakeBack) { g_object_ref (self), g_array_index (ids, DcId, i) };
    dc_queue_withdraw_async (self->queue, &data->id, day, self->sealer, did_take_back, data);
  }
}

void
dc_kiosk_take_back (DcKiosk    *self,
                    const DcId *id)
{
  g_array_append_vals (self->taken_back, id, 1);
}

static void
did_open (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *set_aside = NULL;
  DcKiosk *self = g_task_get_source_object (task);

  self->opening = FALSE;
  self->copying = FALSE;
  self->open = dc_queue_open_finish (self->queue, result, &set_aside, &error);
  if (set_aside != NULL)
    g_warning ("The queue could not be read and was set aside: %s", set_aside);

  if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_IN_USE)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  if (error != NULL)
    g_warning ("The queue does not open: %s", error->message);
  if (self->open) {
    take_back_all (self);
    dc_kiosk_check (self);
  } else {
    set_trouble (self, trouble_of (error));
  }
  g_task_return_boolean (task, TRUE);
}

void
dc_kiosk_start_async (DcKiosk             *self,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, dc_kiosk_start_async);
  self->opening = TRUE;
  dc_queue_open_async (self->queue, NULL, did_open, g_steal_pointer (&task));
}

gboolean
dc_kiosk_start_finish (DcKiosk       *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A demonstration's pledges are nobody's: it needs no drill. */
static DcTrouble
trouble_of_drill (DcKiosk *self)
{
  if (dc_campaign_is_demo (dc_kiosk_get_campaign (self)))
    return DC_TROUBLE_NONE;
  if (self->drill == NULL || !dc_drill_state_is_proven (self->drill))
    return DC_TROUBLE_DRILL;

  return dc_drill_state_is_live (self->drill) ? DC_TROUBLE_NONE : DC_TROUBLE_NOT_LIVE;
}

/* After what is to be undone was, and never before a pledge could be stored. */
static void
begin_copying (DcKiosk *self)
{
  if (self->copying || !self->open || self->sealer == NULL)
    return;

  self->copying = TRUE;
  dc_second_copy_start (self->second_copy, dc_sealer_get_tablet (self->sealer));
}

static void
did_probe (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcKiosk) self = user_data;
  g_autoptr (GError) error = NULL;

  dc_queue_probe_finish (self->queue, result, &error);
  if (error != NULL)
    g_warning ("No pledge can be stored: %s", error->message);
  if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_CLOSED)
      || g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_IO))
    self->open = FALSE;

  begin_copying (self);
  set_trouble (self, error != NULL ? trouble_of (error) : trouble_of_drill (self));
}

/* Of a tablet whose key is known. A file that cannot be read proves nothing. */
static void
load_drill (DcKiosk     *self,
            DcTabletKey *tablet)
{
  g_autofree char *path =
    g_build_filename (self->state_directory,
                      dc_campaign_is_demo (dc_kiosk_get_campaign (self)) ? "drill-demo.ini"
                                                                         : "drill.ini", NULL);
  g_autoptr (GError) error = NULL;

  self->drill = dc_drill_state_new (path, dc_tablet_key_get_public (tablet),
                                    dc_pack_get_recipients (self->pack));
  if (!dc_drill_state_load (self->drill, &error))
    g_warning ("The keys must be tried again: %s", error->message);
}

/* The tablet's key is made at the first start, which a full disk can prevent
 * for a while. */
static gboolean
load_sealer (DcKiosk  *self,
             GError  **error)
{
  g_autofree char *path = g_build_filename (self->state_directory, "tablet.key", NULL);
  g_autoptr (DcTabletKey) tablet = NULL;

  if (self->sealer != NULL)
    return TRUE;

  tablet = dc_tablet_key_load (path, error);
  if (tablet == NULL)
    return FALSE;

  self->sealer = dc_sealer_new (tablet, dc_pack_get_recipients (self->pack),
                                dc_campaign_get_id (dc_pack_get_campaign (self->pack)),
                                dc_pack_get_hash (self->pack));
  load_drill (self, tablet);
  dc_hand_over_set_tablet (self->hand_over, tablet);

  return TRUE;
}

/* Sealing needs nothing but memory and good keys, so one trial at the start
 * of a check tells whether it works. */
static gboolean
can_seal (DcKiosk *self)
{
  static const guint8 nothing[1];
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = NULL;

  if (load_sealer (self, &error))
    sealed = dc_age_encrypt (dc_pack_get_recipients (self->pack), nothing, sizeof nothing, &error);
  if (sealed == NULL)
    g_warning ("No pledge can be sealed: %s", error->message);

  return sealed != NULL;
}

void
dc_kiosk_check (DcKiosk *self)
{
  if (self->opening)
    return;

  if (!can_seal (self))
    set_trouble (self, DC_TROUBLE_SEAL);
  else if (!self->open)
    dc_kiosk_start_async (self, NULL, NULL);
  else
    dc_queue_probe_async (self->queue, did_probe, g_object_ref (self));
}

void
dc_kiosk_report (DcKiosk      *self,
                 const GError *error)
{
  g_warning ("A pledge was not stored: %s", error->message);
  set_trouble (self, trouble_of (error));
  if (!g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_SEAL)
      && !g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL))
    self->open = FALSE;
}

static gboolean
on_retry (gpointer user_data)
{
  DcKiosk *self = user_data;

  dc_kiosk_check (self);

  return G_SOURCE_CONTINUE;
}

static void
schedule_retry (DcKiosk *self)
{
  if (self->retry_id == 0)
    self->retry_id = g_timeout_add_seconds (RETRY_SECONDS, on_retry, self);
}

static void
dc_kiosk_get_property (GObject    *object,
                       guint       property_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_TROUBLE:
    g_value_set_uint (value, DC_KIOSK (object)->trouble);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_kiosk_dispose (GObject *object)
{
  DcKiosk *self = DC_KIOSK (object);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_object (&self->hand_over);
  g_clear_object (&self->second_copy);
  g_clear_object (&self->queue);
  g_clear_object (&self->gate);
  g_clear_object (&self->stall);
  g_clear_pointer (&self->settings, dc_settings_free);
  g_clear_pointer (&self->sealer, dc_sealer_unref);
  g_clear_pointer (&self->drill, dc_drill_state_free);
  g_clear_pointer (&self->drill_folder, g_free);
  g_clear_object (&self->pack);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->pack_directory, g_free);
  g_clear_pointer (&self->state_directory, g_free);
  g_clear_pointer (&self->taken_back, g_array_unref);

  G_OBJECT_CLASS (dc_kiosk_parent_class)->dispose (object);
}

static void
dc_kiosk_class_init (DcKioskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dc_kiosk_get_property;
  object_class->dispose = dc_kiosk_dispose;

  /* A #DcTrouble; an unsigned integer because only code reads it. */
  props[PROP_TROUBLE] = g_param_spec_uint ("trouble", NULL, NULL, 0, DC_TROUBLE_NOT_LIVE,
                                           DC_TROUBLE_STARTING,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                           | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, LAST_PROP, props);
  wiped_signal = g_signal_new ("wiped", DC_TYPE_KIOSK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
dc_kiosk_init (DcKiosk *self)
{
  self->trouble = DC_TROUBLE_STARTING;
  self->taken_back = g_array_new (FALSE, FALSE, sizeof (DcId));
}

/* Only the pack can keep the stall from opening. */
static gboolean
load_pack (DcKiosk     *self,
           const char  *pack_directory,
           GError     **error)
{
  g_autofree char *trust_path = g_build_filename (self->state_directory, "packs.ini", NULL);

  self->pack_directory = g_strdup (pack_directory);
  self->pack = dc_pack_load (pack_directory, error);

  return self->pack != NULL
         && dc_giving_link_check (dc_kiosk_get_campaign (self), error)
         && dc_pack_trust (self->pack, trust_path, error);
}

/* A demonstration's PINs are public: they have a file of their own, so that
 * they can never open a live tablet. */
static void
load_staff_gate (DcKiosk *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
    g_build_filename (self->state_directory,
                      dc_campaign_is_demo (dc_kiosk_get_campaign (self)) ? "staff-demo.ini"
                                                                         : "staff.ini", NULL);

  self->gate = dc_staff_gate_new (path, self->clock);
  if (!dc_staff_gate_load (self->gate, &error))
    g_warning ("Nobody can be let in to the staff pages: %s", error->message);
}

/* A shift that cannot be read is none: its promises would bear a code that
 * nobody typed. */
static void
load_stall (DcKiosk *self)
{
  DcCampaign *campaign = dc_kiosk_get_campaign (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
    g_build_filename (self->state_directory,
                      dc_campaign_is_demo (campaign) ? "shift-demo.ini" : "shift.ini", NULL);
  DcShift *shift = dc_shift_new (path, dc_campaign_get_time_zone (campaign), self->clock);

  if (!dc_shift_load (shift, &error))
    g_warning ("The shift must be begun again: %s", error->message);
  self->stall = dc_stall_new (shift);
}

static void
load_settings (DcKiosk *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
    g_build_filename (self->state_directory,
                      dc_campaign_is_demo (dc_kiosk_get_campaign (self)) ? "stall-demo.ini"
                                                                         : "stall.ini", NULL);

  self->settings = dc_settings_new (path);
  if (!dc_settings_load (self->settings, &error))
    g_warning ("The settings are as they were at first: %s", error->message);
}

DcKiosk *
dc_kiosk_new (const char  *pack_directory,
              const char  *state_directory,
              DcClock     *clock,
              GError     **error)
{
  g_autoptr (DcKiosk) self = g_object_new (DC_TYPE_KIOSK, NULL);

  self->clock = g_object_ref (clock);
  self->state_directory = g_strdup (state_directory);
  /* Where this fails, storing will, and say so. */
  g_mkdir_with_parents (state_directory, 0700);
  /* What was begun before the program ended. */
  if (!dc_wipe_finish (state_directory, error) || !load_pack (self, pack_directory, error))
    return NULL;

  load_staff_gate (self);
  load_stall (self);
  load_settings (self);
  if (dc_campaign_is_demo (dc_kiosk_get_campaign (self)))
    self->drill_folder = g_build_filename (state_directory, "drill", NULL);
  self->queue = dc_queue_new (state_directory);
  self->second_copy = dc_second_copy_new (self->queue, state_directory);
  self->hand_over = dc_hand_over_new (self->pack, self->queue, self->second_copy, clock,
                                      state_directory);

  return g_steal_pointer (&self);
}

gboolean
dc_kiosk_wipe (DcKiosk  *self,
               GError  **error)
{
  if (!dc_wipe_decide (self->state_directory, error))
    return FALSE;

  g_signal_emit (self, wiped_signal, 0);

  return TRUE;
}

DcTrouble
dc_kiosk_get_trouble (DcKiosk *self)
{
  return self->trouble;
}

gboolean
dc_kiosk_can_pledge (DcKiosk *self)
{
  return self->trouble == DC_TROUBLE_NONE;
}

DcPack *
dc_kiosk_get_pack (DcKiosk *self)
{
  return self->pack;
}

DcCampaign *
dc_kiosk_get_campaign (DcKiosk *self)
{
  return dc_pack_get_campaign (self->pack);
}

const char *
dc_kiosk_get_pack_directory (DcKiosk *self)
{
  g_return_val_if_fail (DC_IS_KIOSK (self), NULL);

  return self->pack_directory;
}

const char *
dc_kiosk_get_state_directory (DcKiosk *self)
{
  g_return_val_if_fail (DC_IS_KIOSK (self), NULL);

  return self->state_directory;
}

DcQueue *
dc_kiosk_get_queue (DcKiosk *self)
{
  return self->queue;
}

DcSealer *
dc_kiosk_get_sealer (DcKiosk *self)
{
  return self->sealer;
}

DcDrillState *
dc_kiosk_get_drill (DcKiosk *self)
{
  return self->drill;
}

const char *
dc_kiosk_get_drill_folder (DcKiosk *self)
{
  return self->drill_folder;
}

void
dc_kiosk_set_drill_folder (DcKiosk    *self,
                           const char *folder)
{
  g_free (g_steal_pointer (&self->drill_folder));
  self->drill_folder = g_strdup (folder);
}

DcStaffGate *
dc_kiosk_get_staff_gate (DcKiosk *self)
{
  return self->gate;
}

gboolean
dc_kiosk_staff_gate_works (DcKiosk *self)
{
  return dc_staff_gate_is_loaded (self->gate);
}

DcStall *
dc_kiosk_get_stall (DcKiosk *self)
{
  return self->stall;
}

DcSettings *
dc_kiosk_get_settings (DcKiosk *self)
{
  return self->settings;
}

gboolean
dc_kiosk_uses_platform_keyboard (DcKiosk *self)
{
  return self->platform_keyboard || dc_settings_get_platform_keyboard (self->settings);
}

void
dc_kiosk_set_platform_keyboard (DcKiosk  *self,
                                gboolean  platform)
{
  self->platform_keyboard = platform;
}

DcSecondCopy *
dc_kiosk_get_second_copy (DcKiosk *self)
{
  return self->second_copy;
}

DcHandOver *
dc_kiosk_get_hand_over (DcKiosk *self)
{
  return self->hand_over;
}

DcClock *
dc_kiosk_get_clock (DcKiosk *self)
{
  return self->clock;
}

char *
dc_kiosk_get_day (DcKiosk *self)
{
  DcStamp stamp;

  dc_clock_now (self->clock, &stamp);

  return dc_stamp_day (&stamp, dc_campaign_get_time_zone (dc_kiosk_get_campaign (self)));
}
