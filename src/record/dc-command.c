/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-exchange-private.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-record.h"

static const char * const words[] = {
  [DC_COMMAND_OPEN] = "open",
  [DC_COMMAND_PROBE] = "probe",
  [DC_COMMAND_PUT] = "put",
  [DC_COMMAND_STATEMENT] = "statement",
  [DC_COMMAND_RECEIPTS] = "receipts",
  [DC_COMMAND_CREDENTIAL] = "credential",
  [DC_COMMAND_CREDENTIAL_FILE] = "credential-file",
};

static const char * const keys[][7] = {
  [DC_COMMAND_OPEN] = { "number", "command", "setup", "authority", "folder" },
  [DC_COMMAND_PROBE] = { "number", "command" },
  [DC_COMMAND_PUT] = { "number", "command", "campaign", "tablet", "queue", "content" },
  [DC_COMMAND_STATEMENT] = { "number", "command", "campaign", "tablet", "queue", "content" },
  [DC_COMMAND_RECEIPTS] = { "number", "command", "campaign", "tablet", "queue" },
  [DC_COMMAND_CREDENTIAL] = { "number", "command", "user", "password" },
  [DC_COMMAND_CREDENTIAL_FILE] = { "number", "command", "path" },
};

DcCommand *
dc_command_new (DcCommandKind kind)
{
  DcCommand *self = g_new0 (DcCommand, 1);

  self->kind = kind;

  return self;
}

static void
wipe_text (char **text)
{
  if (*text != NULL)
    dc_crypto_wipe (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

void
dc_command_free (DcCommand *self)
{
  g_clear_pointer (&self->setup, g_free);
  g_clear_pointer (&self->authority, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->content, g_bytes_unref);
  wipe_text (&self->user);
  wipe_text (&self->password);
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}

/* A control character takes six bytes. */
static gsize
room_for (const char *text)
{
  return text != NULL ? 6 * strlen (text) : 0;
}

static gsize
size_of (DcCommand *self)
{
  return 1024 + room_for (self->setup) + room_for (self->authority) + room_for (self->folder)
         + room_for (self->user) + room_for (self->password) + room_for (self->path)
         + dc_exchange_room_for_content (self->content);
}

static void
add_origin (DcJsonWriter   *writer,
            const DcOrigin *origin)
{
  dc_json_add_string (writer, "campaign", origin->campaign);
  dc_json_add_hex (writer, "tablet", origin->tablet, sizeof origin->tablet);
  dc_json_add_hex (writer, "queue", origin->queue.bytes, sizeof origin->queue.bytes);
}

static void
add_fields (DcCommand    *self,
            DcJsonWriter *writer)
{
  switch (self->kind) {
  case DC_COMMAND_OPEN:
    dc_json_add_string (writer, "setup", self->setup);
    dc_json_add_string (writer, "authority", self->authority);
    dc_json_add_string (writer, "folder", self->folder);
    break;
  case DC_COMMAND_PUT:
  case DC_COMMAND_STATEMENT:
    add_origin (writer, &self->origin);
    dc_exchange_add_content (writer, "content", self->content);
    break;
  case DC_COMMAND_RECEIPTS:
    add_origin (writer, &self->origin);
    break;
  case DC_COMMAND_CREDENTIAL:
    dc_json_add_string (writer, "user", self->user);
    dc_json_add_string (writer, "password", self->password);
    break;
  case DC_COMMAND_CREDENTIAL_FILE:
    dc_json_add_string (writer, "path", self->path);
    break;
  case DC_COMMAND_PROBE:
  case DC_N_COMMANDS:
    break;
  }
}

GBytes *
dc_command_to_line (DcCommand  *self,
                    GError    **error)
{
  DcJsonWriter writer;

  g_return_val_if_fail (self != NULL && self->kind < DC_N_COMMANDS && self->number > 0, NULL);

  dc_exchange_begin (&writer, size_of (self), self->number, "command", words[self->kind]);
  add_fields (self, &writer);

  return dc_exchange_finish (&writer, error);
}

static gboolean
read_origin (DcJsonReader  *reader,
             DcOrigin      *origin,
             GError       **error)
{
  if (!dc_json_read_string (reader, "campaign", origin->campaign, sizeof origin->campaign, error))
    return FALSE;
  /* It becomes the name of a folder. */
  if (*origin->campaign == '\0'
      || origin->campaign[strspn (origin->campaign, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
    return dc_json_refuse (reader, "campaign", "1 to 64 of a-z, 0-9 and -", error);

  return dc_json_read_hex (reader, "tablet", origin->tablet, sizeof origin->tablet, error)
         && dc_json_read_hex (reader, "queue", origin->queue.bytes, sizeof origin->queue.bytes,
                              error);
}

static gboolean
read_content (DcCommand     *self,
              DcJsonReader  *reader,
              GError       **error)
{
  self->content = dc_exchange_read_content (reader, "content", error);

  return self->content != NULL;
}

static gboolean
read_fields (DcCommand     *self,
             DcJsonReader  *reader,
             GError       **error)
{
  switch (self->kind) {
  case DC_COMMAND_OPEN:
    return dc_exchange_read_text (reader, "setup", DC_EXCHANGE_MAX_SETUP, TRUE,
                                  &self->setup, error)
           && dc_exchange_read_text (reader, "authority", DC_EXCHANGE_MAX_AUTHORITY, TRUE,
                                     &self->authority, error)
           && dc_exchange_read_text (reader, "folder", DC_EXCHANGE_MAX_PATH, TRUE,
                                     &self->folder, error);
  case DC_COMMAND_PUT:
  case DC_COMMAND_STATEMENT:
    return read_origin (reader, &self->origin, error) && read_content (self, reader, error);
  case DC_COMMAND_RECEIPTS:
    return read_origin (reader, &self->origin, error);
  case DC_COMMAND_CREDENTIAL:
    return dc_exchange_read_text (reader, "user", DC_EXCHANGE_MAX_USER, TRUE,
                                  &self->user, error)
           && dc_exchange_read_text (reader, "password", DC_EXCHANGE_MAX_PASSWORD, FALSE,
                                     &self->password, error);
  case DC_COMMAND_CREDENTIAL_FILE:
    return dc_exchange_read_text (reader, "path", DC_EXCHANGE_MAX_PATH, FALSE,
                                  &self->path, error);
  case DC_COMMAND_PROBE:
  case DC_N_COMMANDS:
    break;
  }

  return TRUE;
}

DcCommand *
dc_command_from_line (const char  *line,
                      gsize        length,
                      GError     **error)
{
  g_autoptr (DcCommand) self = NULL;
  g_autoptr (DcJsonReader) reader = NULL;
  gint64 number;
  guint kind;

  reader = dc_exchange_read ("command", line, length, "command", words, G_N_ELEMENTS (words),
                             &kind, &number, error);
  if (reader == NULL || !dc_json_reader_has_only (reader, keys[kind], error))
    return NULL;
  if (number == 0) {
    dc_json_refuse (reader, "number", "a number from 1", error);
    return NULL;
  }

  self = dc_command_new (kind);
  self->number = number;
  if (!read_fields (self, reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
