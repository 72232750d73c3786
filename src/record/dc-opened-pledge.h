/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-json-reader.h"
#include "dc-opened.h"

G_BEGIN_DECLS

/* For dc-opened.c alone: the fields that only the sealed text has, and
 * @self->envelope's again, into @self->pledge. */
gboolean dc_opened_read_pledge (DcJsonReader  *reader,
                                DcOpened      *self,
                                GError       **error);

G_END_DECLS
