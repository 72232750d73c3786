/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-statement-private.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-receipt.h"
#include "dc-test.h"
#include "fixture.h"

#define LARGEST G_GINT64_CONSTANT (9007199254740991)

#define TABLET "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
#define QUEUE  "51ee9a0c3f6b4c2d8e7a10b2c3d4e5f6"
#define PACK   "0505050505050505050505050505050505050505050505050505050505050505"

static const char golden[] =
  "{\"v\":1,\"campaign\":\"migrants-day\",\"tablet\":\"" TABLET "\",\"queue\":\"" QUEUE "\",\"pack\":\"" PACK "\","
  "\"number\":7,\"time\":{\"utc\":\"2026-12-18T18:00:00.000001Z\",\"offset_minutes\":60,\"boot\":null,"
  "\"monotonic_us\":5,\"clock\":\"set\"},\"max_seq\":12,\"set_aside\":1,\"codes_shown\":40,\"rows\":["
  "{\"kind\":\"pledge\",\"state\":\"delivered\",\"taken_back\":false,\"shift\":\"Morning-7F\",\"currency\":\"CHF\","
  "\"frequency\":\"monthly\",\"count\":10,\"sum\":18000},"
  "{\"kind\":\"withdrawal\",\"state\":\"waiting\",\"taken_back\":false,\"shift\":null,\"currency\":null,"
  "\"frequency\":null,\"count\":1,\"sum\":0},"
  "{\"kind\":\"pledge\",\"state\":\"waiting\",\"taken_back\":true,\"shift\":null,\"currency\":\"JPY\","
  "\"frequency\":\"once\",\"count\":1,\"sum\":500}]}";

static DcStatementRow *
add_row (DcStatement *statement,
         DcKind       kind,
         DcState      state,
         const char  *shift,
         const char  *currency,
         gint64       count,
         gint64       sum)
{
  DcStatementRow row = { .kind = kind, .state = state, .count = count, .sum = sum };

  g_strlcpy (row.shift, shift, sizeof row.shift);
  g_strlcpy (row.currency, currency, sizeof row.currency);
  g_array_append_val (statement->rows, row);

  return &g_array_index (statement->rows, DcStatementRow, statement->rows->len - 1);
}

static DcStatement *
empty_statement (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 12, 18, 18, 0, 0);
  DcStatement *self = dc_statement_new ();

  g_strlcpy (self->origin.campaign, "migrants-day", sizeof self->origin.campaign);
  memcpy (self->origin.tablet, dc_tablet_key_get_public (tablet), sizeof self->origin.tablet);
  self->origin.queue = fixture_queue;
  memset (self->pack, 5, sizeof self->pack);
  self->number = 7;
  self->time = (DcStamp) { .utc_us = g_date_time_to_unix (time) * G_USEC_PER_SEC + 1, .offset_s = 3600,
                           .monotonic_us = 5, .trust = DC_CLOCK_SET };

  return self;
}

static DcStatement *
golden_statement (void)
{
  DcStatement *self = empty_statement ();

  self->max_seq = 12;
  self->set_aside = 1;
  self->codes_shown = 40;
  add_row (self, DC_KIND_PLEDGE, DC_STATE_DELIVERED, "Morning-7F", "CHF", 10, 18000)->frequency = DC_FREQUENCY_MONTHLY;
  add_row (self, DC_KIND_WITHDRAWAL, DC_STATE_WAITING, "", "", 1, 0);
  add_row (self, DC_KIND_PLEDGE, DC_STATE_WAITING, "", "JPY", 1, 500)->taken_back = TRUE;

  return self;
}

static GBytes *
line_of (DcStatement *statement)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();

  return dc_statement_to_line (statement, tablet);
}

