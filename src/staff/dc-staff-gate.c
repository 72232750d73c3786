/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-staff-gate-private.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-durable.h"
#include "dc-pin.h"
#include "dc-staff-room.h"

G_DEFINE_QUARK (dc-staff-gate-error-quark, dc_staff_gate_error)

G_DEFINE_FINAL_TYPE (DcStaffGate, dc_staff_gate, G_TYPE_OBJECT)

DcStaffJob *
_dc_staff_job_new (DcStaffRole  role,
                   const char  *pin)
{
  DcStaffJob *job = g_new0 (DcStaffJob, 1);

  job->role = role;
  job->pin = g_strdup (pin);

  return job;
}

void
_dc_staff_job_free (gpointer data)
{
  DcStaffJob *job = data;

  dc_crypto_wipe (job->pin, strlen (job->pin));
  g_clear_pointer (&job->pin, g_free);
  g_clear_pointer (&job->counted, g_free);
  for (guint role = 0; role < DC_N_STAFF_ROLES; role++)
    g_clear_pointer (&job->hashes[role], g_free);
  g_free (job);
}

static void
dc_staff_gate_finalize (GObject *object)
{
  DcStaffGate *self = DC_STAFF_GATE (object);

  g_clear_pointer (&self->file, dc_staff_file_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->clock);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (dc_staff_gate_parent_class)->finalize (object);
}

static void
dc_staff_gate_class_init (DcStaffGateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dc_staff_gate_finalize;
}

static void
dc_staff_gate_init (DcStaffGate *self)
{
  g_mutex_init (&self->mutex);
}

DcStaffGate *
dc_staff_gate_new (const char *path,
                   DcClock    *clock)
{
  DcStaffGate *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (DC_IS_CLOCK (clock), NULL);

  self = g_object_new (DC_TYPE_STAFF_GATE, NULL);
  self->path = g_strdup (path);
  self->clock = g_object_ref (clock);

  return self;
}

void
_dc_staff_gate_now (DcStaffGate *self,
                    DcStamp     *now)
{
  dc_clock_now (self->clock, now);
  if (!g_uuid_string_is_valid (now->boot_id))
    now->boot_id[0] = '\0';
  now->monotonic_us = MAX (now->monotonic_us, 0);
}

gboolean
_dc_staff_gate_write (DcStaffGate  *self,
                      const char   *text,
                      GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean done = dc_durable_replace (self->path, text, strlen (text), &local_error);

  if (!done && g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
      && dc_staff_room_give_up (self->path)) {
    g_clear_error (&local_error);
    done = dc_durable_replace (self->path, text, strlen (text), &local_error);
  }
  if (done) {
    dc_staff_room_keep (self->path);
    return TRUE;
  }

  g_set_error_literal (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_IO, local_error->message);

  return FALSE;
}

/* No file is an empty one. */
static DcStaffFile *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  DcStaffFile *file = NULL;
  gsize size;

  text = dc_durable_read (path, DC_STAFF_FILE_MAX_SIZE, &size, &local_error);
  if (text != NULL) {
    file = dc_staff_file_parse (text, size, error);
    g_prefix_error (error, "%s: ", path);
  } else if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    file = dc_staff_file_new ();
  } else if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_INVAL)) {
    /* Too long, or no regular file. */
    g_set_error_literal (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_DAMAGED, local_error->message);
  } else {
    g_set_error_literal (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_IO, local_error->message);
  }

  return file;
}

gboolean
_dc_staff_gate_pin_ok (const char  *pin,
                       GError     **error)
{
  if (dc_pin_well_formed (pin))
    return TRUE;

  g_set_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_PIN,
               "A PIN has %d to %d digits", DC_PIN_MIN_DIGITS, DC_PIN_MAX_DIGITS);

  return FALSE;
}

gboolean
_dc_staff_gate_ready (DcStaffGate  *self,
                      GError      **error)
{
  if (self->busy) {
    g_set_error_literal (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_BUSY,
                         "A PIN is being checked or changed");
    return FALSE;
  }

  if (self->file == NULL) {
    g_set_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_DAMAGED,
                 "%s: the PINs were not loaded", self->path);
    return FALSE;
  }

  return TRUE;
}

void
_dc_staff_gate_end (DcStaffGate *self)
{
  g_mutex_lock (&self->mutex);
  self->busy = FALSE;
  g_mutex_unlock (&self->mutex);
}

gboolean
dc_staff_gate_load (DcStaffGate  *self,
                    GError      **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  g_autoptr (GError) local_error = NULL;
  DcStamp now;

  g_return_val_if_fail (DC_IS_STAFF_GATE (self), FALSE);

  locker = g_mutex_locker_new (&self->mutex);
  if (self->busy)
    return _dc_staff_gate_ready (self, error);

  g_clear_pointer (&self->file, dc_staff_file_free);
  self->file = read_file (self->path, error);
  if (self->file == NULL)
    return FALSE;

  _dc_staff_gate_now (self, &now);
  if (dc_staff_file_follow_boot (self->file, &now)) {
    /* Kept, so that the program's next start does not begin it again. If it
     * cannot be, that start waits longer: nothing is lost. */
    g_autofree char *text = dc_staff_file_to_text (self->file);

    if (!_dc_staff_gate_write (self, text, &local_error))
      g_message ("The wait at the PIN pad could not be noted: %s", local_error->message);
  }

  return TRUE;
}

gboolean
dc_staff_gate_is_loaded (DcStaffGate *self)
{
  gboolean loaded;

  g_return_val_if_fail (DC_IS_STAFF_GATE (self), FALSE);

  g_mutex_lock (&self->mutex);
  loaded = self->file != NULL;
  g_mutex_unlock (&self->mutex);

  return loaded;
}

void
dc_staff_gate_let_mend (DcStaffGate *self)
{
  g_return_if_fail (DC_IS_STAFF_GATE (self));

  g_mutex_lock (&self->mutex);
  self->may_mend = self->file == NULL;
  g_mutex_unlock (&self->mutex);
}

gboolean
dc_staff_gate_has_pin (DcStaffGate *self,
                       DcStaffRole  role)
{
  gboolean has_pin;

  g_return_val_if_fail (DC_IS_STAFF_GATE (self), FALSE);
  g_return_val_if_fail (role < DC_N_STAFF_ROLES, FALSE);

  g_mutex_lock (&self->mutex);
  has_pin = self->file != NULL && self->file->hashes[role] != NULL;
  g_mutex_unlock (&self->mutex);

  return has_pin;
}

void
_dc_staff_gate_look (DcStaffGate *self,
                     guint       *tries_left,
                     guint       *wait_s)
{
  DcStamp now;

  _dc_staff_gate_now (self, &now);
  *tries_left = 0;
  *wait_s = 0;

  g_mutex_lock (&self->mutex);
  if (self->file != NULL) {
    *wait_s = dc_staff_file_wait_s (self->file, &now);
    *tries_left = dc_staff_file_tries_left (self->file);
  }
  g_mutex_unlock (&self->mutex);
}

gboolean
dc_staff_gate_is_locked (DcStaffGate *self,
                         guint       *wait_s)
{
  guint left;
  guint wait;

  g_return_val_if_fail (DC_IS_STAFF_GATE (self), FALSE);

  _dc_staff_gate_look (self, &left, &wait);
  if (wait_s != NULL)
    *wait_s = wait;

  return wait > 0;
}
