/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-json-time.h"

#include <string.h>

#include "dc-json-nested.h"
#include "dc-money.h"
#include "dc-record.h"

static const char * const keys[] = {
  "utc", "offset_minutes", "boot", "monotonic_us", "clock", NULL
};

static const char form[] = "dddd-dd-ddTdd:dd:dd.ddddddZ";

gboolean
dc_json_add_time (DcJsonWriter  *writer,
                  const DcStamp *stamp)
{
  gint64 fraction = stamp->utc_us % G_USEC_PER_SEC;
  gint64 second = stamp->utc_us / G_USEC_PER_SEC;
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (fraction < 0) {
    fraction += G_USEC_PER_SEC;
    second--;
  }
  time = g_date_time_new_from_unix_utc (second);
  if (time == NULL)
    return FALSE;
  /* Not g_date_time_format (): some locales have digits of their own. */
  text = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%06dZ",
                          g_date_time_get_year (time),
                          g_date_time_get_month (time),
                          g_date_time_get_day_of_month (time),
                          g_date_time_get_hour (time),
                          g_date_time_get_minute (time),
                          g_date_time_get_second (time),
                          (int) fraction);

  dc_json_open_object (writer, "time");
  dc_json_add_string (writer, "utc", text);
  dc_json_add_integer (writer, "offset_minutes", stamp->offset_s / 60);
  dc_json_add_string (writer, "boot", stamp->boot_id[0] != '\0' ? stamp->boot_id : NULL);
  dc_json_add_integer (writer, "monotonic_us", stamp->monotonic_us);
  dc_json_add_string (writer, "clock", dc_clock_trust_to_string (stamp->trust));
  dc_json_close_object (writer);

  return TRUE;
}

/* The numbers between what is fixed in @form. */
static gboolean
split (const char *text,
       gint        number[static 7])
{
  guint part = 0;

  if (strlen (text) != strlen (form))
    return FALSE;
  for (gsize i = 0; form[i] != '\0'; i++) {
    if (form[i] == 'd' && g_ascii_isdigit (text[i]))
      number[part] = 10 * number[part] + g_ascii_digit_value (text[i]);
    else if (form[i] == 'd' || form[i] != text[i])
      return FALSE;
    else
      part++;
  }

  return TRUE;
}

static gboolean
read_utc (DcJsonReader  *reader,
          gint64        *utc_us,
          GError       **error)
{
  char text[sizeof form];
  gint n[7] = { 0 };
  g_autoptr (GDateTime) second = NULL;

  if (!dc_json_read_string (reader, "utc", text, sizeof text, error))
    return FALSE;
  if (split (text, n))
    second = g_date_time_new_utc (n[0], n[1], n[2], n[3], n[4], n[5]);
  if (second == NULL)
    return dc_json_refuse (reader, "utc", "a moment as YYYY-MM-DDThh:mm:ss.ffffffZ", error);
  *utc_us = g_date_time_to_unix (second) * G_USEC_PER_SEC + n[6];

  return TRUE;
}

static gboolean
read_boot (DcJsonReader  *reader,
           DcStamp       *stamp,
           GError       **error)
{
  if (dc_json_is_null (reader, "boot"))
    return TRUE;
  if (!dc_json_read_string (reader, "boot", stamp->boot_id, sizeof stamp->boot_id, error))
    return FALSE;
  if (!g_uuid_string_is_valid (stamp->boot_id))
    return dc_json_refuse (reader, "boot", "a UUID or null", error);

  return TRUE;
}

gboolean
dc_json_read_time (DcJsonReader  *parent,
                   DcStamp       *stamp,
                   GError       **error)
{
  g_autoptr (DcJsonReader) reader = dc_json_read_object (parent, "time", error);
  char clock[16];
  gint64 offset;

  if (reader == NULL
      || !dc_json_reader_has_only (reader, keys, error)
      || !read_utc (reader, &stamp->utc_us, error)
      || !dc_json_read_integer (reader, "offset_minutes", &offset, error)
      || !read_boot (reader, stamp, error)
      || !dc_json_read_integer (reader, "monotonic_us", &stamp->monotonic_us, error)
      || !dc_json_read_string (reader, "clock", clock, sizeof clock, error)) {
    return FALSE;
  }
  if (offset < -24 * 60 || offset > 24 * 60)
    return dc_json_refuse (reader, "offset_minutes", "at most a day", error);
  if (stamp->monotonic_us < 0 || stamp->monotonic_us > DC_MONEY_MAX_MINOR)
    return dc_json_refuse (reader, "monotonic_us", "an integer from 0 to 9007199254740991", error);
  if (!dc_clock_trust_from_string (clock, &stamp->trust))
    return dc_json_refuse (reader, "clock", "“synchronised”, “set” or “unknown”", error);
  stamp->offset_s = (gint) (60 * offset);

  return TRUE;
}
