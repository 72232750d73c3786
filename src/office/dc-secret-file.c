/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-secret-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-age-armor.h"
#include "dc-age-passphrase.h"
#include "dc-crypto.h"
#include "dc-open-error.h"

static gboolean
fail (GError     **error,
      const char  *path,
      const char  *found)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               "%s: found “%s”, expected a file that can be read", path, found);

  return FALSE;
}

static gboolean
read_all (int    fd,
          char  *data,
          gsize  limit,
          gsize *size)
{
  *size = 0;
  while (*size < limit) {
    gssize n = TEMP_FAILURE_RETRY (read (fd, data + *size, limit - *size));

    if (n <= 0)
      return n == 0;
    *size += (gsize) n;
  }

  return TRUE;
}

char *
dc_secret_file_read (const char  *path,
                     gsize        limit,
                     gsize       *size,
                     GError     **error)
{
  /* O_NONBLOCK: to open a pipe that nobody writes to would wait for ever. */
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  struct stat info;
  char *data;

  *size = 0;
  if (fd < 0) {
    fail (error, path, g_strerror (errno));
    return NULL;
  }

  data = g_malloc0 (limit + 2);
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode)) {
    errno = EINVAL;
    fail (error, path, "folder or device");
    g_clear_pointer (&data, g_free);
  } else if (!read_all (fd, data, limit + 1, size)) {
    fail (error, path, g_strerror (errno));
    dc_crypto_wipe (data, limit + 2);
    g_clear_pointer (&data, g_free);
  } else if (*size > limit) {
    errno = EFBIG;
    fail (error, path, g_strerror (errno));
    dc_crypto_wipe (data, limit + 2);
    g_clear_pointer (&data, g_free);
  }
  close (fd);

  return data;
}

#define KEY_MAX_BYTES (64 * 1024)

static DcAgeIdentity *
parse_bytes (GBytes  *text,
             GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);

  return dc_age_identity_parse (data != NULL ? data : "", size, error);
}

static DcAgeIdentity *
open_with_passphrase (DcTerminal  *terminal,
                      const char  *data,
                      gsize        size,
                      GError     **error)
{
  g_auto (DcSecretText) passphrase = dc_terminal_passphrase (terminal, _("Passphrase of the desk key:"), error);
  g_autoptr (GBytes) text = NULL;

  if (passphrase != NULL)
    text = dc_age_passphrase_open ((const guint8 *) data, size, passphrase, error);

  return text != NULL ? parse_bytes (text, error) : NULL;
}

static DcAgeIdentity *
open_armored (DcTerminal  *terminal,
              const char  *data,
              gsize        size,
              GError     **error)
{
  g_autoptr (GBytes) file = dc_age_armor_decode (data, size, error);

  if (file == NULL)
    return NULL;

  return open_with_passphrase (terminal, g_bytes_get_data (file, NULL), g_bytes_get_size (file), error);
}

DcAgeIdentity *
dc_secret_file_identity (DcTerminal  *terminal,
                         const char  *path,
                         GError     **error)
{
  DcAgeIdentity *identity;
  gsize size;
  char *data = dc_secret_file_read (path, KEY_MAX_BYTES, &size, error);

  if (data == NULL)
    return NULL;

  if (g_str_has_prefix (data, "age-encryption.org/"))
    identity = open_with_passphrase (terminal, data, size, error);
  else if (dc_age_armor_is (data, size))
    identity = open_armored (terminal, data, size, error);
  else
    identity = dc_age_identity_parse (data, size, error);
  if (identity == NULL)
    g_prefix_error (error, "%s: ", path);
  dc_crypto_wipe (data, size);
  g_free (data);

  return identity;
}

DcAgeIdentity *
dc_secret_file_paper (DcTerminal  *terminal,
                      GError     **error)
{
  g_auto (DcSecretText) typed = NULL;

  typed = dc_terminal_ask (terminal,
                           _("The spare key from its paper, all groups on one line (it is not shown):"), FALSE, error);

  return typed != NULL ? dc_age_identity_parse (typed, strlen (typed), error) : NULL;
}

DcMinisignKey *
dc_secret_file_minisign (DcTerminal  *terminal,
                         const char  *path,
                         GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  DcMinisignKey *key;
  gsize size;
  char *data = dc_secret_file_read (path, KEY_MAX_BYTES, &size, error);

  if (data == NULL)
    return NULL;

  key = dc_minisign_key_parse (data, size, NULL, &local_error);
  if (g_error_matches (local_error, DC_OPEN_ERROR, DC_OPEN_ERROR_PASSPHRASE)) {
    g_autofree char *name = g_path_get_basename (path);
    /* Translators: %s is the name of a file, as pack.key */
    g_autofree char *prompt = g_strdup_printf (_("Passphrase of %s:"), name);
    g_auto (DcSecretText) passphrase = NULL;

    g_clear_error (&local_error);
    passphrase = dc_terminal_passphrase (terminal, prompt, &local_error);
    if (passphrase != NULL)
      key = dc_minisign_key_parse (data, size, passphrase, &local_error);
  }
  if (local_error != NULL)
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", path);
  dc_crypto_wipe (data, size);
  g_free (data);

  return key;
}
