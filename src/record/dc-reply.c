/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-exchange-private.h"

#include <string.h>

#include "dc-json-nested.h"
#include "dc-record.h"

static const char * const words[] = {
  [DC_REPLY_IDENTITY] = "identity",
  [DC_REPLY_VERDICT] = "verdict",
  [DC_REPLY_PROGRESS] = "progress",
  [DC_REPLY_NOTE] = "note",
  [DC_REPLY_DONE] = "done",
  [DC_REPLY_ERROR] = "error",
};

static const char * const keys[][7] = {
  [DC_REPLY_IDENTITY] = { "number", "reply", "id", "epoch", "may_remove", "utc_us" },
  [DC_REPLY_VERDICT] = { "number", "reply", "id", "verdict", "reason" },
  [DC_REPLY_PROGRESS] = { "number", "reply", "sent", "total" },
  [DC_REPLY_NOTE] = { "number", "reply", "content" },
  [DC_REPLY_DONE] = { "number", "reply" },
  [DC_REPLY_ERROR] = { "number", "reply", "error", "message", "wait" },
};

DcReply *
dc_reply_new (DcReplyKind kind,
              gint64      number)
{
  DcReply *self = g_new0 (DcReply, 1);

  self->kind = kind;
  self->number = number;

  return self;
}

void
dc_reply_free (DcReply *self)
{
  g_clear_pointer (&self->delivery, dc_delivery_free);
  g_clear_pointer (&self->note, g_bytes_unref);
  g_clear_pointer (&self->message, g_free);
  g_free (self);
}

/* An empty text is none. */
static void
add_reason (DcJsonWriter *writer,
            const char   *reason)
{
  dc_json_add_string (writer, "reason", reason != NULL && *reason != '\0' ? reason : NULL);
}

static void
add_message (DcJsonWriter *writer,
             const char   *message)
{
  g_autofree char *valid = g_utf8_make_valid (message != NULL ? message : "", -1);

  if (strlen (valid) > DC_EXCHANGE_MAX_MESSAGE)
    *g_utf8_find_prev_char (valid, valid + DC_EXCHANGE_MAX_MESSAGE + 1) = '\0';
  dc_json_add_string (writer, "message", *valid != '\0' ? valid : NULL);
}

static void
add_fields (DcReply      *self,
            DcJsonWriter *writer)
{
  switch (self->kind) {
  case DC_REPLY_IDENTITY:
    dc_json_add_hex (writer, "id", self->id.bytes, sizeof self->id.bytes);
    dc_json_add_hex (writer, "epoch", self->epoch.bytes, sizeof self->epoch.bytes);
    dc_json_add_boolean (writer, "may_remove", self->may_remove);
    dc_json_add_integer (writer, "utc_us", self->utc_us);
    break;
  case DC_REPLY_VERDICT:
    dc_json_add_hex (writer, "id", self->delivery->id.bytes, sizeof self->delivery->id.bytes);
    dc_json_add_string (writer, "verdict", dc_verdict_to_string (self->delivery->verdict));
    add_reason (writer, self->delivery->reason);
    break;
  case DC_REPLY_PROGRESS:
    dc_json_add_integer (writer, "sent", self->sent);
    dc_json_add_integer (writer, "total", self->total);
    break;
  case DC_REPLY_NOTE:
    dc_exchange_add_content (writer, "content", self->note);
    break;
  case DC_REPLY_ERROR:
    dc_json_add_string (writer, "error", dc_delivery_error_to_string (self->code));
    add_message (writer, self->message);
    dc_json_add_integer (writer, "wait", CLAMP (self->wait, 0, DC_EXCHANGE_MAX_WAIT));
    break;
  case DC_REPLY_DONE:
  case DC_N_REPLIES:
    break;
  }
}