/* A line in which the tablet signed @context and @json, whatever they are. */
static GBytes *
signed_line (const char *context,
             const char *json)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  g_autofree char *message = g_strconcat (context, json, NULL);
  g_autofree char *text = g_base64_encode ((const guint8 *) json, strlen (json));
  g_autofree char *signature = NULL;
  guint8 bytes[64];
  char *line;

  dc_tablet_key_sign (tablet, (const guint8 *) message, strlen (message), bytes);
  signature = g_base64_encode (bytes, sizeof bytes);
  line = g_strdup_printf ("{\"statement\":\"%s\",\"signature\":\"%s\"}\n", text, signature);

  return g_bytes_new_take (line, strlen (line));
}

static void
assert_line_refused (GBytes     *line,
                     int         code,
                     const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcStatement) read = dc_statement_from_line (line, &error);

  g_assert_null (read);
  g_assert_error (error, DC_RECORD_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("%s, expected %s", error->message, pattern);
}

/* The golden text with one thing changed, and rightly signed. */
static void
assert_refused (const char *old,
                const char *by,
                int         code,
                const char *pattern)
{
  g_autofree char *json = fixture_replace (golden, old, by);
  g_autoptr (GBytes) line = signed_line (DC_STATEMENT_CONTEXT, json);

  assert_line_refused (line, code, pattern);
}

static void
test_text (void)
{
  g_autoptr (DcStatement) statement = golden_statement ();
  g_autoptr (GBytes) line = line_of (statement);
  g_autoptr (GBytes) expected = signed_line ("daily-cup/statement/1\n", golden);

  g_assert_cmpmem (g_bytes_get_data (line, NULL), g_bytes_get_size (line), g_bytes_get_data (expected, NULL),
                   g_bytes_get_size (expected));
}

static void
assert_same_rows (GArray *a,
                  GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++) {
    const DcStatementRow *one = &g_array_index (a, DcStatementRow, i);
    const DcStatementRow *other = &g_array_index (b, DcStatementRow, i);

    g_assert_cmpint (one->kind, ==, other->kind);
    g_assert_cmpint (one->state, ==, other->state);
    g_assert_cmpint (one->taken_back, ==, other->taken_back);
    g_assert_cmpstr (one->shift, ==, other->shift);
    g_assert_cmpstr (one->currency, ==, other->currency);
    g_assert_cmpint (one->frequency, ==, other->frequency);
    g_assert_cmpint (one->count, ==, other->count);
    g_assert_cmpint (one->sum, ==, other->sum);
  }
}

static void
test_round_trip (void)
{
  g_autoptr (DcStatement) made = golden_statement ();
  g_autoptr (GBytes) line = line_of (made);
  g_autoptr (GError) error = NULL;
  g_autoptr (DcStatement) read = dc_statement_from_line (line, &error);

  g_assert_no_error (error);
  g_assert_true (dc_origin_equal (&made->origin, &read->origin));
  g_assert_cmpmem (made->pack, 32, read->pack, 32);
  g_assert_cmpint (read->number, ==, 7);
  g_assert_cmpint (read->time.utc_us, ==, made->time.utc_us);
  g_assert_cmpint (read->time.offset_s, ==, 3600);
  g_assert_cmpint (read->time.trust, ==, DC_CLOCK_SET);
  g_assert_cmpint (read->max_seq, ==, 12);
  g_assert_cmpuint (read->set_aside, ==, 1);
  g_assert_cmpint (read->codes_shown, ==, 40);
  assert_same_rows (made->rows, read->rows);
}

/* A tablet that was just set up. */
static void
test_nothing_taken (void)
{
  g_autoptr (DcStatement) made = empty_statement ();
  g_autoptr (GBytes) line = line_of (made);
  g_autoptr (DcStatement) read = dc_statement_from_line (line, NULL);

  g_assert_nonnull (read);
  g_assert_cmpint (read->max_seq, ==, 0);
  g_assert_cmpuint (read->rows->len, ==, 0);
}

