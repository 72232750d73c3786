/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-gathered.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-opening.h"

static void
found_free (DcFound *self)
{
  g_clear_pointer (&self->record, dc_record_unref);
  g_clear_pointer (&self->where, g_free);
  g_clear_pointer (&self->plaintext, g_bytes_unref);
  g_clear_pointer (&self->opened, dc_opened_free);
  g_free (self);
}

void
dc_found_close (DcFound *self)
{
  g_clear_pointer (&self->opened, dc_opened_free);
  g_clear_pointer (&self->plaintext, g_bytes_unref);
}

static guint
hash_id (gconstpointer data)
{
  guint value;

  memcpy (&value, data, sizeof value);   /* random, every byte of it */

  return value;
}

static gboolean
equal_ids (gconstpointer a,
           gconstpointer b)
{
  return dc_id_equal (a, b);
}

void
dc_gathered_free (DcGathered *self)
{
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->strangers_by_id, g_hash_table_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->strangers, g_ptr_array_unref);
  g_free (self);
}

guint
dc_gathered_total (DcGathered *self)
{
  guint total = 0;

  for (guint i = 0; i < DC_N_FATES; i++)
    total += self->fates[i];

  return total;
}

static gboolean
same_bytes (DcRecord *a,
            DcRecord *b)
{
  return g_bytes_equal (a->envelope_json, b->envelope_json)
         && memcmp (a->signature, b->signature, sizeof a->signature) == 0
         && g_bytes_equal (a->sealed, b->sealed);
}

/* Two strangers may bear one id: both are kept, under whichever came first. */
static void
take_stranger (DcGathered *self,
               DcRecord   *record)
{
  DcRecord *before = g_hash_table_lookup (self->strangers_by_id, &record->envelope.id);

  if (before != NULL && same_bytes (before, record)) {
    self->fates[DC_FATE_COPY]++;
    return;
  }
  self->fates[DC_FATE_STRANGER]++;
  g_ptr_array_add (self->strangers, dc_record_ref (record));
  if (before == NULL)
    g_hash_table_insert (self->strangers_by_id, &record->envelope.id, record);
}

static void
take_again (DcGathered *self,
            DcFound    *before,
            DcRecord   *record,
            const char *where)
{
  char id[DC_ID_TEXT_SIZE];

  if (same_bytes (before->record, record)) {
    self->fates[DC_FATE_COPY]++;
    return;
  }
  dc_id_to_text (&record->envelope.id, id);
  before->conflict = TRUE;
  self->fates[DC_FATE_CONFLICT]++;
  g_printerr ("%s: record %s: found other bytes than in %s\n", where, id, before->where);
}

void
dc_gathered_take (DcGathered *self,
                  DcRecord   *record,
                  const char *where)
{
  DcFound *found;

  /* First: what anybody could make must not get in the way of what a tablet
   * of ours made, under whose id they like. */
  if (!dc_tablets_has (self->tablets, record->envelope.tablet)) {
    take_stranger (self, record);
    return;
  }
  found = g_hash_table_lookup (self->by_id, &record->envelope.id);
  if (found != NULL) {
    take_again (self, found, record, where);
    return;
  }

  found = g_new0 (DcFound, 1);
  found->record = dc_record_ref (record);
  found->where = g_strdup (where);
  g_ptr_array_add (self->found, found);
  g_hash_table_insert (self->by_id, &found->record->envelope.id, found);
}

static void
on_record (DcRecord   *record,
           const char *where,
           gpointer    data)
{
  dc_gathered_take (data, record, where);
}

static void
on_lost (const char   *where,
         const DcId   *id,
         const GError *error,
         gpointer      data)
{
  DcGathered *self = data;
  char text[DC_ID_TEXT_SIZE] = "";

  self->fates[DC_FATE_DAMAGED]++;
  if (id != NULL)
    dc_id_to_text (id, text);
  g_printerr ("%s: %s%s%s%s\n", where, id != NULL ? "record " : "", text, id != NULL ? ": " : "",
              error->message);
}

void
dc_gathered_add_path (DcGathered *self,
                      const char *path)
{
  guint before = self->source.n_unreadable;

  dc_source_add_path (&self->source, path);
  self->fates[DC_FATE_DAMAGED] += self->source.n_unreadable - before;
}

