/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on no label or box of this process is asked how wide it is at a
 * given height: it answers as if it were asked how wide it is. Before the first
 * window; main thread. Once is enough, more do no harm. */
void dc_measure_widths_alone (void);

G_END_DECLS
