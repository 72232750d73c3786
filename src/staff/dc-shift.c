/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-shift.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-durable.h"
#include "dc-volunteer-code.h"

#define MAX_BYTES 1024
#define VERSION   1
#define GROUP     "shift"
#define HEADING   "# Written by Daily Cup; a change made by hand is refused.\n"

/* Random bytes in a shift's name: enough that no two of a campaign meet. */
#define ID_BYTES 8

/* How far a clock may be set back within a shift, in seconds. */
#define SLACK_S (60 * 60)

/* The latest moment that is believed: a day later is still a date to GLib. */
#define LAST_S G_GINT64_CONSTANT (253370764799)   /* the year 9998 ends */

typedef struct
{
  char   id[2 * ID_BYTES + 1];          /* "": there is no shift */
  char   code[DC_VOLUNTEER_CODE_MAX + 1];
  gint64 since_s;                       /* since 1970 in UTC */
  gint64 codes;
} Content;

struct _DcShift
{
  char      *path;
  GTimeZone *zone;
  DcClock   *clock;
  Content    content;
};

G_DEFINE_QUARK (dc-shift-error-quark, dc_shift_error)

DcShift *
dc_shift_new (const char *path,
              const char *time_zone,
              DcClock    *clock)
{
  DcShift *self;

  g_return_val_if_fail (path != NULL && time_zone != NULL && clock != NULL, NULL);

  self = g_new0 (DcShift, 1);
  self->path = g_strdup (path);
  self->zone = g_time_zone_new_identifier (time_zone);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_utc ();
  self->clock = g_object_ref (clock);

  return self;
}

void
dc_shift_free (DcShift *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->clock);
  g_free (self);
}

/* The first 4 o'clock in the morning after it began. */
static gint64
end_of (DcShift *self)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->content.since_s);
  g_autoptr (GDateTime) begun = g_date_time_to_timezone (utc, self->zone);
  g_autoptr (GDateTime) day = g_date_time_get_hour (begun) < DC_SHIFT_LAST_HOUR
                              ? g_date_time_ref (begun) : g_date_time_add_days (begun, 1);
  g_autoptr (GDateTime) end = NULL;

  if (day != NULL)
    end = g_date_time_new (self->zone, g_date_time_get_year (day), g_date_time_get_month (day),
                           g_date_time_get_day_of_month (day), DC_SHIFT_LAST_HOUR, 0, 0);

  return end != NULL ? g_date_time_to_unix (end) : self->content.since_s;
}

static gint64
now_s (DcShift *self)
{
  DcStamp stamp;

  dc_clock_now (self->clock, &stamp);

  return stamp.utc_us / G_USEC_PER_SEC;
}

gboolean
dc_shift_is_on (DcShift *self)
{
  gint64 now;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->content.id[0] == '\0')
    return FALSE;
  now = now_s (self);

  return now < end_of (self) && now > self->content.since_s - SLACK_S;
}

const char *
dc_shift_get_id (DcShift *self)
{
  return dc_shift_is_on (self) ? self->content.id : NULL;
}

const char *
dc_shift_get_code (DcShift *self)
{
  return dc_shift_is_on (self) ? self->content.code : NULL;
}

gint64
dc_shift_get_since (DcShift *self)
{
  return dc_shift_is_on (self) ? self->content.since_s * G_USEC_PER_SEC : 0;
}

gint64
dc_shift_count_codes (DcShift *self,
                      guint    shown)
{
  gint64 at_first = dc_shift_is_on (self) ? self->content.codes : -1;

  return at_first >= 0 && at_first <= shown ? shown - at_first : -1;
}

static char *
to_text (const Content *content)
{
  if (content->id[0] == '\0')
    return g_strdup_printf (HEADING "[" GROUP "]\nversion=%d\n", VERSION);

  return g_strdup_printf (HEADING "[" GROUP "]\nversion=%d\nid=%s\ncode=%s\nsince=%" G_GINT64_FORMAT
                          "\ncodes=%" G_GINT64_FORMAT "\n", VERSION, content->id, content->code,
                          content->since_s, content->codes);
}

