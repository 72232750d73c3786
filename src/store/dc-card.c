/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-card.h"

#include "dc-crypto.h"
#include "dc-durable.h"
#include "dc-store-error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void
dc_card_set_errno (GError     **error,
                   int          number,
                   const char  *what,
                   const char  *path)
{
  DcStoreError code = DC_STORE_ERROR_IO;

  if (number == ENOSPC || number == EDQUOT)
    code = DC_STORE_ERROR_FULL;
  else if (number == EROFS || number == EACCES || number == EPERM)
    code = DC_STORE_ERROR_READ_ONLY;
  else if (number == ENOENT || number == ENOTDIR || number == ENODEV || number == ENXIO)
    code = DC_STORE_ERROR_NO_CARD;

  g_set_error (error, DC_STORE_ERROR, code,
               "could not %s %s: %s", what, path, g_strerror (number));
}

/* A folder is a mount point where its parent lies on another file system. */
static gboolean
check_mounted (const char  *folder,
               const char  *state_directory,
               GError     **error)
{
  g_autofree char *parent = g_build_filename (folder, "..", NULL);
  struct stat here, above, state;

  if (stat (folder, &here) != 0 || stat (parent, &above) != 0) {
    dc_card_set_errno (error, errno, "find", folder);
    return FALSE;
  }
  if (stat (state_directory, &state) != 0) {
    dc_store_error_set_errno (error, errno, "find", state_directory);
    return FALSE;
  }
  if (here.st_dev != above.st_dev && here.st_dev != state.st_dev)
    return TRUE;

  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NO_CARD, "no card is mounted at %s", folder);

  return FALSE;
}

/* Not dc_durable_read (): a card's file system has no owners and modes that
 * could be put right. */
static gssize
read_mark (const char *path,
           char        text[static DC_CARD_MARK_MAX_BYTES])
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  gssize size = -1;
  int number;

  if (fd < 0)
    return -1;

  size = read (fd, text, DC_CARD_MARK_MAX_BYTES);
  number = errno;
  close (fd);
  errno = number;

  return size;
}

gboolean
dc_card_parse_mark (const char  *path,
                    const char  *text,
                    gsize        size,
                    DcId        *card,
                    GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *id = NULL;

  if (size < DC_CARD_MARK_MAX_BYTES
      && g_key_file_load_from_data (file, text, size, G_KEY_FILE_NONE, NULL))
    id = g_key_file_get_string (file, "Card", "Id", NULL);
  if (id != NULL && dc_id_from_text (id, card))
    return TRUE;

  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NO_CARD,
               "%s: [Card]: Id is not 32 hexadecimal digits", path);

  return FALSE;
}

static int
number_of (const GError *error)
{
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return ENOSPC;
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ROFS)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PERM))
    return EROFS;

  return EIO;
}

static gboolean
write_mark (const char  *path,
            const char  *parent,
            const DcId  *card,
            GError     **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  char id[DC_ID_TEXT_SIZE];

  if (mkdir (parent, 0700) != 0 && errno != EEXIST) {
    dc_card_set_errno (error, errno, "make", parent);
    return FALSE;
  }

  dc_id_to_text (card, id);
  text = g_strdup_printf ("[Card]\nId=%s\n", id);
  if (dc_durable_replace (path, text, strlen (text), &problem))
    return TRUE;

  dc_card_set_errno (error, number_of (problem), "write", path);

  return FALSE;
}

static char *
get_mark_path (const char *folder)
{
  return g_build_filename (folder, DC_CARD_FOLDER, "card.ini", NULL);
}

gboolean
dc_card_mark (const char  *folder,
              const char  *state_directory,
              DcId        *card,
              GError     **error)
{
  g_autofree char *path = get_mark_path (folder);
  g_autofree char *parent = g_path_get_dirname (path);
  char text[DC_CARD_MARK_MAX_BYTES];
  gssize size;

  if (!check_mounted (folder, state_directory, error))
    return FALSE;

  size = read_mark (path, text);
  if (size >= 0 && dc_card_parse_mark (path, text, (gsize) size, card, NULL))
    return TRUE;

  dc_crypto_random (card->bytes, sizeof card->bytes);

  return write_mark (path, parent, card, error);
}

gboolean
dc_card_check (const char  *folder,
               const char  *state_directory,
               const DcId  *card,
               GError     **error)
{
  g_autofree char *path = get_mark_path (folder);
  char text[DC_CARD_MARK_MAX_BYTES];
  gssize size;
  DcId found;

  if (!check_mounted (folder, state_directory, error))
    return FALSE;

  size = read_mark (path, text);
  if (size < 0) {
    dc_card_set_errno (error, errno, "read", path);
    return FALSE;
  }
  if (!dc_card_parse_mark (path, text, (gsize) size, &found, error))
    return FALSE;
  if (dc_id_equal (&found, card))
    return TRUE;

  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NO_CARD, "another card is at %s", folder);

  return FALSE;
}
