/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-test-server.h"

/* Who may do what, statement by statement, as somebody would try it who got hold
 * of a tablet and its password. */

static DcTestServer *server;

static const char * const forbidden_to_tablet[] = {
  "SELECT * FROM daily_cup.record",
  "SELECT count(*) FROM daily_cup.record",
  "SELECT 1 FROM daily_cup.note",
  "SELECT 1 FROM daily_cup.tablet",
  "SELECT 1 FROM daily_cup.destination",
  "SELECT 1 FROM daily_cup.batch",
  "SELECT nextval('daily_cup.batch')",
  "INSERT INTO daily_cup.record DEFAULT VALUES",
  "UPDATE daily_cup.record SET seq = 1",
  "DELETE FROM daily_cup.record",
  "TRUNCATE daily_cup.record",
  "COPY daily_cup.record TO STDOUT",
  "LOCK daily_cup.record",
  "INSERT INTO daily_cup.note (kind) VALUES ('receipt')",
  "DELETE FROM daily_cup.note",
  "INSERT INTO daily_cup.tablet VALUES ('tent', '\\x00')",
  "UPDATE daily_cup.tablet SET revoked = NULL",
  "UPDATE daily_cup.destination SET epoch = id",
  "SELECT daily_cup.enrol('tent', repeat('ab', 32))",
  "SELECT daily_cup.revoke('other')",
  "SELECT daily_cup.new_epoch()",
  "SELECT daily_cup.settle()",
  "SELECT daily_cup.own_tablet()",
  "SELECT daily_cup.place()",
  "SELECT daily_cup.random_id()",
  "SELECT daily_cup.put_note('receipt', 'a', decode(repeat('01', 32), 'hex'), decode(repeat('02', 16), 'hex'), 'x')",
  "SELECT daily_cup.put_note('statement', 'a', decode(repeat('99', 32), 'hex'), decode(repeat('02', 16), 'hex'), 'x')",
  "SET ROLE daily_cup_owner",
  "SET ROLE daily_cup_office",
  "SET SESSION AUTHORIZATION postgres",
  "CREATE TABLE daily_cup.mine (a int)",
  "CREATE FUNCTION daily_cup.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1'",
  "CREATE TEMP TABLE mine (a int)",
  "CREATE SCHEMA mine",
  "CREATE TABLE public.mine (a int)",
  "ALTER FUNCTION daily_cup.submit(bytea[], bytea[], bytea[]) SECURITY INVOKER",
  "DROP SCHEMA daily_cup CASCADE",
  "CREATE ROLE another",
  "SELECT pg_read_file('/etc/passwd')",
  "COPY (SELECT 1) TO PROGRAM 'true'",
};

static const char * const forbidden_to_office[] = {
  "INSERT INTO daily_cup.record DEFAULT VALUES",
  "UPDATE daily_cup.record SET seq = 1",
  "TRUNCATE daily_cup.record",
  "UPDATE daily_cup.note SET line = ''",
  "INSERT INTO daily_cup.note (kind) VALUES ('receipt')",
  "UPDATE daily_cup.tablet SET revoked = NULL",
  "DELETE FROM daily_cup.tablet",
  "UPDATE daily_cup.destination SET epoch = id",
  "SELECT * FROM daily_cup.submit('{}', '{}', '{}')",
  "SELECT daily_cup.new_epoch()",
  "SELECT daily_cup.put_note('statement', 'a', decode(repeat('01', 32), 'hex'), decode(repeat('02', 16), 'hex'), 'x')",
  "SET ROLE daily_cup_owner",
  "CREATE TABLE daily_cup.mine (a int)",
  "DROP TABLE daily_cup.record",
};

static const char * const forbidden_to_stranger[] = {
  "SELECT 1",   /* not even in */
};

static void
refuse (const char         *user,
        const char * const *statements,
        gsize               n)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *output = dc_test_server_try (server, user, statements[i]);

    if (output != NULL)
      g_error ("%s may do this: %s", user, statements[i]);
  }
}

static void
test_tablet (void)
{
  refuse ("tent", forbidden_to_tablet, G_N_ELEMENTS (forbidden_to_tablet));
}

static void
test_office (void)
{
  refuse ("desk", forbidden_to_office, G_N_ELEMENTS (forbidden_to_office));
}

static void
test_stranger (void)
{
  refuse ("stranger", forbidden_to_stranger, G_N_ELEMENTS (forbidden_to_stranger));
}

