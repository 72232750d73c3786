/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-text-field.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-button.h"
#include "dc-contact.h"
#include "dc-text.h"
#include "dc-words.h"

struct _DcTextField
{
  GtkWidget  parent_instance;

  GtkWidget *box;
  GtkLabel  *caption;
  GtkLabel  *optional;
  GtkEntry  *entry;
  GtkLabel  *problem;
  GtkButton *proposal;

  DcField    field;
  DcVisit   *visit;
  char      *proposed;
};

G_DEFINE_FINAL_TYPE (DcTextField, dc_text_field, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_FIELD,
  PROP_CAPTION,
  PROP_OPTIONAL,
  LAST_PROP
};

static GParamSpec *props[LAST_PROP];
static guint edited_signal;

static void
show_problem (DcTextField *self,
              const char  *problem)
{
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "wrong");

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_proposal (DcTextField *self)
{
  g_autofree char *label = NULL;

  dc_wipe_string (&self->proposed);
  if (self->field == DC_FIELD_EMAIL)
    self->proposed = dc_email_suggest (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  gtk_widget_set_visible (GTK_WIDGET (self->proposal), self->proposed != NULL);
  if (self->proposed == NULL)
    return;

  /* Translators: a button below an e-mail address that looks mistyped; %s is
   * the address as it was probably meant, and touching the button takes it */
  label = g_strdup_printf (_("Did you mean %s?"), self->proposed);
  dc_button_set_words (self->proposal, label);
}

static void
on_changed (DcTextField *self)
{
  if (self->visit == NULL)
    return;

  dc_donor_set (dc_visit_get_donor (self->visit), self->field,
                gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  show_problem (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->proposal), FALSE);
  g_signal_emit (self, edited_signal, 0);
}

/* Nothing is called wrong while it is still being typed; a card number is the
 * exception, so that it does not stay on the screen. */
static void
on_left (DcTextField *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    dc_text_field_check (self);
}

static void
on_proposal (DcTextField *self)
{
  g_autofree char *text = g_steal_pointer (&self->proposed);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  dc_wipe_string (&text);
}

static void
dc_text_field_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DcTextField *self = DC_TEXT_FIELD (object);

  switch (property_id) {
  case PROP_FIELD:
    g_value_set_uint (value, self->field);
    break;
  case PROP_CAPTION:
    g_value_set_string (value, gtk_label_get_label (self->caption));
    break;
  case PROP_OPTIONAL:
    g_value_set_boolean (value, gtk_widget_get_visible (GTK_WIDGET (self->optional)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
set_field (DcTextField *self,
           DcField      field)
{
  GtkInputPurpose purpose = GTK_INPUT_PURPOSE_FREE_FORM;

  if (field == DC_FIELD_EMAIL)
    purpose = GTK_INPUT_PURPOSE_EMAIL;
  else if (field == DC_FIELD_PHONE)
    purpose = GTK_INPUT_PURPOSE_PHONE;
  else if (field == DC_FIELD_FIRST_NAME || field == DC_FIELD_FAMILY_NAME)
    purpose = GTK_INPUT_PURPOSE_NAME;

  self->field = field;
  gtk_entry_set_input_purpose (self->entry, purpose);
  gtk_entry_set_max_length (self->entry, (int) dc_field_max_chars (field));
  gtk_widget_set_name (GTK_WIDGET (self), dc_field_to_string (field));
}

static void
dc_text_field_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DcTextField *self = DC_TEXT_FIELD (object);

  switch (property_id) {
  case PROP_FIELD:
    set_field (self, (DcField) g_value_get_uint (value));
    break;
  case PROP_CAPTION:
    gtk_label_set_label (self->caption, g_value_get_string (value));
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    gtk_label_get_label (self->caption), -1);
    break;
  case PROP_OPTIONAL:
    gtk_widget_set_visible (GTK_WIDGET (self->optional), g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_text_field_dispose (GObject *object)
{
  DcTextField *self = DC_TEXT_FIELD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->visit);
  dc_wipe_string (&self->proposed);

  G_OBJECT_CLASS (dc_text_field_parent_class)->dispose (object);
}

static void
dc_text_field_class_init (DcTextFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dc_text_field_get_property;
  object_class->set_property = dc_text_field_set_property;
  object_class->dispose = dc_text_field_dispose;

  props[PROP_FIELD] = g_param_spec_uint ("field", NULL, NULL, 0, DC_N_FIELDS - 1, 0, flags);
  props[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, "", flags);
  props[PROP_OPTIONAL] = g_param_spec_boolean ("optional", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, LAST_PROP, props);

  edited_signal = g_signal_new ("edited", DC_TYPE_TEXT_FIELD, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/text-field.ui");
  gtk_widget_class_bind_template_child (widget_class, DcTextField, box);
  gtk_widget_class_bind_template_child (widget_class, DcTextField, caption);
  gtk_widget_class_bind_template_child (widget_class, DcTextField, entry);
  gtk_widget_class_bind_template_child (widget_class, DcTextField, optional);
  gtk_widget_class_bind_template_child (widget_class, DcTextField, problem);
  gtk_widget_class_bind_template_child (widget_class, DcTextField, proposal);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_left);
  gtk_widget_class_bind_template_callback (widget_class, on_proposal);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "field");
}

static void
dc_text_field_init (DcTextField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->problem, NULL,
                                  -1);
}

void
dc_text_field_bind (DcTextField *self,
                    DcVisit     *visit)
{
  /* What is shown of the one must not be written to the other. */
  g_clear_object (&self->visit);
  gtk_editable_set_text (GTK_EDITABLE (self->entry),
                         dc_donor_get (dc_visit_get_donor (visit), self->field));
  self->visit = g_object_ref (visit);
}

gboolean
dc_text_field_check (DcTextField *self)
{
  DcFieldProblem problem = dc_visit_check_field (self->visit, self->field);

  show_problem (self, dc_words_problem (self->field, problem));
  if (problem == DC_FIELD_GOOD)
    show_proposal (self);

  return problem == DC_FIELD_GOOD;
}

void
dc_text_field_set_masked (DcTextField *self,
                          gboolean     masked)
{
  gtk_entry_set_visibility (self->entry, !masked);
}

DcField
dc_text_field_get_field (DcTextField *self)
{
  return self->field;
}

void
dc_text_field_grab (DcTextField *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
