/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pin-forgotten.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-crypto.h"
#include "dc-drive-buttons.h"
#include "dc-label.h"
#include "dc-pin-reset-run.h"

struct _DcPinForgotten
{
  GtkWidget       parent_instance;

  GtkLabel       *digits;
  GtkLabel       *insert;
  DcDriveButtons *places;
  GtkLabel       *outcome;

  DcKiosk        *kiosk;    /* (owned) (nullable) until it is filled */
  DcPinReset      reset;
};

G_DEFINE_FINAL_TYPE (DcPinForgotten, dc_pin_forgotten, GTK_TYPE_WIDGET)

enum
{
  FOUND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
words_of (const GError *error)
{
  if (g_error_matches (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_NONE))
    return _("There is no file for this tablet at the top of this stick.");
  if (g_error_matches (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_TABLET))
    return _("The file on this stick is for another tablet. Please give the office the digits above.");
  if (g_error_matches (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_USED))
    return _("This file was used already; each works once. Please ask the office for a new one.");
  if (g_error_matches (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_SIGNER))
    return _("This file is not from the office of this appeal, or was changed. Please ask the office for a new one.");
  if (g_error_matches (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_DAMAGED))
    return _("The file on this stick is damaged. Please ask the office for a new one.");

  return _("This tablet cannot read or write its own list just now. Please restart it and try again.");
}

static void
did_find (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DcPinForgotten) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->places), TRUE);
  if (dc_pin_reset_run_finish (DC_KIOSK (source), result, &self->reset, &error)) {
    g_signal_emit (self, signals[FOUND], 0);
    return;
  }

  g_message ("No leave for new PINs: %s", error->message);
  dc_label_say_outcome (self->outcome, words_of (error), TRUE);
}

static void
on_drive (DcPinForgotten *self,
          const char     *path)
{
  if (dc_kiosk_get_sealer (self->kiosk) == NULL) {
    dc_label_say_outcome (self->outcome, _("This tablet is still starting. Please try again in a moment."), TRUE);
    return;
  }

  dc_label_say_outcome (self->outcome, "", FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->places), FALSE);
  dc_pin_reset_run_async (self->kiosk, path, did_find, g_object_ref (self));
}

static void
on_looked (DcPinForgotten *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->insert), dc_drive_buttons_get_count (self->places) == 0);
}

static char *
words_of_drive (const char *name)
{
  /* Translators: a button; %s is the name of a USB stick */
  return g_strdup_printf (_("Look on “%s”"), name);
}

static void
dc_pin_forgotten_dispose (GObject *object)
{
  DcPinForgotten *self = DC_PIN_FORGOTTEN (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->kiosk);

  G_OBJECT_CLASS (dc_pin_forgotten_parent_class)->dispose (object);
}

static void
dc_pin_forgotten_class_init (DcPinForgottenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_pin_forgotten_dispose;

  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (DC_TYPE_DRIVE_BUTTONS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/pin-forgotten.ui");
  gtk_widget_class_bind_template_child (widget_class, DcPinForgotten, digits);
  gtk_widget_class_bind_template_child (widget_class, DcPinForgotten, insert);
  gtk_widget_class_bind_template_child (widget_class, DcPinForgotten, outcome);
  gtk_widget_class_bind_template_child (widget_class, DcPinForgotten, places);
  gtk_widget_class_bind_template_callback (widget_class, on_drive);
  gtk_widget_class_bind_template_callback (widget_class, on_looked);
}

static void
dc_pin_forgotten_init (DcPinForgotten *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dc_pin_forgotten_fill (DcPinForgotten *self,
                       DcKiosk        *kiosk)
{
  g_autofree char *digits = NULL;
  char hex[DC_CRYPTO_HEX_SIZE];

  g_set_object (&self->kiosk, kiosk);
  if (dc_kiosk_get_sealer (kiosk) != NULL) {
    dc_crypto_to_hex (dc_sealer_get_tablet (dc_kiosk_get_sealer (kiosk)), hex);
    digits = g_strdup_printf ("%.8s", hex);
    gtk_label_set_label (self->digits, digits);
  }
  dc_drive_buttons_watch (self->places, words_of_drive, TRUE);
}

const DcPinReset *
dc_pin_forgotten_get_reset (DcPinForgotten *self)
{
  return &self->reset;
}
