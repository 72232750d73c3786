/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "dc-key-set.h"
#include "dc-pack-files.h"
#include "dc-passphrase.h"
#include "dc-pack-signing.h"
#include "dc-report.h"
#include "dc-spare-sheet.h"

/* One sitting. Until the spare key was typed back, all is in memory alone:
 * who gives up half-way, or pulls the plug, has made nothing. */

typedef struct
{
  char           *keys;          /* folder of the desk key and the receipt key */
  char           *pack_key;      /* folder of the pack key */
  char           *pack;          /* where what belongs into the pack goes */
  char           *organisation;
  char           *campaign;
  DcSpareWay      way;

  DcAgeIdentity  *desk;
  DcAgeIdentity  *spare;
  DcMinisignKey  *signer;
  DcMinisignKey  *receipt;
  char           *words;
  gboolean        resumed;       /* there is nothing more to make */
} Sitting;

static void
sitting_clear (Sitting *self)
{
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->pack_key, g_free);
  g_clear_pointer (&self->pack, g_free);
  g_clear_pointer (&self->organisation, g_free);
  g_clear_pointer (&self->campaign, g_free);
  g_clear_pointer (&self->way.printer, g_free);
  g_clear_pointer (&self->way.sheet, g_free);
  g_clear_pointer (&self->desk, dc_age_identity_unref);
  g_clear_pointer (&self->spare, dc_age_identity_unref);
  g_clear_pointer (&self->signer, dc_minisign_key_unref);
  g_clear_pointer (&self->receipt, dc_minisign_key_unref);
  g_clear_pointer (&self->words, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sitting, sitting_clear)

static void
settle_folders (Sitting        *self,
                const DcOffice *office)
{
  if (self->keys == NULL)
    self->keys = g_build_filename (office->folder, "keys", NULL);
  if (self->pack_key == NULL)
    self->pack_key = g_strdup (self->keys);
  if (self->pack == NULL)
    self->pack = g_build_filename (self->keys, "for-the-pack", NULL);
}

#define N_PLACES 7

static void
list_places (const Sitting *self,
             DcKeyPlace     places[static N_PLACES])
{
  const DcKeyPlace all[N_PLACES] = {
    { self->keys, DC_KEY_SET_DESK },
    { self->keys, DC_KEY_SET_RECEIPT },
    { self->keys, DC_KEY_SET_RECEIPT_PUB },
    { self->pack_key, DC_KEY_SET_PACK },
    { self->pack, DC_KEY_SET_PACK_PUB },
    { self->pack, DC_KEY_SET_RECIPIENTS },
    { self->pack, DC_KEY_SET_KEYS },
  };

  memcpy (places, all, sizeof all);
}

static gboolean
check_nothing_there (const Sitting  *self,
                     GError        **error)
{
  DcKeyPlace places[N_PLACES];

  list_places (self, places);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (!dc_key_files_check (places[i].folder, places[i].name, error))
      return FALSE;

  return TRUE;
}

/* A sitting that was cut off while it wrote: its spare key is on paper, and was
 * typed back. */
static gboolean
resume (Sitting  *self,
        GError  **error)
{
  DcKeyPlace places[N_PLACES];
  DcKeyFilesLeft left;

  list_places (self, places);
  if (!dc_key_files_resume (places, G_N_ELEMENTS (places), &left, error))
    return FALSE;
  self->resumed = left == DC_KEY_FILES_FINISHED;
  if (self->resumed)
    g_print ("%s\n\n", _("An earlier “keys new” was cut off while it wrote its files. They are all there now; its "
                         "paper with the spare key is the right one."));
  else if (left == DC_KEY_FILES_UNDONE)
    g_print ("%s\n\n", _("An earlier “keys new” was cut off while it wrote its files; what it left has been removed. "
                         "Destroy the paper that came out of it: its key opens nothing."));

  return TRUE;
}