/* As many rows as there may be, each as long as one can be. */
static void
test_largest (void)
{
  g_autoptr (DcStatement) made = empty_statement ();
  g_autoptr (GBytes) line = NULL;
  g_autoptr (DcStatement) read = NULL;
  g_autofree char *filling = g_strnfill (60, 'x');

  made->number = made->max_seq = made->codes_shown = LARGEST;
  made->set_aside = G_MAXINT32;
  for (guint i = 0; i < DC_STATEMENT_MAX_ROWS; i++) {
    g_autofree char *shift = g_strdup_printf ("%s%04u", filling, i);

    add_row (made, DC_KIND_CORRECTION, DC_STATE_WITHDRAWN, shift, "CHF", LARGEST,
             LARGEST)->frequency = DC_FREQUENCY_MONTHLY;
  }
  line = line_of (made);
  g_assert_cmpuint (g_bytes_get_size (line), <=, DC_STATEMENT_MAX_LINE);
  read = dc_statement_from_line (line, NULL);
  g_assert_nonnull (read);
  assert_same_rows (made->rows, read->rows);
}

static gint64
total (GArray     *rows,
       const char *shift)
{
  gint64 count = 0;

  for (guint i = 0; i < rows->len; i++) {
    const DcStatementRow *row = &g_array_index (rows, DcStatementRow, i);

    if (shift == NULL || strcmp (row->shift, shift) == 0)
      count += row->count;
  }

  return count;
}

/* 1,000 shifts of two rows each: shift N has 2 N + 3 records. */
static void
add_many_shifts (DcStatement *statement)
{
  for (int i = 0; i < 1000; i++) {
    g_autofree char *shift = g_strdup_printf ("shift-%d", i);

    add_row (statement, DC_KIND_PLEDGE, DC_STATE_WAITING, shift, "CHF", i + 1, 100 * (i + 1));
    add_row (statement, DC_KIND_PLEDGE, DC_STATE_DELIVERED, shift, "CHF", i + 2, 100 * (i + 2));
  }
}

static void
test_joined (void)
{
  g_autoptr (DcStatement) made = empty_statement ();
  g_autoptr (GBytes) line = NULL;
  g_autoptr (DcStatement) read = NULL;
  gint64 before;

  add_row (made, DC_KIND_PLEDGE, DC_STATE_WAITING, "", "CHF", 1, 100);
  add_many_shifts (made);
  before = total (made->rows, NULL);
  line = line_of (made);
  read = dc_statement_from_line (line, NULL);
  g_assert_nonnull (read);

  /* What was counted is counted still; who had few is joined, and wholly. */
  g_assert_cmpuint (read->rows->len, ==, 1499);
  g_assert_cmpint (total (read->rows, NULL), ==, before);
  g_assert_cmpint (total (read->rows, ""), ==, 1);
  for (int i = 0; i < 1000; i++) {
    g_autofree char *shift = g_strdup_printf ("shift-%d", i);

    /* 2,001 rows without 252 times two, and with two that are joined: 1,499. */
    g_assert_cmpint (total (read->rows, shift), ==, i < 252 ? 0 : 2 * i + 3);
  }
  g_assert_cmpint (total (read->rows, "*"), >, 0);
}

/* Of shifts with as many records each, the first by name: so that the same queue
 * is told in the same way each time. */
static void
test_joined_by_name (void)
{
  g_autoptr (DcStatement) made = empty_statement ();
  g_autoptr (GBytes) line = NULL;
  g_autoptr (DcStatement) read = NULL;

  for (int i = 0; i < 1600; i++) {
    g_autofree char *shift = g_strdup_printf ("shift-%04d", i);

    add_row (made, DC_KIND_PLEDGE, DC_STATE_WAITING, shift, "CHF", 1, 100);
  }
  line = line_of (made);
  read = dc_statement_from_line (line, NULL);
  g_assert_nonnull (read);
  g_assert_cmpuint (read->rows->len, ==, DC_STATEMENT_MAX_ROWS);
  for (int i = 0; i < 1600; i++) {
    g_autofree char *shift = g_strdup_printf ("shift-%04d", i);

    g_assert_cmpint (total (read->rows, shift), ==, i < 101 ? 0 : 1);
  }
  g_assert_cmpint (total (read->rows, "*"), ==, 101);
}

