/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-paper-desk.h"

#include "dc-ledger-paper.h"
#include "dc-sealer.h"

#define KEY_FILE "paper.key"

struct _DcPaperDesk
{
  DcLedger *ledger;    /* (owned) */
  DcSealer *sealer;    /* (owned) */
  char     *day;       /* (owned) */
};

static gboolean
enrol (DcPaperDesk   *self,
       const guint8   tablet[static 32],
       const char    *campaign,
       GError       **error)
{
  DcTablets *tablets = dc_ledger_get_tablets (self->ledger);

  if (dc_tablets_is_paper (tablets, tablet))
    return TRUE;
  dc_tablets_enrol_paper (tablets, tablet, campaign, self->day);

  return dc_tablets_save (tablets, error);
}

static gboolean
set_up (DcPaperDesk  *self,
        const char   *folder,
        DcPack       *pack,
        GError      **error)
{
  const char *campaign = dc_campaign_get_id (dc_pack_get_campaign (pack));
  g_autofree char *path = g_build_filename (folder, KEY_FILE, NULL);
  g_autoptr (DcTabletKey) key = NULL;

  self->ledger = dc_ledger_open (folder, error);
  if (self->ledger == NULL)
    return FALSE;
  key = dc_tablet_key_load (path, error);
  if (key == NULL)
    return FALSE;
  self->sealer = dc_sealer_new (key, dc_pack_get_recipients (pack), campaign, dc_pack_get_hash (pack));

  return enrol (self, dc_tablet_key_get_public (key), campaign, error);
}

DcPaperDesk *
dc_paper_desk_new (const char  *folder,
                   DcPack      *pack,
                   const char  *day,
                   GError     **error)
{
  g_autoptr (DcPaperDesk) self = g_new0 (DcPaperDesk, 1);

  self->day = g_strdup (day);

  return set_up (self, folder, pack, error) ? g_steal_pointer (&self) : NULL;
}

void
dc_paper_desk_free (DcPaperDesk *self)
{
  g_clear_pointer (&self->ledger, dc_ledger_free);
  g_clear_pointer (&self->sealer, dc_sealer_unref);
  g_clear_pointer (&self->day, g_free);
  g_free (self);
}

gboolean
dc_paper_desk_has (DcPaperDesk  *self,
                   const char   *reference,
                   gboolean     *has,
                   GError      **error)
{
  return dc_ledger_paper_has (self->ledger, reference, has, error);
}

static gboolean
keep_one (DcPaperDesk  *self,
          DcPledge     *pledge,
          const DcId   *queue,
          gint64        seq,
          GError      **error)
{
  g_autoptr (DcRecord) record = dc_sealer_seal_pledge (self->sealer, DC_KIND_PLEDGE, pledge, queue, seq, error);
  DcLedgerTaken taken;

  return record != NULL
         && dc_ledger_take (self->ledger, record, NULL, self->day, &taken, error)
         && dc_ledger_paper_add (self->ledger, pledge->reference, error);
}

/* The number is read within the transaction, so that no other program of the
 * office takes it too. */
static gboolean
keep_all (DcPaperDesk  *self,
          GPtrArray    *pledges,
          GError      **error)
{
  DcId queue;
  gint64 seq;

  if (!dc_ledger_paper_queue (self->ledger, dc_sealer_get_tablet (self->sealer), &queue, &seq, error))
    return FALSE;
  for (guint i = 0; i < pledges->len; i++)
    if (!keep_one (self, g_ptr_array_index (pledges, i), &queue, seq + 1 + i, error))
      return FALSE;

  return TRUE;
}

gboolean
dc_paper_desk_keep (DcPaperDesk  *self,
                    GPtrArray    *pledges,
                    GError      **error)
{
  if (!dc_ledger_begin (self->ledger, error))
    return FALSE;
  if (keep_all (self, pledges, error) && dc_ledger_commit (self->ledger, error))
    return TRUE;
  dc_ledger_undo (self->ledger);

  return FALSE;
}
