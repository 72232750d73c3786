/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-window.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-button.h"
#include "dc-form.h"
#include "dc-idle.h"
#include "dc-keyboard-dock.h"
#include "dc-language.h"
#include "dc-lockdown.h"
#include "dc-memory.h"
#include "dc-pages.h"

/* Milliseconds after which GTK has let go of a page that was dropped: it is
 * drawn once more without it, and screen readers are told. */
#define LET_GO_MS 300

struct _DcWindow
{
  GtkApplicationWindow parent_instance;

  DcKiosk        *kiosk;
  DcVisit        *visit;
  DcIdle         *idle;
  GArray         *way;            /* of DcPageId: the way here, this page last */
  DcPage         *page;
  char           *language;       /* of the page that is shown */
  DcForm          form;
  guint           wiping;         /* source, 0: none */
  guint           waits[DC_N_WAITS];   /* seconds, of this visit */

  GtkStack       *stack;
  GtkLabel       *ribbon;
  GtkWidget      *mode;           /* practice, or a volunteer types */
  GtkLabel       *mode_words;
  GtkButton      *mode_end;
  DcKeyboardDock *dock;
  GtkWidget      *shade;
  GtkLabel       *shade_title;
  GtkLabel       *shade_text;
  GtkButton      *stay;
};

G_DEFINE_FINAL_TYPE (DcWindow, dc_window, GTK_TYPE_APPLICATION_WINDOW)

static DcPageId
current (DcWindow *self)
{
  return g_array_index (self->way, DcPageId, self->way->len - 1);
}

/* The bar is the window's, not a page's, so it must follow the language. */
static void
fill_ribbon (DcWindow *self)
{
  DcCampaign *campaign = dc_kiosk_get_campaign (self->kiosk);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->ribbon), dc_campaign_is_demo (campaign));
  if (!dc_campaign_is_demo (campaign))
    return;

  /* Translators: on every screen of a demonstration; the numbers open the
   * pages of 1: the volunteers, 2: the coordinator */
  text = g_strdup_printf (_("Demonstration. Nothing you enter here is sent to anyone. PINs: %1$s, %2$s"),
                          dc_campaign_get_demo_pin (campaign, FALSE),
                          dc_campaign_get_demo_pin (campaign, TRUE));
  gtk_label_set_label (self->ribbon, text);
}

static void
fill_mode (DcWindow *self)
{
  gboolean practice = dc_visit_is_practice (self->visit);

  gtk_widget_set_visible (self->mode, practice || dc_visit_is_assisted (self->visit));
  gtk_label_set_label (self->mode_words, practice
                       ? _("Practice: nothing you enter here is kept or sent.")
                       : _("A volunteer types. What is to be ticked, the donor ticks."));
  dc_button_set_words (self->mode_end, practice ? _("End practice") : _("Start again"));
}

static guint
seconds_on_welcome (DcWindow *self)
{
  /* Nothing to lose here, but the next donor should find the first
   * language: see on_warning (). */
  const char * const *languages =
    dc_campaign_get_languages (dc_kiosk_get_campaign (self->kiosk));

  if (dc_visit_is_assisted (self->visit))
    return MAX (self->waits[DC_WAIT_SCAN], self->waits[DC_WAIT_DETAILS]);

  return g_str_equal (dc_visit_get_language (self->visit), languages[0])
         ? 0 : self->waits[DC_WAIT_OTHER];
}

static guint
seconds_of_patience (DcWindow *self)
{
  DcPageId id = current (self);

  if (id == DC_PAGE_WELCOME)
    return seconds_on_welcome (self);
  if (id == DC_PAGE_SCAN || id == DC_PAGE_THANKS || id == DC_PAGE_HOPE)
    return self->waits[DC_WAIT_SCAN];
  if (id == DC_PAGE_DETAILS || id == DC_PAGE_NOTICE || id == DC_PAGE_AGREE
      || id == DC_PAGE_CHECK)
    return self->waits[DC_WAIT_DETAILS];
  /* Somebody is on the telephone with the office, or watches what is copied. */
  if (id == DC_PAGE_DRILL || id == DC_PAGE_SYNC || id == DC_PAGE_STICK || id == DC_PAGE_CREDENTIAL
      || id == DC_PAGE_EVENT || id == DC_PAGE_READY)
    return 300;

  return self->waits[DC_WAIT_OTHER];
}

