/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "dc-key-set.h"
#include "dc-pack-files.h"
#include "dc-pack-signing.h"
#include "dc-passphrase.h"
#include "dc-report.h"
#include "dc-secret-file.h"
#include "dc-spare-sheet.h"

/* A key is replaced in a pack that the tablets take because the key they know
 * signed it. The desk key and the spare key are the first and the second of
 * recipients.txt, as "keys new" wrote them. */

typedef struct
{
  char       *keys;
  char       *pack_path;
  char       *key;            /* the secret pack key of today */
  char       *new_pack_key;   /* the folder that the next one goes to */
  gboolean    desk;
  gboolean    spare;
  DcSpareWay  way;
  DcPack     *pack;
} Replace;

static void
replace_clear (Replace *self)
{
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->pack_path, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->new_pack_key, g_free);
  g_clear_pointer (&self->way.printer, g_free);
  g_clear_pointer (&self->way.sheet, g_free);
  g_clear_object (&self->pack);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Replace, replace_clear)

/* Never gone: what it opens may still lie on a tablet. */
static gboolean
put_old_desk_aside (const char  *keys,
                    GError     **error)
{
  g_autofree char *date = dc_key_set_today ();
  g_autofree char *name = g_strdup_printf ("desk-until-%s.age", date);
  g_autofree char *from = g_build_filename (keys, DC_KEY_SET_DESK, NULL);
  g_autofree char *to = g_build_filename (keys, name, NULL);

  if (!g_file_test (from, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!dc_key_files_check (keys, name, error))
    return FALSE;
  if (g_rename (from, to) == 0) {
    /* Translators: %s is a file */
    g_print (_("The desk key until today is now %s. Keep it until every tablet has been emptied."), to);
    g_print ("\n");
    return TRUE;
  }
  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_THERE, "%s: cannot be renamed", from);

  return FALSE;
}

static gboolean
hand_over (Replace        *self,
           DcOffice       *office,
           DcAgeIdentity  *identity,
           const char     *words,
           GError        **error)
{
  DcCampaign *campaign = dc_pack_get_campaign (self->pack);
  g_auto (DcSecretText) secret = dc_age_identity_to_text (identity);
  g_autofree char *recipient = dc_age_identity_get_recipient (identity);
  g_autofree char *date = dc_key_set_today ();
  const DcKeySheet sheet = {
    .organisation = dc_campaign_get_organisation (campaign, NULL),
    .campaign = dc_campaign_get_name (campaign, NULL),
    .date = date,
    .identity = secret,
    .recipient = recipient,
    .words = words,
  };

  return dc_spare_sheet_hand_over (office->terminal, &sheet, &self->way, error);
}

static gboolean
write_desk (Replace        *self,
            DcAgeIdentity  *desk,
            const char     *passphrase,
            GError        **error)
{
  g_autoptr (DcKeyFiles) files = dc_key_files_new ();

  return dc_key_set_add_desk (files, self->keys, desk, passphrase, error) &&
         put_old_desk_aside (self->keys, error) && dc_key_files_write (files, error);
}

/* New recipients of the pack, of which @desk and @spare are those that are
 * replaced (nullable). */
static gboolean
replace_recipients (Replace        *self,
                    DcOffice       *office,
                    DcAgeIdentity  *desk,
                    DcAgeIdentity  *spare,
                    GError        **error)
{
  DcAgeRecipients *recipients = dc_pack_get_recipients (self->pack);
  g_autofree char *first = desk != NULL ? dc_age_identity_get_recipient (desk)
                                        : dc_age_recipients_get_text (recipients, 0);
  g_autofree char *second = spare != NULL ? dc_age_identity_get_recipient (spare)
                                          : dc_age_recipients_get_text (recipients, 1);
  g_autofree char *words = dc_key_set_words (first, second);
  g_autofree char *date = dc_key_set_today ();
  g_autofree char *text = dc_key_set_recipients (first, second, date);
  g_auto (DcSecretText) passphrase = NULL;

  if (desk != NULL && (passphrase = dc_passphrase_choose (office->terminal, error)) == NULL)
    return FALSE;
  if (spare != NULL && !hand_over (self, office, spare, words, error))
    return FALSE;
  if (desk != NULL && !write_desk (self, desk, passphrase, error))
    return FALSE;

  return dc_pack_write_file (self->pack_path, DC_KEY_SET_RECIPIENTS, text, strlen (text), error);
}

static gboolean
replace_opening_keys (Replace   *self,
                      DcOffice  *office,
                      GError   **error)
{
  g_autoptr (DcAgeIdentity) desk = self->desk ? dc_age_identity_generate () : NULL;
  g_autoptr (DcAgeIdentity) spare = self->spare ? dc_age_identity_generate () : NULL;

  if (!self->desk && !self->spare)
    return TRUE;
  if (dc_age_recipients_count (dc_pack_get_recipients (self->pack)) != 2) {
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_MISMATCH,
                 "recipients.txt: expected two keys, desk and spare, as “keys new” writes them");
    return FALSE;
  }

  return replace_recipients (self, office, desk, spare, error);
}

