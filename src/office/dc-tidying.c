/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tidying.h"

#include <string.h>

#include "dc-input.h"
#include "dc-path.h"

/* Looking: what is there and may go. dc-tidying-run.c deletes it. */

static void
source_free (DcTidySource *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->destination);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_free (self);
}

static void
file_free (DcTidyFile *self)
{
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}

static void
widen (DcLedgerOld *old,
       gint64       n_records,
       const char  *first_day,
       const char  *last_day)
{
  if (old->n_records == 0 || strcmp (first_day, old->first_day) < 0)
    g_strlcpy (old->first_day, first_day, sizeof old->first_day);
  if (old->n_records == 0 || strcmp (last_day, old->last_day) > 0)
    g_strlcpy (old->last_day, last_day, sizeof old->last_day);
  old->n_records += n_records;
}

static void
on_record (DcRecord   *record,
           const char *where,
           gpointer    data)
{
  static const DcTidyReason reasons[DC_N_STANDINGS] = {
    [DC_STANDING_MAY_GO] = DC_TIDY_GOES, [DC_STANDING_ABSENT] = DC_TIDY_ABSENT,
    [DC_STANDING_FOREIGN] = DC_TIDY_FOREIGN, [DC_STANDING_NO_RECEIPT] = DC_TIDY_NO_RECEIPT,
    [DC_STANDING_NOT_EXPORTED] = DC_TIDY_NOT_EXPORTED,
  };
  DcTidying *self = data;
  const DcEnvelope *envelope = &record->envelope;
  DcStanding standing = DC_STANDING_ABSENT;

  widen (&self->span, 1, envelope->day, envelope->day);
  if (self->copies_until == NULL || !g_str_equal (envelope->campaign, self->campaign)
      || strcmp (envelope->day, self->copies_until) > 0)
    self->reasons |= 1u << DC_TIDY_LATER;
  else if (self->error == NULL && dc_ledger_stand (self->ledger, record, self->unexported, &standing, &self->error))
    self->reasons |= 1u << reasons[standing];
}

static void
on_lost (const char   *where,
         const DcId   *id,
         const GError *error,
         gpointer      data)
{
  DcTidying *self = data;

  self->reasons |= 1u << DC_TIDY_DAMAGED;
  g_printerr ("%s: %s\n", where, error->message);
}

/* STATE/queue beside STATE/tablet.key: what a tablet set aside lies deeper. */
static gboolean
is_in_use (const char *database)
{
  g_autofree char *path = g_canonicalize_filename (database, NULL);
  g_autofree char *queue = g_path_get_dirname (path);
  g_autofree char *state = g_path_get_dirname (queue);
  g_autofree char *key = g_build_filename (state, "tablet.key", NULL);

  return dc_path_is_there (key);
}

/* The gravest; but of what is not past its day nobody needs to hear. */
static DcTidyReason
find_reason (DcTidying    *self,
             DcSourceKind  kind,
             const char   *path,
             gboolean      whole)
{
  DcTidyReason worst = DC_TIDY_GOES;

  if ((self->reasons & 1u << DC_TIDY_LATER) != 0 || (self->span.n_records == 0 && whole && self->reasons == 0))
    return DC_TIDY_LATER;
  if (kind == DC_SOURCE_DATABASE && is_in_use (path))
    return DC_TIDY_IN_USE;
  for (DcTidyReason reason = DC_TIDY_GOES; reason < DC_N_TIDY_REASONS; reason++)
    if ((self->reasons & 1u << reason) != 0)
      worst = reason;

  return whole ? worst : DC_TIDY_DAMAGED;
}

static void
on_ended (DcSourceKind  kind,
          const char   *path,
          gboolean      whole,
          gpointer      data)
{
  DcTidying *self = data;
  DcTidyFile *file = g_new0 (DcTidyFile, 1);

  file->source = self->current;
  file->kind = kind;
  file->path = kind == DC_SOURCE_PLACE ? g_strdup (path) : g_canonicalize_filename (path, NULL);
  file->old = self->span;
  file->reason = find_reason (self, kind, path, whole);
  g_ptr_array_add (self->files, file);
  if (self->current->seen != NULL)
    g_hash_table_add (self->current->seen, g_strdup (path));
  self->span = (DcLedgerOld) { 0 };
  self->reasons = 0;
}

