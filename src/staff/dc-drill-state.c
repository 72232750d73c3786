/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drill-state.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-durable.h"
#include "dc-wordlist.h"

#define VERSION   1
#define GROUP     "drill"
#define MAX_BYTES (16 * 1024)

#define HEADING "# Written by Daily Cup; a change made by hand is refused.\n"

/* The words of an answer; as many as dc-drill.h says. */
#define N_WORDS 4
/* So that a hash in the file is of an answer and nothing else. */
#define CONTEXT "daily-cup/drill-answer/1\n"

typedef struct
{
  gboolean good;
  guint    n_answers;                   /* the latest first */
  guint8   answers[DC_DRILL_KEPT][32];
} Key;

/* What is in the file besides whose it is. */
typedef struct
{
  gboolean live;
  guint    wrong;                       /* answers since the last drill was written */
  Key      keys[DC_AGE_MAX_RECIPIENTS];
} Content;

struct _DcDrillState
{
  char    *path;
  char     tablet[65];
  char     recipients[65];
  char   **names;                       /* "age1…": a group each */
  guint    n_keys;
  Content  content;
};

G_DEFINE_QUARK (dc-drill-error-quark, dc_drill_error)

static void
to_hex (const guint8 bytes[static 32],
        char         hex[static 65])
{
  for (gsize i = 0; i < 32; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", bytes[i]);
}

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

DcDrillState *
dc_drill_state_new (const char      *path,
                    const guint8     tablet[static 32],
                    DcAgeRecipients *recipients)
{
  DcDrillState *self;
  guint8 digest[32];

  g_return_val_if_fail (path != NULL && recipients != NULL, NULL);

  self = g_new0 (DcDrillState, 1);
  self->path = g_strdup (path);
  to_hex (tablet, self->tablet);
  dc_age_recipients_digest (recipients, digest);
  to_hex (digest, self->recipients);
  self->n_keys = dc_age_recipients_count (recipients);
  self->names = g_new0 (char *, self->n_keys + 1);
  for (guint i = 0; i < self->n_keys; i++)
    self->names[i] = dc_age_recipients_get_text (recipients, i);

  return self;
}

void
dc_drill_state_free (DcDrillState *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->names, g_strfreev);
  g_free (self);
}

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error_literal (error, DC_DRILL_ERROR, DC_DRILL_ERROR_DAMAGED, what);

  return FALSE;
}

static void
write_key (GString    *text,
           const char *name,
           const Key  *key)
{
  g_string_append_printf (text, "\n[%s]\ngood=%s\nanswers=", name, key->good ? "true" : "false");
  for (guint i = 0; i < key->n_answers; i++) {
    char hex[65];

    to_hex (key->answers[i], hex);
    g_string_append_printf (text, "%s%s", i > 0 ? ";" : "", hex);
  }
  g_string_append_c (text, '\n');
}

static char *
content_to_text (DcDrillState  *self,
                 const Content *content)
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

  return content_to_text (self, &self->content);
}

static gboolean
read_key (GKeyFile    *file,
          const char  *name,
          Key         *key,
          GError     **error)
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
read_content (DcDrillState  *self,
              GKeyFile      *file,
              Content       *content,
              GError       **error)
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
is_as_written (DcDrillState  *self,
               const Content *content,
               const char    *text)
{
  g_autofree char *expected = content_to_text (self, content);
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
  Content content = { 0 };

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

gboolean
dc_drill_state_load (DcDrillState  *self,
                     GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  gsize size;

  g_return_val_if_fail (self != NULL, FALSE);

  memset (&self->content, 0, sizeof self->content);
  text = dc_durable_read (self->path, MAX_BYTES, &size, &local_error);
  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  if (text != NULL && dc_drill_state_parse (self, text, size, &local_error))
    return TRUE;

  if (text != NULL)
    g_prefix_error (&local_error, "%s: ", self->path);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* The file first, then what is remembered. */
static gboolean
commit (DcDrillState   *self,
        const Content  *content,
        GError        **error)
{
  g_autofree char *text = content_to_text (self, content);

  if (!dc_durable_replace (self->path, text, strlen (text), error))
    return FALSE;
  self->content = *content;

  return TRUE;
}

guint
dc_drill_state_get_n_keys (DcDrillState *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_keys;
}

DcDrillKey
dc_drill_state_get_key (DcDrillState *self,
                        guint         key)
{
  g_return_val_if_fail (self != NULL && key < self->n_keys, DC_DRILL_KEY_UNTRIED);

  if (self->content.keys[key].good)
    return DC_DRILL_KEY_GOOD;

  return self->content.keys[key].n_answers > 0 ? DC_DRILL_KEY_AWAITED : DC_DRILL_KEY_UNTRIED;
}

guint
dc_drill_state_get_tries (DcDrillState *self)
{
  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->n_keys; i++) {
    if (self->content.keys[i].n_answers > 0)
      return DC_DRILL_MAX_WRONG - self->content.wrong;
  }

  return 0;
}

gboolean
dc_drill_state_is_proven (DcDrillState *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->n_keys; i++) {
    if (!self->content.keys[i].good)
      return FALSE;
  }

  return TRUE;
}

