/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-exchange.h"

#include <string.h>

#include "dc-record.h"
#include "dc-test.h"

static const DcId some_id = { { 0xa1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0xff } };

#define TABLET "1111111111111111111111111111111111111111111111111111111111111111"
#define QUEUE  "a102030405060708090a0b0c0d0e0fff"
#define ORIGIN "\"campaign\":\"migrants-day-2026\",\"tablet\":\"" TABLET "\",\"queue\":\"" QUEUE "\""

static DcOrigin
make_origin (void)
{
  DcOrigin origin = { .campaign = "migrants-day-2026", .queue = some_id };

  memset (origin.tablet, 0x11, sizeof origin.tablet);

  return origin;
}

static char *
text_of (GBytes *line)
{
  return g_strndup (g_bytes_get_data (line, NULL), g_bytes_get_size (line));
}

/* Its line is @expected; what reads that line back writes it again. */
static void
assert_command (DcCommand  *command,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) line = dc_command_to_line (command, &error);
  g_autoptr (DcCommand) again = NULL;
  g_autoptr (GBytes) line_again = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = text_of (line);
  g_assert_cmpstr (text, ==, expected);
  again = dc_command_from_line (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->kind, ==, command->kind);
  line_again = dc_command_to_line (again, &error);
  g_assert_true (g_bytes_equal (line, line_again));
}

static void
assert_reply (DcReply    *reply,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) line = dc_reply_to_line (reply);
  g_autoptr (DcReply) again = NULL;
  g_autoptr (GBytes) line_again = NULL;
  g_autofree char *text = text_of (line);

  g_assert_cmpstr (text, ==, expected);
  again = dc_reply_from_line (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->kind, ==, reply->kind);
  line_again = dc_reply_to_line (again);
  g_assert_true (g_bytes_equal (line, line_again));
}

static DcCommand *
make_command (DcCommandKind kind)
{
  DcCommand *command = dc_command_new (kind);

  command->number = 7;
  command->origin = make_origin ();

  return command;
}

static void
test_commands_about_the_destination (void)
{
  g_autoptr (DcCommand) open = make_command (DC_COMMAND_OPEN);
  g_autoptr (DcCommand) drive = make_command (DC_COMMAND_OPEN);
  g_autoptr (DcCommand) probe = make_command (DC_COMMAND_PROBE);

  open->setup = g_strdup ("[Destination]\nKind=webdav\n");
  open->authority = g_strdup ("-----BEGIN CERTIFICATE-----\n");
  assert_command (open, "{\"number\":7,\"command\":\"open\",\"setup\":\"[Destination]\\nKind=webdav\\n\","
                  "\"authority\":\"-----BEGIN CERTIFICATE-----\\n\",\"folder\":null}\n");
  drive->folder = g_strdup ("/media/kiosk/Clé \"USB\"");
  assert_command (drive, "{\"number\":7,\"command\":\"open\",\"setup\":null,\"authority\":null,"
                  "\"folder\":\"/media/kiosk/Clé \\\"USB\\\"\"}\n");
  assert_command (probe, "{\"number\":7,\"command\":\"probe\"}\n");
}

static void
test_commands_that_carry (void)
{
  g_autoptr (DcCommand) put = make_command (DC_COMMAND_PUT);
  g_autoptr (DcCommand) statement = make_command (DC_COMMAND_STATEMENT);
  g_autoptr (DcCommand) receipts = make_command (DC_COMMAND_RECEIPTS);

  put->content = g_bytes_new_static ("bundle\n", 7);
  assert_command (put, "{\"number\":7,\"command\":\"put\"," ORIGIN ",\"content\":\"YnVuZGxlCg==\"}\n");
  statement->content = g_bytes_new_static ("line\n", 5);
  assert_command (statement,
                  "{\"number\":7,\"command\":\"statement\"," ORIGIN ",\"content\":\"bGluZQo=\"}\n");
  assert_command (receipts, "{\"number\":7,\"command\":\"receipts\"," ORIGIN "}\n");
}