static void
hide_shade (DcWindow *self)
{
  gtk_widget_set_visible (self->shade, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), TRUE);
}

static gboolean
on_let_go (gpointer user_data)
{
  DcWindow *self = DC_WINDOW (user_data);

  self->wiping = 0;
  dc_memory_wipe_spare_blocks ();

  return G_SOURCE_REMOVE;
}

/* What GTK and Pango copied of a page is freed by and by, and would lie in
 * the blocks that are kept at hand. */
static void
wipe_soon (DcWindow *self)
{
  g_clear_handle_id (&self->wiping, g_source_remove);
  self->wiping = g_timeout_add_full (G_PRIORITY_LOW, LET_GO_MS, on_let_go, self, NULL);
}

/* The page that was left stays in the stack until it has faded. */
static void
drop_old_pages (DcWindow *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack));

  while (child != NULL) {
    GtkWidget *next = gtk_widget_get_next_sibling (child);

    if (child != GTK_WIDGET (self->page))
      gtk_stack_remove (self->stack, child);
    child = next;
  }
  wipe_soon (self);
}

static void
on_transition (DcWindow *self)
{
  if (!gtk_stack_get_transition_running (self->stack))
    drop_old_pages (self);
}

static void
apply_language (DcWindow *self)
{
  const char *language = dc_visit_get_language (self->visit);

  if (g_strcmp0 (self->language, language) == 0)
    return;

  g_free (g_steal_pointer (&self->language));
  self->language = g_strdup (language);
  dc_language_use (language);
  /* No title bar shows it, but a screen reader says it first. */
  gtk_window_set_title (GTK_WINDOW (self),
                        dc_campaign_get_name (dc_kiosk_get_campaign (self->kiosk), language));
  fill_ribbon (self);
  dc_keyboard_dock_set_language (self->dock, language);
}

/* Where the donor before had scrolled is nothing to the next one. */
static void
scroll_to_top (DcWindow *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self->stack),
                                                 GTK_TYPE_SCROLLED_WINDOW);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                            0);
}

static void
show_page (DcWindow               *self,
           GtkStackTransitionType  transition)
{
  DcPage *page;

  apply_language (self);
  fill_mode (self);
  dc_keyboard_dock_attach (self->dock, NULL);
  page = dc_page_new (dc_pages_type (current (self)), self->kiosk, self->visit);
  self->page = page;
  dc_page_arrange (page, self->form);
  gtk_stack_add_child (self->stack, GTK_WIDGET (page));
  gtk_stack_set_transition_type (self->stack, transition);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
  if (!gtk_stack_get_transition_running (self->stack))
    drop_old_pages (self);

  /* The platform's keyboard comes by the touches that would be kept from it. */
  if (!dc_kiosk_uses_platform_keyboard (self->kiosk))
    dc_lockdown_page (GTK_WIDGET (page));
  dc_keyboard_dock_set_away (self->dock, dc_kiosk_uses_platform_keyboard (self->kiosk));
  dc_keyboard_dock_attach (self->dock, GTK_WIDGET (page));
  dc_page_focus_heading (page);
  scroll_to_top (self);
  hide_shade (self);
  dc_idle_start (self->idle, seconds_of_patience (self));
}