static void
generate (Sitting *self)
{
  g_autofree char *desk = NULL;
  g_autofree char *spare = NULL;

  self->desk = dc_age_identity_generate ();
  self->spare = dc_age_identity_generate ();
  self->signer = dc_minisign_key_generate ();
  self->receipt = dc_minisign_key_generate ();
  desk = dc_age_identity_get_recipient (self->desk);
  spare = dc_age_identity_get_recipient (self->spare);
  self->words = dc_key_set_words (desk, spare);
}

static gboolean
hand_over_spare (const Sitting  *self,
                 DcTerminal     *terminal,
                 GError        **error)
{
  g_auto (DcSecretText) identity = dc_age_identity_to_text (self->spare);
  g_autofree char *recipient = dc_age_identity_get_recipient (self->spare);
  g_autofree char *date = dc_key_set_today ();
  const DcKeySheet sheet = {
    .organisation = self->organisation,
    .campaign = self->campaign,
    .date = date,
    .identity = identity,
    .recipient = recipient,
    .words = self->words,
  };

  return dc_spare_sheet_hand_over (terminal, &sheet, &self->way, error);
}

/* What the pack needs to know: who opens, who signs, who signs receipts. */
static void
add_public (const Sitting *self,
            DcKeyFiles    *files)
{
  g_autofree char *date = dc_key_set_today ();
  g_autofree char *desk = dc_age_identity_get_recipient (self->desk);
  g_autofree char *spare = dc_age_identity_get_recipient (self->spare);
  g_autofree char *recipients = dc_key_set_recipients (desk, spare, date);
  g_autofree char *line = dc_pack_signing_line (self->receipt);
  g_autofree char *keys = g_strdup_printf ("[Keys]\nReceipt=%s\n", line);

  dc_key_set_add_public (files, self->pack, DC_KEY_SET_PACK_PUB, self->signer);
  dc_key_files_add (files, self->pack, DC_KEY_SET_RECIPIENTS, recipients, strlen (recipients), TRUE);
  dc_key_files_add (files, self->pack, DC_KEY_SET_KEYS, keys, strlen (keys), TRUE);
  dc_key_set_add_public (files, self->keys, DC_KEY_SET_RECEIPT_PUB, self->receipt);
}

/* Each takes about a second: that is what a passphrase is worth to a thief. */
static gboolean
add_secret (const Sitting  *self,
            DcOffice       *office,
            DcKeyFiles     *files,
            const char     *passphrase,
            GError        **error)
{
  const char *what = _("Protecting the keys");

  dc_office_progress (office, what, 0, 3);
  if (!dc_key_set_add_desk (files, self->keys, self->desk, passphrase, error))
    return FALSE;
  dc_office_progress (office, what, 1, 3);
  if (!dc_key_set_add_minisign (files, self->pack_key, DC_KEY_SET_PACK, self->signer, passphrase, error))
    return FALSE;
  dc_office_progress (office, what, 2, 3);
  if (!dc_key_set_add_minisign (files, self->keys, DC_KEY_SET_RECEIPT, self->receipt, passphrase, error))
    return FALSE;
  dc_office_progress (office, what, 3, 3);

  return TRUE;
}

static gboolean
write_all (const Sitting  *self,
           DcOffice       *office,
           const char     *passphrase,
           GError        **error)
{
  g_autoptr (DcKeyFiles) files = dc_key_files_new ();

  if (!add_secret (self, office, files, passphrase, error))
    return FALSE;
  add_public (self, files);

  return dc_key_files_write (files, error);
}

static gboolean
on_same_disk (const char *a,
              const char *b)
{
  GStatBuf of_a, of_b;

  return g_stat (a, &of_a) == 0 && g_stat (b, &of_b) == 0 && of_a.st_dev == of_b.st_dev;
}

