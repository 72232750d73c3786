/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The process is refused its n-th piece of memory, whoever asks: GLib ends it
 * then, SQLite and the rest return an error. Whatever came of it, the next
 * start finds what was acknowledged, and of the call that was running all or
 * nothing. Each n is a process of its own. */

#include "dc-crash-queue.h"
#include "dc-sanitized.h"
#include "dc-shim-random.h"
#include "dc-shim-vfs.h"
#include "dc-store-test.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* In memory that parent and child share. */
typedef struct
{
  gint    after;      /* pieces until the refusal; below 0: none */
  guint   acknowledged;
  guint   refusals;
} Shared;

static Shared *shared;

#if !DC_SANITIZED
extern void *__libc_malloc  (size_t  size);
extern void *__libc_calloc  (size_t  n,
                             size_t  size);
extern void *__libc_realloc (void   *memory,
                             size_t  size);

static gboolean
is_refused (void)
{
  if (shared == NULL || shared->after < 0 || shared->after-- > 0)
    return FALSE;

  shared->refusals++;
  errno = ENOMEM;

  return TRUE;
}

/* These come before the C library's, for the libraries too. */
void *
malloc (size_t size)
{
  return is_refused () ? NULL : __libc_malloc (size);
}

void *
calloc (size_t n,
        size_t size)
{
  return is_refused () ? NULL : __libc_calloc (n, size);
}

void *
realloc (void   *memory,
         size_t  size)
{
  return is_refused () ? NULL : __libc_realloc (memory, size);
}

#endif

static gboolean
save (DcCrashQueue  *queue,
      GError       **error)
{
  return dc_crash_queue_save (queue, 3, DC_KIND_PLEDGE, error);
}

static gboolean
undo (DcCrashQueue  *queue,
      GError       **error)
{
  DcId id = dc_store_test_id (3);

  return dc_crash_queue_withdraw (queue, &id, error);
}

static gboolean
offer (DcCrashQueue  *queue,
       GError       **error)
{
  return dc_crash_queue_offer (queue, 0, 2, error);
}

static gboolean
begin_run (DcCrashQueue  *queue,
           GError       **error)
{
  return dc_crash_queue_begin_run (queue, 0, 0, FALSE, error);
}

static gboolean
deliver (DcCrashQueue  *queue,
         GError       **error)
{
  DcId id = dc_store_test_id (0);

  return dc_crash_queue_deliver (queue, 0, &id, DC_VERDICT_NEW, error);
}

static gboolean
receipt (DcCrashQueue  *queue,
         GError       **error)
{
  DcId id = dc_store_test_id (0);

  return dc_crash_queue_receipt (queue, &id, error);
}

static gboolean
refuse_one (DcCrashQueue  *queue,
            GError       **error)
{
  DcId id = dc_store_test_id (1);

  return dc_crash_queue_deliver (queue, 0, &id, DC_VERDICT_REFUSED, error);
}

static gboolean
retry (DcCrashQueue  *queue,
       GError       **error)
{
  return dc_crash_queue_retry (queue, NULL, error);
}

static gboolean
end_run (DcCrashQueue  *queue,
         GError       **error)
{
  return dc_crash_queue_end_run (queue, 0, error);
}

static gboolean
withdraw (DcCrashQueue  *queue,
          GError       **error)
{
  DcId id = dc_store_test_id (1);

  return dc_crash_queue_withdraw (queue, &id, error);
}

static gboolean (*const script[]) (DcCrashQueue *, GError **) = {
  dc_crash_queue_open, save, begin_run, offer, undo, deliver, refuse_one, dc_crash_queue_refusals,
  dc_crash_queue_origins, receipt, retry,
  dc_crash_queue_statement, end_run, withdraw, dc_crash_queue_purge, dc_crash_queue_probe,
  dc_crash_queue_close,
};

#define N_CALLS G_N_ELEMENTS (script)

typedef struct
{
  char      *root;
  char      *image;
  char      *state;
  DcSealer  *sealer;
  DcContent *contents[N_CALLS + 1];   /* before the first, and after each */
} Fixture;

static void
make_image (Fixture *self)
{
  g_autofree char *made = g_build_filename (self->root, "made", NULL);
  DcCrashQueue queue;

  dc_crash_queue_init (&queue, made, self->sealer);
  g_assert_true (dc_crash_queue_open (&queue, NULL));
  for (guint n = 0; n < 3; n++)
    g_assert_true (dc_crash_queue_save (&queue, n, DC_KIND_PLEDGE, NULL));
  self->contents[0] = dc_crash_queue_read (&queue, NULL);
  dc_crash_copy_folder (made, self->image);   /* cut off, with its journal */
  dc_crash_queue_clear (&queue);
}

