/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dc-key-layout.h"

G_BEGIN_DECLS

/**
 * DcKey:
 *
 * One key of a DcKeyboard: a button that never takes the focus and can be
 * held. A key with relatives, or the delete key, that is held does not click.
 *
 * Signals: `clicked` of GtkButton; `repeat`, of a held delete key, many times;
 * `held`, of any other that is holdable; `let-go` (double x, double y) after
 * it, where the finger was lifted, in the key's coordinates.
 *
 * Main thread.
 */
#define DC_TYPE_KEY (dc_key_get_type ())
G_DECLARE_FINAL_TYPE (DcKey, dc_key, DC, KEY, GtkButton)

/* @holdable: it has relatives to offer. */
GtkWidget       *dc_key_new       (const DcKeySpec *spec,
                                   gboolean         holdable);
const DcKeySpec *dc_key_get_spec  (DcKey           *self);

/* Capitals, for a key that types one letter. */
void             dc_key_set_upper (DcKey           *self,
                                   gboolean         upper);
/* What it types now. */
const char      *dc_key_get_text  (DcKey           *self);

/* What a key that types nothing shows: a word or, where @icon is not NULL, a
 * drawing; @name is its accessible name. */
void             dc_key_set_face  (DcKey           *self,
                                   const char      *word,
                                   const char      *icon,
                                   const char      *name);

G_END_DECLS