static void
go (DcWindow *self,
    DcPageId  to)
{
  /* Going to a page that is on the way back is going back. */
  for (guint i = 0; i < self->way->len; i++)
    if (g_array_index (self->way, DcPageId, i) == to)
      g_array_set_size (self->way, i);

  /* A promise made, scanned or deleted is past: there is no way back into it. */
  if (to == DC_PAGE_THANKS || to == DC_PAGE_DELETED || to == DC_PAGE_SCANNED)
    g_array_set_size (self->way, 0);

  g_array_append_val (self->way, to);
  show_page (self, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
}

static void
on_go (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  guint to = g_variant_get_uint32 (parameter);

  g_return_if_fail (to < DC_N_PAGES);

  go (DC_WINDOW (widget), (DcPageId) to);
}

static void
on_back (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  DcWindow *self = DC_WINDOW (widget);

  if (self->way->len < 2)
    return;

  g_array_set_size (self->way, self->way->len - 1);
  show_page (self, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
}

static void
on_language (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  DcWindow *self = DC_WINDOW (widget);
  const char *language = g_variant_get_string (parameter, NULL);

  if (!dc_campaign_has_language (dc_kiosk_get_campaign (self->kiosk), language)
      || g_str_equal (language, dc_visit_get_language (self->visit)))
    return;

  dc_visit_set_language (self->visit, language);
  show_page (self, GTK_STACK_TRANSITION_TYPE_NONE);
}

static void
on_finish (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  dc_window_begin_visit (DC_WINDOW (widget));
}

static void
on_warning (DcWindow *self)
{
  if (current (self) == DC_PAGE_WELCOME) {
    dc_window_begin_visit (self);
    return;
  }

  gtk_label_set_label (self->shade_title, _("Are you still there?"));
  dc_button_set_words (self->stay, _("I need more time"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), FALSE);
  gtk_widget_set_visible (self->shade, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->stay));
}

static void
on_tick (DcWindow *self,
         guint     left)
{
  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                  /* Translators: %u is a number of seconds */
                                  "In %u second this page closes and everything on it is forgotten.",
                                  "In %u seconds this page closes and everything on it is forgotten.",
                                  left), left);

  gtk_label_set_label (self->shade_text, text);
}

static void
on_stay (DcWindow *self)
{
  hide_shade (self);
  dc_idle_stay (self->idle);
  dc_page_focus_heading (self->page);
}

static void
on_keyboard (DcWindow *self)
{
  if (self->page != NULL)
    dc_page_make_room (self->page, gtk_widget_get_visible (GTK_WIDGET (self->dock)));
}

static gboolean
on_event (DcWindow *self)
{
  dc_idle_poke (self->idle);
  dc_stall_poke (dc_kiosk_get_stall (self->kiosk));

  return GDK_EVENT_PROPAGATE;
}

void
dc_window_begin_visit (DcWindow *self)
{
  DcCampaign *campaign = dc_kiosk_get_campaign (self->kiosk);
  DcPageId welcome = DC_PAGE_WELCOME;

  dc_stall_look (dc_kiosk_get_stall (self->kiosk));
  g_clear_object (&self->visit);
  for (DcWait wait = 0; wait < DC_N_WAITS; wait++)
    self->waits[wait] = dc_settings_get_wait (dc_kiosk_get_settings (self->kiosk), wait);
  self->visit = dc_visit_new (campaign, dc_campaign_get_languages (campaign)[0]);
  dc_visit_set_practice (self->visit, dc_stall_is_practice (dc_kiosk_get_stall (self->kiosk)));
  dc_visit_set_assisted (self->visit, dc_stall_take_assisted (dc_kiosk_get_stall (self->kiosk)));
  g_array_set_size (self->way, 0);
  g_array_append_val (self->way, welcome);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL);
  gdk_clipboard_set_content (gtk_widget_get_primary_clipboard (GTK_WIDGET (self)), NULL);
  show_page (self, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  dc_second_copy_release (dc_kiosk_get_second_copy (self->kiosk));
  dc_kiosk_check (self->kiosk);
}

/* A visit is practice from its beginning to its end, or it is not. */
static void
on_stall (DcWindow *self)
{
  gboolean practice = dc_stall_is_practice (dc_kiosk_get_stall (self->kiosk));

  if (practice != dc_visit_is_practice (self->visit))
    dc_window_begin_visit (self);
}

