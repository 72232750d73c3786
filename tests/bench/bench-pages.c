/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether the tablet answers a finger at once: what the main thread works (its
 * own processor time, whatever else the machine does) from a tap until the page
 * it leads to is drawn, for each page, ROUNDS times, with the animation that
 * ships. Beside it, turn by turn, what GTK alone takes for a page of a heading, a
 * text and a button in a window of the same size: what no program of ours can be
 * faster than.
 *
 *     bench-pages [PAGE …]       (by with-display) only these
 *
 * The goal: 99 of 100 taps within one frame of 60 a second. */

#include "dc-window-test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS    100   /* times DAILY_CUP_SCALE, a fifth at least */
#define FRAME_MS  16.7

typedef struct
{
  const char *name;
  DcPageId    page;
} Row;

static const Row rows[] = {
  { "welcome", DC_PAGE_WELCOME },
  { "amount", DC_PAGE_AMOUNT },
  { "other amount", DC_PAGE_OTHER_AMOUNT },
  { "how", DC_PAGE_HOW },
  { "scan", DC_PAGE_SCAN },
  { "scanned", DC_PAGE_SCANNED },
  { "hope", DC_PAGE_HOPE },
  { "details", DC_PAGE_DETAILS },
  { "notice", DC_PAGE_NOTICE },
  { "check", DC_PAGE_CHECK },
  { "thanks", DC_PAGE_THANKS },
  { "deleted", DC_PAGE_DELETED },
  { "agree", DC_PAGE_AGREE },
  { "help", DC_PAGE_HELP },
  { "PIN", DC_PAGE_PIN },
  { "staff", DC_PAGE_STAFF },
  { "shift", DC_PAGE_SHIFT },
  { "coordinator", DC_PAGE_COORDINATOR },
};

/* The parts of a tap, each in milliseconds. */
typedef struct
{
  double whole;
  double build;     /* the page's widgets are there and filled in */
  double layout;    /* styles, sizes and places */
  double paint;
} Tap;

typedef struct
{
  GtkWidget *window;
  double     begin, layout, end;
  gboolean   painted, drawn;
} Watch;

static double
get_work_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* GTK's own handlers, which do the work, are called first. */
static void
on_layout (GdkFrameClock *clock,
           Watch         *self)
{
  self->layout = get_work_ms ();
}

static void
on_paint (GdkFrameClock *clock,
          Watch         *self)
{
  self->painted = TRUE;
}

static void
on_after_paint (GdkFrameClock *clock,
                Watch         *self)
{
  self->end = get_work_ms ();
  self->drawn = self->painted;
}

static void
watch (Watch     *self,
       GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  self->window = window;
  g_signal_connect (clock, "layout", G_CALLBACK (on_layout), self);
  g_signal_connect (clock, "paint", G_CALLBACK (on_paint), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), self);
}

/* Ends what the last tap began: its animation, and what waits. */
static void
come_to_rest (GtkWidget *window)
{
  dc_display_test_wait (20);
  while (gtk_stack_get_transition_running (GTK_STACK (dc_find (window, GTK_TYPE_STACK))))
    g_main_context_iteration (NULL, TRUE);
  dc_display_test_settle (window);
}

static Tap
measure (Watch    *self,
         void    (*lead) (gpointer data),
         gpointer  data)
{
  Tap tap;
  double built;

  come_to_rest (self->window);
  self->painted = self->drawn = FALSE;
  self->begin = get_work_ms ();
  lead (data);
  built = get_work_ms ();
  while (!self->drawn)
    g_main_context_iteration (NULL, TRUE);

  tap.whole = self->end - self->begin;
  tap.build = built - self->begin;
  tap.layout = self->layout - built;
  tap.paint = self->end - self->layout;

  return tap;
}

typedef struct
{
  DcWindow *window;
  DcPageId  page;
} Way;

static void
lead_to (gpointer data)
{
  Way *way = data;

  gtk_widget_activate_action (GTK_WIDGET (way->window), "kiosk.go", "u", (guint) way->page);
}

static GtkWidget *
bare_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);

  return label;
}

