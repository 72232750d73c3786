/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pack.h"
#include "dc-pledge.h"

G_BEGIN_DECLS

/**
 * DcPaperDesk:
 *
 * Takes promises from paper into the ledger: seals each to the appeal's keys
 * and signs it with a key of this desk's own (paper.key in the office's folder),
 * which is enrolled as the tablet “paper”. So all that is true of a tablet's
 * records is true of these, and the ledger names no donor. Main thread. Owns
 * the ledger that it opened.
 */
typedef struct _DcPaperDesk DcPaperDesk;

/* Makes the key and enrols it where that was not done. @day: today. As
 * dc_ledger_open (), dc_tablet_key_load () and dc_tablets_save (). */
DcPaperDesk *dc_paper_desk_new   (const char   *folder,
                                  DcPack       *pack,
                                  const char   *day,
                                  GError      **error);
void         dc_paper_desk_free  (DcPaperDesk  *self);
/* Whether the form of that reference is here. */
gboolean     dc_paper_desk_has   (DcPaperDesk  *self,
                                  const char   *reference,
                                  gboolean     *has,
                                  GError      **error);
/* All of @pledges (element-type DcPledge), durably, or none. */
gboolean     dc_paper_desk_keep  (DcPaperDesk  *self,
                                  GPtrArray    *pledges,
                                  GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcPaperDesk, dc_paper_desk_free)

G_END_DECLS
