/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-key-set.h"
#include "dc-pack-signing.h"
#include "dc-passphrase.h"
#include "dc-path.h"
#include "dc-replacement.h"
#include "dc-report.h"
#include "dc-secret-file.h"
#include "dc-spare-sheet.h"

/* A key is replaced in a pack that the tablets take because the key they know
 * signed it. The desk key and the spare key are the first and the second of
 * recipients.txt, as "keys new" wrote them.
 *
 * Everything is asked and made first, and written by DcReplacement, so that who
 * pulls the plug finds one state or the other; what was decided the next run
 * finishes, before anything else. */

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

  char       *staged;         /* the folder that files are added to */
  DcKeyFiles *files;
  DcKeyFiles *next_files;     /* (nullable) the next pack key's */
  char       *next_line;      /* (nullable) "RW…" of it */
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
  g_clear_pointer (&self->staged, g_free);
  g_clear_pointer (&self->files, dc_key_files_free);
  g_clear_pointer (&self->next_files, dc_key_files_free);
  g_clear_pointer (&self->next_line, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Replace, replace_clear)

/* Of several on one day each has a name of its own. (transfer full) */
static char *
name_for_old_desk (const char *keys)
{
  g_autofree char *date = dc_key_set_today ();

  for (guint i = 1;; i++) {
    g_autofree char *name = i == 1 ? g_strdup_printf ("desk-until-%s.age", date)
                                   : g_strdup_printf ("desk-until-%s-%u.age", date, i);
    g_autofree char *path = g_build_filename (keys, name, NULL);

    if (!dc_path_is_there (path))
      return g_steal_pointer (&name);
  }
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

static void
add_text (Replace    *self,
          const char *name,
          const char *text)
{
  dc_key_files_add (self->files, self->staged, name, text, strlen (text), FALSE);
}

static gboolean
add_desk (Replace        *self,
          DcOffice       *office,
          DcAgeIdentity  *desk,
          GError        **error)
{
  g_auto (DcSecretText) passphrase = dc_passphrase_choose (office->terminal, error);
  g_autofree char *old = name_for_old_desk (self->keys);

  if (passphrase == NULL || !dc_key_set_add_desk (self->files, self->staged, desk, passphrase, error))
    return FALSE;
  add_text (self, DC_REPLACEMENT_OLD_DESK, old);

  return TRUE;
}

/* New recipients of the pack, of which @desk and @spare are those that are
 * replaced (nullable). */
static gboolean
add_recipients (Replace        *self,
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

  if (desk != NULL && !add_desk (self, office, desk, error))
    return FALSE;
  add_text (self, DC_KEY_SET_RECIPIENTS, text);

  return spare == NULL || hand_over (self, office, spare, words, error);
}

static gboolean
make_opening_keys (Replace   *self,
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

  return add_recipients (self, office, desk, spare, error);
}

static gboolean
make_pack_key (Replace   *self,
               DcOffice  *office,
               GError   **error)
{
  g_autoptr (DcMinisignKey) next = dc_minisign_key_generate ();
  g_autofree char *text = NULL;
  g_auto (DcSecretText) passphrase = NULL;

  if (self->new_pack_key == NULL)
    return TRUE;
  if (!dc_key_files_check (self->new_pack_key, DC_KEY_SET_PACK, error))
    return FALSE;
  passphrase = dc_passphrase_choose (office->terminal, error);
  self->next_files = dc_key_files_new ();
  if (passphrase == NULL || !dc_key_set_add_minisign (self->next_files, self->new_pack_key, DC_KEY_SET_PACK,
                                                      next, passphrase, error))
    return FALSE;
  dc_key_set_add_public (self->next_files, self->new_pack_key, DC_KEY_SET_PACK_PUB, next);

  self->next_line = dc_pack_signing_line (next);
  text = dc_pack_signing_keys_text (self->next_line, dc_pack_get_receipt_keys (self->pack));
  add_text (self, DC_KEY_SET_KEYS, text);
  add_text (self, DC_REPLACEMENT_NEW_FOLDER, self->new_pack_key);

  return TRUE;
}

static void
print_next (const Replace *self)
{
  g_autofree char *words = NULL;

  if (self->next_line == NULL)
    return;
  words = dc_report_pack_key_words (self->next_line);
  /* Translators: %s are eight English words that stand for a key */
  g_print (_("The next pack key in words: %s"), words);
  g_print ("\n%s\n", _("Once every tablet has this pack, sign the one after it with the new key."));
}

/* What was decided, now or in a run that was cut off; a pack that is as it was
 * signed was signed after all. */
static gboolean
put_in_place (Replace        *self,
              DcMinisignKey  *signer,
              GError        **error)
{
  g_autofree char *old_desk = NULL;
  g_autoptr (DcPack) pack = NULL;

  if (!dc_replacement_apply (self->keys, self->pack_path, &old_desk, error))
    return FALSE;
  if (old_desk != NULL) {
    /* Translators: %s is a file */
    g_print (_("The desk key until today is now %s. Keep it until every tablet has been emptied."), old_desk);
    g_print ("\n");
  }
  pack = dc_pack_load (self->pack_path, NULL);
  if (pack == NULL)
    pack = dc_pack_signing_sign (self->pack_path, signer, 0, error);
  if (pack == NULL || !dc_replacement_end (self->keys, error))
    return FALSE;

  print_next (self);
  /* Translators: %1$s is the Id of an appeal, %2$u the number of this edition of it */
  g_print (_("Signed: %1$s, serial %2$u."), dc_campaign_get_id (dc_pack_get_campaign (pack)),
           dc_pack_get_serial (pack));
  g_print ("\n%s\n", _("Bring this pack to every tablet."));

  return TRUE;
}

static gboolean
check_campaign (Replace  *self,
                GError  **error)
{
  g_autofree char *expected = dc_replacement_campaign (self->keys, error);
  g_autofree char *found = expected != NULL ? dc_pack_signing_campaign (self->pack_path, error) : NULL;

  if (found == NULL || strcmp (found, expected) == 0)
    return found != NULL;
  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_MISMATCH,
               "%s: found the appeal “%s”, expected “%s”, whose keys were being replaced when an earlier "
               "“keys replace” was cut off: give that pack, to finish it", self->pack_path, found, expected);

  return FALSE;
}

