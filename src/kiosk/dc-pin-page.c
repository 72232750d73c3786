/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pin-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-heading.h"
#include "dc-number-pad.h"
#include "dc-pin.h"
#include "dc-pin-forgotten.h"
#include "dc-pin-reset-run.h"
#include "dc-pin-rules.h"
#include "dc-text.h"
#include "dc-top-bar.h"
#include "dc-words.h"

/* On a tablet that has no PINs yet, the first to hold the emblem chooses
 * them: the coordinator's, then the volunteers', each typed twice. So does, once,
 * who comes with the office's leave. Its use is written down before the first
 * PIN is: a power cut between the two costs another file, never a second use. */
typedef enum
{
  STEP_ENTER,
  STEP_FORGOTTEN,
  STEP_CHOOSE,
  STEP_REPEAT,
} Step;

struct _DcPinPage
{
  DcPage       parent_instance;

  DcTopBar    *top;
  DcHeading   *heading;
  GtkLabel    *dots;
  GtkLabel    *message;
  DcNumberPad *pad;
  GtkWidget   *enter;
  DcPinForgotten *forgotten;
  GtkWidget   *forgot;

  Step         step;
  DcStaffRole  role;           /* whose PIN is being chosen */
  char        *chosen;         /* (nullable) until it is repeated */
  gboolean     by_leave;       /* of the office: PINs that are there are replaced */
  gboolean     leave_used;
  char         digits[DC_PIN_MAX_DIGITS + 1];
  gsize        n_digits;
};

G_DEFINE_FINAL_TYPE (DcPinPage, dc_pin_page, DC_TYPE_PAGE)

static DcStaffGate *
get_gate (DcPinPage *self)
{
  return dc_kiosk_get_staff_gate (dc_page_get_kiosk (DC_PAGE (self)));
}

static void
update (DcPinPage *self)
{
  g_autoptr (GString) dots = g_string_new (NULL);

  for (gsize i = 0; i < self->n_digits; i++)
    g_string_append (dots, "•");
  gtk_label_set_label (self->dots, dots->str);
  gtk_widget_set_sensitive (self->enter, self->n_digits >= DC_PIN_MIN_DIGITS);
}

static void
forget_digits (DcPinPage *self)
{
  explicit_bzero (self->digits, sizeof self->digits);
  self->n_digits = 0;
  update (self);
}

static void
say (DcPinPage  *self,
     const char *message)
{
  gtk_label_set_label (self->message, message);
}

static void
ask (DcPinPage *self)
{
  const char *heading = _("PIN for staff");

  if (self->step == STEP_CHOOSE)
    heading = self->role == DC_STAFF_COORDINATOR ? _("Choose a PIN for the coordinator")
                                                 : _("Choose a PIN for the volunteers");
  else if (self->step == STEP_REPEAT)
    heading = _("Type the same PIN again");
  else if (self->step == STEP_FORGOTTEN)
    heading = _("PIN forgotten");

  gtk_widget_set_visible (GTK_WIDGET (self->dots), self->step != STEP_FORGOTTEN);
  gtk_widget_set_visible (GTK_WIDGET (self->pad), self->step != STEP_FORGOTTEN);
  gtk_widget_set_visible (self->enter, self->step != STEP_FORGOTTEN);
  gtk_widget_set_visible (GTK_WIDGET (self->forgotten), self->step == STEP_FORGOTTEN);
  gtk_widget_set_visible (self->forgot, self->step == STEP_ENTER);
  dc_heading_set_label (self->heading, heading);
  forget_digits (self);
}

static void
on_digit (DcPinPage  *self,
          const char *digit)
{
  if (self->n_digits == DC_PIN_MAX_DIGITS)
    return;

  self->digits[self->n_digits++] = *digit;
  say (self, "");
  update (self);
}

static void
on_delete (DcPinPage *self)
{
  if (self->n_digits > 0)
    self->digits[--self->n_digits] = '\0';
  update (self);
}

static void
say_locked (DcPinPage *self,
            guint      wait_s)
{
  guint minutes = (wait_s + 59) / 60;
  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                  /* Translators: %u is a number of minutes */
                                  "Too many tries. Please wait %u minute.",
                                  "Too many tries. Please wait %u minutes.", minutes), minutes);

  say (self, text);
}

static void
say_wrong (DcPinPage *self,
           guint      tries_left)
{
  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                  /* Translators: %u is how often one may still try */
                                  "That is not the PIN. %u try left.",
                                  "That is not the PIN. %u tries left.", tries_left), tries_left);

  say (self, text);
}

static void
did_try (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DcPinPage) self = user_data;
  g_autoptr (GError) error = NULL;
  DcStaffRole role;
  guint tries_left, wait_s;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (dc_staff_gate_try_finish (DC_STAFF_GATE (source), result, &role, &tries_left, &wait_s,
                                &error)) {
    if (dc_page_is_current (DC_PAGE (self)))
      dc_page_go (DC_PAGE (self), role == DC_STAFF_COORDINATOR ? DC_PAGE_COORDINATOR
                                                               : DC_PAGE_STAFF);
    return;
  }

  if (wait_s > 0)
    say_locked (self, wait_s);
  else if (g_error_matches (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_WRONG))
    say_wrong (self, tries_left);
  else
    say (self, _("The PIN cannot be checked just now. Please restart the tablet and try again."));
  if (!g_error_matches (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_WRONG))
    g_message ("A PIN was not checked: %s", error->message);
}