static void
test_commands_about_the_credential (void)
{
  g_autoptr (DcCommand) credential = make_command (DC_COMMAND_CREDENTIAL);
  g_autoptr (DcCommand) file = make_command (DC_COMMAND_CREDENTIAL_FILE);

  credential->user = g_strdup ("tablet-3");
  credential->password = g_strdup ("se\"cret\\");
  assert_command (credential, "{\"number\":7,\"command\":\"credential\",\"user\":\"tablet-3\","
                  "\"password\":\"se\\\"cret\\\\\"}\n");
  file->path = g_strdup ("/media/kiosk/stick/daily-cup-setup.ini");
  assert_command (file, "{\"number\":7,\"command\":\"credential-file\","
                  "\"path\":\"/media/kiosk/stick/daily-cup-setup.ini\"}\n");
}

static void
test_replies (void)
{
  g_autoptr (DcReply) identity = dc_reply_new (DC_REPLY_IDENTITY, 2);
  g_autoptr (DcReply) verdict = dc_reply_new (DC_REPLY_VERDICT, 3);
  g_autoptr (DcReply) progress = dc_reply_new (DC_REPLY_PROGRESS, 3);
  g_autoptr (DcReply) note = dc_reply_new (DC_REPLY_NOTE, 4);
  g_autoptr (DcReply) done = dc_reply_new (DC_REPLY_DONE, 5);

  identity->id = some_id;
  identity->may_remove = TRUE;
  identity->utc_us = G_GINT64_CONSTANT (1797588000000000);
  assert_reply (identity, "{\"number\":2,\"reply\":\"identity\",\"id\":\"" QUEUE "\","
                "\"epoch\":\"00000000000000000000000000000000\",\"may_remove\":true,\"utc_us\":1797588000000000}\n");
  verdict->delivery = dc_delivery_new (&some_id, DC_VERDICT_REFUSED, "no such campaign");
  assert_reply (verdict, "{\"number\":3,\"reply\":\"verdict\",\"id\":\"" QUEUE "\","
                "\"verdict\":\"refused\",\"reason\":\"no such campaign\"}\n");
  progress->sent = 5;
  progress->total = 9;
  assert_reply (progress, "{\"number\":3,\"reply\":\"progress\",\"sent\":5,\"total\":9}\n");
  progress->sent = progress->total = 0;
  assert_reply (progress, "{\"number\":3,\"reply\":\"progress\",\"sent\":0,\"total\":0}\n");
  note->note = g_bytes_new_static ("line\n", 5);
  assert_reply (note, "{\"number\":4,\"reply\":\"note\",\"content\":\"bGluZQo=\"}\n");
  assert_reply (done, "{\"number\":5,\"reply\":\"done\"}\n");
}

static void
test_error_replies (void)
{
  for (guint code = 0; code < DC_N_DELIVERY_ERRORS; code++) {
    g_autoptr (DcReply) reply = dc_reply_new (DC_REPLY_ERROR, 0);
    g_autofree char *expected = NULL;

    reply->code = code;
    reply->message = g_strdup ("503");
    reply->wait = 20;
    expected = g_strdup_printf ("{\"number\":0,\"reply\":\"error\",\"error\":\"%s\","
                                "\"message\":\"503\",\"wait\":20}\n",
                                dc_delivery_error_to_string (code));
    assert_reply (reply, expected);
  }
}

static void
test_a_long_message_is_cut_between_letters (void)
{
  g_autoptr (DcReply) reply = dc_reply_new (DC_REPLY_ERROR, 1);
  g_autoptr (DcReply) again = NULL;
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GError) error = NULL;
  GString *message = g_string_new ("\xff");

  for (guint i = 0; i < DC_EXCHANGE_MAX_MESSAGE; i++)
    g_string_append (message, "é");
  reply->message = g_string_free (message, FALSE);
  reply->wait = G_MAXINT64;

  line = dc_reply_to_line (reply);
  again = dc_reply_from_line (g_bytes_get_data (line, NULL), g_bytes_get_size (line), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (again->message), >, DC_EXCHANGE_MAX_MESSAGE - 2);
  g_assert_true (g_str_has_prefix (again->message, "\xef\xbf\xbd" "éé"));
  g_assert_cmpint (again->wait, ==, DC_EXCHANGE_MAX_WAIT);
}

