/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What those do who come to the tablet. */

#include "dc-soak.h"

#include "dc-agreements.h"
#include "dc-number-pad.h"
#include "dc-preset-button.h"
#include "dc-text-field.h"
#include "dc-tick.h"

/* Nobody does more; who has not ended then, walks away. */
#define MOST_STEPS 24

typedef enum
{
  PROMISE,
  SCAN,
  HOPE,
  WANDER,      /* taps on whatever is there */
  STAFF,
  COORDINATOR,
  N_AIMS
} Aim;

/* Of a hundred visits. */
static const guint shares[N_AIMS] = { 34, 16, 8, 34, 5, 3 };

static Aim
draw_aim (DcSoak *self)
{
  guint drawn = (guint) g_rand_int_range (self->random, 0, 100);
  Aim aim = PROMISE;

  while (drawn >= shares[aim]) {
    drawn -= shares[aim];
    aim++;
  }

  return aim;
}

static GtkWidget *
get_page (DcSoak *self)
{
  return GTK_WIDGET (dc_window_get_page (self->window));
}

static GtkWidget *
any (DcSoak *self,
     GType   type)
{
  g_autoptr (GPtrArray) found = dc_list (get_page (self), type);

  for (guint i = 0; i < found->len;)
    if (gtk_widget_get_mapped (found->pdata[i]))
      i++;
    else
      g_ptr_array_remove_index (found, i);

  return found->len > 0 ? found->pdata[g_rand_int_range (self->random, 0, (gint32) found->len)] : NULL;
}

/* The button that leads on is the last one of a page. */
static GtkWidget *
find_primary (DcSoak *self)
{
  g_autoptr (GPtrArray) found = dc_list (get_page (self), GTK_TYPE_BUTTON);
  GtkWidget *last = NULL;

  for (guint i = 0; i < found->len; i++)
    if (gtk_widget_get_mapped (found->pdata[i]))
      last = found->pdata[i];

  return last;
}

static void
touch_way_to (DcSoak   *self,
              DcPageId  page)
{
  g_autoptr (GPtrArray) found = dc_list (get_page (self), GTK_TYPE_BUTTON);

  for (guint i = 0; i < found->len; i++) {
    GVariant *target = gtk_actionable_get_action_target_value (found->pdata[i]);

    if (g_strcmp0 (gtk_actionable_get_action_name (found->pdata[i]), "kiosk.go") == 0
        && g_variant_get_uint32 (target) == page) {
      dc_soak_touch (self, found->pdata[i]);
      return;
    }
  }
}

/* Nobody reaches a page's buttons while it waits for the queue. */
static gboolean
is_waiting (DcSoak *self)
{
  return !gtk_widget_get_sensitive (get_page (self));
}

static void
speak_another (DcSoak *self)
{
  const char * const *languages =
    dc_campaign_get_languages (dc_kiosk_get_campaign (self->kiosk.kiosk));
  gint32 n = (gint32) g_strv_length ((GStrv) languages);

  if (!is_waiting (self))
    gtk_widget_activate_action (GTK_WIDGET (self->window), "kiosk.language", "s",
                                languages[g_rand_int_range (self->random, 0, n)]);
  dc_soak_lay_out (self);
}

static void
go_back (DcSoak *self)
{
  if (!is_waiting (self))
    dc_window_test_back (self->window);
  dc_soak_lay_out (self);
}

/* The page of the queue's answer; or the donor has gone before it came. */
static void
wait_or_go (DcSoak   *self,
            DcPageId  from)
{
  if (!is_waiting (self) || dc_window_get_page_id (self->window) != from)
    return;

  if (dc_soak_chance (self, 4)) {
    dc_window_begin_visit (self->window);
    return;
  }
  while (dc_window_get_page_id (self->window) == from)
    g_main_context_iteration (NULL, TRUE);
  dc_soak_lay_out (self);
}

static void
choose (DcSoak *self)
{
  if (!dc_visit_has_amount (dc_window_test_get_visit (self->window)) || dc_soak_chance (self, 30))
    dc_soak_touch (self, any (self, DC_TYPE_PRESET_BUTTON));
  else
    dc_soak_touch (self, find_primary (self));
}

static void
press_digits (DcSoak *self)
{
  for (gint32 i = g_rand_int_range (self->random, 1, 5); i > 0; i--)
    dc_soak_touch (self, any (self, GTK_TYPE_BUTTON));
  if (dc_window_get_page_id (self->window) != DC_PAGE_OTHER_AMOUNT)
    return;

  g_signal_emit_by_name (dc_find (get_page (self), DC_TYPE_NUMBER_PAD), "digit", "5");
  dc_soak_touch (self, find_primary (self));
}