static void
did_set (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DcPinPage) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  self->step = STEP_CHOOSE;
  if (!dc_staff_gate_set_pin_finish (DC_STAFF_GATE (source), result, &error)) {
    if (!g_error_matches (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_SAME))
      say (self, _("The PIN could not be stored. Please try again."));
    else if (self->role == DC_STAFF_COORDINATOR)
      say (self, _("The volunteers have this PIN already. Please choose another."));
    else
      say (self, _("The coordinator has this PIN already. Please choose another."));
  } else if (self->role == DC_STAFF_COORDINATOR) {
    self->role = DC_STAFF_VOLUNTEER;
  } else if (self->by_leave) {
    /* Not to wait for the end of too many wrong tries. */
    if (dc_page_is_current (DC_PAGE (self)))
      dc_page_go (DC_PAGE (self), DC_PAGE_COORDINATOR);
    return;
  } else {
    self->step = STEP_ENTER;
    say (self, _("Both PINs are set."));
  }
  ask (self);
}

static void
choose (DcPinPage *self)
{
  if (dc_pin_rules_refuse (self->digits)) {
    say (self, _("This PIN is too easy to guess. Please choose another."));
    forget_digits (self);
    return;
  }

  dc_wipe_string (&self->chosen);
  self->chosen = g_strdup (self->digits);
  self->step = STEP_REPEAT;
  ask (self);
}

/* FALSE: told. */
static gboolean
use_leave (DcPinPage *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->by_leave || self->leave_used)
    return TRUE;

  self->leave_used = dc_pin_reset_run_use (dc_page_get_kiosk (DC_PAGE (self)),
                                           dc_pin_forgotten_get_reset (self->forgotten), &error);
  if (!self->leave_used) {
    g_warning ("The leave for new PINs was not written down: %s", error->message);
    say (self, _("The PIN could not be stored. Please try again."));
    self->step = STEP_CHOOSE;
    ask (self);
  }

  return self->leave_used;
}

static void
repeat (DcPinPage *self)
{
  if (!g_str_equal (self->chosen, self->digits)) {
    say (self, _("The two were not the same. Please begin again."));
    self->step = STEP_CHOOSE;
    ask (self);
    return;
  }

  if (!use_leave (self))
    return;
  if (self->by_leave)
    dc_staff_gate_let_mend (get_gate (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  dc_staff_gate_set_pin_async (get_gate (self), self->role, self->digits, NULL, did_set,
                               g_object_ref (self));
  forget_digits (self);
}

static void
on_enter (DcPinPage *self)
{
  if (self->n_digits < DC_PIN_MIN_DIGITS)
    return;

  if (self->step == STEP_CHOOSE) {
    choose (self);
  } else if (self->step == STEP_REPEAT) {
    repeat (self);
  } else {
    gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
    dc_staff_gate_try_async (get_gate (self), self->digits, NULL, did_try, g_object_ref (self));
    forget_digits (self);
  }
}

static void
on_forgot (DcPinPage *self)
{
  dc_pin_forgotten_fill (self->forgotten, dc_page_get_kiosk (DC_PAGE (self)));
  self->step = STEP_FORGOTTEN;
  say (self, "");
  ask (self);
  dc_page_focus_heading (DC_PAGE (self));
}

static void
on_found (DcPinPage *self)
{
  self->by_leave = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->pad), TRUE);
  self->step = STEP_CHOOSE;
  self->role = DC_STAFF_COORDINATOR;
  ask (self);
}

static void
dc_pin_page_fill (DcPage *page)
{
  DcPinPage *self = DC_PIN_PAGE (page);
  DcStaffGate *gate = get_gate (self);
  guint wait_s;

  dc_top_bar_fill (self->top, page);
  if (!dc_kiosk_staff_gate_works (dc_page_get_kiosk (page))) {
    g_autofree char *words = dc_words_and_whom (
      _("The file with the PINs is damaged. Donors can go on. New PINs can be set with a file from the office: press “PIN forgotten”. Please call your coordinator."),
      dc_page_get_campaign (page), dc_page_get_language (page));

    gtk_widget_set_sensitive (GTK_WIDGET (self->pad), FALSE);
    say (self, words);
  } else if (!dc_staff_gate_has_pin (gate, DC_STAFF_COORDINATOR)) {
    self->step = STEP_CHOOSE;
    self->role = DC_STAFF_COORDINATOR;
  } else if (!dc_staff_gate_has_pin (gate, DC_STAFF_VOLUNTEER)) {
    self->step = STEP_CHOOSE;
    self->role = DC_STAFF_VOLUNTEER;
  }
  ask (self);
  if (dc_staff_gate_is_locked (gate, &wait_s))
    say_locked (self, wait_s);
}

static void
dc_pin_page_dispose (GObject *object)
{
  DcPinPage *self = DC_PIN_PAGE (object);

  dc_wipe_string (&self->chosen);
  explicit_bzero (self->digits, sizeof self->digits);

  G_OBJECT_CLASS (dc_pin_page_parent_class)->dispose (object);
}

static void
dc_pin_page_class_init (DcPinPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_pin_page_dispose;
  DC_PAGE_CLASS (klass)->fill = dc_pin_page_fill;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_NUMBER_PAD);
  g_type_ensure (DC_TYPE_PIN_FORGOTTEN);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/pin-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcPinPage, dots);
  gtk_widget_class_bind_template_child (widget_class, DcPinPage, enter);
  gtk_widget_class_bind_template_child (widget_class, DcPinPage, forgot);
  gtk_widget_class_bind_template_child (widget_class, DcPinPage, forgotten);
  gtk_widget_class_bind_template_child (widget_class, DcPinPage, heading);
  gtk_widget_class_bind_template_child (widget_class, DcPinPage, message);
  gtk_widget_class_bind_template_child (widget_class, DcPinPage, pad);
  gtk_widget_class_bind_template_child (widget_class, DcPinPage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, on_digit);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_forgot);
  gtk_widget_class_bind_template_callback (widget_class, on_found);
}

static void
dc_pin_page_init (DcPinPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
