/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack-check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "dc-demo-keys.h"
#include "dc-equivalent.h"
#include "dc-pack-destination.h"
#include "dc-pack-files.h"
#include "dc-pack-keys.h"
#include "dc-picture.h"

#define CAMPAIGN_MAX_BYTES (256 * 1024)

static void
finding_free (gpointer data)
{
  DcFinding *finding = data;

  g_free (finding->message);
  g_free (finding);
}

static void
add (DcPackReport *self,
     gboolean      is_error,
     const char   *message)
{
  DcFinding *finding = g_new0 (DcFinding, 1);

  finding->is_error = is_error;
  finding->message = g_strdup (message);
  g_ptr_array_add (self->findings, finding);
  self->n_errors += is_error;
}

static void
add_error (DcPackReport *self,
           const GError *error)
{
  add (self, TRUE, error->message);
}

G_GNUC_PRINTF (2, 3) static void
warn (DcPackReport *self,
      const char   *format,
      ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  add (self, FALSE, message);
}

/* NULL, and a finding, where the file is not to be had. */
static GBytes *
read_needed (DcPackReport *self,
             int           dir,
             const char   *name,
             gsize         max)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = dc_pack_read_file (dir, name, max, &error);

  if (bytes == NULL)
    add_error (self, error);

  return bytes;
}

static gboolean
is_there (int         dir,
          const char *name)
{
  return faccessat (dir, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static gboolean
is_live (DcPackReport *self)
{
  return self->campaign != NULL && !dc_campaign_is_demo (self->campaign);
}

static void
check_languages (DcPackReport *self)
{
  const char * const *languages = dc_campaign_get_languages (self->campaign);

  for (gsize i = 1; languages[i] != NULL; i++) {
    g_auto (GStrv) missing = dc_campaign_list_missing (self->campaign, languages[i]);

    for (gsize j = 0; missing[j] != NULL; j++)
      warn (self, "%s: found nothing, expected the text in “%s”: without it that one is shown "
            "in “%s”", missing[j], languages[i], languages[0]);
  }
}

static void
check_first_step (DcPackReport *self)
{
  const DcMoney *lowest = &dc_campaign_get_preset (self->campaign, TRUE, 0)->amount;
  g_autofree char *found = dc_money_format (lowest, "en");
  g_autofree char *most = NULL;
  DcMoney step;

  if (!dc_equivalent_first_step (lowest->currency, &step)) {
    warn (self, "campaign.ini: [Monthly 1] Cups: found “%s”, expected about CHF %d or less: this "
          "program does not know what that is in %s", found, DC_FIRST_STEP_FRANCS, lowest->currency);
    return;
  }
  if (lowest->minor <= step.minor)
    return;

  most = dc_money_format (&step, "en");
  warn (self, "campaign.ini: [Monthly 1] Cups: found “%s” a month, expected %s or less (about "
        "CHF %d): a first step that is not high", found, most, DC_FIRST_STEP_FRANCS);
}

/* What the example is full of, and no live pack may keep (RFC 2606). */
static void
check_examples (DcPackReport *self,
                GBytes       *bytes)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  if (!is_live (self) || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_KEEP_TRANSLATIONS, NULL))
    return;

  groups = g_key_file_get_groups (file, NULL);
  for (gsize i = 0; groups[i] != NULL; i++) {
    g_auto (GStrv) keys = g_key_file_get_keys (file, groups[i], NULL, NULL);

    for (gsize j = 0; keys[j] != NULL; j++) {
      g_autofree char *value = g_key_file_get_value (file, groups[i], keys[j], NULL);

      if (strstr (value, "example.org") != NULL || strstr (value, "example.com") != NULL)
        warn (self, "campaign.ini: [%s] %s: found an address of the example, expected your own",
              groups[i], keys[j]);
    }
  }
}

/* What is over already is deleted by the next “tidy”. */
static void
check_keep (DcPackReport *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = now != NULL ? g_date_time_format (now, "%Y-%m-%d") : NULL;

  for (DcKeep keep = 0; keep < DC_N_KEEPS && today != NULL; keep++) {
    const char *until = dc_campaign_get_keep_until (self->campaign, keep);

    if (until != NULL && strcmp (until, today) < 0)
      warn (self, "campaign.ini: [Keep] %s: found “%s”, expected a day to come: “tidy” deletes what is past it",
            dc_keep_to_string (keep), until);
  }
}

static void
check_campaign (DcPackReport *self,
                int           dir)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes = read_needed (self, dir, "campaign.ini", CAMPAIGN_MAX_BYTES);
  const char *text;
  gsize length;

  if (bytes == NULL)
    return;

  text = g_bytes_get_data (bytes, &length);
  self->campaign = dc_campaign_check (text != NULL ? text : "", length, problems);
  for (guint i = 0; i < problems->len; i++)
    add (self, TRUE, problems->pdata[i]);
  if (self->campaign == NULL)
    return;

  check_languages (self);
  check_first_step (self);
  check_keep (self);
  check_examples (self, bytes);
}

