/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-exchange.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-record.h"

/* Cuts the input into lines; whatever is accepted as a command or a reply
 * writes a line that reads back to the same. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
assert_refused (GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == DC_RECORD_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
try_command (const char *line,
             gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcCommand) command = dc_command_from_line (line, length, &error);
  g_autoptr (DcCommand) again = NULL;
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) two = NULL;

  if (command == NULL) {
    assert_refused (error);
    return;
  }
  one = dc_command_to_line (command, &error);
  if (one == NULL) {   /* what was written shorter than this program writes it */
    g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE);
    return;
  }
  again = dc_command_from_line (g_bytes_get_data (one, NULL), g_bytes_get_size (one), &error);
  g_assert_no_error (error);
  two = dc_command_to_line (again, &error);
  g_assert_true (g_bytes_equal (one, two));
}

static void
try_reply (const char *line,
           gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcReply) reply = dc_reply_from_line (line, length, &error);
  g_autoptr (DcReply) again = NULL;
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) two = NULL;

  if (reply == NULL) {
    assert_refused (error);
    return;
  }
  one = dc_reply_to_line (reply);
  g_assert_nonnull (one);
  again = dc_reply_from_line (g_bytes_get_data (one, NULL), g_bytes_get_size (one), &error);
  g_assert_no_error (error);
  two = dc_reply_to_line (again);
  g_assert_true (g_bytes_equal (one, two));
}

static void
take_lines (DcLineBuffer *buffer)
{
  g_autoptr (GError) error = NULL;
  const char *line;
  gsize length;

  while ((line = dc_line_buffer_take (buffer, &length, &error)) != NULL) {
    g_assert_cmpuint (length, <, DC_EXCHANGE_MAX_LINE);
    try_command (line, length);
    try_reply (line, length);
  }
  g_assert_no_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (DcLineBuffer) buffer = dc_line_buffer_new ();

  g_assert_true (dc_crypto_init ());
  size = MIN (size, DC_EXCHANGE_MAX_LINE - 1);
  for (gsize done = 0; done < size;) {
    gsize room;
    guint8 *place = dc_line_buffer_room (buffer, &room);
    gsize n = MIN (MIN (room, size - done), 1000);

    memcpy (place, data + done, n);
    dc_line_buffer_fill (buffer, n);
    done += n;
    take_lines (buffer);
  }

  return 0;
}
