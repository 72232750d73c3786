/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-export.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-csv.h"

/* The order of the columns is part of what offices build upon: new ones go to
 * the end. daily-cup-office(1) lists them. */
static const char * const columns[] = {
  "kind", "id", "about", "tablet", "queue", "seq", "campaign", "day", "time", "clock", "amount",
  "currency", "frequency", "cups", "cups_period", "channel", "language", "reference", "first_name",
  "family_name", "email", "phone", "street", "postcode", "town", "country", "tax_certificate",
  "consents", "notice_version", "notice_language", "minimum_age", "shift", "volunteer",
};

#define DUPLICATE "possible_duplicate_of"

gboolean
dc_export_format_from_string (const char     *text,
                              DcExportFormat *format)
{
  *format = g_str_equal (text, "json") ? DC_EXPORT_JSON : DC_EXPORT_CSV;

  return *format == DC_EXPORT_JSON || g_str_equal (text, "csv");
}

static void
add_text (GString    *text,
          const char *field)
{
  dc_csv_add_field (text, field != NULL ? field : "");
}

static void
add_id (GString    *text,
        const DcId *id)
{
  char digits[DC_ID_TEXT_SIZE];

  dc_id_to_text (id, digits);
  dc_csv_add_field (text, digits);
}

static void
add_integer (GString *text,
             gint64   value)
{
  char digits[24];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, value);
  dc_csv_add_field (text, digits);
}

static void
add_time (GString       *text,
          const DcStamp *stamp)
{
  g_autoptr (GDateTime) epoch = g_date_time_new_from_unix_utc (0);
  g_autoptr (GDateTime) moment = g_date_time_add (epoch, stamp->utc_us);
  g_autofree char *time = moment != NULL ? g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  add_text (text, time);
  add_text (text, dc_clock_trust_to_string (stamp->trust));
}

/* "newsletter=no views=yes": what was asked, and the answer. */
static void
add_consents (GString   *text,
              GPtrArray *consents)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < consents->len; i++) {
    const DcConsent *consent = g_ptr_array_index (consents, i);

    g_string_append_printf (list, "%s%s=%s", i > 0 ? " " : "", consent->purpose,
                            consent->given ? "yes" : "no");
  }
  add_text (text, list->str);
}

static void
add_envelope (GString          *text,
              const DcEnvelope *envelope,
              DcTablets        *tablets)
{
  g_autofree char *tablet = dc_tablets_get_name (tablets, envelope->tablet);

  add_text (text, dc_kind_to_string (envelope->kind));
  add_id (text, &envelope->id);
  if (envelope->has_about)
    add_id (text, &envelope->about);
  else
    add_text (text, NULL);
  add_text (text, tablet);
  add_id (text, &envelope->queue);
  add_integer (text, envelope->seq);
  add_text (text, envelope->campaign);
  add_text (text, envelope->day);
}

static void
add_gift (GString        *text,
          const DcPledge *pledge)
{
  g_autofree char *amount = dc_money_to_decimal (&pledge->amount);

  add_time (text, &pledge->time);
  add_text (text, amount);
  add_text (text, pledge->amount.currency);
  add_text (text, dc_frequency_to_string (pledge->frequency));
  add_integer (text, pledge->cups.count);
  add_text (text, pledge->cups.count > 0 ? dc_cup_period_to_string (pledge->cups.period) : NULL);
  add_text (text, dc_channel_to_string (pledge->channel));
  add_text (text, pledge->language);
  add_text (text, pledge->reference);
}

static void
add_opened (GString        *text,
            const DcOpened *opened,
            DcTablets      *tablets)
{
  const DcPledge *pledge = opened->pledge;

  add_envelope (text, &opened->envelope, tablets);
  add_gift (text, pledge);
  for (guint field = 0; field < DC_N_FIELDS; field++)
    add_text (text, dc_donor_get (pledge->donor, field));
  add_text (text, pledge->tax_certificate ? "yes" : "no");
  add_consents (text, pledge->consents);
  add_integer (text, pledge->notice_version);
  add_text (text, opened->notice_language);
  add_integer (text, pledge->minimum_age);
  add_text (text, pledge->shift);
  add_text (text, pledge->volunteer);
}