static void
test_the_largest_note_fits_into_a_line (void)
{
  g_autoptr (DcReply) reply = dc_reply_new (DC_REPLY_NOTE, 1);
  g_autoptr (DcReply) too_large = dc_reply_new (DC_REPLY_NOTE, 1);
  g_autoptr (DcReply) again = NULL;
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GBytes) line_too_large = NULL;
  g_autoptr (GError) error = NULL;

  reply->note = g_bytes_new_take (g_malloc0 (DC_EXCHANGE_MAX_CONTENT), DC_EXCHANGE_MAX_CONTENT);
  line = dc_reply_to_line (reply);
  again = dc_reply_from_line (g_bytes_get_data (line, NULL), g_bytes_get_size (line), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (again->note, reply->note));

  too_large->note = g_bytes_new_take (g_malloc0 (DC_EXCHANGE_MAX_CONTENT + 1),
                                      DC_EXCHANGE_MAX_CONTENT + 1);
  line_too_large = dc_reply_to_line (too_large);
  g_assert_null (dc_reply_from_line (g_bytes_get_data (line_too_large, NULL),
                                     g_bytes_get_size (line_too_large), &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD);
}

/* A text of control characters takes six times its length. */
static char *
longest (gsize length)
{
  return g_strnfill (length, '\x01');
}

static void
assert_travels (DcCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) line = dc_command_to_line (command, &error);
  g_autoptr (DcCommand) again = NULL;

  g_assert_no_error (error);
  again = dc_command_from_line (g_bytes_get_data (line, NULL), g_bytes_get_size (line), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->setup, ==, command->setup);
  g_assert_cmpstr (again->authority, ==, command->authority);
  g_assert_cmpstr (again->folder, ==, command->folder);
  g_assert_cmpstr (again->user, ==, command->user);
  g_assert_cmpstr (again->password, ==, command->password);
  g_assert_cmpstr (again->path, ==, command->path);
  g_assert_cmpint (again->content != NULL, ==, command->content != NULL);
  g_assert_true (command->content == NULL || g_bytes_equal (again->content, command->content));
}

static void
test_the_longest_commands_fit_into_a_line (void)
{
  g_autoptr (DcCommand) open = make_command (DC_COMMAND_OPEN);
  g_autoptr (DcCommand) credential = make_command (DC_COMMAND_CREDENTIAL);
  g_autoptr (DcCommand) file = make_command (DC_COMMAND_CREDENTIAL_FILE);
  g_autoptr (DcCommand) put = make_command (DC_COMMAND_PUT);

  open->setup = longest (DC_EXCHANGE_MAX_SETUP);
  open->authority = longest (DC_EXCHANGE_MAX_AUTHORITY);
  open->folder = longest (DC_EXCHANGE_MAX_PATH);
  assert_travels (open);
  credential->user = longest (DC_EXCHANGE_MAX_USER);
  credential->password = longest (DC_EXCHANGE_MAX_PASSWORD);
  assert_travels (credential);
  file->path = longest (DC_EXCHANGE_MAX_PATH);
  assert_travels (file);
  put->content = g_bytes_new_take (g_malloc0 (DC_EXCHANGE_MAX_CONTENT), DC_EXCHANGE_MAX_CONTENT);
  assert_travels (put);
}

