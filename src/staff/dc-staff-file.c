/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-staff-file.h"

#include <string.h>

#include "dc-pin.h"

#define VERSION     1
#define GROUP_STAFF "staff"
#define GROUP_TRIES "tries"

#define HEADING \
  "# Written by Daily Cup; a change made by hand is refused.\n" \
  "# Where a PIN is lost, remove this file: both PINs go with it.\n"

static const char *role_keys[] = {
  [DC_STAFF_VOLUNTEER] = "volunteer",
  [DC_STAFF_COORDINATOR] = "coordinator",
};

G_STATIC_ASSERT (G_N_ELEMENTS (role_keys) == DC_N_STAFF_ROLES);

DcStaffFile *
dc_staff_file_new (void)
{
  return g_new0 (DcStaffFile, 1);
}

void
dc_staff_file_free (DcStaffFile *self)
{
  for (guint role = 0; role < DC_N_STAFF_ROLES; role++)
    g_clear_pointer (&self->hashes[role], g_free);
  g_free (self);
}

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error_literal (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_DAMAGED, what);

  return FALSE;
}

static gboolean
read_version (GKeyFile  *key_file,
              GError   **error)
{
  g_autofree char *version = g_key_file_get_value (key_file, GROUP_STAFF, "version", NULL);

  if (version == NULL)
    return refuse (error, "the version is missing");
  if (strcmp (version, G_STRINGIFY (VERSION)) != 0)
    return refuse (error, "not of version " G_STRINGIFY (VERSION));

  return TRUE;
}

static gboolean
read_hashes (DcStaffFile  *self,
             GKeyFile     *key_file,
             GError      **error)
{
  for (guint role = 0; role < DC_N_STAFF_ROLES; role++) {
    self->hashes[role] = g_key_file_get_value (key_file, GROUP_STAFF, role_keys[role], NULL);
    if (self->hashes[role] != NULL && !dc_pin_hash_well_formed (self->hashes[role])) {
      g_set_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_DAMAGED,
                   "[" GROUP_STAFF "] %s: not the hash of a PIN", role_keys[role]);
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
read_number (GKeyFile    *key_file,
             const char  *key,
             guint64      max,
             guint64     *number,
             GError     **error)
{
  g_autofree char *text = g_key_file_get_value (key_file, GROUP_TRIES, key, NULL);

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, max, number, NULL))
    return TRUE;

  g_set_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_DAMAGED,
               "[" GROUP_TRIES "] %s: missing, or not a number in its range", key);

  return FALSE;
}

static gboolean
read_tries (DcStaffFile  *self,
            GKeyFile     *key_file,
            GError      **error)
{
  g_autofree char *boot_id = g_key_file_get_value (key_file, GROUP_TRIES, "boot", NULL);
  guint64 tries = 0;
  guint64 last_us = 0;

  if (!read_number (key_file, "count", G_MAXINT, &tries, error)
      || !read_number (key_file, "last-us", G_MAXINT64, &last_us, error))
    return FALSE;

  if (boot_id == NULL || (boot_id[0] != '\0' && !g_uuid_string_is_valid (boot_id)))
    return refuse (error, "[" GROUP_TRIES "] boot: missing, or not a UUID");

  self->tries = (guint) tries;
  self->last_us = (gint64) last_us;
  g_strlcpy (self->boot_id, boot_id, sizeof self->boot_id);

  return TRUE;
}

static gboolean
is_canonical (const DcStaffFile *self,
              const char        *text,
              gsize              length)
{
  g_autofree char *again = dc_staff_file_to_text (self);

  return strlen (again) == length && memcmp (again, text, length) == 0;
}

DcStaffFile *
dc_staff_file_parse (const char  *text,
                     gsize        length,
                     GError     **error)
{
  g_autoptr (DcStaffFile) self = dc_staff_file_new ();
  g_autoptr (GKeyFile) key_file = g_key_file_new ();

  g_return_val_if_fail (text != NULL, NULL);

  /* Also refuses what is empty, and NUL inside: GKeyFile would stop there. */
  if (length == 0 || length > DC_STAFF_FILE_MAX_SIZE || memchr (text, '\0', length) != NULL
      || !g_key_file_load_from_data (key_file, text, length, G_KEY_FILE_NONE, NULL)) {
    refuse (error, "not a key file");
    return NULL;
  }

  if (!read_version (key_file, error)
      || !read_hashes (self, key_file, error)
      || !read_tries (self, key_file, error))
    return NULL;

  if (!is_canonical (self, text, length)) {
    refuse (error, "holds what this program did not write");
    return NULL;
  }

  return g_steal_pointer (&self);
}

char *
dc_staff_file_to_text (const DcStaffFile *self)
{
  GString *text = g_string_new (HEADING "[" GROUP_STAFF "]\nversion=" G_STRINGIFY (VERSION) "\n");

  for (guint role = 0; role < DC_N_STAFF_ROLES; role++)
    if (self->hashes[role] != NULL)
      g_string_append_printf (text, "%s=%s\n", role_keys[role], self->hashes[role]);

  g_string_append_printf (text,
                          "\n[" GROUP_TRIES "]\ncount=%u\nboot=%s\nlast-us=%" G_GINT64_FORMAT "\n",
                          self->tries, self->boot_id, self->last_us);

  return g_string_free (text, FALSE);
}

static gint64
wait_after (guint tries)
{
  const guint doublings = 7;   /* 30 s << 7 is over an hour */
  guint n;

  if (tries < DC_STAFF_GATE_FREE_TRIES)
    return 0;

  n = MIN (tries - DC_STAFF_GATE_FREE_TRIES, doublings);

  return (gint64) MIN (DC_STAFF_GATE_FIRST_WAIT << n, DC_STAFF_GATE_LAST_WAIT) * G_USEC_PER_SEC;
}

static void
begin_wait (DcStaffFile   *self,
            const DcStamp *now)
{
  g_strlcpy (self->boot_id, now->boot_id, sizeof self->boot_id);
  self->last_us = now->monotonic_us;
}

void
dc_staff_file_count_try (DcStaffFile   *self,
                         const DcStamp *now)
{
  if (self->tries < G_MAXINT)
    self->tries++;
  begin_wait (self, now);
}

gboolean
dc_staff_file_follow_boot (DcStaffFile   *self,
                           const DcStamp *now)
{
  if (strcmp (self->boot_id, now->boot_id) == 0 && self->last_us <= now->monotonic_us)
    return FALSE;

  begin_wait (self, now);

  return self->tries >= DC_STAFF_GATE_FREE_TRIES;
}

guint
dc_staff_file_tries_left (const DcStaffFile *self)
{
  return DC_STAFF_GATE_FREE_TRIES - MIN (self->tries, DC_STAFF_GATE_FREE_TRIES);
}

guint
dc_staff_file_wait_s (DcStaffFile   *self,
                      const DcStamp *now)
{
  gint64 remaining_us;

  dc_staff_file_follow_boot (self, now);
  remaining_us = self->last_us - now->monotonic_us + wait_after (self->tries);

  return remaining_us > 0 ? (guint) ((remaining_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}
