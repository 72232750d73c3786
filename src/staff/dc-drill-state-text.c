/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drill-state-private.h"

#include <string.h>

#include "dc-crypto.h"

/* drill.ini as text: what is read is held against what would be written. */

#define VERSION 1
#define GROUP   "drill"

#define HEADING "# Written by Daily Cup; a change made by hand is refused.\n"

static gboolean
from_hex (const char *hex,
          guint8      bytes[static 32])
{
  if (strlen (hex) != 64 || strspn (hex, "0123456789abcdef") != 64)
    return FALSE;
  for (gsize i = 0; i < 32; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4
                         | g_ascii_xdigit_value (hex[2 * i + 1]));

  return TRUE;
}

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error_literal (error, DC_DRILL_ERROR, DC_DRILL_ERROR_DAMAGED, what);

  return FALSE;
}

static void
write_key (GString               *text,
           const char            *name,
           const DcDrillKeyState *key)
{
  g_string_append_printf (text, "\n[%s]\ngood=%s\nanswers=", name, key->good ? "true" : "false");
  for (guint i = 0; i < key->n_answers; i++) {
    char hex[65];

    dc_crypto_to_hex (key->answers[i], hex);
    g_string_append_printf (text, "%s%s", i > 0 ? ";" : "", hex);
  }
  g_string_append_c (text, '\n');
}

char *
dc_drill_content_to_text (DcDrillState         *self,
                          const DcDrillContent *content)
{
  GString *text = g_string_new (HEADING "[" GROUP "]\n");

  g_string_append_printf (text, "version=%d\ntablet=%s\nrecipients=%s\nlive=%s\nwrong=%u\n", VERSION,
                          self->tablet, self->recipients, content->live ? "true" : "false",
                          content->wrong);
  for (guint i = 0; i < self->n_keys; i++)
    write_key (text, self->names[i], &content->keys[i]);

  return g_string_free (text, FALSE);
}

char *
dc_drill_state_to_text (DcDrillState *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dc_drill_content_to_text (self, &self->content);
}

static gboolean
read_key (GKeyFile         *file,
          const char       *name,
          DcDrillKeyState  *key,
          GError          **error)
{
  g_autofree char *answers = g_key_file_get_value (file, name, "answers", NULL);
  g_auto (GStrv) hashes = g_strsplit (answers != NULL ? answers : "", ";", DC_DRILL_KEPT + 1);

  key->good = g_key_file_get_boolean (file, name, "good", NULL);
  for (char **hash = hashes; *hash != NULL; hash++) {
    if (key->n_answers == DC_DRILL_KEPT || !from_hex (*hash, key->answers[key->n_answers]))
      return refuse (error, "the answers are not as they were written");
    key->n_answers++;
  }

  return TRUE;
}

static gboolean
read_content (DcDrillState    *self,
              GKeyFile        *file,
              DcDrillContent  *content,
              GError         **error)
{
  int wrong = g_key_file_get_integer (file, GROUP, "wrong", NULL);

  if (wrong < 0 || wrong >= DC_DRILL_MAX_WRONG)
    return refuse (error, "the count of wrong answers is not as it was written");
  content->wrong = (guint) wrong;
  content->live = g_key_file_get_boolean (file, GROUP, "live", NULL);
  for (guint i = 0; i < self->n_keys; i++) {
    if (!read_key (file, self->names[i], &content->keys[i], error))
      return FALSE;
  }

  return TRUE;
}

/* Whether the file speaks of this tablet and these recipients. */
static gboolean
is_ours (DcDrillState *self,
         GKeyFile     *file)
{
  g_autofree char *tablet = g_key_file_get_value (file, GROUP, "tablet", NULL);
  g_autofree char *recipients = g_key_file_get_value (file, GROUP, "recipients", NULL);

  return g_strcmp0 (tablet, self->tablet) == 0 && g_strcmp0 (recipients, self->recipients) == 0;
}

/* The recipients' order in the pack is the one thing that may differ from what
 * was written: the digest does not depend on it. */
static gboolean
is_as_written (DcDrillState         *self,
               const DcDrillContent *content,
               const char           *text)
{
  g_autofree char *expected = dc_drill_content_to_text (self, content);
  g_auto (GStrv) found_parts = g_strsplit (text, "\n\n", -1);
  g_auto (GStrv) expected_parts = g_strsplit (expected, "\n\n", -1);
  guint n = g_strv_length (expected_parts);

  if (strlen (text) != strlen (expected) || g_strv_length (found_parts) != n)
    return FALSE;
  g_strchomp (found_parts[n - 1]);
  g_strchomp (expected_parts[n - 1]);
  for (guint i = 0; i < n; i++) {
    if (!g_strv_contains ((const char * const *) found_parts, expected_parts[i]))
      return FALSE;
  }

  return TRUE;
}

gboolean
dc_drill_state_parse (DcDrillState  *self,
                      const char    *text,
                      gsize          length,
                      GError       **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *copy = NULL;
  DcDrillContent content = { 0 };

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  self->content = content;
  if (memchr (text, '\0', length) != NULL
      || !g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_TRANSLATIONS, NULL)) {
    return refuse (error, "not a key file");
  }
  if (g_key_file_get_integer (file, GROUP, "version", NULL) != VERSION)
    return refuse (error, "not of version " G_STRINGIFY (VERSION));
  if (!is_ours (self, file))
    return TRUE;

  copy = g_strndup (text, length);
  if (!read_content (self, file, &content, error))
    return FALSE;
  if (!is_as_written (self, &content, copy))
    return refuse (error, "not as it was written");
  self->content = content;

  return TRUE;
}