DcGathered *
dc_gathered_new (DcTablets *tablets)
{
  DcGathered *self = g_new0 (DcGathered, 1);

  self->tablets = tablets;
  self->source = (DcSource) { .record = on_record, .lost = on_lost, .data = self };
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) found_free);
  self->strangers = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  self->by_id = g_hash_table_new (hash_id, equal_ids);
  self->strangers_by_id = g_hash_table_new (hash_id, equal_ids);

  return self;
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const DcEnvelope *one = &(*(DcFound * const *) a)->record->envelope;
  const DcEnvelope *two = &(*(DcFound * const *) b)->record->envelope;
  int order = memcmp (one->queue.bytes, two->queue.bytes, sizeof one->queue.bytes);

  return order != 0 ? order : (one->seq > two->seq) - (one->seq < two->seq);
}

/* A withdrawal counts where the tablet and the queue are those of the pledge:
 * one tablet cannot take back what another took. */
static gboolean
is_about (const DcEnvelope *withdrawal,
          const DcEnvelope *pledge)
{
  return memcmp (withdrawal->tablet, pledge->tablet, sizeof pledge->tablet) == 0
         && dc_id_equal (&withdrawal->queue, &pledge->queue);
}

/* The pledges that were taken back, by id. A withdrawal's signature is enough:
 * whether this key opens it or not, the donor said no. */
static GHashTable *
find_taken_back (DcGathered *self)
{
  GHashTable *set = g_hash_table_new (hash_id, equal_ids);

  for (guint i = 0; i < self->found->len; i++) {
    const DcFound *found = g_ptr_array_index (self->found, i);
    const DcEnvelope *envelope = &found->record->envelope;
    const DcFound *pledge;
    char id[DC_ID_TEXT_SIZE];

    if (envelope->kind != DC_KIND_WITHDRAWAL)
      continue;
    pledge = g_hash_table_lookup (self->by_id, &envelope->about);
    if (pledge != NULL && is_about (envelope, &pledge->record->envelope)) {
      g_hash_table_add (set, &pledge->record->envelope.id);
      continue;
    }
    self->n_missing++;
    dc_id_to_text (&envelope->about, id);
    g_printerr ("%s: takes back %s, which is not among these files\n", found->where, id);
  }

  return set;
}

static DcFate
open_as (DcFound       *found,
         DcAgeIdentity *identity,
         DcFate         fate)
{
  g_autoptr (GError) error = NULL;
  char id[DC_ID_TEXT_SIZE];

  found->opened = dc_opening_open (found->record, identity, &found->plaintext, &error);
  if (found->opened != NULL)
    return fate;

  dc_id_to_text (&found->record->envelope.id, id);
  g_printerr ("%s: record %s: %s\n", found->where, id, error->message);

  return DC_FATE_UNOPENED;
}

static DcFate
judge (DcFound       *found,
       GHashTable    *taken_back,
       DcAgeIdentity *identity,
       gboolean       all)
{
  const DcEnvelope *envelope = &found->record->envelope;
  gboolean test = envelope->kind == DC_KIND_PRACTICE || envelope->kind == DC_KIND_DRILL;

  if (found->conflict)
    return DC_FATE_CONFLICT;
  if (envelope->kind == DC_KIND_WITHDRAWAL)
    return open_as (found, identity, DC_FATE_WITHDRAWAL);
  if (test && !all)
    return DC_FATE_TEST;
  if (found->taken_back || g_hash_table_contains (taken_back, &envelope->id))
    return DC_FATE_TAKEN_BACK;

  return open_as (found, identity, DC_FATE_WRITTEN);
}

/* Keeps open what is to be written out, and nothing else. */
static void
settle (DcGathered *self,
        DcFound    *found,
        DcFate      fate)
{
  self->fates[fate]++;
  found->fate = fate;
  if (fate != DC_FATE_WRITTEN)
    dc_found_close (found);
}

void
dc_gathered_open (DcGathered    *self,
                  DcOffice      *office,
                  DcAgeIdentity *identity,
                  gboolean       all)
{
  g_autoptr (GHashTable) taken_back = find_taken_back (self);

  g_ptr_array_sort (self->found, compare_found);
  for (guint i = 0; i < self->found->len; i++) {
    DcFound *found = g_ptr_array_index (self->found, i);

    settle (self, found, judge (found, taken_back, identity, all));
    if ((i + 1) % 100 == 0 || i + 1 == self->found->len)
      dc_office_progress (office, _("Opening"), i + 1, self->found->len);
  }
}
