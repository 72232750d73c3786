/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>

#include "dc-pack.h"
#include "dc-report.h"

/* What a pack is, for people: one fact a line, in the language of the desk,
 * its own words in the first language of the pack. */

static void
print_fact (const char *name,
            const char *value)
{
  int width = 24 - (int) g_utf8_strlen (name, -1);

  g_print ("%s%*s %s\n", name, MAX (width, 0), "", value);
}

static void
print_keep (const char *name,
            const char *until)
{
  if (until != NULL)
    print_fact (name, until);
}

static void
print_identity (DcCampaign *campaign)
{
  g_autofree char *languages = g_strjoinv (", ", (char **) dc_campaign_get_languages (campaign));
  g_autofree char *age = g_strdup_printf ("%u", dc_campaign_get_minimum_age (campaign));

  print_fact (_("Appeal"), dc_campaign_get_name (campaign, NULL));
  print_fact (_("Organisation"), dc_campaign_get_organisation (campaign, NULL));
  print_fact (_("Kind"), dc_campaign_is_demo (campaign) ? _("a demonstration: its keys are public")
                                                        : _("live"));
  print_fact (_("Id"), dc_campaign_get_id (campaign));
  print_fact (_("Languages"), languages);
  print_fact (_("Minimum age"), age);
  print_fact (_("Last day"), dc_campaign_get_ends (campaign) != NULL ? dc_campaign_get_ends (campaign)
                                                                     : _("none"));
  print_keep (_("Sealed copies are kept until"), dc_campaign_get_keep_until (campaign, DC_KEEP_COPIES));
  print_keep (_("Promises are kept until"), dc_campaign_get_keep_until (campaign, DC_KEEP_PLEDGES));
  print_fact (_("Giving page"), dc_campaign_get_giving_link (campaign));
}

static void
print_presets (DcCampaign *campaign,
               gboolean    monthly)
{
  for (guint i = 0; i < dc_campaign_get_n_presets (campaign, monthly); i++) {
    const DcPreset *preset = dc_campaign_get_preset (campaign, monthly, i);
    g_autofree char *sum = dc_money_format (&preset->amount, "en");

    print_fact (monthly ? _("A month") : _("Once"), sum);
  }
}

static char *
destination_words (const DcDestinationSetup *setup)
{
  g_autofree char *hosts = NULL;

  if (setup == NULL || (setup->kind == DC_DESTINATION_FOLDER && setup->path == NULL))
    return g_strdup (_("a USB stick"));
  if (setup->kind == DC_DESTINATION_FOLDER)
    return g_strdup (setup->path);
  if (setup->kind == DC_DESTINATION_WEBDAV)
    return g_strdup (setup->address);

  hosts = g_strjoinv (", ", setup->hosts);

  /* Translators: %1$s is the name of a database, %2$s the servers that have it, %3$u their port */
  return g_strdup_printf (_("the PostgreSQL database %1$s at %2$s, port %3$u"), setup->database, hosts, setup->port);
}

static void
print_destination (DcPack *pack)
{
  const DcDestinationSetup *setup = dc_pack_get_destination (pack);
  g_autofree char *words = destination_words (setup);

  print_fact (_("Promises go to"), words);
  if (setup != NULL && setup->name != NULL)
    print_fact (_("Called"), setup->name);
  if (setup != NULL && setup->authority != NULL)
    print_fact (_("Certificates"), setup->authority);
}

static void
print_keys (DcPack *pack)
{
  DcAgeRecipients *recipients = dc_pack_get_recipients (pack);
  const char * const *receipts = dc_pack_get_receipt_keys (pack);
  const char *next = dc_pack_get_next_key (pack);
  g_autofree char *sealed = dc_report_recipient_words (recipients);
  g_autofree char *signer = dc_report_pack_key_words (dc_pack_get_public_key (pack));
  g_autofree char *follows = next != NULL ? dc_report_pack_key_words (next) : NULL;

  for (guint i = 0; i < dc_age_recipients_count (recipients); i++) {
    g_autofree char *text = dc_age_recipients_get_text (recipients, i);

    print_fact (_("Opened by"), text);
  }
  for (; *receipts != NULL; receipts++)
    print_fact (_("Receipts signed by"), *receipts);
  print_fact (_("Signed by"), dc_pack_get_public_key (pack));
  if (next != NULL)
    print_fact (_("Next signed by"), next);

  g_print ("\n%s\n", _("To be compared by voice:"));
  print_fact (_("Opened by"), sealed);
  print_fact (_("Signed by"), signer);
  if (follows != NULL)
    print_fact (_("Next signed by"), follows);
}

int
dc_campaign_show_run (DcOffice  *office,
                      int        argc,
                      char     **argv)
{
  g_autoptr (DcPack) pack = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *serial = NULL;

  if (!dc_office_parse (office, NULL, 1, 1, &argc, &argv))
    return DC_EXIT_USAGE;
  pack = dc_pack_load (argv[1], &error);
  if (pack == NULL)
    return dc_office_fail (office, error);

  serial = g_strdup_printf ("%u", dc_pack_get_serial (pack));
  print_identity (dc_pack_get_campaign (pack));
  print_fact (_("Serial"), serial);
  print_presets (dc_pack_get_campaign (pack), TRUE);
  print_presets (dc_pack_get_campaign (pack), FALSE);
  print_destination (pack);
  print_keys (pack);

  return DC_EXIT_OK;
}