static void
check_recipients (DcPackReport *self,
                  int           dir)
{
  g_autoptr (GBytes) bytes = read_needed (self, dir, "recipients.txt", DC_AGE_MAX_RECIPIENTS_TEXT);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  const char *text;
  gsize length;

  if (bytes == NULL)
    return;

  text = g_bytes_get_data (bytes, &length);
  self->recipients = dc_age_recipients_parse (text != NULL ? text : "", length, &error);
  if (self->recipients == NULL)
    message = g_strdup_printf ("recipients.txt: %s", error->message);
  else if (is_live (self) && dc_demo_names_recipient (text, length))
    message = g_strdup ("recipients.txt: found a demonstration’s key, expected only keys of your own");
  else if (is_live (self) && dc_age_recipients_count (self->recipients) < 2)
    message = g_strdup ("recipients.txt: found “1” key, expected at least two, desk and spare");
  if (message != NULL)
    add (self, TRUE, message);
}

static void
check_key (DcPackReport *self,
           const char   *where,
           const char   *line)
{
  g_autofree char *message = NULL;

  if (line == NULL || !is_live (self) || !dc_demo_is_pack_key (line))
    return;
  message = g_strdup_printf ("%s: found “%s”, expected another than the demonstration’s key", where, line);
  add (self, TRUE, message);
}

static void
check_keys (DcPackReport *self,
            int           dir)
{
  g_auto (DcPackKeys) keys = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dc_pack_read_file (dir, DC_PACK_KEYS_FILE, DC_PACK_KEYS_MAX_BYTES, &error);
  const char *text;
  gsize length;

  if (bytes != NULL) {
    text = g_bytes_get_data (bytes, &length);
    dc_pack_keys_parse (&keys, text != NULL ? text : "", length, &error);
  }
  if (error != NULL && (bytes != NULL || is_there (dir, DC_PACK_KEYS_FILE)))
    add_error (self, error);

  check_key (self, "keys.ini: [Keys] Next", keys.next);
  for (gsize i = 0; keys.receipts != NULL && keys.receipts[i] != NULL; i++)
    check_key (self, "keys.ini: [Keys] Receipt", keys.receipts[i]);
  if (is_live (self) && (keys.receipts == NULL || keys.receipts[0] == NULL))
    warn (self, "keys.ini: [Keys] Receipt: found nothing, expected the key that signs receipts: "
          "without one a tablet never learns that the office has its promises");
}

static void
check_example_host (DcPackReport *self,
                    const char   *key,
                    const char   *value)
{
  if (is_live (self) && (strstr (value, "example.org") != NULL || strstr (value, "example.com") != NULL))
    warn (self, "destination.ini: [Destination] %s: found an address of the example, expected your own", key);
}

/* @authority: (out) (transfer full) the file of certificates that it names */
static void
check_destination (DcPackReport  *self,
                   int            dir,
                   char         **authority)
{
  g_auto (DcDestinationSetup) setup = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) certificates = NULL;
  g_autoptr (GError) error = NULL;

  if (!is_there (dir, DC_DESTINATION_SETUP_FILE))
    return;
  bytes = dc_pack_read_file (dir, DC_DESTINATION_SETUP_FILE, DC_DESTINATION_SETUP_MAX_BYTES, &error);
  if (bytes != NULL && dc_pack_destination_parse (&setup, bytes, &error) && setup.authority != NULL) {
    *authority = g_strdup (setup.authority);
    certificates = dc_pack_read_file (dir, setup.authority, DC_PACK_AUTHORITY_MAX_BYTES, &error);
    if (certificates != NULL)
      dc_pack_destination_authority (setup.authority, certificates, &error);
  }
  if (error != NULL)
    add_error (self, error);

  if (setup.address != NULL)
    check_example_host (self, "Address", setup.address);
  for (char **host = setup.hosts; host != NULL && *host != NULL; host++)
    check_example_host (self, "Host", *host);
}

static void
check_picture (DcPackReport *self,
               int           dir,
               const char   *name)
{
  g_autoptr (GBytes) bytes = read_needed (self, dir, name, DC_MANIFEST_MAX_FILE);
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  const char *expected = bytes != NULL ? dc_picture_check (name, bytes) : NULL;

  if (expected == NULL)
    return;
  found = g_strndup (g_bytes_get_data (bytes, NULL), MIN (g_bytes_get_size (bytes), 16));
  dc_pack_refuse (&error, DC_PACK_ERROR_PICTURE, name, found, "%s", expected);
  add_error (self, error);
}

static gboolean
holds_secret (GBytes *bytes)
{
  static const char * const marks[] = {
    "AGE-SECRET-KEY-", "minisign encrypted secret key", "minisign secret key", "PRIVATE KEY-----",
  };
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (size > 0 && memmem (data, size, marks[i], strlen (marks[i])) != NULL)
      return TRUE;
  }

  return FALSE;
}

