/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-staff-gate-private.h"

#include "dc-pin.h"

static gboolean
begin_change (DcStaffGate  *self,
              DcStaffJob   *job,
              GError      **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->mutex);

  gboolean mends = self->may_mend && self->file == NULL && !self->busy;

  self->may_mend = FALSE;
  if ((!mends && !_dc_staff_gate_ready (self, error))
      || !_dc_staff_gate_pin_ok (job->pin, error))
    return FALSE;

  for (guint role = 0; role < DC_N_STAFF_ROLES; role++)
    if (!mends && role != job->role)
      job->hashes[role] = g_strdup (self->file->hashes[role]);
  self->busy = TRUE;

  return TRUE;
}

/* The file with the one hash changed, or begun anew; only then does memory
 * follow. */
static gboolean
store_hash (DcStaffGate  *self,
            DcStaffRole   role,
            const char   *hash,
            GError      **error)
{
  g_autofree char *text = NULL;
  DcStaffFile changed = { 0 };

  g_mutex_lock (&self->mutex);
  if (self->file != NULL)
    changed = *self->file;
  changed.hashes[role] = (char *) hash;
  text = dc_staff_file_to_text (&changed);
  g_mutex_unlock (&self->mutex);

  if (!_dc_staff_gate_write (self, text, error))
    return FALSE;

  g_mutex_lock (&self->mutex);
  if (self->file == NULL)
    self->file = dc_staff_file_new ();
  g_clear_pointer (&self->file->hashes[role], g_free);
  self->file->hashes[role] = g_strdup (hash);
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

static gboolean
change (DcStaffGate  *self,
        DcStaffJob   *job,
        GError      **error)
{
  g_autofree char *hash = NULL;

  for (guint role = 0; role < DC_N_STAFF_ROLES; role++)
    if (job->hashes[role] != NULL && dc_pin_matches (job->hashes[role], job->pin)) {
      g_set_error_literal (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_SAME,
                           "The volunteer and the coordinator cannot have the same PIN");
      return FALSE;
    }

  hash = dc_pin_hash (job->pin);
  if (hash == NULL) {
    g_set_error_literal (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_IO,
                         "Not enough memory to hash a PIN");
    return FALSE;
  }

  return store_hash (self, job->role, hash, error);
}

gboolean
dc_staff_gate_set_pin (DcStaffGate  *self,
                       DcStaffRole   role,
                       const char   *pin,
                       GError      **error)
{
  gboolean ok;
  DcStaffJob *job;

  g_return_val_if_fail (DC_IS_STAFF_GATE (self), FALSE);
  g_return_val_if_fail (role < DC_N_STAFF_ROLES, FALSE);
  g_return_val_if_fail (pin != NULL, FALSE);

  job = _dc_staff_job_new (role, pin);
  ok = begin_change (self, job, error);
  if (ok) {
    ok = change (self, job, error);
    _dc_staff_gate_end (self);
  }
  _dc_staff_job_free (job);

  return ok;
}

static void
change_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  DcStaffGate *self = source;
  GError *error = NULL;
  gboolean ok = change (self, data, &error);

  _dc_staff_gate_end (self);
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dc_staff_gate_set_pin_async (DcStaffGate         *self,
                             DcStaffRole          role,
                             const char          *pin,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  DcStaffJob *job;

  g_return_if_fail (DC_IS_STAFF_GATE (self));
  g_return_if_fail (role < DC_N_STAFF_ROLES);
  g_return_if_fail (pin != NULL);

  job = _dc_staff_job_new (role, pin);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dc_staff_gate_set_pin_async);
  g_task_set_task_data (task, job, _dc_staff_job_free);

  if (begin_change (self, job, &error))
    g_task_run_in_thread (task, change_in_thread);
  else
    g_task_return_error (task, error);
}

gboolean
dc_staff_gate_set_pin_finish (DcStaffGate   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