GBytes *
dc_reply_to_line (DcReply *self)
{
  DcJsonWriter writer;

  dc_exchange_begin (&writer, 8 * 1024 + dc_exchange_room_for_content (self->note), self->number,
                     "reply", words[self->kind]);
  add_fields (self, &writer);

  return dc_exchange_finish (&writer, NULL);
}

static gboolean
read_verdict (DcReply       *self,
              DcJsonReader  *reader,
              GError       **error)
{
  g_autofree char *reason = NULL;
  char word[32];
  DcVerdict verdict;
  DcId id;

  if (!dc_json_read_hex (reader, "id", id.bytes, sizeof id.bytes, error)
      || !dc_json_read_string (reader, "verdict", word, sizeof word, error)
      || !dc_exchange_read_text (reader, "reason", DC_DELIVERY_MAX_REASON, TRUE, &reason, error))
    return FALSE;
  if (!dc_verdict_from_string (word, &verdict))
    return dc_json_refuse (reader, "verdict", "a word that is known", error);
  if (reason != NULL && verdict != DC_VERDICT_REFUSED)
    return dc_json_refuse (reader, "reason", "none where the record is not refused", error);
  self->delivery = dc_delivery_new (&id, verdict, reason);

  return TRUE;
}

static gboolean
read_error (DcReply       *self,
            DcJsonReader  *reader,
            GError       **error)
{
  char word[32];

  if (!dc_json_read_string (reader, "error", word, sizeof word, error)
      || !dc_exchange_read_text (reader, "message", DC_EXCHANGE_MAX_MESSAGE, TRUE,
                                 &self->message, error)
      || !dc_exchange_read_number (reader, "wait", 0, &self->wait, error))
    return FALSE;
  if (!dc_delivery_error_from_string (word, &self->code))
    return dc_json_refuse (reader, "error", "a word that is known", error);
  if (self->wait > DC_EXCHANGE_MAX_WAIT)
    return dc_json_refuse (reader, "wait", "at most 86400 seconds", error);

  return TRUE;
}

static gboolean
read_fields (DcReply       *self,
             DcJsonReader  *reader,
             GError       **error)
{
  switch (self->kind) {
  case DC_REPLY_IDENTITY:
    return dc_json_read_hex (reader, "id", self->id.bytes, sizeof self->id.bytes, error)
           && dc_json_read_hex (reader, "epoch", self->epoch.bytes, sizeof self->epoch.bytes,
                                error)
           && dc_json_read_boolean (reader, "may_remove", &self->may_remove, error)
           && dc_exchange_read_number (reader, "utc_us", 0, &self->utc_us, error);
  case DC_REPLY_VERDICT:
    return read_verdict (self, reader, error);
  case DC_REPLY_PROGRESS:
    return dc_exchange_read_number (reader, "total", 0, &self->total, error)
           && dc_exchange_read_number (reader, "sent", 0, &self->sent, error)
           && (self->sent <= self->total
               || dc_json_refuse (reader, "sent", "no more than there is", error));
  case DC_REPLY_NOTE:
    self->note = dc_exchange_read_content (reader, "content", error);
    return self->note != NULL;
  case DC_REPLY_ERROR:
    return read_error (self, reader, error);
  case DC_REPLY_DONE:
  case DC_N_REPLIES:
    break;
  }

  return TRUE;
}

DcReply *
dc_reply_from_line (const char  *line,
                    gsize        length,
                    GError     **error)
{
  g_autoptr (DcReply) self = NULL;
  g_autoptr (DcJsonReader) reader = NULL;
  gint64 number;
  guint kind;

  reader = dc_exchange_read ("reply", line, length, "reply", words, G_N_ELEMENTS (words),
                             &kind, &number, error);
  if (reader == NULL || !dc_json_reader_has_only (reader, keys[kind], error))
    return NULL;
  if (number == 0 && kind != DC_REPLY_ERROR) {
    dc_json_refuse (reader, "number", "that of a command", error);
    return NULL;
  }

  self = dc_reply_new (kind, number);
  if (!read_fields (self, reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
