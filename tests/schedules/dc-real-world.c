/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-real-world.h"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dc-credential-store.h"
#include "dc-source.h"

#define GROUP        "World"
#define PATIENCE_MS  1500   /* a fault that stalls would take half a minute */
#define PAUSE_MS     40     /* of a second of waiting */
#define LENIENCE     5
#define LENIENCE_MS  700

typedef struct
{
  DcScheduleWorld parent;
  int             channel;
  const char     *send;
  const char     *self_path;
  char           *state;      /* (owned) of the sender, and its credentials */
  char           *file;       /* (owned) where the world is described */
  gboolean        forgets;
  GKeyFile       *described;  /* (owned) */
  char           *texts[3];   /* (owned) (nullable) of elsewhere */
  const char     *argv[4];
  DcTestElsewhere elsewhere;
} RealWorld;

/* The answer without its "ok ". (transfer full) */
static char *
read_answer (RealWorld *self)
{
  g_autoptr (GString) line = g_string_new (NULL);
  char byte;

  while (read (self->channel, &byte, 1) == 1 && byte != '\n')
    g_string_append_c (line, byte);
  if (!g_str_has_prefix (line->str, "ok"))
    g_error ("the world: %s", line->len > 0 ? line->str : "it ended");

  return g_strstrip (g_strdup (line->str + strlen ("ok")));
}

static char *
get_text (RealWorld  *self,
          const char *key)
{
  return g_key_file_get_string (self->described, GROUP, key, NULL);
}

static void
read_description (RealWorld *self)
{
  static const char * const keys[] = { "Setup", "Authority", "Folder" };
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_file (self->described, self->file, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_free (self->texts[i]);
    self->texts[i] = get_text (self, keys[i]);
  }
  self->elsewhere.setup = self->texts[0];
  self->elsewhere.authority = self->texts[1];
  self->elsewhere.folder = self->texts[2];
}

static char *say (RealWorld *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Tells the world something, and waits until it is so. The answer: a file. (transfer full) */
static char *
say (RealWorld  *self,
     const char *format,
     ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  line = g_strconcat (text, "\n", NULL);
  g_assert_cmpint (send (self->channel, line, strlen (line), MSG_NOSIGNAL), ==, strlen (line));

  return read_answer (self);
}

static void
obey (RealWorld *self,
      char      *file)
{
  g_free (self->file);
  self->file = file;
}

/* NULL where it is a removable drive. */
static gboolean
parse_setup (DcDestinationSetup *setup,
             const char         *text)
{
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    return FALSE;
  dc_destination_setup_parse (setup, text, strlen (text), &error);
  g_assert_no_error (error);

  return TRUE;
}

/* As the office would: past the proxy, with a login of its own. */
static DcDestination *
come (gpointer data)
{
  RealWorld *self = data;
  g_auto (DcDestinationSetup) setup = { 0 };
  g_auto (DcCredential) credential = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  DcDestination *destination;

  read_description (self);
  text = get_text (self, "OfficeSetup");
  folder = get_text (self, "OfficeFolder");
  credential.user = get_text (self, "OfficeUser");
  credential.password = get_text (self, "OfficePassword");
  parse_setup (&setup, text);
  destination = dc_destination_new (&setup, self->elsewhere.authority, folder, &credential, &error);
  g_assert_no_error (error);

  return destination;
}

static void
keep_credential (RealWorld *self)
{
  g_auto (DcDestinationSetup) setup = { 0 };
  g_auto (DcCredential) credential = { .user = get_text (self, "User"),
                                       .password = get_text (self, "Password") };
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse_setup (&setup, self->elsewhere.setup))
    return;
  address = dc_credential_address (&setup);
  if (address == NULL)
    return;
  dc_credential_save (self->state, address, &credential, &error);
  g_assert_no_error (error);
}

static void
begin (DcScheduleWorld *world,
       DcTestRun       *test,
       guint32          seed,
       guint32          number)
{
  RealWorld *self = (RealWorld *) world;

  obey (self, say (self, "begin %u %u %d", seed, number, self->forgets));
  read_description (self);
  keep_credential (self);
  dc_test_run_set_up (test, &self->elsewhere);
}

static void
end (DcScheduleWorld *world,
     DcTestRun       *test)
{
  dc_test_run_tear_down (test, NULL);
}

static void
disturb (DcScheduleWorld *world,
         DcTestRun       *test,
         GRand           *random,
         guint            harm)
{
  RealWorld *self = (RealWorld *) world;

  obey (self, say (self, "disturb %u %u", g_rand_int (random), harm));
}

static void
calm (DcScheduleWorld *world,
      DcTestRun       *test)
{
  RealWorld *self = (RealWorld *) world;

  obey (self, say (self, "calm"));
}

static void
strike (DcScheduleWorld *world,
        DcTestRun       *test,
        GRand           *random)
{
  RealWorld *self = (RealWorld *) world;

  obey (self, say (self, "strike %u", g_rand_int (random)));
}

/* Whatever this process has started that is daily-cup-send. */
static void
kill_sender (DcScheduleWorld *world,
             DcTestRun       *test)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", getpid ());
  g_autofree char *text = NULL;
  g_auto (GStrv) children = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  children = g_strsplit (g_strstrip (text), " ", -1);
  for (guint i = 0; children[i] != NULL; i++) {
    gint64 pid = g_ascii_strtoll (children[i], NULL, 10);

    if (pid > 1)
      kill ((pid_t) pid, SIGKILL);
  }
}

