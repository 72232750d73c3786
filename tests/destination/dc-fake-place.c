/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-fake-place.h"

#include <string.h>

#include "dc-crypto.h"

/* An id is random where it is not hostile, and here it is ours. */
guint
dc_fake_id_hash (gconstpointer id)
{
  guint hash = 0;

  for (gsize i = 0; i < 16; i++)
    hash = hash * 31 + ((const DcId *) id)->bytes[i];

  return hash;
}

gboolean
dc_fake_id_equal (gconstpointer a,
                  gconstpointer b)
{
  return dc_id_equal (a, b);
}

static void
text_clear (gpointer data)
{
  DcFakeText *text = data;

  g_clear_pointer (&text->place, g_free);
  g_clear_pointer (&text->content, g_bytes_unref);
}

static void
text_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, text_clear);
}

static GPtrArray *
texts_new (void)
{
  return g_ptr_array_new_with_free_func (text_unref);
}

static GHashTable *
records_new (void)
{
  return g_hash_table_new_full (dc_fake_id_hash, dc_fake_id_equal, g_free,
                                (GDestroyNotify) g_bytes_unref);
}

DcFakePlace *
dc_fake_place_new (void)
{
  DcFakePlace *self = g_new0 (DcFakePlace, 1);

  self->ref_count = 1;
  g_mutex_init (&self->mutex);
  self->texts = texts_new ();
  self->records = records_new ();
  self->refused = g_hash_table_new_full (dc_fake_id_hash, dc_fake_id_equal, g_free, g_free);
  self->room = G_MAXSIZE;

  return self;
}

DcFakePlace *
dc_fake_place_ref (DcFakePlace *self)
{
  g_atomic_int_inc (&self->ref_count);

  return self;
}

void
dc_fake_place_unref (DcFakePlace *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_hash_table_unref);
  g_clear_pointer (&self->refused, g_hash_table_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
dc_fake_place_decide (DcFakePlace  *self,
                      DcFakeDecide  decide,
                      gpointer      data)
{
  g_mutex_lock (&self->mutex);
  self->decide = decide;
  self->data = data;
  g_mutex_unlock (&self->mutex);
}

void
dc_fake_place_refuse (DcFakePlace *self,
                      const DcId  *id,
                      const char  *reason)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->refused, g_memdup2 (id, sizeof *id),
                        g_strdup (reason != NULL ? reason : ""));
  g_mutex_unlock (&self->mutex);
}

void
dc_fake_place_hang_up (DcFakePlace *self,
                       const DcId  *id)
{
  dc_fake_place_refuse (self, id, DC_FAKE_HANGS_UP);
}

void
dc_fake_place_refuse_none (DcFakePlace *self)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_remove_all (self->refused);
  g_mutex_unlock (&self->mutex);
}

void
dc_fake_place_set_time (DcFakePlace *self,
                        gint64       utc_us)
{
  g_mutex_lock (&self->mutex);
  self->utc_us = utc_us;
  g_mutex_unlock (&self->mutex);
}

void
dc_fake_place_set_room (DcFakePlace *self,
                        gsize        room)
{
  g_mutex_lock (&self->mutex);
  self->room = room;
  g_mutex_unlock (&self->mutex);
}

static void
copy_content (DcFakePlace *from,
              DcFakePlace *to)
{
  GHashTableIter iter;
  gpointer id;
  gpointer line;

  g_ptr_array_set_size (to->texts, 0);
  for (guint i = 0; i < from->texts->len; i++)
    g_ptr_array_add (to->texts, g_atomic_rc_box_acquire (from->texts->pdata[i]));

  g_hash_table_remove_all (to->records);
  g_hash_table_iter_init (&iter, from->records);
  while (g_hash_table_iter_next (&iter, &id, &line))
    g_hash_table_insert (to->records, g_memdup2 (id, sizeof (DcId)), g_bytes_ref (line));
}

DcFakePlace *
dc_fake_place_copy (DcFakePlace *self)
{
  DcFakePlace *copy = dc_fake_place_new ();

  g_mutex_lock (&self->mutex);
  copy_content (self, copy);
  g_mutex_unlock (&self->mutex);

  return copy;
}

/* @backup is nobody else's while this runs. */
void
dc_fake_place_restore (DcFakePlace *self,
                       DcFakePlace *backup,
                       gboolean     silent)
{
  g_mutex_lock (&self->mutex);
  copy_content (backup, self);
  if (!silent)
    dc_crypto_random (&self->epoch, sizeof self->epoch);
  g_mutex_unlock (&self->mutex);
}

void
dc_fake_place_identify (DcFakePlace *self)
{
  if (self->has_identity)
    return;
  dc_crypto_random (&self->id, sizeof self->id);
  dc_crypto_random (&self->epoch, sizeof self->epoch);
  self->has_identity = TRUE;
}

gboolean
dc_fake_place_add (DcFakePlace      *self,
                   const DcFakeText *text)
{
  DcFakeText *added;
  gsize size = g_bytes_get_size (text->content);

  for (guint i = 0; i < self->texts->len; i++) {
    DcFakeText *there = self->texts->pdata[i];

    if (g_str_equal (there->place, text->place) && g_bytes_equal (there->content, text->content))
      return TRUE;
  }
  if (size > self->room)
    return FALSE;
  self->room -= size;

  added = g_atomic_rc_box_new (DcFakeText);
  *added = *text;
  added->place = g_strdup (text->place);
  added->content = g_bytes_ref (text->content);
  g_ptr_array_add (self->texts, added);

  return TRUE;
}

guint
dc_fake_place_n_calls (DcFakePlace *self,
                       DcFakeCall   call)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_calls[call];
  g_mutex_unlock (&self->mutex);

  return n;
}

guint
dc_fake_place_n_records (DcFakePlace *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = g_hash_table_size (self->records);
  g_mutex_unlock (&self->mutex);

  return n;
}

gboolean
dc_fake_place_has (DcFakePlace *self,
                   const DcId  *id,
                   GBytes      *line)
{
  GBytes *there;
  gboolean has;

  g_mutex_lock (&self->mutex);
  there = g_hash_table_lookup (self->records, id);
  has = there != NULL && g_bytes_equal (there, line);
  g_mutex_unlock (&self->mutex);

  return has;
}
