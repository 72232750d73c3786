/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destinations.h"

G_BEGIN_DECLS

/* A destination in memory, for what needs thousands of them, and for what no
 * real one can be asked to do: fail at a given step, lose an answer after it has
 * stored everything, come back as it was last week. It is held to the same
 * contract as the real ones. */

typedef enum
{
  DC_FAKE_PROBE,
  DC_FAKE_PUT,
  DC_FAKE_PUT_NOTE,
  DC_FAKE_READ_NOTES,
  DC_FAKE_N_CALLS
} DcFakeCall;

typedef enum
{
  DC_FAKE_WELL,
  DC_FAKE_FAIL,          /* nothing is done; error .code */
  DC_FAKE_LOSE_ANSWER,   /* all is done; error .code */
  DC_FAKE_HALF,          /* half of the records are stored; error .code */
  DC_FAKE_SILENCE,       /* all is done; every other verdict is missing */
  DC_FAKE_DOUBT,         /* all is done; every verdict is "retry" */
  DC_FAKE_SHUFFLE,       /* the verdicts come in another order than the records */
  DC_FAKE_STRANGE,       /* one verdict too many, of an id never sent; one twice, and not the same */
  DC_FAKE_MOST,          /* every record but the first is stored, which is "retry"; in another order */
  DC_FAKE_HANG,          /* until it is stopped */
  DC_FAKE_N_FAULTS
} DcFakeFault;

typedef struct
{
  DcFakeFault     fault;
  DcDeliveryError code;
} DcFakeStep;

/* What is to happen in this call. Called with the place locked, on the thread
 * of the call. */
typedef DcFakeStep (*DcFakeDecide) (DcFakeCall call,
                                    gpointer   data);

/**
 * DcFakePlace:
 *
 * What lies there, whoever comes: destinations come and go, the place stays.
 * Reference-counted; any thread.
 */
typedef struct _DcFakePlace DcFakePlace;

DcFakePlace   *dc_fake_place_new         (void);
DcFakePlace   *dc_fake_place_ref         (DcFakePlace   *self);
void           dc_fake_place_unref       (DcFakePlace   *self);
/* NULL: all goes well. */
void           dc_fake_place_decide      (DcFakePlace   *self,
                                          DcFakeDecide   decide,
                                          gpointer       data);
/* Records with this id are refused, or (@reason NULL) make it reject the whole
 * bundle they are in. */
void           dc_fake_place_refuse      (DcFakePlace   *self,
                                          const DcId    *id,
                                          const char    *reason);
/* It hangs up at each bundle with a record of this @id, before it took any. */
void           dc_fake_place_hang_up     (DcFakePlace   *self,
                                          const DcId    *id);
void           dc_fake_place_refuse_none (DcFakePlace   *self);
/* Bytes of bundles that fit before it is full. */
void           dc_fake_place_set_room    (DcFakePlace   *self,
                                          gsize          room);
/* What time it says that it is there; 0, as at first: it does not say. */
void           dc_fake_place_set_time    (DcFakePlace   *self,
                                          gint64         utc_us);
/* A copy of what lies there now; (transfer full). */
DcFakePlace   *dc_fake_place_copy        (DcFakePlace   *self);
/* It is again as @backup was; with another epoch, or (@silent) the same. */
void           dc_fake_place_restore     (DcFakePlace   *self,
                                          DcFakePlace   *backup,
                                          gboolean       silent);
/* How often it was called, and how many different records lie there. */
guint          dc_fake_place_n_calls     (DcFakePlace   *self,
                                          DcFakeCall     call);
guint          dc_fake_place_n_records   (DcFakePlace   *self);
/* Whether these very bytes are there. */
gboolean       dc_fake_place_has         (DcFakePlace   *self,
                                          const DcId    *id,
                                          GBytes        *line);

/* (transfer full) */
DcDestination *dc_fake_destination_new   (DcFakePlace   *place);
/* A DcServeMake: @data is the place, and all else does not matter. */
DcDestination *dc_fake_destination_make  (const DcDestinationSetup  *setup,
                                          const char                *authority,
                                          const char                *folder,
                                          const DcCredential        *credential,
                                          gpointer                   data,
                                          GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcFakePlace, dc_fake_place_unref)

G_END_DECLS
