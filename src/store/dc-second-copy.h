/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-queue.h"

G_BEGIN_DECLS

/* What staff should know of the second copy. */
typedef enum
{
  DC_COPY_OFF,          /* no card was chosen */
  DC_COPY_BUSY,         /* something is on its way */
  DC_COPY_UP_TO_DATE,
  DC_COPY_NO_CARD,      /* not there, or another one */
  DC_COPY_CARD_FULL,
  DC_COPY_READ_ONLY,    /* the card is write-protected */
  DC_COPY_FAILING,      /* the card makes errors, or does not answer */
} DcCopyState;

/**
 * DcSecondCopy:
 *
 * Keeps a journal of the queue on a removable card, where the coordinator has
 * chosen one. Main thread; all that touches the card runs on a thread of its
 * own, one at a time, for which nothing here ever waits, not even the end: a
 * thread that a dying card keeps is left to itself. The queue is asked and told
 * as by any other caller. Property "state" (#DcCopyState) notifies.
 *
 * What the journal holds is the evidence. It is read at the start, whenever
 * the card comes back and whenever it is not as it was left; what is not in it
 * is copied.
 */
#define DC_TYPE_SECOND_COPY (dc_second_copy_get_type ())
G_DECLARE_FINAL_TYPE (DcSecondCopy, dc_second_copy, DC, SECOND_COPY, GObject)

/* Reads @state_directory/settings.ini. */
DcSecondCopy *dc_second_copy_new        (DcQueue              *queue,
                                         const char           *state_directory);
/* The queue is open: begins. @tablet names the journal. */
void          dc_second_copy_start      (DcSecondCopy         *self,
                                         const guint8          tablet[static 32]);
/* The record of the visit that goes on, whose donor may still undo it: called
 * before it is saved. */
void          dc_second_copy_hold       (DcSecondCopy         *self,
                                         const DcId           *id);
/* The visit has ended: copies what is not held any more. */
void          dc_second_copy_release    (DcSecondCopy         *self);

/* (nullable) what is held: it is to leave the tablet in no way. Valid until the
 * next call. */
const DcId   *dc_second_copy_get_held   (DcSecondCopy         *self);

/* Somebody wants to know: looks at the card now, not at the next chance. */
void          dc_second_copy_look       (DcSecondCopy         *self);

DcCopyState   dc_second_copy_get_state  (DcSecondCopy         *self);
/* (nullable) where no card was chosen. */
const char   *dc_second_copy_get_folder (DcSecondCopy         *self);
/* @folder: where the card is mounted; NULL turns the second copy off. Marks the
 * card and stores the choice. */
void          dc_second_copy_choose_async  (DcSecondCopy         *self,
                                            const char           *folder,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean      dc_second_copy_choose_finish (DcSecondCopy         *self,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
