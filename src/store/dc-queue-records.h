/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-pledge.h"
#include "dc-record.h"
#include "dc-sealer.h"
#include "dc-state.h"

G_BEGIN_DECLS

/* The records in the database, each function one transaction, on the
 * database's thread. dc-queue.h says what each means. */

gboolean   dc_records_save       (DcDatabase    *database,
                                  const DcId    *queue,
                                  DcKind         kind,
                                  DcPledge      *pledge,
                                  DcSealer      *sealer,
                                  GError       **error);
/* @erased: whether bytes went, so that the journal must go too. */
gboolean   dc_records_withdraw   (DcDatabase    *database,
                                  const DcId    *queue,
                                  const DcId    *id,
                                  const char    *day,
                                  DcSealer      *sealer,
                                  gboolean      *erased,
                                  GError       **error);
gboolean   dc_records_move       (DcDatabase    *database,
                                  const DcId    *id,
                                  DcState        to,
                                  const char    *reason,
                                  GBytes        *receipt,
                                  gboolean      *erased,
                                  GError       **error);
gboolean   dc_records_purge      (DcDatabase    *database,
                                  guint         *purged,
                                  GError       **error);
/* Of a row "seq, id, signature, envelope, sealed"; (nullable) where the disk has
 * changed it. */
DcRecord  *dc_records_read_row   (DcQuery   *select);
/* It may leave from now on. */
gboolean   dc_records_mark_offered (DcDatabase  *database,
                                    gint64       seq,
                                    GError     **error);
/* These three change the state and nothing else; within the caller's
 * transaction, from a state of which the caller knows that it may be left so. */
gboolean   dc_records_refuse     (DcDatabase    *database,
                                  gint64         seq,
                                  const char    *reason,
                                  GError       **error);
gboolean   dc_records_set_delivered (DcDatabase   *database,
                                     gint64        seq,
                                     GError      **error);
gboolean   dc_records_set_waiting (DcDatabase    *database,
                                   gint64         seq,
                                   GError       **error);
gboolean   dc_records_count_code (DcDatabase    *database,
                                  const char    *day,
                                  GError       **error);

G_END_DECLS
