/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-subject.h"

#include <glib/gi18n-lib.h>

#include "dc-crypto.h"

/* What was found on a person, to be handed to that person. */

static const char * const fields[DC_N_FIELDS] = {
  [DC_FIELD_FIRST_NAME] = N_("First name"),
  [DC_FIELD_FAMILY_NAME] = N_("Family name"),
  [DC_FIELD_EMAIL] = N_("E-mail"),
  [DC_FIELD_PHONE] = N_("Telephone"),
  [DC_FIELD_STREET] = N_("Street and number"),
  [DC_FIELD_POSTCODE] = N_("Postcode"),
  [DC_FIELD_TOWN] = N_("Town"),
  [DC_FIELD_COUNTRY] = N_("Country"),
};

static void
add_fact (GString    *text,
          const char *label,
          const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (text, "  %s: %s\n", label, value);
}

static void
add_facts (GString    *text,
           const char *label,
           GPtrArray  *values)
{
  for (guint i = 0; i < values->len; i++)
    add_fact (text, label, g_ptr_array_index (values, i));
}

static void
add_gift (GString        *text,
          const DcPledge *pledge)
{
  g_autofree char *decimal = dc_money_to_decimal (&pledge->amount);
  g_autofree char *sum = g_strdup_printf ("%s %s, %s", pledge->amount.currency, decimal,
                                          dc_frequency_to_string (pledge->frequency));

  add_fact (text, _("Reference"), pledge->reference);
  add_fact (text, _("Sum"), sum);
  for (guint field = 0; field < DC_N_FIELDS; field++)
    add_fact (text, g_dgettext (GETTEXT_PACKAGE, fields[field]), dc_donor_get (pledge->donor, field));
  add_fact (text, _("Language"), pledge->language);
  add_fact (text, _("Wants a tax certificate"), pledge->tax_certificate ? _("yes") : _("no"));
  for (guint i = 0; i < pledge->consents->len; i++) {
    const DcConsent *consent = g_ptr_array_index (pledge->consents, i);

    /* Translators: %s is the appeal's word for what was asked, as newsletter */
    g_autofree char *label = g_strdup_printf (_("Agreed to “%s”"), consent->purpose);

    add_fact (text, label, consent->given ? _("yes") : _("no"));
  }
}

static void
add_held (GString      *text,
          const DcHeld *held)
{
  const DcEnvelope *envelope = &held->record->envelope;
  char id[DC_ID_TEXT_SIZE];

  dc_id_to_text (&envelope->id, id);
  g_string_append_printf (text, "%s %s\n", dc_kind_to_string (envelope->kind), id);
  add_fact (text, _("Appeal"), envelope->campaign);
  add_fact (text, _("Day"), envelope->day);
  if (held->opened != NULL && held->opened->pledge != NULL)
    add_gift (text, held->opened->pledge);
  if (held->withdrawn)
    add_fact (text, _("Taken back by its donor"), _("yes"));
  if (held->foreign)
    add_fact (text, _("From a tablet that is not enrolled"), _("yes"));
  add_fact (text, _("Came on"), held->collected);
  add_fact (text, _("Opened on"), held->seen);
  add_facts (text, _("Exported on"), held->exports);
  add_facts (text, _("Also lies in"), held->places);
  g_string_append_c (text, '\n');
}

/* So much room that it does not lie about in pieces. */
static GString *
make_room (DcSubject *self)
{
  gsize size = 4096;

  for (guint i = 0; i < self->held->len; i++) {
    const DcHeld *held = g_ptr_array_index (self->held, i);

    size += 8192 + (held->plaintext != NULL ? g_bytes_get_size (held->plaintext) : 0);
  }

  return g_string_sized_new (size);
}

static GBytes *
finish (GString *text)
{
  gsize size = text->len;

  return dc_crypto_secret_bytes ((guint8 *) g_string_free (text, FALSE), size);
}

GBytes *
dc_subject_text (DcSubject *self)
{
  GString *text = make_room (self);

  for (guint i = 0; i < self->held->len; i++)
    add_held (text, g_ptr_array_index (self->held, i));

  return finish (text);
}

/* RFC 8259, section 7. (nullable) */
static void
add_string (GString    *text,
            const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  if (valid == NULL) {
    g_string_append (text, "null");
    return;
  }
  g_string_append_c (text, '"');
  for (const char *p = valid; *p != '\0'; p++) {
    if ((guchar) *p < 0x20)
      g_string_append_printf (text, "\\u%04x", (guint) *p);
    else if (*p == '"' || *p == '\\')
      g_string_append_printf (text, "\\%c", *p);
    else
      g_string_append_c (text, *p);
  }
  g_string_append_c (text, '"');
}

static void
add_strings (GString   *text,
             GPtrArray *values)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < values->len; i++) {
    if (i > 0)
      g_string_append_c (text, ',');
    add_string (text, g_ptr_array_index (values, i));
  }
  g_string_append_c (text, ']');
}

static void
add_bytes (GString *text,
           GBytes  *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  while (size > 0 && data[size - 1] == ' ')
    size--;
  g_string_append_len (text, data, (gssize) size);
}

static void
add_object (GString      *text,
            const DcHeld *held)
{
  g_string_append (text, "{\"record\":");
  if (held->opened != NULL)
    add_bytes (text, held->plaintext);
  else
    g_string_append (text, "null");
  g_string_append (text, ",\"envelope\":");
  add_bytes (text, held->record->envelope_json);
  g_string_append (text, ",\"collected\":");
  add_string (text, held->collected);
  g_string_append (text, ",\"opened\":");
  add_string (text, held->seen);
  g_string_append_printf (text, ",\"receipt\":%s,\"enrolled\":%s,\"taken_back\":%s,\"exports\":",
                          held->receipt != 0 ? "true" : "false", held->foreign ? "false" : "true",
                          held->withdrawn ? "true" : "false");
  add_strings (text, held->exports);
  g_string_append (text, ",\"places\":");
  add_strings (text, held->places);
  g_string_append_c (text, '}');
}

GBytes *
dc_subject_json (DcSubject *self)
{
  GString *text = make_room (self);

  g_string_append_c (text, '[');
  for (guint i = 0; i < self->held->len; i++) {
    g_string_append (text, i > 0 ? ",\n" : "\n");
    add_object (text, g_ptr_array_index (self->held, i));
  }
  g_string_append (text, "\n]\n");

  return finish (text);
}
