/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-exchange.h"

G_BEGIN_DECLS

/**
 * DcServeInput:
 *
 * Reads commands on a thread of its own, so that the end of the input is seen
 * while one of them is carried out: it then cancels @stop. One command at a
 * time: one that comes before the answer to the last is an error. Used by the
 * thread that made it.
 */
typedef struct _DcServeInput DcServeInput;

/* @stop is cancelled when nothing more will come, for whatever reason; it ends
 * the reading when it is cancelled by others. @fd stays the caller's. */
DcServeInput *dc_serve_input_new    (int            fd,
                                     GCancellable  *stop);
/* Cancels and waits for the thread. */
void          dc_serve_input_free   (DcServeInput  *self);
/* Waits. NULL and no error at the end. (transfer full) */
DcCommand    *dc_serve_input_next   (DcServeInput  *self,
                                     GError       **error);
/* The last command is about to be answered; from now the next may come. */
void          dc_serve_input_ready  (DcServeInput  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcServeInput, dc_serve_input_free)

G_END_DECLS