gboolean
dc_drill_state_is_live (DcDrillState *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->content.live && dc_drill_state_is_proven (self);
}

static void
hash_answer (const char *words,
             guint8      hash[static 32])
{
  g_autofree char *message = g_strconcat (CONTEXT, words, NULL);

  dc_crypto_sha256 (message, strlen (message), hash);
  dc_crypto_wipe (message, strlen (message));
}

gboolean
dc_drill_state_expect (DcDrillState         *self,
                       const char * const   *answers,
                       GError              **error)
{
  Content content;

  g_return_val_if_fail (self != NULL && answers != NULL, FALSE);
  g_return_val_if_fail (g_strv_length ((char **) answers) == self->n_keys, FALSE);

  content = self->content;
  content.wrong = 0;
  for (guint i = 0; i < self->n_keys; i++) {
    Key *key = &content.keys[i];

    memmove (key->answers[1], key->answers[0], sizeof key->answers - sizeof key->answers[0]);
    hash_answer (answers[i], key->answers[0]);
    key->n_answers = MIN (key->n_answers + 1, DC_DRILL_KEPT);
  }

  return commit (self, &content, error);
}

static gboolean
find_answer (DcDrillState *self,
             const guint8  hash[static 32],
             guint        *key)
{
  for (guint i = 0; i < self->n_keys; i++) {
    for (guint j = 0; j < self->content.keys[i].n_answers; j++) {
      if (memcmp (self->content.keys[i].answers[j], hash, 32) == 0) {
        *key = i;
        return TRUE;
      }
    }
  }

  return FALSE;
}

/* Counted before it is said. After too many nothing is awaited any more. */
static gboolean
count_wrong (DcDrillState  *self,
             GError       **error)
{
  Content content = self->content;

  if (++content.wrong == DC_DRILL_MAX_WRONG) {
    content.wrong = 0;
    for (guint i = 0; i < self->n_keys; i++)
      content.keys[i].n_answers = 0;
  }
  if (!commit (self, &content, error))
    return FALSE;

  g_set_error (error, DC_DRILL_ERROR, DC_DRILL_ERROR_WRONG, "the answer to none of the records");

  return FALSE;
}

gboolean
dc_drill_state_answer (DcDrillState  *self,
                       const char    *words,
                       guint         *key,
                       GError       **error)
{
  g_autofree char *answer = NULL;
  Content content;
  guint8 hash[32];

  g_return_val_if_fail (self != NULL && words != NULL && key != NULL, FALSE);

  if (dc_drill_state_get_tries (self) == 0) {
    g_set_error (error, DC_DRILL_ERROR, DC_DRILL_ERROR_NONE, "no answer is awaited");
    return FALSE;
  }
  answer = dc_wordlist_read (words, N_WORDS, error);
  if (answer == NULL)
    return FALSE;
  hash_answer (answer, hash);
  if (!find_answer (self, hash, key))
    return count_wrong (self, error);

  content = self->content;
  content.keys[*key].good = TRUE;

  return commit (self, &content, error);
}

gboolean
dc_drill_state_set_live (DcDrillState  *self,
                         gboolean       live,
                         GError       **error)
{
  Content content;

  g_return_val_if_fail (self != NULL, FALSE);

  if (live && !dc_drill_state_is_proven (self)) {
    g_set_error (error, DC_DRILL_ERROR, DC_DRILL_ERROR_UNPROVEN, "a key has not been tried");
    return FALSE;
  }
  content = self->content;
  content.live = live;

  return commit (self, &content, error);
}
