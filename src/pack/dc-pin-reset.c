/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pin-reset.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-durable.h"
#include "dc-minisign.h"
#include "dc-pack-files.h"

#define HEAD "daily-cup-pins/1\n"
#define TABLET "tablet "
#define ID "id "

#define MAX_SIGNATURE (16 * 1024)

/* The list has one id a line. No tablet meets so many; where one does, the file
 * that was copied first must not come to be unknown again. */
#define MAX_USED 1000
#define USED_LINE (DC_ID_TEXT_SIZE)

G_DEFINE_QUARK (dc-pin-reset-error-quark, dc_pin_reset_error)

char *
dc_pin_reset_name (const guint8 tablet[static 32])
{
  char hex[DC_CRYPTO_HEX_SIZE];

  dc_crypto_to_hex (tablet, hex);

  return g_strdup_printf ("daily-cup-pins-%.8s", hex);
}

char *
dc_pin_reset_to_text (const DcPinReset *self)
{
  char hex[DC_CRYPTO_HEX_SIZE];
  char id[DC_ID_TEXT_SIZE];

  dc_crypto_to_hex (self->tablet, hex);
  dc_id_to_text (&self->id, id);

  return g_strdup_printf (HEAD TABLET "%s\n" ID "%s\n", hex, id);
}

/* 64 digits; which letters are taken is for the comparison with what would be
 * written. */
static gboolean
read_key (const char *hex,
          guint8      key[static 32])
{
  for (gsize i = 0; i < 32; i++) {
    int high = g_ascii_xdigit_value (hex[2 * i]);
    int low = g_ascii_xdigit_value (hex[2 * i + 1]);

    if (high < 0 || low < 0)
      return FALSE;
    key[i] = (guint8) (high << 4 | low);
  }

  return TRUE;
}

gboolean
dc_pin_reset_parse (DcPinReset  *self,
                    const char  *text,
                    gsize        length,
                    GError     **error)
{
  const gsize key = strlen (HEAD TABLET);
  const gsize id = key + 64 + strlen ("\n" ID);
  g_autofree char *expected = NULL;
  char id_text[DC_ID_TEXT_SIZE] = { 0 };
  DcPinReset read;

  if (length == id + USED_LINE && read_key (text + key, read.tablet)) {
    memcpy (id_text, text + id, DC_ID_TEXT_SIZE - 1);
    if (dc_id_from_text (id_text, &read.id))
      expected = dc_pin_reset_to_text (&read);
  }
  if (expected == NULL || memcmp (expected, text, length) != 0) {
    g_set_error_literal (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_DAMAGED,
                         "not a file for new PINs as the office writes it");
    return FALSE;
  }

  *self = read;

  return TRUE;
}

static GBytes *
read_file (int          dir,
           const char  *name,
           gsize        max,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  GBytes *bytes = dc_pack_read_file (dir, name, max, &local_error);

  /* A link or a folder of that name is as good as nothing. */
  if (bytes == NULL)
    g_set_error_literal (error, DC_PIN_RESET_ERROR,
                         g_error_matches (local_error, DC_PACK_ERROR, DC_PACK_ERROR_MISSING)
                         ? DC_PIN_RESET_ERROR_NONE : DC_PIN_RESET_ERROR_DAMAGED, local_error->message);

  return bytes;
}

static gboolean
verify (GBytes      *text,
        GBytes      *signature,
        const char  *pack_key,
        GError     **error)
{
  g_autofree char *key = g_strdup_printf ("untrusted comment: pack key\n%s\n", pack_key);
  g_autoptr (GError) local_error = NULL;

  if (dc_minisign_verify (key, strlen (key), g_bytes_get_data (signature, NULL), g_bytes_get_size (signature),
                          g_bytes_get_data (text, NULL), g_bytes_get_size (text), &local_error))
    return TRUE;

  g_set_error_literal (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_SIGNER, local_error->message);

  return FALSE;
}

/* No list: none was used. One that is not what was written: an error, or
 * whoever can spoil it could use a file twice. (transfer full) */
static char *
read_used (const char  *path,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  gsize size;

  text = dc_durable_read (path, MAX_USED * USED_LINE, &size, &local_error);
  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_strdup ("");
  if (text == NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  if (size % USED_LINE != 0 || strlen (text) != size) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: not the list that was written", path);
    return NULL;
  }

  return g_steal_pointer (&text);
}

static gboolean
is_unused (const DcPinReset  *self,
           const char        *list,
           GError           **error)
{
  char id[DC_ID_TEXT_SIZE];

  dc_id_to_text (&self->id, id);
  if (strstr (list, id) == NULL)
    return TRUE;

  g_set_error (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_USED, "%s was used on this tablet", id);

  return FALSE;
}

static gboolean
read_signed (DcPinReset  *self,
             int          dir,
             const char  *name,
             const char  *pack_key,
             GError     **error)
{
  g_autofree char *signature_name = g_strconcat (name, ".minisig", NULL);
  g_autoptr (GBytes) text = read_file (dir, name, DC_PIN_RESET_MAX_BYTES, error);
  g_autoptr (GBytes) signature = NULL;

  if (text == NULL || (signature = read_file (dir, signature_name, MAX_SIGNATURE, error)) == NULL)
    return FALSE;

  return verify (text, signature, pack_key, error)
         && dc_pin_reset_parse (self, g_bytes_get_data (text, NULL), g_bytes_get_size (text), error);
}

gboolean
dc_pin_reset_find (DcPinReset    *self,
                   const char    *folder,
                   const guint8   tablet[static 32],
                   const char    *pack_key,
                   const char    *used,
                   GError       **error)
{
  g_autofree char *name = dc_pin_reset_name (tablet);
  g_autofree char *list = NULL;
  DcPinReset found;
  int dir = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean good;

  if (dir < 0) {
    g_set_error (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_NONE, "%s: cannot be read", folder);
    return FALSE;
  }
  good = read_signed (&found, dir, name, pack_key, error);
  close (dir);
  if (!good)
    return FALSE;
  if (memcmp (found.tablet, tablet, sizeof found.tablet) != 0) {
    g_set_error (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_TABLET, "%s: for another tablet", name);
    return FALSE;
  }
  list = read_used (used, error);
  if (list == NULL || !is_unused (&found, list, error))
    return FALSE;

  *self = found;

  return TRUE;
}

gboolean
dc_pin_reset_use (const DcPinReset  *self,
                  const char        *used,
                  GError           **error)
{
  g_autofree char *list = read_used (used, error);
  g_autofree char *longer = NULL;
  char id[DC_ID_TEXT_SIZE];

  if (list == NULL || !is_unused (self, list, error))
    return FALSE;
  if (strlen (list) == MAX_USED * USED_LINE) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "%s: full", used);
    return FALSE;
  }

  dc_id_to_text (&self->id, id);
  longer = g_strconcat (list, id, "\n", NULL);

  return dc_durable_replace (used, longer, strlen (longer), error);
}
