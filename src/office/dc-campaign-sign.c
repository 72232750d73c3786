/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>

#include "dc-demo-keys.h"
#include "dc-pack-signing.h"
#include "dc-report.h"
#include "dc-secret-file.h"

static DcPack *
sign (DcOffice            *office,
      const DcPackReport  *report,
      const char          *directory,
      const char          *key_path,
      int                  serial,
      GError             **error)
{
  g_autoptr (DcMinisignKey) key = dc_secret_file_minisign (office->terminal, key_path, error);
  g_autofree char *line = NULL;

  if (key == NULL)
    return NULL;
  line = dc_pack_signing_line (key);
  if (!dc_campaign_is_demo (report->campaign) && dc_demo_is_pack_key (line)) {
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_MISMATCH,
                 "%s: found the demonstration’s key, expected your own, where Demo=false", key_path);
    return NULL;
  }

  return dc_pack_signing_sign (directory, key, (guint) serial, error);
}

static void
print_signed (DcPack *pack)
{
  g_autofree char *signer = dc_report_pack_key_words (dc_pack_get_public_key (pack));
  g_autofree char *sealed = dc_report_recipient_words (dc_pack_get_recipients (pack));

  /* Translators: %1$s is the Id of an appeal, %2$u the number of this edition of it */
  g_print (_("Signed: %1$s, serial %2$u."), dc_campaign_get_id (dc_pack_get_campaign (pack)),
           dc_pack_get_serial (pack));
  g_print ("\n");
  /* Translators: %s are eight English words that stand for a key */
  g_print (_("The pack key in words: %s"), signer);
  g_print ("\n");
  /* Translators: %s are eight English words that stand for the keys that open the promises */
  g_print (_("The keys it is sealed to in words: %s"), sealed);
  g_print ("\n");
}

int
dc_campaign_sign_run (DcOffice  *office,
                      int        argc,
                      char     **argv)
{
  g_autofree char *key = NULL;
  g_autoptr (DcPackReport) report = NULL;
  g_autoptr (DcPack) pack = NULL;
  g_autoptr (GError) error = NULL;
  int serial = 0;
  const GOptionEntry entries[] = {
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &key, N_("The secret pack key"), N_("FILE") },
    { "serial", 0, 0, G_OPTION_ARG_INT, &serial, N_("Its number, instead of the next one"), N_("NUMBER") },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 1, 1, &argc, &argv))
    return DC_EXIT_USAGE;
  if (key == NULL || serial < 0)
    return dc_office_refuse (office, key == NULL ? _("--key is missing.") : _("--serial is 1 or more."));

  report = dc_pack_check (argv[1]);
  dc_report_print (report);
  if (report->n_errors > 0) {
    g_printerr ("%s\n", _("Not signed: the tablets would refuse it."));
    return DC_EXIT_FAILED;
  }
  pack = sign (office, report, argv[1], key, serial, &error);
  if (pack == NULL)
    return dc_office_fail (office, error);
  print_signed (pack);

  return DC_EXIT_OK;
}
