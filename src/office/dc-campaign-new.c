/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "dc-campaign-draft.h"
#include "dc-campaign.h"
#include "dc-destination-setup.h"
#include "dc-manifest.h"
#include "dc-pack-files.h"

/* A pack made from another: everything but what signs it, and where the other
 * is the demonstration, but its keys. */

typedef struct
{
  const char *from;
  const char *to;
  int         dir;        /* @from */
  char       *id;
  gboolean    keeps_keys;
  char       *campaign;   /* the new campaign.ini */
} Copy;

static void
copy_clear (Copy *self)
{
  if (self->dir >= 0)
    close (self->dir);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->campaign, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, copy_clear)

static gboolean
read_campaign (Copy    *self,
               GError **error)
{
  g_autoptr (GBytes) bytes = dc_pack_read_file (self->dir, "campaign.ini", 256 * 1024, error);
  g_autoptr (DcCampaign) campaign = NULL;
  g_autoptr (DcCampaign) draft = NULL;
  g_autofree char *text = NULL;
  gsize size;

  if (bytes == NULL)
    return FALSE;
  size = g_bytes_get_size (bytes);
  text = g_strndup (size > 0 ? g_bytes_get_data (bytes, NULL) : "", size);
  campaign = dc_campaign_new_from_data (text, size, error);
  if (campaign == NULL)
    return FALSE;

  self->keeps_keys = !dc_campaign_is_demo (campaign);
  self->campaign = dc_campaign_draft_text (text, self->id);
  draft = dc_campaign_new_from_data (self->campaign, strlen (self->campaign), error);

  return draft != NULL;
}

static gboolean
is_copied (const Copy *self,
           const char *name)
{
  static const char * const keys[] = { "recipients.txt", "keys.ini", NULL };

  return strcmp (name, "campaign.ini") != 0 && (self->keeps_keys || !g_strv_contains (keys, name));
}

static gboolean
copy_file (const Copy  *self,
           const char  *name,
           gsize        max,
           GError     **error)
{
  g_autoptr (GBytes) bytes = dc_pack_read_file (self->dir, name, max, error);
  gsize size;
  const char *data;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);

  return dc_pack_write_file (self->to, name, data != NULL ? data : "", size, error);
}

static gboolean
copy_all (const Copy  *self,
          GError     **error)
{
  g_auto (GStrv) names = dc_manifest_names (self->dir, error);

  for (gsize i = 0; names != NULL && names[i] != NULL; i++) {
    if (is_copied (self, names[i]) && !copy_file (self, names[i], DC_MANIFEST_MAX_FILE, error))
      return FALSE;
  }
  if (self->keeps_keys && faccessat (self->dir, "pack.pub", F_OK, 0) == 0 &&
      !copy_file (self, "pack.pub", 16 * 1024, error))
    return FALSE;

  return names != NULL &&
         dc_pack_write_file (self->to, "campaign.ini", self->campaign, strlen (self->campaign), error);
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

static gboolean
make (Copy    *self,
      GError **error)
{
  self->dir = open (self->from, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->dir < 0)
    return dc_pack_refuse (error, DC_PACK_ERROR_MISSING, self->from, g_strerror (errno),
                           "the folder of a campaign pack");
  if (!read_campaign (self, error))
    return FALSE;
  if (g_mkdir (self->to, 0755) != 0) {
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_THERE,
                 "%s: found “%s”, expected to make a folder of that name", self->to, g_strerror (errno));
    return FALSE;
  }
  g_chmod (self->to, 0755);   /* nothing in it is secret, and the tablets read it */
  if (copy_all (self, error))
    return TRUE;
  remove_all (self->to);

  return FALSE;
}

/* As dc_campaign_draft_addresses () has them, of the other file with addresses. */
static void
print_destination (const Copy *self)
{
  g_autofree char *path = g_build_filename (self->to, DC_DESTINATION_SETUP_FILE, NULL);
  g_auto (DcDestinationSetup) setup = { 0 };
  g_autofree char *hosts = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL) || !dc_destination_setup_parse (&setup, text, length, NULL))
    return;
  hosts = setup.hosts != NULL ? g_strjoinv (";", setup.hosts) : NULL;
  if (setup.path != NULL)
    g_print ("  " DC_DESTINATION_SETUP_FILE ": [Destination] Path=%s\n", setup.path);
  if (setup.address != NULL)
    g_print ("  " DC_DESTINATION_SETUP_FILE ": [Destination] Address=%s\n", setup.address);
  if (hosts != NULL)
    g_print ("  " DC_DESTINATION_SETUP_FILE ": [Destination] Host=%s\n", hosts);
}

static void
print_what_follows (const Copy *self)
{
  g_auto (GStrv) addresses = dc_campaign_draft_addresses (self->campaign);

  /* Translators: %1$s is a folder, %2$s the Id of the appeal in it */
  g_print (_("Made %1$s with the Id “%2$s”. Write your own words into its campaign.ini."), self->to, self->id);
  g_print ("\n\n%s\n", _("These lines hold addresses. Change each to your own:"));
  for (gsize i = 0; addresses[i] != NULL; i++)
    g_print ("  %s\n", addresses[i]);
  print_destination (self);
  g_print ("\n%s\n", self->keeps_keys ? _("It is sealed to the same keys as before. Next: “campaign check”, “campaign sign”.")
                                      : _("The public keys of the example were left out. Next: “keys new”, “campaign check”, “campaign sign”."));
}

int
dc_campaign_new_run (DcOffice  *office,
                     int        argc,
                     char     **argv)
{
  g_autofree char *from = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Copy) copy = { .dir = -1 };
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, N_("The pack to begin from, instead of the example"), N_("PACK") },
    { "id", 0, 0, G_OPTION_ARG_STRING, &id, N_("Its Id, instead of the folder’s name"), N_("ID") },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 1, 1, &argc, &argv))
    return DC_EXIT_USAGE;

  copy.from = from != NULL ? from : DC_PACKDIR;
  copy.to = argv[1];
  if (id == NULL) {
    g_autofree char *name = g_path_get_basename (argv[1]);

    id = dc_campaign_draft_id (name);
  }
  copy.id = g_steal_pointer (&id);
  if (!make (&copy, &error))
    return dc_office_fail (office, error);
  print_what_follows (&copy);

  return DC_EXIT_OK;
}
