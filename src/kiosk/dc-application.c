/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-application.h"

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "dc-crypto.h"
#include "dc-kiosk-resources.h"
#include "dc-kiosk.h"
#include "dc-language.h"
#include "dc-lockdown.h"
#include "dc-system-clock.h"
#include "dc-watchdog.h"
#include "dc-widgets.h"
#include "dc-wipe.h"
#include "dc-window.h"
#include "dc-words.h"

struct _DcApplication
{
  AdwApplication  parent_instance;

  char           *pack;
  char           *state;
  char           *sender;         /* (nullable) socket of daily-cup-send */
  gboolean        platform_keyboard;
  char           *drill;          /* (nullable) a folder for the drill's file */
  int             width;          /* 0: the whole screen */
  int             height;
  int             second_ms;      /* 0: a second lasts a second */

  DcKiosk        *kiosk;
  DcWindow       *window;
  gboolean        leaving;
  gboolean        wiped;
  gboolean        setting_pins;
  int             status;
};

G_DEFINE_FINAL_TYPE (DcApplication, dc_application, ADW_TYPE_APPLICATION)

static void
did_close (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dc_queue_close_finish (DC_QUEUE (source), result, &error))
    g_message ("The queue was not closed: %s", error->message);
  g_clear_error (&error);
  /* What is left of it goes at the next start. */
  if (self->wiped && !dc_wipe_finish (self->state, &error))
    g_warning ("Not all is deleted yet: %s", error->message);
  g_application_release (G_APPLICATION (self));
  g_application_quit (G_APPLICATION (self));
}

/* The window goes first and with it the donor; then the queue, so that its
 * write-ahead log is folded in. */
static void
leave (DcApplication *self)
{
  if (self->leaving)
    return;

  self->leaving = TRUE;
  if (self->kiosk == NULL) {
    g_application_quit (G_APPLICATION (self));
    return;
  }

  g_application_hold (G_APPLICATION (self));
  dc_hand_over_stop (dc_kiosk_get_hand_over (self->kiosk));
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
  dc_queue_close_async (dc_kiosk_get_queue (self->kiosk), did_close, g_object_ref (self));
}

static void
on_wiped (DcApplication *self)
{
  self->wiped = TRUE;
  leave (self);
}

static gboolean
on_close_request (DcApplication *self)
{
  leave (self);

  return GDK_EVENT_STOP;
}

static gboolean
on_signal (gpointer user_data)
{
  leave (user_data);

  return G_SOURCE_CONTINUE;
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

/* The one page that a tablet shows which cannot be a stall: in words for the
 * staff, with the exact fault below for who mends it. */
static void
show_refusal (DcApplication *self,
              const char    *title,
              const GError  *error)
{
  const char *reason = dc_words_refusal (error);
  GtkWidget *window = gtk_application_window_new (GTK_APPLICATION (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 20);

  g_printerr ("daily-cup: %s\n", error->message);
  self->status = EXIT_FAILURE;

  gtk_box_append (GTK_BOX (box), make_label (title, "title"));
  if (reason != NULL)
    gtk_box_append (GTK_BOX (box), make_label (reason, "text"));
  gtk_box_append (GTK_BOX (box), make_label (error->message, reason != NULL ? "quiet-text" : "text"));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, 32);
  gtk_widget_set_margin_end (box, 32);
  gtk_widget_add_css_class (window, "daily-cup");
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), self->width > 0 ? self->width : 600,
                               self->height > 0 ? self->height : 400);
  /* A start anew would mend nothing, and take the page away. */
  dc_watchdog_follow (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
did_set_coordinator_pin (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (DcApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->setting_pins = FALSE;
  if (!dc_staff_gate_set_pin_finish (DC_STAFF_GATE (source), result, &error))
    g_warning ("The demonstration's PIN was not set: %s", error->message);
}

static void
did_set_volunteer_pin (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  DcApplication *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dc_staff_gate_set_pin_finish (DC_STAFF_GATE (source), result, &error))
    g_warning ("The demonstration's PIN was not set: %s", error->message);
  dc_staff_gate_set_pin_async (DC_STAFF_GATE (source), DC_STAFF_COORDINATOR,
                               dc_campaign_get_demo_pin (dc_kiosk_get_campaign (self->kiosk), TRUE),
                               NULL, did_set_coordinator_pin, self);
}

/* A demonstration's PINs stand on its ribbon, so they are set by themselves:
 * at the start and, where the disk was full then, when that is over. */
static void
set_demo_pins (DcApplication *self)
{
  DcCampaign *campaign = dc_kiosk_get_campaign (self->kiosk);
  DcStaffGate *gate = dc_kiosk_get_staff_gate (self->kiosk);

  if (self->setting_pins || !dc_campaign_is_demo (campaign)
      || dc_staff_gate_has_pin (gate, DC_STAFF_COORDINATOR))
    return;

  self->setting_pins = TRUE;
  dc_staff_gate_set_pin_async (gate, DC_STAFF_VOLUNTEER, dc_campaign_get_demo_pin (campaign, FALSE),
                               NULL, did_set_volunteer_pin, g_object_ref (self));
}

static void
did_start (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dc_kiosk_start_finish (DC_KIOSK (source), result, &error)) {
    g_signal_connect_object (self->kiosk, "notify::trouble", G_CALLBACK (set_demo_pins), self,
                             G_CONNECT_SWAPPED);
    set_demo_pins (self);
    return;
  }

  if (self->leaving)
    return;
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
  show_refusal (self, _("Daily Cup is already running on this tablet."), error);
}

