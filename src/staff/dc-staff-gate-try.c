/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a try goes:
 *
 *   main thread   not locked, nothing else under way: the count goes up by one
 *   worker        staff.ini with the new count is written, synced and named
 *   worker        only now Argon2id says whose PIN it is, if anybody's
 *   worker        a right PIN: the count goes to zero, in memory and on disk
 *   main thread   the answer
 *
 * So a thief who cuts the power when a try turns out wrong finds it counted.
 * Where the first write fails, nothing is checked: on a disk that cannot count
 * nobody gets in, and the count is taken back.
 *
 * How long a wait is and what it is measured by: dc-staff-file.h.
 */

#include "dc-staff-gate-private.h"

#include "dc-pin.h"

static gboolean
has_any_pin (const DcStaffFile *file)
{
  for (guint role = 0; role < DC_N_STAFF_ROLES; role++)
    if (file->hashes[role] != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
check_may_try (DcStaffGate    *self,
               const char     *pin,
               const DcStamp  *now,
               GError        **error)
{
  guint wait_s;

  if (!_dc_staff_gate_ready (self, error))
    return FALSE;

  if (!has_any_pin (self->file)) {
    g_set_error_literal (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_NO_PIN,
                         "No PIN was set");
    return FALSE;
  }

  if (!_dc_staff_gate_pin_ok (pin, error))
    return FALSE;

  wait_s = dc_staff_file_wait_s (self->file, now);
  if (wait_s > 0) {
    g_set_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_LOCKED,
                 "Too many tries: wait %u s", wait_s);
    return FALSE;
  }

  return TRUE;
}

static gboolean
begin_try (DcStaffGate  *self,
           DcStaffJob   *job,
           GError      **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->mutex);
  DcStamp now;

  _dc_staff_gate_now (self, &now);
  if (!check_may_try (self, job->pin, &now, error))
    return FALSE;

  self->busy = TRUE;
  dc_staff_file_count_try (self->file, &now);
  job->counted = dc_staff_file_to_text (self->file);
  for (guint role = 0; role < DC_N_STAFF_ROLES; role++)
    job->hashes[role] = g_strdup (self->file->hashes[role]);

  return TRUE;
}

/* -1: nobody's. */
static gssize
find_role (DcStaffJob *job)
{
  for (gssize role = 0; role < DC_N_STAFF_ROLES; role++)
    if (job->hashes[role] != NULL && dc_pin_matches (job->hashes[role], job->pin))
      return role;

  return -1;
}

static void
take_back (DcStaffGate *self)
{
  g_mutex_lock (&self->mutex);
  self->file->tries--;
  g_mutex_unlock (&self->mutex);
}

static void
reset_count (DcStaffGate *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_mutex_lock (&self->mutex);
  self->file->tries = 0;
  text = dc_staff_file_to_text (self->file);
  g_mutex_unlock (&self->mutex);

  /* The PIN was right. After a restart there will be fewer free tries. */
  if (!_dc_staff_gate_write (self, text, &error))
    g_message ("A right PIN could not be noted: %s", error->message);
}

static void
try_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  DcStaffGate *self = source;
  DcStaffJob *job = data;
  GError *error = NULL;
  gssize role = -1;

  if (_dc_staff_gate_write (self, job->counted, &error))
    role = find_role (job);
  else
    take_back (self);

  if (role >= 0)
    reset_count (self);
  else if (error == NULL)
    g_set_error_literal (&error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_WRONG, "Not the right PIN");
  _dc_staff_gate_end (self);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, role);
}

void
dc_staff_gate_try_async (DcStaffGate         *self,
                         const char          *pin,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  DcStaffJob *job;

  g_return_if_fail (DC_IS_STAFF_GATE (self));
  g_return_if_fail (pin != NULL);

  job = _dc_staff_job_new (DC_N_STAFF_ROLES, pin);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dc_staff_gate_try_async);
  g_task_set_task_data (task, job, _dc_staff_job_free);

  if (begin_try (self, job, &error))
    g_task_run_in_thread (task, try_in_thread);
  else
    g_task_return_error (task, error);
}

gboolean
dc_staff_gate_try_finish (DcStaffGate   *self,
                          GAsyncResult  *result,
                          DcStaffRole   *role,
                          guint         *tries_left,
                          guint         *wait_s,
                          GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize found;
  guint left;
  guint wait;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  found = g_task_propagate_int (G_TASK (result), &local_error);
  _dc_staff_gate_look (self, &left, &wait);
  if (tries_left != NULL)
    *tries_left = left;
  if (wait_s != NULL)
    *wait_s = wait;

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  if (role != NULL)
    *role = (DcStaffRole) found;

  return TRUE;
}