/* Rows are alike in all but their numbers, or they are not. */
static void
test_alike (void)
{
  const DcStatementRow row = { .kind = DC_KIND_PLEDGE, .state = DC_STATE_WAITING, .shift = "late-4",
                               .currency = "CHF", .frequency = DC_FREQUENCY_ONCE, .count = 1, .sum = 100 };
  DcStatementRow others[] = { row, row, row, row, row, row };
  DcStatementRow more = row;

  others[0].kind = DC_KIND_CORRECTION;
  others[1].state = DC_STATE_DELIVERED;
  others[2].taken_back = TRUE;
  g_strlcpy (others[3].shift, "late-5", sizeof others[3].shift);
  g_strlcpy (others[4].currency, "EUR", sizeof others[4].currency);
  others[5].frequency = DC_FREQUENCY_YEARLY;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_assert_false (dc_statement_row_alike (&row, &others[i]));
    g_assert_cmpuint (dc_statement_row_hash (&row), !=, dc_statement_row_hash (&others[i]));
  }

  more.count = 7;
  more.sum = 700;
  g_assert_true (dc_statement_row_alike (&row, &more));
  g_assert_cmpuint (dc_statement_row_hash (&row), ==, dc_statement_row_hash (&more));
}

/* Rows that were joined once before are joined again, and no sum runs over. */
static void
test_joined_again (void)
{
  g_autoptr (DcStatement) made = empty_statement ();
  g_autoptr (GBytes) line = NULL;
  g_autoptr (DcStatement) read = NULL;

  add_row (made, DC_KIND_PLEDGE, DC_STATE_WAITING, "*", "CHF", LARGEST, LARGEST);
  add_many_shifts (made);
  line = line_of (made);
  read = dc_statement_from_line (line, NULL);
  g_assert_nonnull (read);
  for (guint i = 0, several = 0; i < read->rows->len; i++) {
    const DcStatementRow *row = &g_array_index (read->rows, DcStatementRow, i);

    several += strcmp (row->shift, "*") == 0;
    g_assert_cmpuint (several, <=, 2);
    if (strcmp (row->shift, "*") == 0 && row->state == DC_STATE_WAITING)
      g_assert_true (row->count == LARGEST && row->sum == LARGEST);
  }
}

/* What the same key signs for another purpose is no statement. */
static void
test_purposes (void)
{
  static const char * const contexts[] = {
    "", DC_RECORD_CONTEXT, DC_RECEIPT_CONTEXT, "daily-cup/drill/1\n", "daily-cup/statement/1", "daily-cup/statement/2\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (contexts); i++) {
    g_autoptr (GBytes) line = signed_line (contexts[i], golden);

    assert_line_refused (line, DC_RECORD_ERROR_SIGNATURE, "statement: not signed by the tablet that it names");
  }
}

