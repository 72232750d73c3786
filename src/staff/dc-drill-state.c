/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drill-state-private.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-durable.h"
#include "dc-wordlist.h"

#define MAX_BYTES (16 * 1024)

/* The words of an answer; as many as dc-drill.h says. */
#define N_WORDS 4
/* So that a hash in the file is of an answer and nothing else. */
#define CONTEXT "daily-cup/drill-answer/1\n"

G_DEFINE_QUARK (dc-drill-error-quark, dc_drill_error)

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
  dc_crypto_to_hex (tablet, self->tablet);
  dc_age_recipients_digest (recipients, digest);
  dc_crypto_to_hex (digest, self->recipients);
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
commit (DcDrillState          *self,
        const DcDrillContent  *content,
        GError               **error)
{
  g_autofree char *text = dc_drill_content_to_text (self, content);

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
  DcDrillContent content;

  g_return_val_if_fail (self != NULL && answers != NULL, FALSE);
  g_return_val_if_fail (g_strv_length ((char **) answers) == self->n_keys, FALSE);

  content = self->content;
  content.wrong = 0;
  for (guint i = 0; i < self->n_keys; i++) {
    DcDrillKeyState *key = &content.keys[i];

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
  DcDrillContent content = self->content;

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
  DcDrillContent content;
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
  DcDrillContent content;

  g_return_val_if_fail (self != NULL, FALSE);

  if (live && !dc_drill_state_is_proven (self)) {
    g_set_error (error, DC_DRILL_ERROR, DC_DRILL_ERROR_UNPROVEN, "a key has not been tried");
    return FALSE;
  }
  content = self->content;
  content.live = live;

  return commit (self, &content, error);
}