/* The pack may be between two states, so it is not loaded first. */
static gboolean
finish (Replace   *self,
        DcOffice  *office,
        GError   **error)
{
  g_autoptr (DcMinisignKey) signer = NULL;

  g_print ("%s\n", _("An earlier “keys replace” was cut off while it put new keys in place. This run finishes it, "
                     "and does nothing else."));
  if (!check_campaign (self, error))
    return FALSE;
  signer = dc_secret_file_minisign (office->terminal, self->key, error);

  return signer != NULL && put_in_place (self, signer, error);
}

static void
sweep (const Replace *self)
{
  if (dc_replacement_sweep (self->keys))
    g_print ("%s\n", _("An earlier “keys replace” was cut off before it changed anything; what it left has been "
                       "removed. If a spare key came out of it on paper, destroy that paper: it opens nothing."));
}

static gboolean
replace (Replace   *self,
         DcOffice  *office,
         GError   **error)
{
  g_autoptr (DcMinisignKey) signer = NULL;

  self->pack = dc_pack_load (self->pack_path, error);
  if (self->pack == NULL)
    return FALSE;
  signer = dc_secret_file_minisign (office->terminal, self->key, error);
  if (signer == NULL || !dc_pack_signing_check_key (self->pack, signer, error))
    return FALSE;

  self->files = dc_key_files_new ();
  self->staged = dc_replacement_folder (self->keys);
  add_text (self, DC_REPLACEMENT_CAMPAIGN, dc_campaign_get_id (dc_pack_get_campaign (self->pack)));

  return make_pack_key (self, office, error) && make_opening_keys (self, office, error) &&
         dc_replacement_decide (self->keys, self->files, self->next_files, error) &&
         put_in_place (self, signer, error);
}

int
dc_keys_replace_run (DcOffice  *office,
                     int        argc,
                     char     **argv)
{
  g_auto (Replace) self = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean done;
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
  sweep (&self);
  done = dc_replacement_is_decided (self.keys) ? finish (&self, office, &error) : replace (&self, office, &error);

  return done ? DC_EXIT_OK : dc_office_fail (office, error);
}