static void
show_kiosk (DcApplication *self)
{
  gboolean framed = self->width > 0;

  self->window = dc_window_new (GTK_APPLICATION (self), self->kiosk,
                                framed ? self->width : 1280, framed ? self->height : 800);
  dc_lockdown_window (GTK_WINDOW (self->window), framed);
  if (self->second_ms > 0)
    dc_window_set_second (self->window, (guint) self->second_ms);
  g_signal_connect_object (self->window, "close-request", G_CALLBACK (on_close_request), self,
                           G_CONNECT_SWAPPED);
  if (!framed) {
    gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
    gtk_window_fullscreen (GTK_WINDOW (self->window));
  }
  dc_watchdog_follow (GTK_WIDGET (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
dc_application_activate (GApplication *application)
{
  DcApplication *self = DC_APPLICATION (application);
  g_autoptr (DcClock) clock = dc_system_clock_new ();
  g_autoptr (GError) error = NULL;

  if (self->kiosk != NULL)
    return;

  self->kiosk = dc_kiosk_new (self->pack, self->state, clock, &error);
  if (self->kiosk == NULL) {
    show_refusal (self, _("This tablet is not ready. Please call your coordinator."), error);
    return;
  }

  if (self->drill != NULL)
    dc_kiosk_set_drill_folder (self->kiosk, self->drill);
  if (self->sender != NULL)
    dc_hand_over_set_socket (dc_kiosk_get_hand_over (self->kiosk), self->sender);
  dc_kiosk_set_platform_keyboard (self->kiosk, self->platform_keyboard);
  g_signal_connect_object (self->kiosk, "wiped", G_CALLBACK (on_wiped), self, G_CONNECT_SWAPPED);
  show_kiosk (self);
  dc_kiosk_start_async (self->kiosk, did_start, g_object_ref (self));
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/dailycup/DailyCup/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
dc_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (dc_application_parent_class)->startup (application);

  dc_kiosk_register_resource ();
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
  /* A cursor that blinks wakes the tablet twice a second, and GTK 4.8 warns
   * where a page goes while it does. */
  g_object_set (gtk_settings_get_default (),
                "gtk-cursor-blink", FALSE,
                "gtk-font-name", "Inter 12",
                "gtk-enable-primary-paste", FALSE,
                "gtk-entry-select-on-focus", FALSE,
                NULL);
  dc_widgets_init (gdk_display_get_default ());
  load_style ();

  g_unix_signal_add (SIGTERM, on_signal, application);
  g_unix_signal_add (SIGINT, on_signal, application);
}

static int
on_options (DcApplication *self,
            GVariantDict  *options)
{
  const char *size = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("daily-cup %s\n", DC_VERSION);
    return EXIT_SUCCESS;
  }

  if (!g_variant_dict_lookup (options, "pack", "^ay", &self->pack))
    self->pack = g_strdup (DC_PACKDIR);
  if (!g_variant_dict_lookup (options, "state", "^ay", &self->state))
    self->state = g_build_filename (g_get_user_state_dir (), "daily-cup", NULL);
  g_variant_dict_lookup (options, "drill", "^ay", &self->drill);
  self->platform_keyboard = g_variant_dict_contains (options, "platform-keyboard");
  g_variant_dict_lookup (options, "sender-socket", "^ay", &self->sender);
  if (g_variant_dict_lookup (options, "window", "&s", &size)
      && (sscanf (size, "%4dx%4d", &self->width, &self->height) != 2
          || self->width < 320 || self->height < 480)) {
    g_printerr ("daily-cup: --window wants WIDTHxHEIGHT, at least 320x480, as in 600x960\n");
    return EXIT_FAILURE;
  }
  if (g_variant_dict_lookup (options, "second", "i", &self->second_ms)
      && (self->second_ms < 1 || self->second_ms > 1000)) {
    g_printerr ("daily-cup: --second wants 1 to 1000 milliseconds\n");
    return EXIT_FAILURE;
  }

  return -1;
}

static void
dc_application_finalize (GObject *object)
{
  DcApplication *self = DC_APPLICATION (object);

  g_clear_object (&self->kiosk);
  g_clear_pointer (&self->pack, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->drill, g_free);
  g_clear_pointer (&self->sender, g_free);

  G_OBJECT_CLASS (dc_application_parent_class)->finalize (object);
}

static void
dc_application_class_init (DcApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dc_application_finalize;
  G_APPLICATION_CLASS (klass)->activate = dc_application_activate;
  G_APPLICATION_CLASS (klass)->startup = dc_application_startup;
}

static void
dc_application_init (DcApplication *self)
{
  const GOptionEntry entries[] = {
    { "pack", 'p', 0, G_OPTION_ARG_FILENAME, NULL, N_("Folder with the files of the appeal"), N_("FOLDER") },
    { "state", 's', 0, G_OPTION_ARG_FILENAME, NULL, N_("Where promises are kept"), N_("FOLDER") },
    { "drill", 'd', 0, G_OPTION_ARG_FILENAME, NULL,
      N_("Where a file that tries the keys may go, besides a USB stick"), N_("FOLDER") },
    { "platform-keyboard", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_("Use the on-screen keyboard of the system, instead of Daily Cup’s own"), NULL },
    { "sender-socket", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      /* Translators: daily-cup-send is a program; a socket is a kind of file. */
      N_("Reach daily-cup-send by this socket, instead of starting it"), N_("SOCKET") },
    { "window", 'w', 0, G_OPTION_ARG_STRING, NULL,
      N_("In a window that can be closed, instead of the whole screen"), N_("WIDTHxHEIGHT") },
    /* For tests: how long each second of a donor's waits lasts. Never longer
     * than it is, so that nobody's details stand on the screen for longer. */
    { "second", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, NULL, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("The version of this program"), NULL },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_signal_connect (self, "handle-local-options", G_CALLBACK (on_options), NULL);
}

int
dc_application_get_status (DcApplication *self)
{
  return self->status;
}

gboolean
dc_application_begins_anew (DcApplication *self)
{
  return self->wiped;
}

DcApplication *
dc_application_new (void)
{
  return g_object_new (DC_TYPE_APPLICATION,
                       "application-id", DC_APP_ID,
                       "flags", G_APPLICATION_NON_UNIQUE,
                       "resource-base-path", NULL,
                       NULL);
}