/* And a statement's signature makes no record. */
static void
test_no_record (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  g_autoptr (GBytes) envelope = fixture_vector ("pledge", "envelope");
  g_autoptr (GBytes) sealed = fixture_vector ("pledge", "age");
  g_autoptr (GByteArray) message = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 signature[64];

  g_byte_array_append (message, (const guint8 *) DC_STATEMENT_CONTEXT, strlen (DC_STATEMENT_CONTEXT));
  g_byte_array_append (message, g_bytes_get_data (envelope, NULL), (guint) g_bytes_get_size (envelope));
  dc_tablet_key_sign (tablet, message->data, message->len, signature);
  g_assert_null (dc_record_new (envelope, signature, sealed, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SIGNATURE);
}

static void
test_another_tablet (void)
{
  /* RFC 8032, section 7.1, TEST 1 */
  assert_refused (TABLET, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                  DC_RECORD_ERROR_SIGNATURE, "statement: not signed by the tablet that it names");
}

static void
test_changed (void)
{
  g_autoptr (GBytes) line = signed_line (DC_STATEMENT_CONTEXT, golden);
  gsize length;
  const guint8 *data = g_bytes_get_data (line, &length);

  for (gsize i = 0; i + 1 < length; i++) {
    g_autofree guint8 *changed = g_memdup2 (data, length);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (DcStatement) read = NULL;

    changed[i] ^= 1;
    bytes = g_bytes_new (changed, length);
    read = dc_statement_from_line (bytes, NULL);
    g_assert_null (read);
  }
}

static void
test_truncated (void)
{
  g_autoptr (GBytes) line = signed_line (DC_STATEMENT_CONTEXT, golden);

  for (gsize length = 0; length < g_bytes_get_size (line) - 1; length++) {
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (line, 0, length);
    g_autoptr (DcStatement) read = dc_statement_from_line (part, NULL);

    g_assert_null (read);
  }
}

/* The event, its place and the last check: there where they are known. */
static void
test_stall (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  g_autoptr (DcStatement) made = golden_statement ();
  g_autoptr (DcStatement) read = NULL;
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GError) error = NULL;

  g_strlcpy (made->stall.event, "Fête de la paix, 12°", sizeof made->stall.event);
  g_strlcpy (made->stall.place, "Genève", sizeof made->stall.place);
  made->stall.ready_s = 1797588000;
  g_strlcpy (made->stall.ready, "ggarggggggga", sizeof made->stall.ready);
  line = dc_statement_to_line (made, tablet);
  read = dc_statement_from_line (line, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->stall.event, ==, "Fête de la paix, 12°");
  g_assert_cmpstr (read->stall.place, ==, "Genève");
  g_assert_cmpint (read->stall.ready_s, ==, 1797588000);
  g_assert_cmpstr (read->stall.ready, ==, "ggarggggggga");
}

/* A tablet whose clock had lost its battery was looked at all the same. */
static void
test_stall_at_the_first_second (void)
{
  g_autoptr (DcTabletKey) tablet = fixture_tablet ();
  g_autoptr (DcStatement) made = golden_statement ();
  g_autoptr (DcStatement) read = NULL;
  g_autoptr (GBytes) line = NULL;

  made->stall.ready_s = 1;
  g_strlcpy (made->stall.ready, "r", sizeof made->stall.ready);
  line = dc_statement_to_line (made, tablet);
  read = dc_statement_from_line (line, NULL);
  g_assert_cmpint (read->stall.ready_s, ==, 1);
  g_assert_cmpstr (read->stall.ready, ==, "r");
}

static void
test_head (void)
{
  static const char * const cases[][3] = {
    { "\"number\":7,", "", "statement: number: expected it to be there" },
    { "\"number\":7", "\"number\":0", "statement: number: expected an integer from 1 to 9007199254740991" },
    { "\"number\":7", "\"number\":9007199254740992", "statement: number: expected an integer from *" },
    { "\"number\":7", "\"number\":7.0", "statement: number: expected an integer" },
    { "\"max_seq\":12", "\"max_seq\":-1", "statement: max_seq: expected an integer from 0 *" },
    { "\"set_aside\":1", "\"set_aside\":2147483648", "statement: set_aside: *0 to 2147483647" },
    { "\"set_aside\":1", "\"set_aside\":-1", "statement: set_aside: *" },
    { "\"codes_shown\":40", "\"codes_shown\":9007199254740992", "statement: codes_shown: *" },
    { "\"codes_shown\":40", "\"codes_shown\":null", "statement: codes_shown: expected an integer" },
    { "\"rows\":", "\"event\":7,\"rows\":", "statement: event: expected a string" },
    { "\"rows\":", "\"event\":\"a\\u0007\",\"rows\":", "statement: event: expected what the format allows" },
    { "\"rows\":", "\"place\":\"a\\nb\",\"rows\":", "statement: place: expected what the format allows" },
    { "\"rows\":", "\"ready\":\"g\",\"rows\":", "statement: ready_at: expected an integer" },
    { "\"rows\":", "\"ready_at\":1,\"rows\":", "statement: ready: *" },
    { "\"rows\":", "\"ready_at\":0,\"ready\":\"g\",\"rows\":", "statement: ready_at: expected an integer from 1 *" },
    { "\"rows\":", "\"ready_at\":1,\"ready\":\"\",\"rows\":", "statement: ready: *" },
    { "\"rows\":", "\"ready_at\":1,\"ready\":\"gax\",\"rows\":", "statement: ready: *" },
    { "migrants-day", "Migrants", "statement: campaign: expected 1 to 64 of *" },
    { QUEUE, "51EE", "statement: queue: expected 32 *" },
    { PACK, QUEUE, "statement: pack: expected 64 *" },
    { "\"clock\":\"set\"", "\"clock\":\"right\"", "statement: time: clock: *" },
    { "2026-12-18T", "2026-12-32T", "statement: time: utc: *" },
    { "\"offset_minutes\":60", "\"offset_minutes\":1441", "statement: time: offset_minutes: *" },
    { "{\"v\":1,", "{\"v\":1,\"x\":1,", "statement: x: expected no such field" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i][0], cases[i][1], DC_RECORD_ERROR_FIELD, cases[i][2]);
}