static void
lead_to_bare_page (gpointer data)
{
  GtkStack *stack = data;
  GtkWidget *before = gtk_stack_get_visible_child (stack);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_box_append (GTK_BOX (box), bare_label ("A heading"));
  gtk_box_append (GTK_BOX (box), bare_label ("A text of one sentence that says what the page is for."));
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Go on"));
  gtk_stack_add_child (stack, box);
  gtk_stack_set_transition_type (stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_set_visible_child (stack, box);
  if (before != NULL)
    gtk_stack_remove (stack, before);
}

static int
compare (const void *a,
         const void *b)
{
  double x = ((const Tap *) a)->whole;
  double y = ((const Tap *) b)->whole;

  return (x > y) - (x < y);
}

static const Tap *
at (GArray *taps,
    double  part)
{
  return &g_array_index (taps, Tap, (guint) (part * (taps->len - 1)));
}

static void
print_row (const char *name,
           GArray     *taps,
           GArray     *bare)
{
  const Tap *median;

  qsort (taps->data, taps->len, sizeof (Tap), compare);
  median = at (taps, 0.5);
  g_print ("%-14s %7.1f %7.1f %7.1f   %6.1f %6.1f %6.1f", name, median->whole, at (taps, 0.99)->whole,
           at (taps, 1)->whole, median->build, median->layout, median->paint);
  if (bare == NULL)
    g_print ("\n");
  else
    g_print ("   %5.1f%s\n", median->whole / at (bare, 0.5)->whole,
             at (taps, 0.99)->whole <= FRAME_MS ? "" : "  MISSED");
}

static guint
count_rounds (void)
{
  const char *scale = g_getenv ("DAILY_CUP_SCALE");
  double part = scale != NULL && *scale != '\0' ? g_ascii_strtod (scale, NULL) : 1;

  return (guint) (ROUNDS * CLAMP (part, 0.2, 1));
}

/* From a page that is unlike it, so that nothing of it is there already. */
static void
prepare (DcWindow *window,
         DcKiosk  *kiosk,
         DcPageId  page)
{
  dc_window_begin_visit (window);
  dc_window_test_fill_visit (dc_window_test_get_visit (window), kiosk);
  if (page == DC_PAGE_WELCOME)
    dc_window_test_go (window, DC_PAGE_HOW);
}

static gboolean
is_wanted (const Row  *row,
           char      **names)
{
  return names[0] == NULL || g_strv_contains ((const char * const *) names, row->name);
}

static void
bench (int    width,
       int    height,
       char **names)
{
  g_autofree char *pack = dc_kiosk_test_shipped_pack ();
  DcKioskTest kiosk = { NULL };
  DcWindow *window;
  GtkWidget *stack = gtk_stack_new ();
  GtkWindow *bare_window;
  GArray *taps[G_N_ELEMENTS (rows)];
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (Tap));
  Watch ours = { NULL }, theirs = { NULL };

  dc_kiosk_test_set_up (&kiosk, pack);
  window = dc_window_test_new (kiosk.kiosk, width, height);
  bare_window = dc_display_test_present (stack, width, height);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  watch (&ours, GTK_WIDGET (window));
  watch (&theirs, GTK_WIDGET (bare_window));
  for (guint row = 0; row < G_N_ELEMENTS (rows); row++)
    taps[row] = g_array_new (FALSE, FALSE, sizeof (Tap));

  for (guint i = 0; i < count_rounds (); i++) {
    for (guint row = 0; row < G_N_ELEMENTS (rows); row++) {
      Way way = { window, rows[row].page };
      Tap tap;

      if (!is_wanted (&rows[row], names))
        continue;
      prepare (window, kiosk.kiosk, way.page);
      tap = measure (&ours, lead_to, &way);
      g_array_append_val (taps[row], tap);
    }
    for (guint j = 0; j < 3; j++) {
      Tap tap = measure (&theirs, lead_to_bare_page, stack);

      g_array_append_val (bare, tap);
    }
  }

  g_print ("\n%d × %d: %u taps a page; ms of the main thread's work\n", width, height, count_rounds ());
  g_print ("%-14s %7s %7s %7s   %6s %6s %6s   %5s\n", "page", "median", "99 %", "longest", "build", "layout",
           "paint", "ratio");
  print_row ("GTK alone", bare, NULL);
  for (guint row = 0; row < G_N_ELEMENTS (rows); row++) {
    if (taps[row]->len > 0)
      print_row (rows[row].name, taps[row], bare);
    g_array_unref (taps[row]);
  }

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_window_destroy (bare_window);
  dc_window_test_close (window);
  dc_kiosk_test_tear_down (&kiosk);
}

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);

  bench (600, 960, argv + 1);
  bench (1280, 800, argv + 1);
  g_print ("goal: 99 of 100 within %.1f ms\n", FRAME_MS);

  return 0;
}