char *
dc_shift_to_text (DcShift *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return to_text (&self->content);
}

/* The file first, then what is remembered. */
static gboolean
commit (DcShift        *self,
        const Content  *content,
        GError        **error)
{
  g_autofree char *text = to_text (content);

  if (!dc_durable_replace (self->path, text, strlen (text), error))
    return FALSE;
  self->content = *content;

  return TRUE;
}

gboolean
dc_shift_start (DcShift     *self,
                const char  *typed,
                gint64       codes_shown,
                GError     **error)
{
  g_autofree char *code = NULL;
  guint8 random[ID_BYTES];
  Content content = { .codes = MAX (codes_shown, -1) };

  g_return_val_if_fail (self != NULL && typed != NULL, FALSE);

  if (dc_volunteer_code_check (typed) != DC_VOLUNTEER_CODE_GOOD) {
    g_set_error_literal (error, DC_SHIFT_ERROR, DC_SHIFT_ERROR_CODE, "not a volunteer's code");
    return FALSE;
  }
  code = dc_volunteer_code_tidy (typed);
  g_strlcpy (content.code, code, sizeof content.code);
  dc_crypto_random (random, sizeof random);
  for (gsize i = 0; i < sizeof random; i++)
    g_snprintf (content.id + 2 * i, 3, "%02x", random[i]);
  content.since_s = now_s (self);

  return commit (self, &content, error);
}

gboolean
dc_shift_end (DcShift  *self,
              GError  **error)
{
  const Content none = { .codes = -1 };

  g_return_val_if_fail (self != NULL, FALSE);

  return self->content.id[0] == '\0' || commit (self, &none, error);
}

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error_literal (error, DC_SHIFT_ERROR, DC_SHIFT_ERROR_DAMAGED, what);

  return FALSE;
}

static void
read_content (GKeyFile *file,
              Content  *content)
{
  g_autofree char *id = g_key_file_get_value (file, GROUP, "id", NULL);
  g_autofree char *code = g_key_file_get_value (file, GROUP, "code", NULL);

  if (id == NULL)
    return;
  g_strlcpy (content->id, id, sizeof content->id);
  g_strlcpy (content->code, code != NULL ? code : "", sizeof content->code);
  content->since_s = g_key_file_get_int64 (file, GROUP, "since", NULL);
  content->codes = g_key_file_get_int64 (file, GROUP, "codes", NULL);
}

/* Beyond being what would be written again. */
static gboolean
is_good (const Content *content)
{
  if (content->id[0] == '\0')
    return TRUE;

  return strlen (content->id) == 2 * ID_BYTES
         && strspn (content->id, "0123456789abcdef") == 2 * ID_BYTES
         && dc_volunteer_code_check (content->code) == DC_VOLUNTEER_CODE_GOOD
         && content->since_s >= 0 && content->since_s <= LAST_S && content->codes >= -1;
}

gboolean
dc_shift_parse (DcShift     *self,
                const char  *text,
                gsize        length,
                GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *expected = NULL;
  Content content = { .codes = -1 };

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  self->content = content;
  if (length > MAX_BYTES || memchr (text, '\0', length) != NULL
      || !g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_TRANSLATIONS, NULL))
    return refuse (error, "not a key file");

  read_content (file, &content);
  expected = to_text (&content);
  if (!is_good (&content) || strlen (expected) != length || memcmp (expected, text, length) != 0)
    return refuse (error, "not as it was written");
  self->content = content;

  return TRUE;
}

gboolean
dc_shift_load (DcShift  *self,
               GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  gsize size;

  g_return_val_if_fail (self != NULL, FALSE);

  self->content = (Content) { .codes = -1 };
  text = dc_durable_read (self->path, MAX_BYTES, &size, &local_error);
  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  if (text != NULL && dc_shift_parse (self, text, size, &local_error))
    return TRUE;

  if (text != NULL)
    g_prefix_error (&local_error, "%s: ", self->path);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}