static void
sum_up (DcTidying    *self,
        DcTidySource *source)
{
  for (guint i = 0; i < self->files->len; i++) {
    const DcTidyFile *file = self->files->pdata[i];

    if (file->source != source || file->reason != DC_TIDY_GOES)
      continue;
    source->n_files++;
    widen (&source->old, file->old.n_records, file->old.first_day, file->old.last_day);
  }
}

static DcTidySource *
add_source (DcTidying     *self,
            DcDestination *destination,
            const char    *name)
{
  DcTidySource *source = g_new0 (DcTidySource, 1);

  source->name = destination != NULL ? g_strdup (name) : g_canonicalize_filename (name, NULL);
  if (destination != NULL) {
    source->destination = g_object_ref (destination);
    source->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  }
  g_ptr_array_add (self->sources, source);
  self->current = source;

  return source;
}

gboolean
dc_tidying_add_path (DcTidying  *self,
                     const char *path)
{
  DcTidySource *source = add_source (self, NULL, path);

  source->whole = dc_path_is_there (path);
  dc_source_add_path (&self->source, path);
  sum_up (self, source);

  return self->error == NULL;
}

gboolean
dc_tidying_add_destination (DcTidying      *self,
                            DcDestination  *destination,
                            const char     *name,
                            GError        **error)
{
  DcTidySource *source = add_source (self, destination, name);
  DcTransfer transfer = { 0 };

  source->whole = dc_source_add_destination (&self->source, destination, &transfer, error);
  for (guint i = 0; !source->whole && i < self->files->len; i++) {
    DcTidyFile *file = self->files->pdata[i];

    if (file->source == source)
      file->reason = DC_TIDY_LATER;
  }
  sum_up (self, source);

  return source->whole;
}

gboolean
dc_tidying_look (DcTidying  *self,
                 GError    **error)
{
  if (self->error != NULL) {
    g_propagate_error (error, g_error_copy (self->error));
    return FALSE;
  }

  return (self->ledger_until == NULL
          || dc_ledger_count_old (self->ledger, self->campaign, self->ledger_until, self->unexported, self->old, error))
         && dc_ledger_find_tidying (self->ledger, self->campaign, &self->run, error);
}

gboolean
dc_tidying_has_any (DcTidying *self)
{
  gboolean any = self->old[DC_STANDING_MAY_GO].n_records > 0;

  for (guint i = 0; i < self->sources->len; i++)
    any |= ((const DcTidySource *) self->sources->pdata[i])->n_files > 0;

  return any;
}

/* The day on which @keep is over already. */
static const char *
past (DcCampaign *campaign,
      DcKeep      keep,
      const char *today)
{
  const char *until = dc_campaign_get_keep_until (campaign, keep);

  return until != NULL && strcmp (until, today) < 0 ? until : NULL;
}

DcTidying *
dc_tidying_new (DcLedger   *ledger,
                DcCampaign *campaign,
                guint       serial,
                const char *today,
                gboolean    unexported)
{
  const char *pledges = past (campaign, DC_KEEP_PLEDGES, today);
  const char *copies = past (campaign, DC_KEEP_COPIES, today);
  DcTidying *self = g_new0 (DcTidying, 1);

  self->ledger = ledger;
  self->campaign = dc_campaign_get_id (campaign);
  /* Copies never outlive the pledges that they are of. */
  self->copies_until = g_strdup (pledges != NULL ? pledges : copies);
  self->ledger_until = g_strdup (pledges);
  if (self->copies_until != NULL)
    self->rule = g_strdup_printf ("campaign.ini: [Keep] %s=%s (serial %u)%s",
                                  dc_keep_to_string (pledges != NULL ? DC_KEEP_PLEDGES : DC_KEEP_COPIES),
                                  self->copies_until, serial, unexported ? " --unexported" : "");
  self->today = g_strdup (today);
  self->unexported = unexported;
  self->source = (DcSource) { .record = on_record, .lost = on_lost, .ended = on_ended, .data = self };
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) source_free);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);

  return self;
}

void
dc_tidying_free (DcTidying *self)
{
  g_clear_pointer (&self->copies_until, g_free);
  g_clear_pointer (&self->ledger_until, g_free);
  g_clear_pointer (&self->rule, g_free);
  g_clear_pointer (&self->today, g_free);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  dc_ledger_tidying_clear (&self->run);
  g_clear_error (&self->error);
  g_free (self);
}