static const char *
text_for (DcSoak  *self,
          DcField  field)
{
  static const char * const names[] = { "ana", "Zoé", "José María", "Åsa", "o'neill" };
  static const char * const addresses[] = { "ana@posteo.ch", "z.e+cup@example.org", "a@gmial.com", "no" };

  switch (field) {
  case DC_FIELD_EMAIL:
    return addresses[g_rand_int_range (self->random, 0, G_N_ELEMENTS (addresses))];
  case DC_FIELD_PHONE:
    return "+41 22 555 01 23";
  case DC_FIELD_STREET:
    return "rue de Lyon 7";
  case DC_FIELD_POSTCODE:
    return "1203";
  default:
    return names[g_rand_int_range (self->random, 0, G_N_ELEMENTS (names))];
  }
}

static void
type_into_fields (DcSoak *self)
{
  g_autoptr (GPtrArray) fields = dc_list (get_page (self), DC_TYPE_TEXT_FIELD);
  GtkWidget *page = get_page (self);

  for (guint i = 0; i < fields->len && get_page (self) == page; i++) {
    DcTextField *field = fields->pdata[i];
    GtkWidget *entry = dc_find (GTK_WIDGET (field), GTK_TYPE_TEXT);

    if (!gtk_widget_get_mapped (entry) || dc_soak_chance (self, 10))
      continue;
    dc_soak_touch (self, entry);
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
    dc_soak_type (self, text_for (self, dc_text_field_get_field (field)));
  }
}

static void
tick_all (DcSoak *self)
{
  g_autoptr (GPtrArray) ticks = NULL;
  GtkWidget *agreements = dc_find (get_page (self), DC_TYPE_AGREEMENTS);

  if (agreements == NULL)
    return;

  ticks = dc_list (agreements, DC_TYPE_TICK);
  for (guint i = 0; i < ticks->len; i++)
    if (!dc_tick_get_active (ticks->pdata[i]))
      gtk_widget_activate (dc_find (ticks->pdata[i], GTK_TYPE_CHECK_BUTTON));
}

static void
fill_form (DcSoak *self)
{
  GtkWidget *page = get_page (self);

  if (dc_soak_chance (self, 15))
    dc_soak_touch (self, any (self, GTK_TYPE_TOGGLE_BUTTON));
  type_into_fields (self);
  if (get_page (self) != page)
    return;
  tick_all (self);
  /* The keyboard hides the button. */
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  dc_soak_lay_out (self);
  dc_soak_touch (self, find_primary (self));
}

static void
thank (DcSoak *self)
{
  GtkWidget *undo;

  if (!dc_soak_chance (self, 25)) {
    dc_soak_touch (self, find_primary (self));
    return;
  }

  undo = gtk_widget_get_prev_sibling (find_primary (self));
  dc_soak_touch (self, undo);
  if (dc_window_get_page_id (self->window) != DC_PAGE_THANKS)
    return;
  dc_soak_touch (self, dc_soak_chance (self, 80) ? gtk_widget_get_prev_sibling (find_primary (self))
                                                 : find_primary (self));
  wait_or_go (self, DC_PAGE_THANKS);
}

/* Some do not wait; and a hand that tapped anything may have locked the pad. */
static void
enter_pin (DcSoak *self)
{
  GtkWidget *pad = dc_find (get_page (self), DC_TYPE_NUMBER_PAD);

  for (const char *p = "2468"; *p != '\0'; p++)
    g_signal_emit_by_name (pad, "digit", (char[]) { *p, '\0' });
  dc_click (get_page (self), "Enter");
  for (guint i = 0; i < 20 && dc_window_get_page_id (self->window) == DC_PAGE_PIN; i++)
    dc_display_test_wait ((guint) g_rand_int_range (self->random, 0, 20));
  dc_soak_lay_out (self);
}

static void
advance (DcSoak *self,
         Aim     aim)
{
  switch (dc_window_get_page_id (self->window)) {
  case DC_PAGE_WELCOME:
    touch_way_to (self, DC_PAGE_AMOUNT);
    break;
  case DC_PAGE_AMOUNT:
    choose (self);
    break;
  case DC_PAGE_OTHER_AMOUNT:
    press_digits (self);
    break;
  case DC_PAGE_HOW:
    touch_way_to (self, aim == PROMISE ? DC_PAGE_DETAILS : aim == HOPE ? DC_PAGE_HOPE : DC_PAGE_SCAN);
    break;
  case DC_PAGE_SCAN:
    touch_way_to (self, DC_PAGE_SCANNED);
    break;
  case DC_PAGE_DETAILS:
    fill_form (self);
    break;
  case DC_PAGE_AGREE:
    tick_all (self);
    dc_soak_touch (self, find_primary (self));
    break;
  case DC_PAGE_CHECK:
    dc_soak_touch (self, find_primary (self));
    wait_or_go (self, DC_PAGE_CHECK);
    break;
  case DC_PAGE_THANKS:
    thank (self);
    break;
  default:
    dc_soak_touch (self, find_primary (self));
    break;
  }
}

