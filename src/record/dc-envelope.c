/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-envelope.h"

#include <string.h>

/* Writing and checking; the reading of what others wrote is in
 * dc-envelope-reader.c. */

#define DIGITS  "0123456789"
#define SMALL   "abcdefghijklmnopqrstuvwxyz"
#define CAPITAL "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static gboolean
refuse (const char  *field,
        const char  *expected,
        GError     **error)
{
  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD,
               "envelope: %s: expected %s", field, expected);

  return FALSE;
}

/* The structure has no room for more than 64. */
static gboolean
is_word (const char *text,
         const char *characters)
{
  return text[0] != '\0' && text[strspn (text, characters)] == '\0';
}

gboolean
dc_envelope_is_campaign (const char *text)
{
  return is_word (text, SMALL DIGITS "-");
}

gboolean
dc_envelope_is_shift (const char *text)
{
  return is_word (text, SMALL CAPITAL DIGITS "-");
}

gboolean
dc_envelope_is_currency (const char *text)
{
  return strlen (text) == 3 && strspn (text, CAPITAL) == 3;
}

/* ISO 8601: YYYY-MM-DD, a day that the calendar has. */
static gboolean
is_day (const char *text)
{
  static const char form[] = "dddd-dd-dd";
  guint number[3] = { 0, 0, 0 };
  guint part = 0;

  if (strlen (text) != strlen (form))
    return FALSE;
  for (gsize i = 0; form[i] != '\0'; i++) {
    if ((form[i] == 'd') ? !g_ascii_isdigit (text[i]) : text[i] != form[i])
      return FALSE;
    if (form[i] == '-')
      part++;
    else
      number[part] = 10 * number[part] + (guint) g_ascii_digit_value (text[i]);
  }

  return g_date_valid_dmy ((GDateDay) number[2], (GDateMonth) number[1], (GDateYear) number[0]);
}

static gboolean
check_amount (const DcEnvelope  *self,
              GError           **error)
{
  gint64 minimum = self->kind == DC_KIND_DRILL ? 0 : 1;

  if (self->has_amount != (self->kind != DC_KIND_WITHDRAWAL))
    return refuse ("amount", "null in a withdrawal and an integer in every other kind", error);
  if (!self->has_amount)
    return TRUE;

  if (self->amount.minor < minimum || self->amount.minor > DC_MONEY_MAX_MINOR)
    return refuse ("amount", "an integer from 1 (in a drill, 0) to 9007199254740991", error);
  if (!dc_envelope_is_currency (self->amount.currency))
    return refuse ("currency", "an ISO 4217 code", error);

  return TRUE;
}

gboolean
dc_envelope_check (const DcEnvelope  *self,
                   GError           **error)
{
  gboolean about = self->kind == DC_KIND_CORRECTION || self->kind == DC_KIND_WITHDRAWAL;

  if (self->has_about != about)
    return refuse ("about", "an id in a correction or withdrawal, null in every other kind", error);
  if (self->seq < 1 || self->seq > DC_MONEY_MAX_MINOR)
    return refuse ("seq", "an integer from 1 to 9007199254740991", error);
  if (!dc_envelope_is_campaign (self->campaign))
    return refuse ("campaign", "1 to 64 of a-z, 0-9 and -", error);
  if (self->shift[0] != '\0' && !dc_envelope_is_shift (self->shift))
    return refuse ("shift", "null, or 1 to 64 of A-Z, a-z, 0-9 and -", error);
  if (!is_day (self->day))
    return refuse ("day", "a date as YYYY-MM-DD", error);

  return check_amount (self, error);
}

void
dc_envelope_write (const DcEnvelope *self,
                   DcJsonWriter     *writer)
{
  dc_json_add_integer (writer, "v", 1);
  dc_json_add_string (writer, "kind", dc_kind_to_string (self->kind));
  dc_json_add_hex (writer, "id", self->id.bytes, sizeof self->id.bytes);
  if (self->has_about)
    dc_json_add_hex (writer, "about", self->about.bytes, sizeof self->about.bytes);
  else
    dc_json_add_string (writer, "about", NULL);
  dc_json_add_hex (writer, "tablet", self->tablet, sizeof self->tablet);
  dc_json_add_hex (writer, "queue", self->queue.bytes, sizeof self->queue.bytes);
  dc_json_add_integer (writer, "seq", self->seq);
  dc_json_add_string (writer, "campaign", self->campaign);
  dc_json_add_hex (writer, "pack", self->pack, sizeof self->pack);
  if (self->has_amount)
    dc_json_add_integer (writer, "amount", self->amount.minor);
  else
    dc_json_add_string (writer, "amount", NULL);
  dc_json_add_string (writer, "currency", self->has_amount ? self->amount.currency : NULL);
  dc_json_add_string (writer, "frequency",
                      self->has_amount ? dc_frequency_to_string (self->frequency) : NULL);
  dc_json_add_string (writer, "shift", self->shift[0] != '\0' ? self->shift : NULL);
  dc_json_add_string (writer, "day", self->day);
}

GBytes *
dc_envelope_to_json (const DcEnvelope *self)
{
  char text[DC_ENVELOPE_MAX_BYTES];
  DcJsonWriter writer;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (dc_envelope_check (self, NULL), NULL);

  dc_json_writer_init (&writer, text, sizeof text);
  dc_json_open_object (&writer, NULL);
  dc_envelope_write (self, &writer);
  dc_json_add_hex (&writer, "sealed_sha256", self->sealed_sha256, sizeof self->sealed_sha256);
  dc_json_close_object (&writer);
  /* Checked fields come to less than a quarter of the buffer. */
  g_return_val_if_fail (!dc_json_writer_failed (&writer), NULL);

  return g_bytes_new (text, writer.length);
}
