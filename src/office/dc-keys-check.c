/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-key-set.h"
#include "dc-pack-signing.h"
#include "dc-secret-file.h"

/* Do the keys at hand belong to the pack that the tablets have? Every question
 * is asked, and each has its own line of answer. */

typedef struct
{
  DcOffice *office;
  DcPack   *pack;
  gboolean  good;
} Check;

static void
tell (Check      *self,
      gboolean    good,
      const char *name,
      const char *what)
{
  g_print ("%s %s: %s\n", good ? "✓" : "✗", name, what);
  self->good = self->good && good;
}

static void
tell_error (Check        *self,
            const char   *name,
            const GError *error)
{
  tell (self, FALSE, name, error->message);
}

static gboolean
opens_the_pack (DcPack        *pack,
                DcAgeIdentity *identity)
{
  DcAgeRecipients *recipients = dc_pack_get_recipients (pack);
  g_autofree char *recipient = dc_age_identity_get_recipient (identity);

  for (guint i = 0; i < dc_age_recipients_count (recipients); i++) {
    g_autofree char *text = dc_age_recipients_get_text (recipients, i);

    if (g_str_equal (text, recipient))
      return TRUE;
  }

  return FALSE;
}

static void
check_identity (Check         *self,
                const char    *name,
                DcAgeIdentity *identity)
{
  gboolean good = opens_the_pack (self->pack, identity);

  tell (self, good, name, good ? _("it opens what this pack seals")
                               : _("it is a key, but not one of this pack’s recipients.txt"));
}

static void
check_desk (Check      *self,
            const char *keys)
{
  g_autofree char *path = g_build_filename (keys, DC_KEY_SET_DESK, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAgeIdentity) identity = dc_secret_file_identity (self->office->terminal, path, &error);

  if (identity != NULL)
    check_identity (self, DC_KEY_SET_DESK, identity);
  else
    tell_error (self, DC_KEY_SET_DESK, error);
}

static void
check_receipt (Check      *self,
               const char *keys)
{
  g_autofree char *path = g_build_filename (keys, DC_KEY_SET_RECEIPT, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcMinisignKey) key = dc_secret_file_minisign (self->office->terminal, path, &error);
  g_autofree char *line = NULL;
  gboolean good;

  if (key == NULL) {
    tell_error (self, DC_KEY_SET_RECEIPT, error);
    return;
  }
  line = dc_pack_signing_line (key);
  good = g_strv_contains (dc_pack_get_receipt_keys (self->pack), line);
  tell (self, good, DC_KEY_SET_RECEIPT, good ? _("the tablets take its receipts")
                                             : _("it is a key, but not one of this pack’s keys.ini"));
}

static void
check_signer (Check      *self,
              const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcMinisignKey) key = dc_secret_file_minisign (self->office->terminal, path, &error);
  g_autofree char *line = NULL;

  if (key == NULL) {
    tell_error (self, DC_KEY_SET_PACK, error);
    return;
  }
  line = dc_pack_signing_line (key);
  if (g_str_equal (line, dc_pack_get_public_key (self->pack)))
    tell (self, TRUE, DC_KEY_SET_PACK, _("it signed this pack"));
  else if (g_strcmp0 (line, dc_pack_get_next_key (self->pack)) == 0)
    tell (self, TRUE, DC_KEY_SET_PACK, _("it may sign the next pack"));
  else
    tell (self, FALSE, DC_KEY_SET_PACK, _("it is a key, but neither this pack’s nor the next"));
}

static void
check_spare (Check *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAgeIdentity) identity = dc_secret_file_paper (self->office->terminal, &error);
  const char *name = _("the spare key");

  if (identity != NULL)
    check_identity (self, name, identity);
  else
    tell_error (self, name, error);
}

int
dc_keys_check_run (DcOffice  *office,
                   int        argc,
                   char     **argv)
{
  g_autofree char *keys = NULL;
  g_autofree char *pack_key = NULL;
  g_autofree char *pack_path = NULL;
  g_autoptr (DcPack) pack = NULL;
  g_autoptr (GError) error = NULL;
  gboolean spare = FALSE;
  Check check = { .office = office, .good = TRUE };
  const GOptionEntry entries[] = {
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &pack_path, N_("The pack that the tablets have"), N_("PACK") },
    { "keys", 0, 0, G_OPTION_ARG_FILENAME, &keys,
      N_("Where the desk key and the receipt key are, instead of the office’s folder"), N_("FOLDER") },
    { "pack-key", 0, 0, G_OPTION_ARG_FILENAME, &pack_key, N_("The secret pack key, to check it too"), N_("FILE") },
    { "spare", 0, 0, G_OPTION_ARG_NONE, &spare, N_("Check the paper of the spare key; nothing of it is kept"), NULL },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 0, 0, &argc, &argv))
    return DC_EXIT_USAGE;
  if (pack_path == NULL)
    return dc_office_refuse (office, _("--pack is missing."));
  pack = dc_pack_load (pack_path, &error);
  if (pack == NULL)
    return dc_office_fail (office, error);

  if (keys == NULL)
    keys = g_build_filename (office->folder, "keys", NULL);
  check.pack = pack;
  check_desk (&check, keys);
  check_receipt (&check, keys);
  if (pack_key != NULL)
    check_signer (&check, pack_key);
  if (spare)
    check_spare (&check);

  return check.good ? DC_EXIT_OK : DC_EXIT_ATTENTION;
}
