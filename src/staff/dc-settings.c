/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-settings.h"

#include <string.h>

#include "dc-durable.h"
#include "dc-text.h"

#define BYTES_MAX 4096
#define GROUP     "settings"

/* What may be chosen, in seconds. */
static const guint steps[] = { 30, 45, 60, 90, 120, 180, 240, 300 };

static const char * const wait_keys[] = { "wait-scan", "wait-details", "wait-other" };
static const guint wait_defaults[] = { 120, 90, 45 };

G_STATIC_ASSERT (G_N_ELEMENTS (wait_keys) == DC_N_WAITS);
G_STATIC_ASSERT (G_N_ELEMENTS (wait_defaults) == DC_N_WAITS);

/* All that the file holds. */
typedef struct
{
  char     *name;
  char     *place;
  gint64    taken_before;   /* -1: not known */
  guint     waits[DC_N_WAITS];
  gboolean  platform_keyboard;
} Values;

struct _DcSettings
{
  char   *path;
  Values  values;
};

G_DEFINE_QUARK (dc-settings-error-quark, dc_settings_error)

static void
values_clear (Values *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->place, g_free);
}

static void
values_init (Values *self)
{
  *self = (Values) { .name = g_strdup (""), .place = g_strdup (""), .taken_before = -1 };
  memcpy (self->waits, wait_defaults, sizeof self->waits);
}

static void
values_copy (Values       *to,
             const Values *from)
{
  *to = *from;
  to->name = g_strdup (from->name);
  to->place = g_strdup (from->place);
}

DcSettings *
dc_settings_new (const char *path)
{
  DcSettings *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (DcSettings, 1);
  self->path = g_strdup (path);
  values_init (&self->values);

  return self;
}

void
dc_settings_free (DcSettings *self)
{
  values_clear (&self->values);
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}

static gboolean
wait_is_good (gint64 seconds)
{
  return seconds >= DC_SETTINGS_WAIT_MIN && seconds <= DC_SETTINGS_WAIT_MAX;
}

/* Strict: a number that somebody else wrote is not believed. */
static gboolean
read_numbers (Values   *values,
              GKeyFile *file)
{
  g_autofree char *taken = g_key_file_get_value (file, GROUP, "taken-before", NULL);

  if (taken == NULL || !g_ascii_string_to_signed (taken, 10, -1, G_MAXINT32,
                                                  &values->taken_before, NULL))
    return FALSE;

  for (DcWait wait = 0; wait < DC_N_WAITS; wait++) {
    int seconds = g_key_file_get_integer (file, GROUP, wait_keys[wait], NULL);

    if (!wait_is_good (seconds))
      return FALSE;
    values->waits[wait] = (guint) seconds;
  }

  return TRUE;
}

static gboolean
name_is_good (const char *name)
{
  return name != NULL && g_utf8_strlen (name, -1) <= DC_SETTINGS_NAME_MAX;
}

/* FALSE: not what dc_settings_to_text () writes. */
static gboolean
parse (Values     *values,
       const char *text,
       gsize       size)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  if (memchr (text, '\0', size) != NULL
      || !g_key_file_load_from_data (file, text, size, G_KEY_FILE_NONE, NULL)
      || !read_numbers (values, file))
    return FALSE;

  values_clear (values);
  values->name = g_key_file_get_string (file, GROUP, "name", NULL);
  values->place = g_key_file_get_string (file, GROUP, "place", NULL);
  values->platform_keyboard = g_key_file_get_boolean (file, GROUP, "platform-keyboard", &error);

  return name_is_good (values->name) && name_is_good (values->place) && error == NULL;
}

