/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destination-setup.h"

#include <string.h>

#include "dc-campaign-keys.h"
#include "dc-destination-values.h"
#include "dc-enum.h"

#define GROUP "Destination"

#define FOLDER     (1 << DC_DESTINATION_FOLDER)
#define WEBDAV     (1 << DC_DESTINATION_WEBDAV)
#define POSTGRESQL (1 << DC_DESTINATION_POSTGRESQL)
#define ANY        (FOLDER | WEBDAV | POSTGRESQL)

G_DEFINE_QUARK (dc-destination-setup-error-quark, dc_destination_setup_error)

static const char * const kinds[] = {
  [DC_DESTINATION_FOLDER] = "folder",
  [DC_DESTINATION_WEBDAV] = "webdav",
  [DC_DESTINATION_POSTGRESQL] = "postgresql",
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == DC_N_DESTINATION_KINDS);

/* Every key there is, and which kinds of destination have it, or must. */
static const struct
{
  const char *name;
  guint       may;
  guint       must;
  gboolean  (*good) (const char *value);
  const char *expected;
} keys[] = {
  { "Kind", ANY, ANY, dc_is_destination_kind, "“folder”, “webdav” or “postgresql”" },
  { "Name", ANY, 0, dc_is_destination_name, "1 to 60 characters" },
  { "Path", FOLDER, 0, dc_is_destination_path,
    "an absolute path of at most 512 bytes, without “.” and “..” in it" },
  { "Address", WEBDAV, WEBDAV, dc_is_destination_address,
    "https://…/ of at most 400 characters, that ends with a slash, without user, query or fragment" },
  { "Host", POSTGRESQL, POSTGRESQL, dc_is_destination_hosts, "1 to 8 names of hosts, a;b, none twice" },
  { "Port", POSTGRESQL, 0, dc_is_destination_port, "a number from 1 to 65535" },
  { "Database", POSTGRESQL, POSTGRESQL, dc_is_destination_database, "1 to 63 of a-z 0-9 _ -" },
  { "Authority", WEBDAV | POSTGRESQL, 0, dc_is_destination_authority,
    "a file of the pack, NAME.pem, 1 to 64 of a-z 0-9 . _ -" },
};

const char *
dc_destination_kind_to_string (DcDestinationKind kind)
{
  return dc_enum_word (kinds, G_N_ELEMENTS (kinds), kind);
}

gboolean
dc_is_destination_kind (const char *value)
{
  guint kind;

  return dc_enum_find (kinds, G_N_ELEMENTS (kinds), value, &kind);
}

static gboolean
refuse (GError                  **error,
        DcDestinationSetupError   code,
        const char               *key,
        const char               *found,
        const char               *expected)
{
  g_autofree char *shown_key = key != NULL ? dc_keys_quote (key) : NULL;
  g_autofree char *place = key != NULL ? g_strconcat ("[" GROUP "] ", shown_key, ": ", NULL) : g_strdup ("");
  g_autofree char *quoted = found != NULL ? dc_keys_quote (found) : NULL;
  g_autofree char *shown = found != NULL ? g_strconcat ("“", quoted, "”", NULL) : g_strdup ("nothing");

  g_set_error (error, DC_DESTINATION_SETUP_ERROR, code,
               DC_DESTINATION_SETUP_FILE ": %sfound %s, expected %s", place, shown, expected);

  return FALSE;
}

/* GKeyFile would merge a group that comes twice. */
static gboolean
check_groups (const char  *text,
              GError     **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_groups = 0;

  for (gsize i = 0; lines[i] != NULL; i++) {
    const char *line = g_strstrip (lines[i]);

    if (line[0] == '[' && n_groups++ > 0)
      return refuse (error, DC_DESTINATION_SETUP_ERROR_SYNTAX, NULL, line, "[" GROUP "] alone, and once");
  }

  return TRUE;
}

static gboolean
load (GKeyFile    *file,
      const char  *text,
      gsize        length,
      GError     **error)
{
  static const char mark[] = "\xef\xbb\xbf";   /* Windows editors write it */
  g_autofree char *all = g_strndup (text, MIN (length, DC_DESTINATION_SETUP_MAX_BYTES));
  const char *copy = g_str_has_prefix (all, mark) ? all + strlen (mark) : all;
  g_autofree char *expected = g_strdup_printf ("at most %d bytes", DC_DESTINATION_SETUP_MAX_BYTES);
  g_autoptr (GError) local_error = NULL;

  if (length > DC_DESTINATION_SETUP_MAX_BYTES)
    return refuse (error, DC_DESTINATION_SETUP_ERROR_SYNTAX, NULL, "more", expected);
  if (strlen (all) != length)
    return refuse (error, DC_DESTINATION_SETUP_ERROR_SYNTAX, NULL, "a NUL", "text");
  if (!g_utf8_validate (copy, -1, NULL))
    return refuse (error, DC_DESTINATION_SETUP_ERROR_SYNTAX, NULL, "other bytes", "UTF-8");
  if (!check_groups (copy, error))
    return FALSE;
  /* Without it a key with a language would be dropped, not refused. */
  if (!g_key_file_load_from_data (file, copy, strlen (copy), G_KEY_FILE_KEEP_TRANSLATIONS, &local_error))
    return refuse (error, DC_DESTINATION_SETUP_ERROR_SYNTAX, NULL, local_error->message, "a key file");
  if (!g_key_file_has_group (file, GROUP))
    return refuse (error, DC_DESTINATION_SETUP_ERROR_SYNTAX, NULL, NULL, "[" GROUP "]");

  return TRUE;
}