static void
begin (Fixture      *self,
       DcCrashQueue *queue)
{
  dc_test_dir_remove (g_strdup (self->state));
  dc_crash_copy_folder (self->image, self->state);
  dc_crash_queue_init (queue, self->state, self->sealer);
  dc_shim_random_seed (1);
}

/* What the script leads to where nothing fails. */
static void
find_contents (Fixture *self)
{
  DcCrashQueue queue;

  begin (self, &queue);
  for (guint i = 0; i < N_CALLS; i++) {
    g_autoptr (GError) error = NULL;

    script[i] (&queue, &error);
    g_assert_no_error (error);
    self->contents[i + 1] = dc_store_get_database (queue.store) != NULL
                            ? dc_crash_queue_read (&queue, NULL)
                            : dc_content_ref (self->contents[i]);
  }
  dc_crash_queue_clear (&queue);
  dc_shim_random_reset ();
}

static void
set_up (Fixture *self)
{
  self->root = dc_test_dir_new ();
  self->image = g_build_filename (self->root, "image", NULL);
  self->state = g_build_filename (self->root, "state", NULL);
  self->sealer = dc_store_test_sealer_new ();
  make_image (self);
  find_contents (self);
}

static void
tear_down (Fixture *self)
{
  g_clear_pointer (&self->root, dc_test_dir_remove);
  g_clear_pointer (&self->image, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->sealer, dc_sealer_unref);
  for (guint i = 0; i <= N_CALLS; i++)
    g_clear_pointer (&self->contents[i], dc_content_unref);
}

/* In the child. It stops at the first call that fails, as a stall would not. */
static void G_GNUC_NORETURN
play (DcCrashQueue *queue,
      guint         at)
{
  struct rlimit none = { 0, 0 };
  int fd = open ("/dev/null", O_WRONLY | O_CLOEXEC);

  dup2 (fd, STDERR_FILENO);
  dup2 (fd, STDOUT_FILENO);
  setrlimit (RLIMIT_CORE, &none);

  shared->after = (gint) at;
  for (guint i = 0; i < N_CALLS; i++) {
    if (!script[i] (queue, NULL))
      break;
    shared->acknowledged = i + 1;
  }
  shared->after = -1;
  _exit (0);
}

/* FALSE where the script does not ask @at times. */
static gboolean
refuse (Fixture *self,
        guint    at,
        guint   *ended)
{
  g_autoptr (DcContent) found = NULL;
  g_autoptr (GError) error = NULL;
  DcCrashQueue queue;
  guint done;
  int status;
  pid_t pid;

  *shared = (Shared) { .after = -1 };
  begin (self, &queue);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    play (&queue, at);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  shared->after = -1;
  *ended += WIFSIGNALED (status) != 0;
  dc_crash_queue_clear (&queue);
  dc_shim_random_reset ();

  done = shared->acknowledged;
  found = dc_crash_read (self->state, &error);
  g_assert_no_error (error);
  if (!dc_content_equal (found, self->contents[done])
      && (done == N_CALLS || !dc_content_equal (found, self->contents[done + 1])))
    g_error ("refused piece %u: not what was there after call %u, nor after the next", at, done);

  return shared->refusals > 0;
}

static void
test_refusals (void)
{
  Fixture fixture;
  guint stride = 7 / dc_crash_rounds (1, 7);
  guint n = 0;
  guint ended = 0;

  if (DC_SANITIZED) {
    g_test_skip ("the sanitizer has its own malloc");
    return;
  }

  set_up (&fixture);
  while (refuse (&fixture, n * stride, &ended))
    n++;
  g_test_message ("%u refusals, every %u, of which %u ended the process", n, stride, ended);
  g_assert_cmpuint (n, >, 20);
  g_assert_cmpuint (ended, >, 5);
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", FALSE);

  g_test_init (&argc, &argv, NULL);
  dc_crash_be_quiet ();
  dc_shim_vfs_install ();
  shared = mmap (NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (shared != MAP_FAILED);
  shared->after = -1;

  g_test_add_func ("/no-memory/the-next-start-finds-nothing-half-done", test_refusals);

  return g_test_run ();
}