gboolean
dc_settings_load (DcSettings  *self,
                  GError     **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;
  Values values;
  gsize size;

  g_return_val_if_fail (self != NULL, FALSE);

  text = dc_durable_read (self->path, BYTES_MAX, &size, &local_error);
  if (text == NULL && g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  if (text == NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  values_init (&values);
  if (!parse (&values, text, size)) {
    values_clear (&values);
    g_set_error (error, DC_SETTINGS_ERROR, DC_SETTINGS_ERROR_DAMAGED,
                 "%s: not the settings that were written", self->path);
    return FALSE;
  }

  values_clear (&self->values);
  self->values = values;

  return TRUE;
}

static char *
to_text (const Values *values,
         gsize        *size)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_string (file, GROUP, "name", values->name);
  g_key_file_set_string (file, GROUP, "place", values->place);
  g_key_file_set_int64 (file, GROUP, "taken-before", values->taken_before);
  for (DcWait wait = 0; wait < DC_N_WAITS; wait++)
    g_key_file_set_integer (file, GROUP, wait_keys[wait], (int) values->waits[wait]);
  g_key_file_set_boolean (file, GROUP, "platform-keyboard", values->platform_keyboard);

  return g_key_file_to_data (file, size, NULL);
}

/* Takes @values: what is on disk is what is in memory. */
static gboolean
store (DcSettings  *self,
       Values      *values,
       GError     **error)
{
  gsize size;
  g_autofree char *text = to_text (values, &size);

  if (!dc_durable_replace (self->path, text, size, error)) {
    values_clear (values);
    return FALSE;
  }

  values_clear (&self->values);
  self->values = *values;

  return TRUE;
}

const char *
dc_settings_get_name (DcSettings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->values.name;
}

const char *
dc_settings_get_place (DcSettings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->values.place;
}

gint64
dc_settings_count_taken (DcSettings *self,
                         gint64      taken)
{
  g_return_val_if_fail (self != NULL, -1);

  /* A queue that was set aside since begins to count anew. */
  if (self->values.name[0] == '\0' || self->values.taken_before < 0
      || taken < self->values.taken_before)
    return -1;

  return taken - self->values.taken_before;
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  if (!name_is_good (name)) {
    g_set_error (error, DC_SETTINGS_ERROR, DC_SETTINGS_ERROR_LENGTH,
                 "More than %d letters", DC_SETTINGS_NAME_MAX);
    return FALSE;
  }
  if (dc_text_has_card_number (name)) {
    g_set_error_literal (error, DC_SETTINGS_ERROR, DC_SETTINGS_ERROR_CARD, "The number of a card");
    return FALSE;
  }

  return TRUE;
}

gboolean
dc_settings_set_event (DcSettings  *self,
                       const char  *name,
                       const char  *place,
                       gint64       taken,
                       GError     **error)
{
  g_autofree char *tidy_name = dc_text_tidy (name);
  g_autofree char *tidy_place = dc_text_tidy (place);
  Values values;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_name (tidy_name, error) || !check_name (tidy_place, error))
    return FALSE;

  values_copy (&values, &self->values);
  if (!g_str_equal (values.name, tidy_name))
    values.taken_before = taken;
  values_clear (&values);
  values.name = g_steal_pointer (&tidy_name);
  values.place = g_steal_pointer (&tidy_place);

  return store (self, &values, error);
}

guint
dc_settings_get_wait (DcSettings *self,
                      DcWait      wait)
{
  g_return_val_if_fail (self != NULL && wait < DC_N_WAITS, 0);

  return self->values.waits[wait];
}

guint
dc_settings_next_wait (DcSettings *self,
                       DcWait      wait)
{
  g_return_val_if_fail (self != NULL && wait < DC_N_WAITS, 0);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] > self->values.waits[wait])
      return steps[i];

  return steps[0];
}

gboolean
dc_settings_set_wait (DcSettings  *self,
                      DcWait       wait,
                      guint        seconds,
                      GError     **error)
{
  Values values;

  g_return_val_if_fail (self != NULL && wait < DC_N_WAITS, FALSE);
  g_return_val_if_fail (wait_is_good (seconds), FALSE);

  values_copy (&values, &self->values);
  values.waits[wait] = seconds;

  return store (self, &values, error);
}

gboolean
dc_settings_get_platform_keyboard (DcSettings *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->values.platform_keyboard;
}

gboolean
dc_settings_set_platform_keyboard (DcSettings  *self,
                                   gboolean     platform,
                                   GError     **error)
{
  Values values;

  g_return_val_if_fail (self != NULL, FALSE);

  values_copy (&values, &self->values);
  values.platform_keyboard = platform;

  return store (self, &values, error);
}
