/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-credential-store.h"

#include <string.h>
#include <sys/stat.h>

#include "dc-crypto.h"
#include "dc-durable.h"
#include "dc-exchange.h"

#define GROUP "Credential"

static const char * const keys[] = { "Address", "User", "Password", NULL };

char *
dc_credential_address (const DcDestinationSetup *setup)
{
  g_autofree char *hosts = NULL;

  if (setup->kind == DC_DESTINATION_WEBDAV)
    return g_strdup (setup->address);
  if (setup->kind != DC_DESTINATION_POSTGRESQL)
    return NULL;
  hosts = g_strjoinv (",", setup->hosts);

  return g_strdup_printf ("postgresql://%s:%u/%s", hosts, setup->port, setup->database);
}

static void
G_GNUC_PRINTF (3, 4)
refuse (GError     **error,
        const char  *where,
        const char  *format,
        ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_SETUP, "%s: %s", where, what);
}

/* GKeyFile's own messages repeat what they found, which may be a password. */
static gboolean
has_only_what_belongs (GKeyFile    *file,
                       const char  *where,
                       GError     **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_auto (GStrv) found = g_key_file_get_keys (file, GROUP, NULL, NULL);

  if (found == NULL || groups[1] != NULL) {
    refuse (error, where, "expected the group [" GROUP "] and no other");
    return FALSE;
  }
  for (gsize i = 0; found[i] != NULL; i++) {
    if (!g_strv_contains (keys, found[i])) {
      refuse (error, where, "[" GROUP "]: expected the keys Address, User and Password, and no other");
      return FALSE;
    }
  }

  return TRUE;
}

/* Without control characters: a line feed in a name could become a line of a
 * request. */
static gboolean
is_plain (const char *text,
          gsize       max)
{
  if (*text == '\0' || strlen (text) > max || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  }

  return TRUE;
}

static gboolean
get (GKeyFile    *file,
     const char  *where,
     const char  *key,
     gsize        max,
     gboolean     optional,
     char       **value,
     GError     **error)
{
  if (optional && !g_key_file_has_key (file, GROUP, key, NULL))
    return TRUE;
  *value = g_key_file_get_string (file, GROUP, key, NULL);
  if (*value != NULL && is_plain (*value, max))
    return TRUE;
  refuse (error, where, "[" GROUP "] %s: expected 1 to %" G_GSIZE_FORMAT
          " bytes of text on one line, a backslash written twice", key, max);

  return FALSE;
}

gboolean
dc_credential_parse (const char    *where,
                     const char    *text,
                     gsize          length,
                     char         **address,
                     DcCredential  *credential,
                     GError       **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (DcCredential) found = { NULL };
  g_autofree char *whose = NULL;

  if (length == 0 || length > DC_CREDENTIAL_MAX_FILE
      || !g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, NULL)) {
    refuse (error, where, "expected a key file of at most %d bytes", DC_CREDENTIAL_MAX_FILE);
    return FALSE;
  }
  if (!has_only_what_belongs (file, where, error)
      || !get (file, where, "Address", DC_EXCHANGE_MAX_PATH, FALSE, &whose, error)
      || !get (file, where, "User", DC_EXCHANGE_MAX_USER, TRUE, &found.user, error)
      || !get (file, where, "Password", DC_EXCHANGE_MAX_PASSWORD, FALSE, &found.password, error))
    return FALSE;

  *address = g_steal_pointer (&whose);
  credential->user = g_steal_pointer (&found.user);
  credential->password = g_steal_pointer (&found.password);

  return TRUE;
}

static gboolean
parse_for (const char    *where,
           const char    *text,
           gsize          length,
           const char    *address,
           DcCredential  *credential,
           GError       **error)
{
  g_auto (DcCredential) found = { NULL };
  g_autofree char *whose = NULL;

  if (!dc_credential_parse (where, text, length, &whose, &found, error))
    return FALSE;
  if (!g_str_equal (whose, address)) {
    refuse (error, where, "[" GROUP "] Address: found “%s”, expected “%s”", whose, address);
    return FALSE;
  }
  credential->user = g_steal_pointer (&found.user);
  credential->password = g_steal_pointer (&found.password);

  return TRUE;
}

gboolean
dc_credential_read_stick (const char    *path,
                          const char    *address,
                          DcCredential  *credential,
                          GError       **error)
{
  g_autoptr (GError) reading = NULL;
  char *text;
  gsize size;
  gboolean ok;

  text = dc_durable_read (path, DC_CREDENTIAL_MAX_FILE, &size, &reading);
  if (text == NULL) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_SETUP, reading->message);
    return FALSE;
  }
  ok = parse_for (path, text, size, address, credential, error);
  dc_crypto_wipe (text, size);
  g_free (text);

  return ok;
}

/* An address may be long and have slashes in it. */
static char *
path_for (const char *directory,
          const char *address)
{
  char hex[DC_CRYPTO_HEX_SIZE];
  g_autofree char *name = NULL;
  guint8 digest[32];

  dc_crypto_sha256 (address, strlen (address), digest);
  dc_crypto_to_hex (digest, hex);
  name = g_strdup_printf ("credential-%.16s.ini", hex);

  return g_build_filename (directory, name, NULL);
}

gboolean
dc_credential_load (const char    *directory,
                    const char    *address,
                    DcCredential  *credential,
                    GError       **error)
{
  g_autofree char *path = path_for (directory, address);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  return dc_credential_read_stick (path, address, credential, error);
}

gboolean
dc_credential_save (const char          *directory,
                    const char          *address,
                    const DcCredential  *credential,
                    GError             **error)
{
  g_autofree char *path = path_for (directory, address);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) writing = NULL;
  g_auto (DcCredential) again = { NULL };
  char *text;
  gsize size;
  gboolean ok;

  g_key_file_set_string (file, GROUP, "Address", address);
  if (credential->user != NULL)
    g_key_file_set_string (file, GROUP, "User", credential->user);
  g_key_file_set_string (file, GROUP, "Password", credential->password);
  text = g_key_file_to_data (file, &size, NULL);

  /* What would not come back as it is, is refused now. */
  ok = parse_for (path, text, size, address, &again, error)
       && dc_durable_replace (path, text, size, &writing);
  if (writing != NULL)
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_SETUP, writing->message);
  dc_crypto_wipe (text, size);
  g_free (text);

  return ok;
}
