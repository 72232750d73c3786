/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-key-choice.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "dc-input.h"
#include "dc-key-set.h"
#include "dc-secret-file.h"

const char * const dc_key_choice_help[3] = {
  N_("The folder with the desk key, instead of the one in the office’s folder"),
  N_("A file with a secret key of age, instead of the desk key"),
  N_("Use the spare key: typed from its paper, or through a pipe"),
};

void
dc_key_choice_clear (DcKeyChoice *self)
{
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->identity, g_free);
}

gboolean
dc_key_choice_is_one (const DcKeyChoice *self)
{
  return (self->keys != NULL) + (self->identity != NULL) + self->spare <= 1;
}

static DcAgeIdentity *
from_paper (DcOffice  *office,
            GError   **error)
{
  g_autoptr (GBytes) text = NULL;
  const char *data;
  gsize size;

  if (isatty (STDIN_FILENO))
    return dc_secret_file_paper (office->terminal, error);
  text = dc_input_read_rest (STDIN_FILENO, DC_AGE_MAX_IDENTITY_TEXT, error);
  if (text == NULL)
    return NULL;
  data = g_bytes_get_data (text, &size);

  return dc_age_identity_parse (data != NULL ? data : "", size, error);
}

DcAgeIdentity *
dc_key_choice_obtain (const DcKeyChoice  *self,
                      DcOffice           *office,
                      GError            **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (self->spare)
    return from_paper (office, error);
  if (self->identity != NULL)
    return dc_secret_file_identity (office->terminal, self->identity, error);

  folder = self->keys != NULL ? g_strdup (self->keys)
                              : g_build_filename (office->folder, "keys", NULL);
  path = g_build_filename (folder, DC_KEY_SET_DESK, NULL);

  return dc_secret_file_identity (office->terminal, path, error);
}
