/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-crypto.h"
#include "dc-durable.h"
#include "dc-pack-signing.h"
#include "dc-pin-reset.h"
#include "dc-secret-file.h"
#include "dc-tablets.h"

/* Fewer digits of a key than its files' names have are a slip. */
#define MIN_DIGITS 8

static gboolean
is_meant (DcTablets    *tablets,
          const guint8  tablet[static 32],
          const char   *which)
{
  g_autofree char *name = dc_tablets_get_name (tablets, tablet);
  char hex[DC_CRYPTO_HEX_SIZE];

  dc_crypto_to_hex (tablet, hex);

  return g_strcmp0 (name, which) == 0 || (strlen (which) >= MIN_DIGITS && g_str_has_prefix (hex, which));
}

/* The one enrolled tablet of that name, or whose key begins so. */
static gboolean
find_tablet (const char  *folder,
             const char  *which,
             guint8       tablet[static 32],
             GError     **error)
{
  g_autoptr (DcTablets) tablets = dc_tablets_load (folder, error);
  g_autoptr (GArray) keys = NULL;
  guint n_found = 0;

  if (tablets == NULL)
    return FALSE;
  keys = dc_tablets_list (tablets);
  for (guint i = 0; i < keys->len; i++) {
    const guint8 *key = (const guint8 *) keys->data + (gsize) i * 32;

    if (is_meant (tablets, key, which)) {
      memcpy (tablet, key, 32);
      n_found++;
    }
  }
  if (n_found == 1)
    return TRUE;

  if (n_found == 0)
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED,
                 /* Translators: %s is what was typed: a tablet’s name, or the first digits of its key */
                 _("No tablet “%s” is enrolled here. Type its name, or the eight digits that it shows on the PIN page."),
                 which);
  else
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED,
                 /* Translators: %s is a tablet’s name, as it was typed */
                 _("More than one tablet is called “%s”. Type the eight digits that it shows on the PIN page."), which);

  return FALSE;
}

static gboolean
write_files (const DcPinReset  *reset,
             DcMinisignKey     *key,
             const char        *folder,
             GError           **error)
{
  g_autofree char *name = dc_pin_reset_name (reset->tablet);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *signature_path = g_strconcat (path, ".minisig", NULL);
  g_autofree char *text = dc_pin_reset_to_text (reset);
  g_autofree char *signature = dc_minisign_key_sign (key, (const guint8 *) text, strlen (text), name, NULL, error);

  if (signature == NULL
      || !dc_durable_hand_over (signature_path, signature, strlen (signature), error)
      || !dc_durable_hand_over (path, text, strlen (text), error))
    return FALSE;

  /* Translators: %1$s and %2$s are names of files */
  g_print (_("Written: %1$s and %2$s."), path, signature_path);
  g_print ("\n%s\n", _("Put the stick into the tablet, hold the emblem, and press “PIN forgotten”. It works once. "
                       "Whoever has this stick can choose the PINs of that tablet: keep it as you would keep them."));

  return TRUE;
}

/* The pack key, which is the one that the tablets know. */
static DcMinisignKey *
obtain_key (DcOffice    *office,
            const char  *pack_path,
            const char  *key_path,
            GError     **error)
{
  g_autoptr (DcPack) pack = dc_pack_load (pack_path, error);
  g_autoptr (DcMinisignKey) key = NULL;

  if (pack == NULL
      || (key = dc_secret_file_minisign (office->terminal, key_path, error)) == NULL
      || !dc_pack_signing_check_key (pack, key, error))
    return NULL;

  return g_steal_pointer (&key);
}

static int
run (DcOffice   *office,
     const char *pack_path,
     const char *key_path,
     const char *which,
     const char *folder)
{
  g_autoptr (DcMinisignKey) key = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  DcPinReset reset;

  if (!find_tablet (office->folder, which, reset.tablet, &error))
    return dc_office_fail (office, error);
  words = dc_tablets_words (reset.tablet);
  /* Translators: %s are eight English words that stand for a tablet */
  g_print (_("The tablet in words: %s"), words);
  g_print ("\n");
  key = obtain_key (office, pack_path, key_path, &error);
  if (key == NULL)
    return dc_office_fail (office, error);
  dc_crypto_random (&reset.id, sizeof reset.id);

  return write_files (&reset, key, folder, &error) ? DC_EXIT_OK : dc_office_fail (office, error);
}

int
dc_pins_command_run (DcOffice  *office,
                     int        argc,
                     char     **argv)
{
  g_autofree char *pack = NULL;
  g_autofree char *key = NULL;
  g_autofree char *tablet = NULL;
  const GOptionEntry entries[] = {
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &pack, N_("The appeal that the tablet has"), "PACK" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &key, N_("The secret pack key"), N_("FILE") },
    { "tablet", 0, 0, G_OPTION_ARG_STRING, &tablet, N_("Its name, or the digits that it shows"), "NAME" },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 1, 1, &argc, &argv))
    return DC_EXIT_USAGE;
  if (pack == NULL)
    return dc_office_refuse (office, _("--pack is missing."));
  if (key == NULL)
    return dc_office_refuse (office, _("--key is missing."));
  if (tablet == NULL)
    return dc_office_refuse (office, _("--tablet is missing."));
  if (!g_file_test (argv[1], G_FILE_TEST_IS_DIR))
    return dc_office_refuse (office, _("The last word must be a folder, such as that of a USB stick."));

  return run (office, pack, key, tablet, argv[1]);
}