static void
on_mode_end (DcWindow *self)
{
  if (dc_visit_is_practice (self->visit))
    dc_stall_set_practice (dc_kiosk_get_stall (self->kiosk), FALSE);
  else
    dc_window_begin_visit (self);
}

static void
dc_window_dispose (GObject *object)
{
  DcWindow *self = DC_WINDOW (object);

  g_clear_handle_id (&self->wiping, g_source_remove);
  g_clear_object (&self->idle);
  g_clear_object (&self->visit);
  g_clear_object (&self->kiosk);
  g_clear_pointer (&self->way, g_array_unref);
  g_clear_pointer (&self->language, g_free);

  G_OBJECT_CLASS (dc_window_parent_class)->dispose (object);
}

static void
dc_window_class_init (DcWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_window_dispose;

  g_type_ensure (DC_TYPE_KEYBOARD_DOCK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/window.ui");
  gtk_widget_class_bind_template_child (widget_class, DcWindow, dock);
  gtk_widget_class_bind_template_child (widget_class, DcWindow, mode);
  gtk_widget_class_bind_template_child (widget_class, DcWindow, mode_end);
  gtk_widget_class_bind_template_child (widget_class, DcWindow, mode_words);
  gtk_widget_class_bind_template_child (widget_class, DcWindow, ribbon);
  gtk_widget_class_bind_template_child (widget_class, DcWindow, shade);
  gtk_widget_class_bind_template_child (widget_class, DcWindow, shade_text);
  gtk_widget_class_bind_template_child (widget_class, DcWindow, shade_title);
  gtk_widget_class_bind_template_child (widget_class, DcWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DcWindow, stay);
  gtk_widget_class_bind_template_callback (widget_class, on_event);
  gtk_widget_class_bind_template_callback (widget_class, on_keyboard);
  gtk_widget_class_bind_template_callback (widget_class, on_mode_end);
  gtk_widget_class_bind_template_callback (widget_class, on_stay);
  gtk_widget_class_bind_template_callback (widget_class, on_transition);

  gtk_widget_class_install_action (widget_class, "kiosk.go", "u", on_go);
  gtk_widget_class_install_action (widget_class, "kiosk.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "kiosk.language", "s", on_language);
  gtk_widget_class_install_action (widget_class, "kiosk.finish", NULL, on_finish);
}

static void
dc_window_init (DcWindow *self)
{
  self->way = g_array_new (FALSE, FALSE, sizeof (DcPageId));
  self->idle = dc_idle_new ();
  g_signal_connect_object (self->idle, "warning", G_CALLBACK (on_warning), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "tick", G_CALLBACK (on_tick), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "expired", G_CALLBACK (dc_window_begin_visit), self,
                           G_CONNECT_SWAPPED);

  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
on_form (GtkWindow *window,
         DcForm     form)
{
  DcWindow *self = DC_WINDOW (window);

  self->form = form;
  if (self->page != NULL)
    dc_page_arrange (self->page, form);
}

DcWindow *
dc_window_new (GtkApplication *application,
               DcKiosk        *kiosk,
               int             width,
               int             height)
{
  DcWindow *self = g_object_new (DC_TYPE_WINDOW,
                                 "application", application,
                                 "default-width", width,
                                 "default-height", height,
                                 NULL);

  self->kiosk = g_object_ref (kiosk);
  dc_form_follow (GTK_WINDOW (self), width, height, on_form);
  dc_window_begin_visit (self);
  g_signal_connect_object (dc_kiosk_get_stall (kiosk), "changed", G_CALLBACK (on_stall), self,
                           G_CONNECT_SWAPPED);

  return self;
}

DcPage *
dc_window_get_page (DcWindow *self)
{
  return self->page;
}

DcPageId
dc_window_get_page_id (DcWindow *self)
{
  return current (self);
}

void
dc_window_set_second (DcWindow *self,
                      guint     milliseconds)
{
  dc_idle_set_second (self->idle, milliseconds);
}

guint
dc_window_get_patience (DcWindow *self)
{
  return seconds_of_patience (self);
}