/* A second process has the queue and hands over, and is killed on the way; its
 * sender, if that still lives, is left to itself. */
static void
kill_tablet (DcScheduleWorld *world,
             DcTestRun       *test,
             GRand           *random)
{
  RealWorld *self = (RealWorld *) world;
  const char * const argv[] = { self->self_path, "--tablet", self->send, self->state, self->file,
                                test->store.directory, test->office_public, NULL };
  g_autoptr (GSubprocess) tablet = NULL;
  g_autoptr (GError) error = NULL;

  dc_run_stop (test->run);
  dc_test_run_wait (test);
  dc_test_run_leave (test);
  tablet = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_usleep ((gulong) g_rand_int_range (random, 10, 400) * 1000);
  g_subprocess_force_exit (tablet);
  g_subprocess_wait (tablet, NULL, &error);
  g_assert_no_error (error);
  dc_test_run_return (test);
}

static void
back_up (DcScheduleWorld *world)
{
  RealWorld *self = (RealWorld *) world;

  obey (self, say (self, "back_up"));
}

static void
restore (DcScheduleWorld *world,
         gboolean         silent)
{
  RealWorld *self = (RealWorld *) world;

  obey (self, say (self, "restore %d", silent));
}

static void
found_record (DcRecord   *record,
              const char *where,
              gpointer    found)
{
  dc_store_test_ids_add (found, &record->envelope.id);
}

/* Of what is damaged another copy is there, or it is found to be missing. */
static void
found_damage (const char   *where,
              const DcId   *id,
              const GError *error,
              gpointer      found)
{
}

/* By the office's reader, over the network. (transfer full) (nullable) */
static GHashTable *
read_as_office (RealWorld  *self,
                char      **wrong)
{
  g_autoptr (DcDestination) destination = come (self);
  g_autoptr (GHashTable) found = dc_store_test_ids_new ();
  g_autoptr (GError) error = NULL;
  DcSource source = { .record = found_record, .lost = found_damage, .data = found };
  DcTransfer transfer = { NULL };

  if (dc_source_add_destination (&source, destination, &transfer, &error))
    return g_steal_pointer (&found);
  *wrong = g_strdup_printf ("the office cannot read: %s", error->message);

  return NULL;
}

/* What whoever has the server's disk, or its database, finds there. */
static GHashTable *
contents (DcScheduleWorld  *world,
          DcTestRun        *test,
          char            **wrong)
{
  RealWorld *self = (RealWorld *) world;
  g_autofree char *file = say (self, "contents");
  g_autoptr (GHashTable) found = read_as_office (self, wrong);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  DcId id;

  if (found == NULL)
    return NULL;
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_assert_true (dc_id_from_text (lines[i], &id));
    if (!g_hash_table_contains (found, &id)) {
      *wrong = g_strdup_printf ("%s lies there, and the office does not find it", lines[i]);
      return NULL;
    }
  }

  return g_steal_pointer (&found);
}

DcScheduleWorld *
dc_real_world_new (int         channel,
                   const char *send,
                   const char *self_path)
{
  RealWorld *self = g_new0 (RealWorld, 1);

  self->parent = (DcScheduleWorld) {
    .begin = begin, .end = end, .disturb = disturb, .calm = calm, .strike = strike,
    .kill_sender = kill_sender, .kill_tablet = kill_tablet, .back_up = back_up, .restore = restore,
    .contents = contents, .patience_ms = PATIENCE_MS, .lenience = LENIENCE, .lenience_ms = LENIENCE_MS,
  };
  self->channel = channel;
  self->send = send;
  self->self_path = self_path;
  self->state = dc_test_dir_new ();
  self->described = g_key_file_new ();
  memcpy (self->argv, (const char *[]) { send, "--state", self->state, NULL }, sizeof self->argv);
  self->elsewhere = (DcTestElsewhere) { .argv = self->argv, .pause_ms = PAUSE_MS,
                                        .come = come, .data = self };

  return &self->parent;
}

void
dc_real_world_free (DcScheduleWorld *world)
{
  RealWorld *self = (RealWorld *) world;

  for (gsize i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
  dc_test_dir_remove (self->state);
  g_key_file_free (self->described);
  g_free (self->file);
  g_free (self);
}

gboolean *
dc_real_world_forgets (DcScheduleWorld *self)
{
  return &((RealWorld *) self)->forgets;
}

int
dc_real_tablet (const char *send,
                const char *state,
                const char *file,
                const char *directory,
                const char *receipt_key)
{
  RealWorld self = { .file = (char *) file, .described = g_key_file_new (),
                     .argv = { send, "--state", state, NULL } };
  DcTestRun test = { .elsewhere = &self.elsewhere };

  self.elsewhere = (DcTestElsewhere) { .argv = self.argv, .pause_ms = PAUSE_MS };
  read_description (&self);
  dc_test_run_set_up_in (&test, &self.elsewhere, directory);
  g_free (test.office_public);
  test.office_public = g_strdup (receipt_key);
  dc_test_run_go (&test);

  return 0;
}