/* All that each may do, so that what is refused above is not refused because
 * nothing works. */
static void
test_allowed (void)
{
  static const struct
  {
    const char *user;
    const char *sql;
  } allowed[] = {
    { "tent", "SELECT version FROM daily_cup.identity()" },
    { "tent", "SELECT * FROM daily_cup.submit('{}', '{}', '{}')" },
    { "tent", "SELECT * FROM daily_cup.notes('receipt', NULL, NULL, NULL, 0)" },
    { "tent", "SELECT daily_cup.put_note('statement', 'a', decode(repeat('01', 32), 'hex'), "
      "decode(repeat('02', 16), 'hex'), 'x')" },
    { "desk", "SELECT version FROM daily_cup.identity()" },
    { "desk", "SELECT * FROM daily_cup.record" },
    { "desk", "SELECT * FROM daily_cup.note" },
    { "desk", "SELECT * FROM daily_cup.tablet" },
    { "desk", "DELETE FROM daily_cup.record" },
    { "desk", "SELECT daily_cup.put_note('receipt', 'a', decode(repeat('01', 32), 'hex'), "
      "decode(repeat('02', 16), 'hex'), 'x')" },
    { "desk", "SELECT daily_cup.revoke('other')" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++) {
    g_autofree char *output = dc_test_server_try (server, allowed[i].user, allowed[i].sql);

    if (output == NULL)
      g_error ("%s may not do this: %s", allowed[i].user, allowed[i].sql);
  }
}

/* What no function may do: be called by all, run as its owner with a path that
 * the caller chose. */
static void
test_every_function (void)
{
  g_autofree char *open = NULL;
  g_autofree char *loose = NULL;

  open = dc_test_server_sql (server,
                             "SELECT string_agg(proname, ' ') FROM pg_proc WHERE pronamespace = 'daily_cup'::regnamespace "
                             "AND (proacl IS NULL OR EXISTS (SELECT FROM aclexplode(proacl) WHERE grantee = 0))");
  g_assert_cmpstr (open, ==, "");
  loose = dc_test_server_sql (server,
                              "SELECT string_agg(proname, ' ') FROM pg_proc WHERE pronamespace = 'daily_cup'::regnamespace "
                              "AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (proconfig), false)");
  g_assert_cmpstr (loose, ==, "");
}

static char *
submit (const char *envelope,
        const char *signature,
        const char *sealed)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT verdict || ': ' || coalesce(reason, '') FROM daily_cup.submit("
                     "ARRAY[%s], ARRAY[%s], ARRAY[%s])", envelope, signature, sealed);
  char *answer = dc_test_server_try (server, "tent", sql);

  return answer != NULL ? answer : g_strdup ("failed");
}

/* Fields of an envelope that is good but for one of them. */
#define ENVELOPE(v, id, seq, hash) \
  "convert_to('{\"v\":" v ",\"id\":\"" id "\",\"tablet\":\"' || repeat('01', 32) || '\"," \
  "\"queue\":\"' || repeat('02', 16) || '\",\"campaign\":\"a\",\"seq\":" seq "," \
  "\"sealed_sha256\":\"' || encode(sha256('" hash "'), 'hex') || '\"}', 'UTF8')"
#define ID "00112233445566778899aabbccddeeff"
#define SIGNATURE "decode(repeat('00', 64), 'hex')"

