/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>

#include "dc-destinations.h"
#include "dc-key-choice.h"
#include "dc-key-set.h"
#include "dc-ledger-read.h"
#include "dc-pack-signing.h"
#include "dc-place-choice.h"
#include "dc-receipting.h"
#include "dc-secret-file.h"

typedef struct
{
  DcKeyChoice    key;
  DcPlaceChoice  place;
  char          *receipt_key;
} Options;

static void
options_clear (Options *self)
{
  dc_key_choice_clear (&self->key);
  dc_place_choice_clear (&self->place);
  g_clear_pointer (&self->receipt_key, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* One that the tablets take. */
static DcMinisignKey *
obtain_receipt_key (const Options  *options,
                    DcOffice       *office,
                    DcPack         *pack,
                    GError        **error)
{
  g_autofree char *path = NULL;
  g_autofree char *line = NULL;
  g_autoptr (DcMinisignKey) key = NULL;

  if (options->receipt_key != NULL)
    path = g_strdup (options->receipt_key);
  else if (options->key.keys != NULL)
    path = g_build_filename (options->key.keys, DC_KEY_SET_RECEIPT, NULL);
  else
    path = g_build_filename (office->folder, "keys", DC_KEY_SET_RECEIPT, NULL);
  key = dc_secret_file_minisign (office->terminal, path, error);
  if (key == NULL)
    return NULL;
  line = dc_pack_signing_line (key);
  if (!g_strv_contains (dc_pack_get_receipt_keys (pack), line)) {
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_MISMATCH, "%s: %s", path,
                 _("it is a key, but not one of this pack’s keys.ini"));
    return NULL;
  }

  return g_steal_pointer (&key);
}

static void
tell (const DcReceipting *receipting)
{
  /* Translators: %u is a number of records */
  g_print (_("Records signed for: %u."), receipting->due->len);
  g_print ("\n");
  if (receipting->n_unopened > 0)
    g_printerr ("%s %u\n", _("Not opened by this key, so the tablets keep them:"), receipting->n_unopened);
  if (receipting->n_conflicts > 0)
    g_printerr ("%s %u\n", _("With the id of another and other contents, so the tablets keep them:"),
                receipting->n_conflicts);
}

/* Opens and signs what has no receipt. @attention: something was left out. */
static gboolean
sign_due (const Options  *options,
          DcOffice       *office,
          DcPack         *pack,
          DcLedger       *ledger,
          gboolean       *attention,
          GError        **error)
{
  g_autoptr (DcAgeIdentity) identity = NULL;
  g_autoptr (DcReceipting) receipting = NULL;
  g_autoptr (DcMinisignKey) key = NULL;
  guint n_due;

  if (!dc_receipting_count (ledger, &n_due, error))
    return FALSE;
  if (n_due == 0)
    return TRUE;
  identity = dc_key_choice_obtain (&options->key, office, error);
  if (identity == NULL)
    return FALSE;
  key = obtain_receipt_key (options, office, pack, error);
  if (key == NULL)
    return FALSE;
  receipting = dc_receipting_open (ledger, office, identity, n_due, error);
  if (receipting == NULL || !dc_receipting_sign (receipting, ledger, key, error))
    return FALSE;
  tell (receipting);
  *attention = receipting->n_unopened + receipting->n_conflicts > 0;

  return TRUE;
}

/* Each is marked when it is proven to lie there, so that a run which was cut
 * off goes on where it was; putting one twice does no harm. */
static gboolean
put_all (DcLedger       *ledger,
         DcDestination  *destination,
         DcOffice       *office,
         GError        **error)
{
  g_autoptr (GPtrArray) receipts = NULL;
  DcDestinationIdentity place;
  DcTransfer transfer = { 0 };

  if (!dc_destination_probe (destination, &transfer, &place, error))
    return FALSE;
  receipts = dc_ledger_list_receipts (ledger, &place, error);
  if (receipts == NULL)
    return FALSE;
  for (guint i = 0; i < receipts->len; i++) {
    const DcLedgerReceipt *receipt = receipts->pdata[i];

    if (!dc_destination_put_note (destination, DC_NOTE_RECEIPT, &receipt->origin, receipt->line, &transfer, error)
        || !dc_ledger_mark_receipt (ledger, receipt->number, &place, error))
      return FALSE;
    dc_office_progress (office, _("Putting back"), i + 1, receipts->len);
  }
  /* Translators: %u is a number of receipts, each for many records */
  g_print (_("Receipts put back: %u."), receipts->len);
  g_print ("\n");

  return TRUE;
}

static int
run (DcOffice      *office,
     const Options *options,
     const char    *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) pack = dc_place_choice_load (&options->place, &error);
  g_autoptr (DcLedger) ledger = NULL;
  g_autoptr (DcDestination) destination = NULL;
  g_autofree char *name = NULL;
  gboolean attention = FALSE;

  if (pack == NULL || (ledger = dc_ledger_open (office->folder, &error)) == NULL)
    return dc_office_fail (office, error);
  destination = folder != NULL ? dc_folder_destination_new (folder, TRUE)
                               : dc_place_choice_obtain (&options->place, office, pack, NULL, &name, &error);
  if (destination == NULL
      || !sign_due (options, office, pack, ledger, &attention, &error)
      || !put_all (ledger, destination, office, &error))
    return dc_office_fail (office, error);

  return attention ? DC_EXIT_ATTENTION : DC_EXIT_OK;
}

int
dc_receipts_command_run (DcOffice  *office,
                         int        argc,
                         char     **argv)
{
  g_auto (Options) options = { .receipt_key = NULL };
  const GOptionEntry entries[] = {
    DC_KEY_CHOICE_ENTRIES (&options.key),
    DC_PLACE_CHOICE_ENTRIES (&options.place),
    { "receipt-key", 0, 0, G_OPTION_ARG_FILENAME, &options.receipt_key,
      N_("The receipt key, instead of the one beside the desk key"), "FILE" },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 0, 1, &argc, &argv))
    return DC_EXIT_USAGE;
  if (options.place.pack == NULL)
    return dc_office_refuse (office, _("--pack is missing."));
  if (!dc_key_choice_is_one (&options.key))
    return dc_office_refuse (office, _("Choose one of --keys, --identity and --spare."));

  return run (office, &options, argv[1]);
}
