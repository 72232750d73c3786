/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-outbox.h"

#include <string.h>

#include "dc-bundle.h"

struct _DcOutbox
{
  GPtrArray *records;   /* (owned) of DcRecord, in their order */
  GArray    *groups;    /* (owned) of guint: after a rejection, how many at most go together */
  guint      leaving;   /* the first so many are in the bundle that is under way */
  gint64     doubt;
};

DcOutbox *
dc_outbox_new (void)
{
  DcOutbox *self = g_new0 (DcOutbox, 1);

  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  self->groups = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

void
dc_outbox_free (DcOutbox *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_array_unref);
  g_free (self);
}

void
dc_outbox_fill (DcOutbox  *self,
                GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (self->records, dc_record_ref (records->pdata[i]));
}

gboolean
dc_outbox_is_empty (DcOutbox *self)
{
  return self->records->len == 0;
}

static void
get_origin (const DcRecord *record,
            DcOrigin       *origin)
{
  *origin = (DcOrigin) { .queue = record->envelope.queue };
  g_strlcpy (origin->campaign, record->envelope.campaign, sizeof origin->campaign);
  memcpy (origin->tablet, record->envelope.tablet, sizeof origin->tablet);
}

static gboolean
is_of (const DcRecord *record,
       const DcOrigin *origin)
{
  return g_str_equal (record->envelope.campaign, origin->campaign)
         && memcmp (record->envelope.tablet, origin->tablet, sizeof origin->tablet) == 0
         && dc_id_equal (&record->envelope.queue, &origin->queue);
}

/* Base64, and what stands around it. */
static gsize
line_size (const DcRecord *record)
{
  return (g_bytes_get_size (record->envelope_json) + 2) / 3 * 4 + 88
         + (g_bytes_get_size (record->sealed) + 2) / 3 * 4 + 45;
}

static guint
count_next (DcOutbox       *self,
            gsize           max_bytes,
            const DcOrigin *origin)
{
  guint most = self->records->len;
  gsize bytes = 0;
  guint n = 0;

  if (self->groups->len > 0)
    most = MIN (most, g_array_index (self->groups, guint, 0));
  for (; n < most; n++) {
    const DcRecord *record = self->records->pdata[n];

    bytes += line_size (record);
    if (!is_of (record, origin) || (n > 0 && bytes > max_bytes))
      break;
  }

  return n;
}

GBytes *
dc_outbox_next (DcOutbox *self,
                gsize     max_bytes,
                DcOrigin *origin)
{
  g_return_val_if_fail (self->records->len > 0, NULL);

  get_origin (self->records->pdata[0], origin);

  return dc_bundle_new ((DcRecord * const *) self->records->pdata,
                        count_next (self, max_bytes, origin), &self->leaving);
}

/* The records of the bundle are no more; @n of the first group are with it. */
static void
drop_bundle (DcOutbox *self)
{
  guint n = self->leaving;

  if (self->groups->len > 0) {
    guint *first = &g_array_index (self->groups, guint, 0);

    *first -= MIN (*first, n);
    if (*first == 0)
      g_array_remove_index (self->groups, 0);
  }
  g_ptr_array_remove_range (self->records, 0, n);
  self->leaving = 0;
}

static gboolean
is_same (const DcDelivery *a,
         const DcDelivery *b)
{
  return a->verdict == b->verdict
         || (a->verdict <= DC_VERDICT_SAME && b->verdict <= DC_VERDICT_SAME);
}

/* What @answers say of @id, wherever they say it: NULL where nothing, or more
 * than one thing. */
static const DcDelivery *
find (GPtrArray  *answers,
      const DcId *id)
{
  const DcDelivery *found = NULL;

  for (guint i = 0; i < answers->len; i++) {
    const DcDelivery *answer = answers->pdata[i];

    if (!dc_id_equal (&answer->id, id))
      continue;
    if (found != NULL && !is_same (found, answer))
      return NULL;
    found = answer;
  }

  return found;
}

GPtrArray *
dc_outbox_answered (DcOutbox  *self,
                    GPtrArray *answers)
{
  GPtrArray *verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);

  for (guint i = 0; i < self->leaving; i++) {
    const DcRecord *record = self->records->pdata[i];
    const DcDelivery *said = find (answers, &record->envelope.id);
    DcVerdict verdict = said != NULL ? said->verdict : DC_VERDICT_RETRY;

    if (verdict == DC_VERDICT_RETRY && self->doubt == 0)
      self->doubt = record->envelope.seq;
    g_ptr_array_add (verdicts, dc_delivery_new (&record->envelope.id, verdict,
                                                said != NULL ? said->reason : NULL));
  }
  drop_bundle (self);

  return verdicts;
}

static void
halve (DcOutbox *self)
{
  guint first = self->leaving / 2;
  guint second = self->leaving - first;
  guint rest = 0;

  if (self->groups->len > 0) {
    rest = g_array_index (self->groups, guint, 0) - self->leaving;
    g_array_remove_index (self->groups, 0);
  }
  if (rest > 0)
    g_array_prepend_val (self->groups, rest);
  g_array_prepend_val (self->groups, second);
  g_array_prepend_val (self->groups, first);
}

GPtrArray *
dc_outbox_rejected (DcOutbox   *self,
                    const char *reason)
{
  const DcRecord *record = self->records->pdata[0];
  GPtrArray *verdicts;

  if (self->leaving > 1) {
    halve (self);
    return NULL;
  }
  verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
  g_ptr_array_add (verdicts, dc_delivery_new (&record->envelope.id, DC_VERDICT_REFUSED, reason));
  drop_bundle (self);

  return verdicts;
}

GPtrArray *
dc_outbox_doubted (DcOutbox *self)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  if (self->leaving > 1) {
    halve (self);
    return NULL;
  }

  return dc_outbox_answered (self, nothing);
}

gint64
dc_outbox_get_doubt (DcOutbox *self)
{
  return self->doubt;
}

void
dc_outbox_clear_doubt (DcOutbox *self)
{
  self->doubt = 0;
}