/* A hand that is not led by the page. */
static void
disturb (DcSoak *self)
{
  switch (g_rand_int_range (self->random, 0, 8)) {
  case 0:
    speak_another (self);
    break;
  case 1:
    go_back (self);
    break;
  case 2:
    dc_soak_type (self, "x y");
    break;
  default:
    dc_soak_tap_any (self);
    break;
  }
  wait_or_go (self, DC_PAGE_CHECK);
  wait_or_go (self, DC_PAGE_THANKS);
}

static void
wander (DcSoak *self)
{
  for (gint32 i = g_rand_int_range (self->random, 4, MOST_STEPS); i > 0; i--)
    if (dc_soak_chance (self, 20))
      advance (self, dc_soak_chance (self, 50) ? PROMISE : SCAN);
    else
      disturb (self);
}

static void
live_as_staff (DcSoak *self)
{
  static const DcPageId pages[] = { DC_PAGE_STAFF, DC_PAGE_SHIFT, DC_PAGE_HELP };

  dc_window_test_speak (self->window, "en");
  dc_window_test_go (self->window, DC_PAGE_PIN);
  dc_soak_lay_out (self);
  enter_pin (self);
  for (gint32 i = g_rand_int_range (self->random, 0, 6); i > 0; i--) {
    dc_window_test_go (self->window, pages[g_rand_int_range (self->random, 0, G_N_ELEMENTS (pages))]);
    dc_soak_lay_out (self);
    dc_soak_touch (self, any (self, GTK_TYPE_TEXT));
    dc_soak_type (self, "ab");
    dc_soak_tap_any (self);
    dc_soak_touch (self, any (self, GTK_TYPE_BUTTON));
  }
}

/* What they can set in motion is tested elsewhere; here the pages come and go. */
static void
look_at_coordinator_pages (DcSoak *self)
{
  static const DcPageId pages[] = {
    DC_PAGE_COORDINATOR, DC_PAGE_DRILL, DC_PAGE_COPY, DC_PAGE_SYNC, DC_PAGE_ATTENTION, DC_PAGE_STICK,
    DC_PAGE_CREDENTIAL,
  };

  for (gint32 i = g_rand_int_range (self->random, 1, 5); i > 0; i--) {
    dc_window_test_go (self->window, pages[g_rand_int_range (self->random, 0, G_N_ELEMENTS (pages))]);
    dc_soak_lay_out (self);
    if (dc_soak_chance (self, 20))
      speak_another (self);
  }
}

static void
follow (DcSoak *self,
        Aim     aim)
{
  for (guint i = 0; i < MOST_STEPS; i++) {
    guint pages = self->pages;

    if (dc_soak_chance (self, 12))
      disturb (self);
    advance (self, aim);
    if (dc_window_get_page_id (self->window) == DC_PAGE_WELCOME && pages != self->pages && i > 0)
      return;
  }
}

/* Nobody is there any more: the warning, the seconds of grace, and all is
 * forgotten; sometimes somebody says that they are. A second is a millisecond,
 * beginning with the page that is next built. */
static void
walk_away (DcSoak *self)
{
  dc_window_set_second (self->window, 1);
  if (dc_window_get_page_id (self->window) == DC_PAGE_WELCOME)
    dc_window_test_go (self->window, DC_PAGE_AMOUNT);
  speak_another (self);
  dc_window_test_go (self->window, dc_window_get_page_id (self->window));
  if (dc_soak_chance (self, 20)) {
    dc_display_test_wait (50);
    dc_soak_tap_any (self);
  }
  while (dc_window_get_page_id (self->window) != DC_PAGE_WELCOME)
    g_main_context_iteration (NULL, TRUE);
  dc_window_set_second (self->window, 1000);
  self->idled++;
}

void
dc_soak_visit (DcSoak *self)
{
  const guint32 key[] = { self->seed, self->visits };
  DcStall *stall = dc_kiosk_get_stall (self->kiosk.kiosk);
  Aim aim;

  g_rand_set_seed_array (self->random, key, G_N_ELEMENTS (key));
  aim = draw_aim (self);
  dc_soak_set_drawn (self, self->visits % 10 == 0);
  dc_stall_set_practice (stall, dc_soak_chance (self, 4));
  if (dc_soak_chance (self, 4))
    dc_stall_ask_assisted (stall);
  dc_window_begin_visit (self->window);
  dc_soak_lay_out (self);

  if (aim == WANDER)
    wander (self);
  else if (aim == STAFF)
    live_as_staff (self);
  else if (aim == COORDINATOR)
    look_at_coordinator_pages (self);
  else
    follow (self, aim);

  if (dc_soak_chance (self, 5))
    walk_away (self);
  dc_test_clock_advance (self->kiosk.clock, g_rand_int_range (self->random, 5, 40) * G_USEC_PER_SEC);
  self->visits++;
}
