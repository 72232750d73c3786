/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-key-set.h"

#include <string.h>

#include "dc-age-passphrase.h"
#include "dc-report.h"
#include "dc-terminal.h"

gboolean
dc_key_set_add_desk (DcKeyFiles     *files,
                     const char     *folder,
                     DcAgeIdentity  *desk,
                     const char     *passphrase,
                     GError        **error)
{
  g_auto (DcSecretText) secret = dc_age_identity_to_text (desk);
  g_auto (DcSecretText) text = g_strconcat (secret, "\n", NULL);
  g_autoptr (GBytes) sealed = NULL;

  sealed = dc_age_passphrase_seal ((const guint8 *) text, strlen (text), passphrase,
                                   DC_AGE_DEFAULT_WORK_FACTOR, error);
  if (sealed == NULL)
    return FALSE;
  dc_key_files_add (files, folder, DC_KEY_SET_DESK, g_bytes_get_data (sealed, NULL),
                    g_bytes_get_size (sealed), FALSE);

  return TRUE;
}

gboolean
dc_key_set_add_minisign (DcKeyFiles     *files,
                         const char     *folder,
                         const char     *name,
                         DcMinisignKey  *key,
                         const char     *passphrase,
                         GError        **error)
{
  g_auto (DcSecretText) text = dc_minisign_key_to_text (key, passphrase, NULL, error);

  if (text == NULL)
    return FALSE;
  dc_key_files_add (files, folder, name, text, strlen (text), FALSE);

  return TRUE;
}

void
dc_key_set_add_public (DcKeyFiles    *files,
                       const char    *folder,
                       const char    *name,
                       DcMinisignKey *key)
{
  g_autofree char *text = dc_minisign_key_get_public_text (key, NULL);

  dc_key_files_add (files, folder, name, text, strlen (text), TRUE);
}

char *
dc_key_set_recipients (const char *desk,
                       const char *spare,
                       const char *date)
{
  return g_strdup_printf ("# Who can open the promises; made on %s.\n"
                          "# The desk key, in the office:\n%s\n"
                          "# The spare key, on paper:\n%s\n", date, desk, spare);
}

char *
dc_key_set_words (const char *desk,
                  const char *spare)
{
  g_autofree char *text = dc_key_set_recipients (desk, spare, "");
  g_autoptr (DcAgeRecipients) recipients = dc_age_recipients_parse (text, strlen (text), NULL);

  return dc_report_recipient_words (recipients);
}

char *
dc_key_set_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}