static void
add_duplicate (GString    *text,
               const DcId *other)
{
  if (other != NULL)
    add_id (text, other);
  else
    add_text (text, NULL);
}

static void
add_csv (GString    *text,
         DcGathered *gathered,
         gboolean    duplicates)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    dc_csv_add_field (text, columns[i]);
  if (duplicates)
    dc_csv_add_field (text, DUPLICATE);
  dc_csv_end_row (text);

  for (guint i = 0; i < gathered->found->len; i++) {
    const DcFound *found = g_ptr_array_index (gathered->found, i);

    if (found->opened == NULL)
      continue;
    add_opened (text, found->opened, gathered->tablets);
    if (duplicates)
      add_duplicate (text, found->duplicate_of);
    dc_csv_end_row (text);
  }
}

/* The object as it was sealed, but for its padding: what was read and held
 * against its envelope is valid JSON in UTF-8 followed by spaces, with no line
 * feed that RFC 8259 does not escape. */
static void
add_object (GString *text,
            GBytes  *plaintext)
{
  gsize size;
  const char *data = g_bytes_get_data (plaintext, &size);

  while (size > 0 && data[size - 1] == ' ')
    size--;
  g_string_append_len (text, data, (gssize) size);
}

/* One member more, before the brace that ends the object. */
static void
extend_object (GString    *text,
               const DcId *other)
{
  char digits[DC_ID_TEXT_SIZE];

  g_string_truncate (text, text->len - 1);
  if (other != NULL) {
    dc_id_to_text (other, digits);
    g_string_append_printf (text, ",\"" DUPLICATE "\":\"%s\"}", digits);
  } else {
    g_string_append (text, ",\"" DUPLICATE "\":null}");
  }
}

static void
add_json (GString    *text,
          DcGathered *gathered,
          gboolean    duplicates)
{
  const char *separator = "\n";

  g_string_append_c (text, '[');
  for (guint i = 0; i < gathered->found->len; i++) {
    const DcFound *found = g_ptr_array_index (gathered->found, i);

    if (found->opened == NULL)
      continue;
    g_string_append (text, separator);
    add_object (text, found->plaintext);
    if (duplicates)
      extend_object (text, found->duplicate_of);
    separator = ",\n";
  }
  g_string_append (text, "\n]\n");
}

/* Room for all of it at once, so that it does not lie about in pieces. */
static GString *
make_room (DcGathered *gathered)
{
  gsize size = 1024;

  for (guint i = 0; i < gathered->found->len; i++) {
    const DcFound *found = g_ptr_array_index (gathered->found, i);

    if (found->plaintext != NULL)
      size += g_bytes_get_size (found->plaintext) + 64;
  }

  return g_string_sized_new (size);
}

GBytes *
dc_export_text (DcGathered     *gathered,
                DcExportFormat  format,
                gboolean        duplicates)
{
  GString *text = make_room (gathered);
  gsize size;

  if (format == DC_EXPORT_JSON)
    add_json (text, gathered, duplicates);
  else
    add_csv (text, gathered, duplicates);
  size = text->len;

  return dc_crypto_secret_bytes ((guint8 *) g_string_free (text, FALSE), size);
}

GBytes *
dc_export_strangers (DcGathered *gathered)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < gathered->strangers->len; i++) {
    g_autoptr (GBytes) line = dc_record_to_line (g_ptr_array_index (gathered->strangers, i));

    g_string_append_len (text, g_bytes_get_data (line, NULL), (gssize) g_bytes_get_size (line));
  }

  return g_string_free_to_bytes (text);
}