static void
check_file (DcPackReport *self,
            int           dir,
            const char   *name,
            const char   *authority)
{
  static const char * const known[] = {
    "campaign.ini", "recipients.txt", DC_PACK_KEYS_FILE, DC_DESTINATION_SETUP_FILE, NULL
  };
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *message = NULL;
  gboolean used = g_strv_contains (known, name) || g_strcmp0 (name, authority) == 0 ||
                  (self->campaign != NULL && g_strv_contains (dc_campaign_get_pictures (self->campaign), name));

  bytes = dc_pack_read_file (dir, name, DC_MANIFEST_MAX_FILE, NULL);
  if (bytes != NULL && holds_secret (bytes)) {
    message = g_strdup_printf ("%s: found a secret key, expected public things only: a pack is copied "
                               "to every tablet", name);
    add (self, TRUE, message);
  } else if (!used && self->campaign != NULL) {
    warn (self, "%s: found a file that campaign.ini does not name, expected only what the tablets need", name);
  }
}

static void
check_files (DcPackReport *self,
             int           dir,
             const char   *authority)
{
  g_auto (GStrv) names = dc_manifest_names (dir, NULL);
  const char * const *pictures = self->campaign != NULL ? dc_campaign_get_pictures (self->campaign) : NULL;

  for (; pictures != NULL && *pictures != NULL; pictures++)
    check_picture (self, dir, *pictures);
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    check_file (self, dir, names[i], authority);
}

DcPackReport *
dc_pack_check (const char *directory)
{
  DcPackReport *self = g_new0 (DcPackReport, 1);
  g_autofree char *authority = NULL;
  g_autoptr (GError) error = NULL;
  int dir = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  self->findings = g_ptr_array_new_with_free_func (finding_free);
  if (dir < 0) {
    dc_pack_refuse (&error, DC_PACK_ERROR_MISSING, directory, g_strerror (errno),
                    "the folder of a campaign pack");
    add_error (self, error);
    return self;
  }

  check_campaign (self, dir);
  check_recipients (self, dir);
  check_keys (self, dir);
  check_destination (self, dir, &authority);
  check_files (self, dir, authority);
  close (dir);

  return self;
}

static gboolean
is_told (DcPackReport *self,
         const char   *message)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const DcFinding *finding = self->findings->pdata[i];

    if (strcmp (finding->message, message) == 0)
      return TRUE;
  }

  return FALSE;
}

/* The loader looks at the signature and the hashes before all else; what it
 * says of the rest was said above, in other words perhaps. */
static gboolean
is_of_signature (const GError *error)
{
  static const int codes[] = { DC_PACK_ERROR_SIGNATURE, DC_PACK_ERROR_UNSIGNED, DC_PACK_ERROR_MANIFEST,
                               DC_PACK_ERROR_MISSING, DC_PACK_ERROR_TOO_LARGE };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    if (g_error_matches (error, DC_PACK_ERROR, codes[i]))
      return TRUE;
  }

  return FALSE;
}

void
dc_pack_check_signature (DcPackReport *self,
                         const char   *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) pack = dc_pack_load (directory, &error);

  if (pack == NULL && !is_told (self, error->message) && (self->n_errors == 0 || is_of_signature (error)))
    add_error (self, error);
}

static void
compare (DcPackReport *self,
         DcPack       *pack,
         DcPack       *previous)
{
  const char *key = dc_pack_get_public_key (pack);
  const char *id = dc_campaign_get_id (dc_pack_get_campaign (pack));
  const char *previous_id = dc_campaign_get_id (dc_pack_get_campaign (previous));

  if (strcmp (id, previous_id) != 0) {
    warn (self, "campaign.ini: [Campaign] Id: found “%s”, expected “%s” as before: to the tablets this is "
          "another campaign", id, previous_id);
    return;
  }
  if (memcmp (dc_pack_get_hash (pack), dc_pack_get_hash (previous), 32) == 0)
    return;
  if (dc_pack_get_serial (pack) <= dc_pack_get_serial (previous))
    warn (self, "manifest: serial: found “%u”, expected more than %u: tablets that have the previous pack "
          "refuse this one", dc_pack_get_serial (pack), dc_pack_get_serial (previous));
  if (strcmp (key, dc_pack_get_public_key (previous)) != 0 &&
      g_strcmp0 (key, dc_pack_get_next_key (previous)) != 0)
    warn (self, "pack.pub: found another key than that of the previous pack, and not the one that it names "
          "as the next: tablets that have the previous pack refuse this one");
}

void
dc_pack_check_previous (DcPackReport *self,
                        const char   *directory,
                        const char   *previous)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  g_autoptr (DcPack) pack = dc_pack_load (directory, NULL);
  g_autoptr (DcPack) before = dc_pack_load (previous, &error);

  if (before == NULL) {
    message = g_strdup_printf ("%s: %s", previous, error->message);
    add (self, TRUE, message);
  } else if (pack != NULL) {
    compare (self, pack, before);
  }
}

void
dc_pack_report_free (DcPackReport *self)
{
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_object (&self->campaign);
  g_clear_pointer (&self->recipients, dc_age_recipients_unref);
  g_free (self);
}