static gboolean
is_known (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (strcmp (keys[i].name, name) == 0)
      return TRUE;
  }

  return FALSE;
}

/* What this version does not know could be what a later one relies on. */
static gboolean
check_names (GKeyFile  *file,
             GError   **error)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, GROUP, NULL, NULL);

  for (char **name = names; *name != NULL; name++) {
    if (!is_known (*name))
      return refuse (error, DC_DESTINATION_SETUP_ERROR_KEY, *name, *name, "a key of this format");
    /* It lists a key as often as it stands there, and reads the last. */
    if (g_strv_contains ((const char * const *) name + 1, *name))
      return refuse (error, DC_DESTINATION_SETUP_ERROR_SYNTAX, *name, "it twice", "each key once");
  }

  return TRUE;
}

static gboolean
is_clean (const char *value)
{
  gsize length = strlen (value);

  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p)) {
    if (!dc_campaign_char_good (g_utf8_get_char (p)))
      return FALSE;
  }

  return length == 0 || (value[0] != ' ' && value[length - 1] != ' ');
}

/* Each key that is there, by the kind that the file says it is. */
static gboolean
check_values (GKeyFile           *file,
              DcDestinationKind   kind,
              GError            **error)
{
  g_autofree char *not_here = g_strdup_printf ("no such key where Kind=%s", kinds[kind]);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *value = g_key_file_get_value (file, GROUP, keys[i].name, NULL);

    if (value == NULL && (keys[i].must & (1 << kind)) != 0)
      return refuse (error, DC_DESTINATION_SETUP_ERROR_KEY, keys[i].name, NULL, keys[i].expected);
    if (value == NULL)
      continue;
    if ((keys[i].may & (1 << kind)) == 0)
      return refuse (error, DC_DESTINATION_SETUP_ERROR_KEY, keys[i].name, value, not_here);
    if (!is_clean (value) || !keys[i].good (value))
      return refuse (error, DC_DESTINATION_SETUP_ERROR_VALUE, keys[i].name, value, keys[i].expected);
  }

  return TRUE;
}

/* Its value decides what the others may be. */
static gboolean
read_kind (GKeyFile           *file,
           DcDestinationKind  *kind,
           GError            **error)
{
  g_autofree char *value = g_key_file_get_value (file, GROUP, "Kind", NULL);
  guint found;

  if (value == NULL)
    return refuse (error, DC_DESTINATION_SETUP_ERROR_KEY, "Kind", NULL, keys[0].expected);
  if (!dc_enum_find (kinds, G_N_ELEMENTS (kinds), value, &found))
    return refuse (error, DC_DESTINATION_SETUP_ERROR_VALUE, "Kind", value, keys[0].expected);
  *kind = found;

  return TRUE;
}

static void
take_values (DcDestinationSetup *self,
             GKeyFile           *file,
             DcDestinationKind   kind)
{
  g_autofree char *hosts = g_key_file_get_value (file, GROUP, "Host", NULL);
  g_autofree char *port = g_key_file_get_value (file, GROUP, "Port", NULL);

  self->kind = kind;
  self->name = g_key_file_get_value (file, GROUP, "Name", NULL);
  self->path = g_key_file_get_value (file, GROUP, "Path", NULL);
  self->address = g_key_file_get_value (file, GROUP, "Address", NULL);
  self->hosts = hosts != NULL ? g_strsplit (hosts, ";", -1) : NULL;
  self->database = g_key_file_get_value (file, GROUP, "Database", NULL);
  self->authority = g_key_file_get_value (file, GROUP, "Authority", NULL);
  if (kind == DC_DESTINATION_POSTGRESQL)
    self->port = port != NULL ? (guint) g_ascii_strtoull (port, NULL, 10) : DC_POSTGRESQL_PORT;
}

gboolean
dc_destination_setup_parse (DcDestinationSetup  *self,
                            const char          *text,
                            gsize                length,
                            GError             **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  DcDestinationKind kind = DC_DESTINATION_FOLDER;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  if (!load (file, text, length, error)
      || !check_names (file, error)
      || !read_kind (file, &kind, error)
      || !check_values (file, kind, error)) {
    return FALSE;
  }
  take_values (self, file, kind);

  return TRUE;
}

void
dc_destination_setup_clear (DcDestinationSetup *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->hosts, g_strfreev);
  g_clear_pointer (&self->database, g_free);
  g_clear_pointer (&self->authority, g_free);
  *self = (DcDestinationSetup) { 0 };
}
