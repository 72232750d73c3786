/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-fake-destination.h"

G_BEGIN_DECLS

#define DC_FAKE_HANGS_UP "\f"   /* no reason that a destination gives */

/* The inside of the place, for dc-fake-*.c alone. */

/* One text that lies there. Shared by copies of a place, so never changed. */
typedef struct
{
  char     *place;     /* (owned) */
  gboolean  is_note;
  DcNote    note;
  DcOrigin  origin;
  GBytes   *content;   /* (owned) */
} DcFakeText;

struct _DcFakePlace
{
  gint        ref_count;   /* atomic */
  GMutex      mutex;
  gboolean    has_identity;
  DcId        id;
  DcId        epoch;
  GPtrArray  *texts;       /* (owned) of DcFakeText */
  GHashTable *records;     /* (owned) DcId → GBytes, its line */
  GHashTable *refused;     /* (owned) DcId → char *, "" rejects, DC_FAKE_HANGS_UP */
  gsize       room;
  gint64      utc_us;
  guint       n_calls[DC_FAKE_N_CALLS];
  DcFakeDecide decide;     /* (nullable) */
  gpointer    data;
};

guint       dc_fake_id_hash        (gconstpointer   id);
gboolean    dc_fake_id_equal       (gconstpointer   a,
                                    gconstpointer   b);
/* All with the mutex held. */
void        dc_fake_place_identify (DcFakePlace    *self);
/* TRUE also where the same text lies there already. FALSE: no room. */
gboolean    dc_fake_place_add      (DcFakePlace    *self,
                                    const DcFakeText *text);

G_END_DECLS