static char *
read_public (const Sitting *self,
             const char    *name)
{
  g_autofree char *path = g_build_filename (self->pack, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

/* In words, from the files: of a sitting that was cut off there is nothing else. */
static void
print_words (const Sitting *self)
{
  g_autofree char *pub = read_public (self, DC_KEY_SET_PACK_PUB);
  g_autofree char *text = read_public (self, DC_KEY_SET_RECIPIENTS);
  g_autofree char *line = dc_pack_key_line (pub, strlen (pub));
  g_autofree char *signer = dc_report_pack_key_words (line);
  g_autoptr (DcAgeRecipients) recipients = dc_age_recipients_parse (text, strlen (text), NULL);
  g_autofree char *words = recipients != NULL ? dc_report_recipient_words (recipients) : g_strdup ("");

  /* Translators: %s are eight English words that stand for a key */
  g_print (_("The pack key in words: %s"), signer);
  g_print ("\n");
  /* Translators: %s are eight English words that stand for the keys that open the promises */
  g_print (_("The keys it is sealed to in words: %s"), words);
  g_print ("\n");
}

static void
print_made (const Sitting *self)
{
  /* Translators: %s is a folder */
  g_print (_("The desk key and the receipt key are in %s."), self->keys);
  g_print ("\n");
  /* Translators: %s is a folder */
  g_print (_("The pack key is in %s."), self->pack_key);
  g_print ("\n");
  if (on_same_disk (self->keys, self->pack_key))
    g_print ("%s\n", _("It lies on the same disk. Move it to a stick that is kept apart: with it, whoever has the "
                       "laptop could sign for you."));
  /* Translators: %s is a folder */
  g_print (_("For the pack, in %s: recipients.txt, pack.pub, keys.ini."), self->pack);
  g_print ("\n\n");
  print_words (self);
  g_print ("\n%s\n", _("Next: put the paper into an envelope and lock it away; then “campaign check” and “campaign sign”."));
}

static gboolean
sit (Sitting   *self,
     DcOffice  *office,
     GError   **error)
{
  g_auto (DcSecretText) passphrase = NULL;

  settle_folders (self, office);
  if (!resume (self, error))
    return FALSE;
  if (self->resumed)
    return TRUE;
  if (!check_nothing_there (self, error))
    return FALSE;
  passphrase = dc_passphrase_choose (office->terminal, error);
  if (passphrase == NULL)
    return FALSE;
  generate (self);

  return hand_over_spare (self, office->terminal, error) && write_all (self, office, passphrase, error);
}

int
dc_keys_new_run (DcOffice  *office,
                 int        argc,
                 char     **argv)
{
  g_auto (Sitting) sitting = { NULL };
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "keys", 0, 0, G_OPTION_ARG_FILENAME, &sitting.keys,
      N_("Where the desk key and the receipt key go, instead of the office’s folder"), N_("FOLDER") },
    { "pack-key", 0, 0, G_OPTION_ARG_FILENAME, &sitting.pack_key,
      N_("Where the pack key goes: a stick that is kept apart from the laptop"), N_("FOLDER") },
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &sitting.pack,
      N_("The pack that the public keys are written into"), N_("PACK") },
    { "organisation", 0, 0, G_OPTION_ARG_STRING, &sitting.organisation, N_("Whose name stands on the sheet"), N_("NAME") },
    { "campaign", 0, 0, G_OPTION_ARG_STRING, &sitting.campaign, N_("Which appeal stands on the sheet"), N_("NAME") },
    { "printer", 0, 0, G_OPTION_ARG_STRING, &sitting.way.printer,
      N_("Print the sheet of the spare key on this printer"), N_("NAME") },
    { "sheet", 0, 0, G_OPTION_ARG_FILENAME, &sitting.way.sheet,
      N_("Write that sheet to this file, as a PDF (-: the standard output)"), N_("FILE") },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 0, 0, &argc, &argv))
    return DC_EXIT_USAGE;
  if (sitting.way.printer != NULL && sitting.way.sheet != NULL)
    return dc_office_refuse (office, _("Take one of --printer and --sheet."));
  if (!sit (&sitting, office, &error))
    return dc_office_fail (office, error);
  if (g_strcmp0 (sitting.way.sheet, "-") != 0)
    print_made (&sitting);

  return DC_EXIT_OK;
}
