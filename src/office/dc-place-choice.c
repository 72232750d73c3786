/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-place-choice.h"

#include <glib/gi18n-lib.h>

#include "dc-credential-store.h"
#include "dc-destinations.h"

const char * const dc_place_choice_help[2] = {
  N_("The appeal, whose destination is meant"),
  N_("Who asks at the destination: a file as on a set-up stick, instead of asking"),
};

void
dc_place_choice_clear (DcPlaceChoice *self)
{
  g_clear_pointer (&self->pack, g_free);
  g_clear_pointer (&self->credential, g_free);
}

DcPack *
dc_place_choice_load (const DcPlaceChoice  *self,
                      GError              **error)
{
  return self->pack != NULL ? dc_pack_load (self->pack, error) : NULL;
}

gboolean
dc_place_choice_has_place (DcPack *pack)
{
  const DcDestinationSetup *setup = dc_pack_get_destination (pack);

  return setup != NULL && (setup->kind != DC_DESTINATION_FOLDER || setup->path != NULL);
}

static char *
ask (DcOffice    *office,
     const char  *prompt,
     gboolean     echo,
     GError     **error)
{
  g_autofree char *question = g_strconcat (prompt, " ", NULL);

  return dc_terminal_ask (office->terminal, question, echo, error);
}

static gboolean
obtain_credential (const DcPlaceChoice  *self,
                   DcOffice             *office,
                   const char           *address,
                   DcCredential         *credential,
                   GError              **error)
{
  if (self->credential != NULL)
    return dc_credential_read_stick (self->credential, address, credential, error);

  g_printerr ("%s\n", address);
  credential->user = ask (office, _("User:"), TRUE, error);
  if (credential->user == NULL)
    return FALSE;
  credential->password = ask (office, _("Password:"), FALSE, error);

  return credential->password != NULL;
}

DcDestination *
dc_place_choice_obtain (const DcPlaceChoice  *self,
                        DcOffice             *office,
                        DcPack               *pack,
                        const char           *folder,
                        char                **name,
                        GError              **error)
{
  const DcDestinationSetup drive = { .kind = DC_DESTINATION_FOLDER };
  const DcDestinationSetup *setup = dc_pack_get_destination (pack);
  g_auto (DcCredential) credential = { 0 };
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;
  GBytes *authority = NULL;

  if (setup == NULL)
    setup = &drive;
  address = dc_credential_address (setup);
  if (address != NULL && !obtain_credential (self, office, address, &credential, error))
    return NULL;
  if (setup->authority != NULL)
    authority = dc_pack_get_file (pack, setup->authority);
  *name = g_strdup (address != NULL ? address : setup->path != NULL ? setup->path : folder);

  if (authority != NULL)
    text = g_strndup (g_bytes_get_data (authority, NULL), g_bytes_get_size (authority));

  return dc_destination_new (setup, text, folder, &credential, error);
}
