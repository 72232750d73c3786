/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-exchange.h"
#include "dc-json-reader.h"
#include "dc-json-writer.h"

G_BEGIN_DECLS

/* What commands and replies have in common. Internal to this folder. */

/* A writer of at most @size bytes whose line goes to dc_exchange_finish (). */
void          dc_exchange_begin        (DcJsonWriter    *writer,
                                        gsize            size,
                                        gint64           number,
                                        const char      *key,
                                        const char      *word);
/* (transfer full) */
GBytes       *dc_exchange_finish       (DcJsonWriter    *writer,
                                        GError         **error);
/* More than @content (nullable) takes as base64. */
gsize         dc_exchange_room_for_content (GBytes      *content);
void          dc_exchange_add_content  (DcJsonWriter    *writer,
                                        const char      *key,
                                        GBytes          *content);
/* The object of @line, which is one line, its "number" and the place of its
 * @key among @words. (transfer full) */
DcJsonReader *dc_exchange_read         (const char          *what,
                                        const char          *line,
                                        gsize                length,
                                        const char          *key,
                                        const char * const  *words,
                                        gsize                n_words,
                                        guint               *kind,
                                        gint64              *number,
                                        GError             **error);
/* At most @max bytes, not empty; NULL where it is null, which only @optional
 * allows. The caller frees @text. */
gboolean      dc_exchange_read_text    (DcJsonReader    *reader,
                                        const char      *key,
                                        gsize            max,
                                        gboolean         optional,
                                        char           **text,
                                        GError         **error);
/* 1 to DC_EXCHANGE_MAX_CONTENT bytes. (transfer full) */
GBytes       *dc_exchange_read_content (DcJsonReader    *reader,
                                        const char      *key,
                                        GError         **error);
/* An integer from @least to 2^53 - 1. */
gboolean      dc_exchange_read_number  (DcJsonReader    *reader,
                                        const char      *key,
                                        gint64           least,
                                        gint64          *number,
                                        GError         **error);

G_END_DECLS