static void
test_rows (void)
{
  static const char * const cases[][3] = {
    { "\"kind\":\"pledge\"", "\"kind\":1", "statement: rows 1: kind: expected a string" },
    { "\"state\":\"delivered\"", "\"state\":1", "statement: rows 1: state: expected a string" },
    { "\"Morning-7F\"", "1", "statement: rows 1: shift: expected a string" },
    { "\"count\":10", "\"count\":\"10\"", "statement: rows 1: count: expected an integer" },
    { "\"sum\":18000", "\"sum\":1.5", "statement: rows 1: sum: expected an integer" },
    { "\"kind\":\"pledge\"", "\"kind\":\"gift\"", "statement: rows 1: kind: expected a kind of record" },
    { "\"state\":\"delivered\"", "\"state\":\"lost\"", "statement: rows 1: state: expected a state of a record" },
    { "\"taken_back\":false", "\"taken_back\":0", "statement: rows 1: taken_back: expected true or false" },
    { "\"Morning-7F\"", "\"\"", "statement: rows 1: shift: expected null, or 1 to 64 characters" },
    { "\"Morning-7F\"", "\"Ana’s\"", "statement: rows 1: shift: expected what the format allows" },
    { "\"Morning-7F\"", "\"**\"", "statement: rows 1: shift: *" },
    { "\"currency\":\"CHF\"", "\"currency\":\"chf\"", "statement: rows 1: currency: *" },
    { "\"currency\":\"CHF\"", "\"currency\":\"\"", "statement: rows 1: currency: *" },
    { "\"currency\":\"CHF\"", "\"currency\":\"FRANC\"", "statement: rows 1: currency: expected a shorter string" },
    { "\"currency\":\"CHF\"", "\"currency\":null", "statement: rows 1: frequency: expected null, as *" },
    { "\"frequency\":\"monthly\"", "\"frequency\":null", "statement: rows 1: frequency: expected a string" },
    { "\"frequency\":\"monthly\"", "\"frequency\":\"daily\"", "statement: rows 1: frequency: expected “once”*" },
    { "\"count\":10", "\"count\":0", "statement: rows 1: count: *" },
    { "\"count\":10", "\"count\":9007199254740992", "statement: rows 1: count: *" },
    { "\"sum\":18000", "\"sum\":-1", "statement: rows 1: sum: *" },
    { "\"sum\":18000", "\"sum\":9007199254740992", "statement: rows 1: sum: *" },
    { "\"sum\":0", "\"sum\":1", "statement: rows 2: sum: *" },
    { "\"sum\":0}", "\"sum\":0},{\"kind\":\"withdrawal\",\"state\":\"waiting\",\"taken_back\":false,\"shift\":null,"
      "\"currency\":null,\"frequency\":null,\"count\":2,\"sum\":0}", "statement: rows: expected none twice" },
    { "\"sum\":18000}", "\"sum\":18000,\"name\":\"Ana\"}", "statement: rows 1: name: expected no such field" },
    { "\"rows\":[", "\"rows\":[7,", "statement: rows: expected a list of objects" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i][0], cases[i][1], DC_RECORD_ERROR_FIELD, cases[i][2]);
}

