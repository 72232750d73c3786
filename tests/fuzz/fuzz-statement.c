/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-crypto.h"
#include "dc-record.h"
#include "dc-statement.h"

/* Twice with any bytes: as a whole line; and as the JSON of one that the key of
 * the corpus signed, so that its fields are looked at and the signature holds.
 * What is accepted can be written again and says the same. */

static DcTabletKey *tablet;

static void
set_up (void)
{
  guint8 seed[32];

  if (tablet != NULL)
    return;
  g_assert_true (dc_crypto_init ());
  for (guint i = 0; i < sizeof seed; i++)
    seed[i] = (guint8) i;
  tablet = dc_tablet_key_from_seed (seed);
}

static void
check (GBytes *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcStatement) statement = dc_statement_from_line (line, &error);
  g_autoptr (DcStatement) again = NULL;
  g_autoptr (GBytes) written = NULL;

  if (statement == NULL) {
    g_assert_true (error->domain == DC_RECORD_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return;
  }
  g_assert_true (memcmp (statement->origin.tablet, dc_tablet_key_get_public (tablet), 32) == 0);
  written = dc_statement_to_line (statement, tablet);
  again = dc_statement_from_line (written, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->rows->len, ==, statement->rows->len);
  g_assert_cmpint (again->number, ==, statement->number);
}

static GBytes *
sign (const guint8 *data,
      gsize         size)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  g_autofree char *text = g_base64_encode (data, size);
  g_autofree char *signature = NULL;
  guint8 bytes[64];
  char *line;

  g_byte_array_append (message, (const guint8 *) DC_STATEMENT_CONTEXT, (guint) strlen (DC_STATEMENT_CONTEXT));
  g_byte_array_append (message, data, (guint) size);
  dc_tablet_key_sign (tablet, message->data, message->len, bytes);
  signature = g_base64_encode (bytes, sizeof bytes);
  line = g_strdup_printf ("{\"statement\":\"%s\",\"signature\":\"%s\"}\n", text, signature);

  return g_bytes_new_take (line, strlen (line));
}

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GBytes) line = NULL;

  set_up ();
  check (bytes);
  line = sign (data, size);
  check (line);

  return 0;
}