static void
test_what_is_refused (void)
{
  static const struct
  {
    const char *envelope;
    const char *signature;
    const char *sealed;
    const char *answer;
  } cases[] = {
    { ENVELOPE ("2", ID, "1", "x"), SIGNATURE, "'x'::bytea", "refused: The envelope is of another version than 1." },
    { ENVELOPE ("1", ID, "0", "x"), SIGNATURE, "'x'::bytea", "refused: The envelope has no id, queue, campaign or number." },
    { ENVELOPE ("1", ID, "1.5", "x"), SIGNATURE, "'x'::bytea", "refused: The envelope has no id, queue, campaign or number." },
    { ENVELOPE ("1", ID, "9007199254740992", "x"), SIGNATURE, "'x'::bytea", "refused: The number is above 2^53 - 1." },
    { ENVELOPE ("1", ID, "1", "y"), SIGNATURE, "'x'::bytea", "refused: The sealed part is not the one that the envelope names." },
    { ENVELOPE ("1", ID, "1", "x"), "'short'::bytea", "'x'::bytea", "refused: The signature is not one of 64 bytes." },
    { ENVELOPE ("1", ID, "1", "x"), SIGNATURE, "convert_to(repeat('x', 131073), 'UTF8')", "refused: The sealed part is larger than 131072 bytes." },
    { ENVELOPE ("1", ID, "1", "x") " || convert_to(repeat(' ', 4096), 'UTF8')", SIGNATURE, "'x'::bytea", "refused: The envelope is larger than 4096 bytes." },
    { "convert_to('{\"id\":\"" ID "\"', 'UTF8')", SIGNATURE, "'x'::bytea", "refused: The envelope is not JSON." },
    { "convert_to('[\"id\":\"" ID "\"]', 'UTF8')", SIGNATURE, "'x'::bytea", "refused: The envelope is not JSON." },
    { "'\\xff00'::bytea || convert_to('\"id\":\"" ID "\"', 'UTF8')", SIGNATURE, "'x'::bytea", "refused: The envelope is not JSON." },
    { "NULL::bytea", SIGNATURE, "'x'::bytea", "" },
    { ENVELOPE ("1", "short", "1", "x"), SIGNATURE, "'x'::bytea", "" },
    { ENVELOPE ("1", ID, "1", "x"), "NULL::bytea", "'x'::bytea", "refused: A part of the record is missing." },
    { ENVELOPE ("1", ID, "1", "x"), SIGNATURE ", " SIGNATURE, "'x'::bytea", "failed" },
    { ENVELOPE ("1", ID, "1", "x"), SIGNATURE, "'x'::bytea", "new:" },
    { ENVELOPE ("1", ID, "1", "x"), SIGNATURE, "'x'::bytea", "same:" },
    { ENVELOPE ("1", ID, "2", "x"), SIGNATURE, "'x'::bytea", "differs:" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *answer = submit (cases[i].envelope, cases[i].signature, cases[i].sealed);

    g_test_message ("%s", cases[i].envelope);
    g_assert_cmpstr (answer, ==, cases[i].answer);
  }
}

static void
test_enrolment (void)
{
  static const char * const wrong[] = {
    "SELECT daily_cup.enrol('tent', repeat('cd', 32))",       /* has a tablet */
    "SELECT daily_cup.enrol('spare', repeat('01', 32))",      /* that tablet has a login */
    "SELECT daily_cup.enrol('spare', repeat('CD', 32))",
    "SELECT daily_cup.enrol('spare', 'cd')",
    "SELECT daily_cup.enrol('spare', NULL)",
    "SELECT daily_cup.enrol('nobody', repeat('cd', 32))",
    "SELECT daily_cup.enrol('stranger', repeat('cd', 32))",   /* not in the group */
    "SELECT daily_cup.revoke('nobody')",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (dc_test_server_try (server, "desk", wrong[i]));
  g_free (dc_test_server_sql (server, "SET SESSION AUTHORIZATION desk; SELECT daily_cup.enrol('spare', repeat('cd', 32))"));
}

int
main (int    argc,
      char **argv)
{
  guint8 one[32];
  guint8 two[32] = { 2 };
  int status;

  g_test_init (&argc, &argv, NULL);
  server = dc_test_server_new ();
  if (server == NULL)
    return 0;
  memset (one, 1, sizeof one);
  dc_test_server_enrol (server, "tent", one);
  dc_test_server_enrol (server, "other", two);
  g_free (dc_test_server_sql (server, "CREATE ROLE desk LOGIN IN ROLE daily_cup_office; CREATE ROLE stranger LOGIN; "
                              "CREATE ROLE spare LOGIN IN ROLE daily_cup_tablet"));

  g_test_add_func ("/postgresql/roles/what-a-tablet-may-not", test_tablet);
  g_test_add_func ("/postgresql/roles/what-the-office-may-not", test_office);
  g_test_add_func ("/postgresql/roles/a-stranger-does-not-get-in", test_stranger);
  g_test_add_func ("/postgresql/roles/what-each-may", test_allowed);
  g_test_add_func ("/postgresql/roles/no-function-is-open-or-loose", test_every_function);
  g_test_add_func ("/postgresql/roles/records-that-are-refused", test_what_is_refused);
  g_test_add_func ("/postgresql/roles/enrolment", test_enrolment);

  status = g_test_run ();
  g_clear_pointer (&server, dc_test_server_free);

  return status;
}
