/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-sealed.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-envelope.h"
#include "dc-json-time.h"
#include "dc-sealer.h"

/* A donor's data is written once, into one buffer of the largest size class,
 * by a writer that does not allocate: there is one place to wipe. */

#define LARGEST 65536

gsize
dc_sealed_class (gsize size)
{
  for (gsize class_ = 2048; class_ <= LARGEST; class_ *= 2) {
    if (size <= class_)
      return class_;
  }

  return 0;
}

static gboolean
refuse (const char  *field,
        const char  *expected,
        GError     **error)
{
  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD,
               "pledge: %s: expected %s", field, expected);

  return FALSE;
}

/* The model checks what a donor typed; this is what the format itself needs. */
static gboolean
check (const DcEnvelope  *envelope,
       DcPledge          *pledge,
       GError           **error)
{
  const DcStamp *time = &pledge->time;

  if (pledge->reference == NULL)
    return refuse ("reference", "one", error);
  if (pledge->language == NULL)
    return refuse ("language", "one", error);
  if (pledge->donor == NULL && envelope->kind == DC_KIND_PLEDGE)
    return refuse ("donor", "one", error);
  if (time->monotonic_us < 0 || time->monotonic_us > DC_MONEY_MAX_MINOR)
    return refuse ("time", "a monotonic clock from 0 to 2^53 - 1", error);
  if (ABS ((gint64) time->offset_s) > 24 * 60 * 60)
    return refuse ("time", "an offset of at most a day", error);

  return TRUE;
}

static void
write_field (DcJsonWriter  *writer,
             const DcDonor *donor,
             DcField        field)
{
  const char *text = donor != NULL ? dc_donor_get (donor, field) : "";

  dc_json_add_string (writer, dc_field_to_string (field), *text != '\0' ? text : NULL);
}

static void
write_donor (DcJsonWriter  *writer,
             const DcDonor *donor)
{
  gboolean address = FALSE;

  for (int i = DC_FIELD_STREET; i <= DC_FIELD_COUNTRY && donor != NULL; i++)
    address = address || *dc_donor_get (donor, (DcField) i) != '\0';

  dc_json_open_object (writer, "donor");
  for (int i = DC_FIELD_FIRST_NAME; i <= DC_FIELD_PHONE; i++)
    write_field (writer, donor, (DcField) i);
  if (address) {
    dc_json_open_object (writer, "address");
    for (int i = DC_FIELD_STREET; i <= DC_FIELD_COUNTRY; i++)
      write_field (writer, donor, (DcField) i);
    dc_json_close_object (writer);
  } else {
    dc_json_add_string (writer, "address", NULL);
  }
  dc_json_close_object (writer);
}

static void
write_consents (DcJsonWriter *writer,
                GPtrArray    *consents)
{
  dc_json_open_array (writer, "consents");
  for (guint i = 0; consents != NULL && i < consents->len; i++) {
    const DcConsent *consent = g_ptr_array_index (consents, i);

    dc_json_open_object (writer, NULL);
    dc_json_add_string (writer, "purpose", consent->purpose);
    dc_json_add_integer (writer, "version", consent->version);
    dc_json_add_string (writer, "language", consent->language);
    dc_json_add_boolean (writer, "given", consent->given);
    dc_json_close_object (writer);
  }
  dc_json_close_array (writer);
}

static void
write_cups (DcJsonWriter *writer,
            const DcCups *cups)
{
  if (cups->count == 0) {
    dc_json_add_string (writer, "cups", NULL);
    return;
  }

  dc_json_open_object (writer, "cups");
  dc_json_add_integer (writer, "count", cups->count);
  dc_json_add_string (writer, "period", dc_cup_period_to_string (cups->period));
  dc_json_close_object (writer);
}

/* The pledge's own fields, after those it shares with the envelope. */
static gboolean
write_pledge (DcJsonWriter  *writer,
              DcPledge      *pledge,
              GError       **error)
{
  dc_json_add_string (writer, "reference", pledge->reference);
  dc_json_add_string (writer, "channel", dc_channel_to_string (pledge->channel));
  write_cups (writer, &pledge->cups);
  dc_json_add_string (writer, "language", pledge->language);
  if (!dc_json_add_time (writer, &pledge->time))
    return refuse ("time", "a year from 1 to 9999", error);
  write_donor (writer, pledge->donor);
  dc_json_add_boolean (writer, "tax_certificate", pledge->tax_certificate);
  write_consents (writer, pledge->consents);

  dc_json_open_object (writer, "notice");
  dc_json_add_integer (writer, "version", pledge->notice_version);
  dc_json_add_string (writer, "language", pledge->language);
  dc_json_close_object (writer);

  dc_json_open_object (writer, "age");
  dc_json_add_integer (writer, "minimum", pledge->minimum_age);
  dc_json_add_boolean (writer, "stated", TRUE);
  dc_json_close_object (writer);

  dc_json_add_string (writer, "volunteer", pledge->volunteer);

  return TRUE;
}

/* Closes the object and pads it. */
static gboolean
finish (DcJsonWriter  *writer,
        gsize         *size,
        GError       **error)
{
  dc_json_close_object (writer);
  if (writer->malformed != NULL)
    return refuse (writer->malformed, "UTF-8", error);
  if (writer->full) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE,
                 "pledge: expected at most %d bytes of JSON", LARGEST);
    return FALSE;
  }

  *size = dc_sealed_class (writer->length);
  memset (writer->data + writer->length, ' ', *size - writer->length);

  return TRUE;
}

static GBytes *
serialise (const DcEnvelope  *envelope,
           DcPledge          *pledge,
           GError           **error)
{
  char *data = g_malloc (LARGEST);
  DcJsonWriter writer;
  gsize size = 0;

  dc_json_writer_init (&writer, data, LARGEST);
  dc_json_open_object (&writer, NULL);
  dc_envelope_write (envelope, &writer);
  if ((pledge != NULL && !write_pledge (&writer, pledge, error))
      || !finish (&writer, &size, error)) {
    dc_crypto_wipe (data, LARGEST);
    g_free (data);
    return NULL;
  }

  /* Nothing lies behind the padding: wiping @size bytes wipes all. */
  return dc_crypto_secret_bytes ((guint8 *) data, size);
}

GBytes *
dc_sealed_pledge (const DcEnvelope  *envelope,
                  DcPledge          *pledge,
                  GError           **error)
{
  g_return_val_if_fail (envelope != NULL && pledge != NULL, NULL);

  if (!dc_envelope_check (envelope, error) || !check (envelope, pledge, error))
    return NULL;

  return serialise (envelope, pledge, error);
}

GBytes *
dc_sealed_withdrawal (const DcEnvelope  *envelope,
                      GError           **error)
{
  g_return_val_if_fail (envelope != NULL, NULL);

  if (!dc_envelope_check (envelope, error))
    return NULL;

  return serialise (envelope, NULL, error);
}