static void
test_too_many_rows (void)
{
  g_autoptr (GString) many = g_string_new (NULL);

  for (guint i = 0; i < DC_STATEMENT_MAX_ROWS; i++)
    g_string_append (many, "{},");
  g_string_prepend (many, "\"rows\":[");
  assert_refused ("\"rows\":[", many->str, DC_RECORD_ERROR_FIELD, "statement: rows: expected at most 1500");
}

static void
test_lines (void)
{
  g_autofree char *much = g_strnfill (DC_STATEMENT_MAX_LINE + 1, ' ');
  g_autofree char *text = g_base64_encode ((const guint8 *) golden, strlen (golden));
  g_autofree char *short_signature = g_strdup_printf ("{\"statement\":\"%s\",\"signature\":\"e30=\"}\n", text);
  const struct
  {
    const char *text;
    int         code;
    const char *message;
  } cases[] = {
    { "", DC_RECORD_ERROR_SYNTAX, "statement: expected one JSON object*" },
    { "{\"statement\":\"e30=\",\n\"signature\":\"e30=\"}\n", DC_RECORD_ERROR_SYNTAX, "statement: expected one line" },
    { "{\"receipt\":\"e30=\",\"signature\":\"e30=\"}\n", DC_RECORD_ERROR_FIELD, "statement: statement: *" },
    { "{\"statement\":\"e30=\",\"signature\":\"e30=\"}\n", DC_RECORD_ERROR_FIELD, "statement: v: expected an integer" },
    { short_signature, DC_RECORD_ERROR_SIGNATURE, "statement: not signed *" },
    { much, DC_RECORD_ERROR_TOO_LARGE, "statement: expected at most 524288 bytes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) line = g_bytes_new_static (cases[i].text, strlen (cases[i].text));

    assert_line_refused (line, cases[i].code, cases[i].message);
  }
  assert_refused ("{\"v\":1,", "{\"v\":2,\"new\":[],", DC_RECORD_ERROR_VERSION, "statement: v: found 2, expected 1");
  assert_refused ("{\"v\":1,", "{\"v\":1,\"v\":1,", DC_RECORD_ERROR_SYNTAX, "statement: expected one JSON object*");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/statement/text-is-what-version-1-says", test_text);
  g_test_add_func ("/statement/what-the-tablet-said-the-office-reads", test_round_trip);
  g_test_add_func ("/statement/says-too-that-nothing-was-taken", test_nothing_taken);
  g_test_add_func ("/statement/the-largest-fits", test_largest);
  g_test_add_func ("/statement/too-many-shifts-are-joined-the-smallest-first", test_joined);
  g_test_add_func ("/statement/too-many-shifts-are-joined-the-first-by-name-where-all-are-small", test_joined_by_name);
  g_test_add_func ("/statement/rows-are-alike-in-all-but-their-numbers", test_alike);
  g_test_add_func ("/statement/joined-rows-are-joined-again-and-no-sum-runs-over", test_joined_again);
  g_test_add_func ("/statement/a-signature-for-another-purpose-is-worth-nothing", test_purposes);
  g_test_add_func ("/statement/its-signature-makes-no-record", test_no_record);
  g_test_add_func ("/statement/only-the-tablet-it-names-can-sign-it", test_another_tablet);
  g_test_add_func ("/statement/a-changed-byte-is-found", test_changed);
  g_test_add_func ("/statement/a-truncated-one-is-none", test_truncated);
  g_test_add_func ("/statement/tells-of-the-event-and-of-the-last-check", test_stall);
  g_test_add_func ("/statement/tells-of-the-event-and-of-the-last-check-at-the-first-second", test_stall_at_the_first_second);
  g_test_add_func ("/statement/refuses-a-head-that-is-not-as-it-must-be", test_head);
  g_test_add_func ("/statement/refuses-rows-that-are-not-as-they-must-be", test_rows);
  g_test_add_func ("/statement/refuses-too-many-rows", test_too_many_rows);
  g_test_add_func ("/statement/refuses-lines-that-are-none", test_lines);

  return g_test_run ();
}