static void
test_refuses_texts_that_are_too_long (void)
{
  g_autoptr (DcCommand) file = make_command (DC_COMMAND_CREDENTIAL_FILE);
  g_autoptr (DcCommand) put = make_command (DC_COMMAND_PUT);
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GError) error = NULL;

  file->path = longest (DC_EXCHANGE_MAX_PATH + 1);
  line = dc_command_to_line (file, &error);
  g_assert_no_error (error);
  g_assert_null (dc_command_from_line (g_bytes_get_data (line, NULL), g_bytes_get_size (line), &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD);
  g_clear_error (&error);

  /* What is no line at all does not even leave. */
  put->content = g_bytes_new_take (g_malloc0 (DC_EXCHANGE_MAX_LINE), DC_EXCHANGE_MAX_LINE);
  g_assert_null (dc_command_to_line (put, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message, ==, "exchange: expected a line of at most 1048576 bytes");
}

static void
test_refuses_a_path_that_is_not_utf8 (void)
{
  g_autoptr (DcCommand) command = make_command (DC_COMMAND_OPEN);
  g_autoptr (GError) error = NULL;

  command->folder = g_strdup ("/media/\xff");
  g_assert_null (dc_command_to_line (command, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, "exchange: folder: expected UTF-8");
}

static void
test_refuses_commands (void)
{
  static const struct
  {
    const char *line;
    int         code;
    const char *message;
  } cases[] = {
    { "", DC_RECORD_ERROR_SYNTAX, "command: expected one JSON object" },
    { "[]", DC_RECORD_ERROR_SYNTAX, "command: expected one JSON object" },
    { "{\"number\":1,\n\"command\":\"probe\"}", DC_RECORD_ERROR_SYNTAX, "command: expected one line" },
    { "{\"number\":1,\"number\":1,\"command\":\"probe\"}", DC_RECORD_ERROR_SYNTAX, "no key twice" },
    { "{\"number\":0,\"command\":\"probe\"}", DC_RECORD_ERROR_FIELD, "command: number" },
    { "{\"number\":-1,\"command\":\"probe\"}", DC_RECORD_ERROR_FIELD, "command: number" },
    { "{\"number\":9007199254740992,\"command\":\"probe\"}", DC_RECORD_ERROR_FIELD, "command: number" },
    { "{\"number\":1,\"command\":\"erase\"}", DC_RECORD_ERROR_FIELD, "command: command" },
    { "{\"number\":1,\"command\":\"probe\",\"extra\":1}", DC_RECORD_ERROR_FIELD, "command: extra" },
    { "{\"number\":1,\"command\":\"credential-file\"}", DC_RECORD_ERROR_FIELD, "command: path" },
    { "{\"number\":1,\"command\":\"credential-file\",\"path\":null}", DC_RECORD_ERROR_FIELD, "command: path" },
    { "{\"number\":1,\"command\":\"credential\",\"user\":null,\"password\":\"\"}",
      DC_RECORD_ERROR_FIELD, "command: password" },
    { "{\"number\":1,\"command\":\"receipts\",\"campaign\":\"../x\",\"tablet\":\"" TABLET
      "\",\"queue\":\"" QUEUE "\"}", DC_RECORD_ERROR_FIELD, "command: campaign" },
    { "{\"number\":1,\"command\":\"receipts\",\"campaign\":\"\",\"tablet\":\"" TABLET
      "\",\"queue\":\"" QUEUE "\"}", DC_RECORD_ERROR_FIELD, "command: campaign" },
    { "{\"number\":1,\"command\":\"receipts\",\"campaign\":\"x\",\"tablet\":\"11\",\"queue\":\""
      QUEUE "\"}", DC_RECORD_ERROR_FIELD, "command: tablet" },
    { "{\"number\":1,\"command\":\"put\"," ORIGIN ",\"content\":\"\"}", DC_RECORD_ERROR_FIELD, "command: content" },
    { "{\"number\":1,\"command\":\"put\"," ORIGIN ",\"content\":\"YQ\"}", DC_RECORD_ERROR_FIELD, "command: content" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (dc_command_from_line (cases[i].line, strlen (cases[i].line), &error));
    g_assert_error (error, DC_RECORD_ERROR, cases[i].code);
    g_assert_nonnull (strstr (error->message, cases[i].message));
  }
}

static void
test_refuses_replies (void)
{
  static const struct
  {
    const char *line;
    const char *message;
  } cases[] = {
    { "{\"number\":0,\"reply\":\"done\"}", "reply: number" },
    { "{\"number\":1,\"reply\":\"well\"}", "reply: reply" },
    { "{\"number\":1,\"reply\":\"done\",\"id\":1}", "reply: id" },
    { "{\"number\":1,\"reply\":\"verdict\",\"id\":\"a1\",\"verdict\":\"new\",\"reason\":null}", "reply: id" },
    { "{\"number\":1,\"reply\":\"verdict\",\"id\":\"" QUEUE "\",\"verdict\":\"good\",\"reason\":null}",
      "reply: verdict" },
    { "{\"number\":1,\"reply\":\"verdict\",\"id\":\"" QUEUE "\",\"verdict\":\"new\",\"reason\":\"x\"}",
      "reply: reason" },
    { "{\"number\":1,\"reply\":\"progress\",\"sent\":9,\"total\":5}", "reply: sent" },
    { "{\"number\":1,\"reply\":\"progress\",\"sent\":-1,\"total\":5}", "reply: sent" },
    { "{\"number\":1,\"reply\":\"error\",\"error\":\"sad\",\"message\":null,\"wait\":0}", "reply: error" },
    { "{\"number\":1,\"reply\":\"error\",\"error\":\"busy\",\"message\":null,\"wait\":86401}", "reply: wait" },
    { "{\"number\":1,\"reply\":\"identity\",\"id\":\"" QUEUE "\",\"epoch\":\"" QUEUE
      "\",\"may_remove\":1,\"utc_us\":0}", "reply: may_remove" },
    { "{\"number\":1,\"reply\":\"identity\",\"id\":\"" QUEUE "\",\"epoch\":\"" QUEUE
      "\",\"may_remove\":true,\"utc_us\":-1}", "reply: utc_us" },
    { "{\"number\":1,\"reply\":\"note\",\"content\":null}", "reply: content" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (dc_reply_from_line (cases[i].line, strlen (cases[i].line), &error));
    g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD);
    g_assert_nonnull (strstr (error->message, cases[i].message));
  }
}

static void
feed (DcLineBuffer *buffer,
      const char   *text,
      gsize         length)
{
  while (length > 0) {
    gsize room;
    guint8 *place = dc_line_buffer_room (buffer, &room);
    gsize n = MIN (room, length);

    memcpy (place, text, n);
    dc_line_buffer_fill (buffer, n);
    text += n;
    length -= n;
  }
}

static void
assert_line (DcLineBuffer *buffer,
             const char   *expected)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *line = dc_line_buffer_take (buffer, &length, &error);

  g_assert_no_error (error);
  if (expected == NULL) {
    g_assert_null (line);
    return;
  }
  g_assert_nonnull (line);
  g_assert_cmpmem (line, length, expected, strlen (expected));
}

static void
test_lines_from_pieces (void)
{
  g_autoptr (DcLineBuffer) buffer = dc_line_buffer_new ();

  assert_line (buffer, NULL);
  feed (buffer, "on", 2);
  assert_line (buffer, NULL);
  g_assert_true (dc_line_buffer_has_more (buffer));
  feed (buffer, "e\n\ntwo\nthr", 10);
  assert_line (buffer, "one");
  assert_line (buffer, "");
  feed (buffer, "ee", 2);
  assert_line (buffer, "two");
  assert_line (buffer, NULL);
  feed (buffer, "\n", 1);
  assert_line (buffer, "three");
  g_assert_false (dc_line_buffer_has_more (buffer));
  assert_line (buffer, NULL);
}

static void
test_lines_are_bounded (void)
{
  g_autofree char *long_line = g_malloc (DC_EXCHANGE_MAX_LINE);
  g_autoptr (DcLineBuffer) longest = dc_line_buffer_new ();
  g_autoptr (DcLineBuffer) longer = dc_line_buffer_new ();
  g_autoptr (GError) error = NULL;
  gsize length;

  memset (long_line, 'x', DC_EXCHANGE_MAX_LINE);
  feed (longest, long_line, DC_EXCHANGE_MAX_LINE - 1);
  assert_line (longest, NULL);
  feed (longest, "\n", 1);
  g_assert_nonnull (dc_line_buffer_take (longest, &length, &error));
  g_assert_cmpuint (length, ==, DC_EXCHANGE_MAX_LINE - 1);

  feed (longer, long_line, DC_EXCHANGE_MAX_LINE);
  g_assert_null (dc_line_buffer_take (longer, &length, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/command/says-which-destination", test_commands_about_the_destination);
  g_test_add_func ("/exchange/command/carries-a-bundle-or-a-statement", test_commands_that_carry);
  g_test_add_func ("/exchange/command/hands-over-a-credential", test_commands_about_the_credential);
  g_test_add_func ("/exchange/command/fits-into-a-line-however-long", test_the_longest_commands_fit_into_a_line);
  g_test_add_func ("/exchange/command/refuses-what-is-too-long", test_refuses_texts_that_are_too_long);
  g_test_add_func ("/exchange/command/refuses-a-path-that-is-not-utf-8", test_refuses_a_path_that_is_not_utf8);
  g_test_add_func ("/exchange/command/refuses-what-is-none", test_refuses_commands);
  g_test_add_func ("/exchange/reply/each-kind", test_replies);
  g_test_add_func ("/exchange/reply/each-error-by-its-word", test_error_replies);
  g_test_add_func ("/exchange/reply/cuts-a-long-message-between-letters", test_a_long_message_is_cut_between_letters);
  g_test_add_func ("/exchange/reply/takes-the-largest-note-and-no-larger", test_the_largest_note_fits_into_a_line);
  g_test_add_func ("/exchange/reply/refuses-what-is-none", test_refuses_replies);
  g_test_add_func ("/exchange/lines/come-in-pieces", test_lines_from_pieces);
  g_test_add_func ("/exchange/lines/are-bounded", test_lines_are_bounded);

  return g_test_run ();
}