/* The next pack key, written before the pack names it. */
static char *
make_next_key (Replace   *self,
               DcOffice  *office,
               GError   **error)
{
  g_autoptr (DcMinisignKey) next = dc_minisign_key_generate ();
  g_autoptr (DcKeyFiles) files = dc_key_files_new ();
  g_auto (DcSecretText) passphrase = NULL;

  if (!dc_key_files_check (self->new_pack_key, DC_KEY_SET_PACK, error))
    return NULL;
  passphrase = dc_passphrase_choose (office->terminal, error);
  if (passphrase == NULL ||
      !dc_key_set_add_minisign (files, self->new_pack_key, DC_KEY_SET_PACK, next, passphrase, error))
    return NULL;
  dc_key_set_add_public (files, self->new_pack_key, DC_KEY_SET_PACK_PUB, next);

  return dc_key_files_write (files, error) ? dc_pack_signing_line (next) : NULL;
}

static gboolean
replace_pack_key (Replace        *self,
                  DcOffice       *office,
                  DcMinisignKey  *signer,
                  GError        **error)
{
  g_autofree char *line = NULL;
  g_autofree char *words = NULL;

  if (self->new_pack_key == NULL)
    return TRUE;
  line = make_next_key (self, office, error);
  if (line == NULL ||
      !dc_pack_signing_set_keys (self->pack_path, line, dc_pack_get_receipt_keys (self->pack), error))
    return FALSE;

  words = dc_report_pack_key_words (line);
  /* Translators: %s are eight English words that stand for a key */
  g_print (_("The next pack key in words: %s"), words);
  g_print ("\n%s\n", _("Once every tablet has this pack, sign the one after it with the new key."));

  return TRUE;
}

static gboolean
replace (Replace   *self,
         DcOffice  *office,
         GError   **error)
{
  g_autoptr (DcMinisignKey) signer = NULL;
  g_autoptr (DcPack) handed_over = NULL;

  self->pack = dc_pack_load (self->pack_path, error);
  if (self->pack == NULL)
    return FALSE;
  signer = dc_secret_file_minisign (office->terminal, self->key, error);
  if (signer == NULL || !dc_pack_signing_check_key (self->pack, signer, error))
    return FALSE;
  if (!replace_opening_keys (self, office, error) || !replace_pack_key (self, office, signer, error))
    return FALSE;
  handed_over = dc_pack_signing_sign (self->pack_path, signer, 0, error);
  if (handed_over == NULL)
    return FALSE;

  /* Translators: %1$s is the Id of an appeal, %2$u the number of this edition of it */
  g_print (_("Signed: %1$s, serial %2$u."), dc_campaign_get_id (dc_pack_get_campaign (handed_over)),
           dc_pack_get_serial (handed_over));
  g_print ("\n%s\n", _("Bring this pack to every tablet."));

  return TRUE;
}

int
dc_keys_replace_run (DcOffice  *office,
                     int        argc,
                     char     **argv)
{
  g_auto (Replace) self = { NULL };
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &self.pack_path, N_("The pack that the tablets have"), N_("PACK") },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &self.key, N_("The secret pack key of today"), N_("FILE") },
    { "keys", 0, 0, G_OPTION_ARG_FILENAME, &self.keys,
      N_("Where the desk key and the receipt key are, instead of the office’s folder"), N_("FOLDER") },
    { "desk", 0, 0, G_OPTION_ARG_NONE, &self.desk, N_("Make a new desk key"), NULL },
    { "spare", 0, 0, G_OPTION_ARG_NONE, &self.spare, N_("Make a new spare key"), NULL },
    { "pack-key", 0, 0, G_OPTION_ARG_FILENAME, &self.new_pack_key, N_("Make a new pack key, in this folder"), N_("FOLDER") },
    { "printer", 0, 0, G_OPTION_ARG_STRING, &self.way.printer,
      N_("Print the sheet of the spare key on this printer"), N_("NAME") },
    { "sheet", 0, 0, G_OPTION_ARG_FILENAME, &self.way.sheet,
      N_("Write that sheet to this file, as a PDF (-: the standard output)"), N_("FILE") },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 0, 0, &argc, &argv))
    return DC_EXIT_USAGE;
  if (self.pack_path == NULL || self.key == NULL)
    return dc_office_refuse (office, _("--pack and --key are needed."));
  if (!self.desk && !self.spare && self.new_pack_key == NULL)
    return dc_office_refuse (office, _("Say what to replace: --desk, --spare or --pack-key."));
  if (self.keys == NULL)
    self.keys = g_build_filename (office->folder, "keys", NULL);
  if (!replace (&self, office, &error))
    return dc_office_fail (office, error);

  return DC_EXIT_OK;
}
