/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-details-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-agreements.h"
#include "dc-button.h"
#include "dc-heading.h"
#include "dc-key-layout.h"
#include "dc-text-field.h"
#include "dc-tick.h"
#include "dc-top-bar.h"
#include "dc-words.h"

struct _DcDetailsPage
{
  DcPage             parent_instance;

  DcTopBar          *top;
  GtkScrolledWindow *scroller;
  GtkWidget         *latin;          /* the keyboard has no other letters */
  GtkBox            *title;
  GtkBox            *columns;
  GtkBox            *names;
  GtkBox            *place;
  GtkToggleButton   *mask;
  DcTextField       *first_name;
  DcTextField       *family_name;
  GtkToggleButton   *by_email;
  GtkToggleButton   *by_phone;
  GtkToggleButton   *by_post;
  DcTextField       *email;
  DcTextField       *phone;
  GtkWidget         *address;
  GtkWidget         *address_reason;
  DcTextField       *street;
  DcTextField       *postcode;
  DcTextField       *town;
  DcTextField       *country;
  DcTick            *tax;
  GtkWidget         *agreeing;
  DcAgreements      *agreements;
  GtkLabel          *ticks_problem;
  GtkWidget         *bottom;

  gboolean           filling;
};

G_DEFINE_FINAL_TYPE (DcDetailsPage, dc_details_page, DC_TYPE_PAGE)

#define N_TEXT_FIELDS 8

static void
list_fields (DcDetailsPage *self,
             DcTextField   *fields[static N_TEXT_FIELDS])
{
  fields[0] = self->first_name;
  fields[1] = self->family_name;
  fields[2] = self->email;
  fields[3] = self->phone;
  fields[4] = self->street;
  fields[5] = self->postcode;
  fields[6] = self->town;
  fields[7] = self->country;
}

/* Shows what is asked of this donor and nothing else. */
static void
update (DcDetailsPage *self)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));
  DcContact contact = dc_visit_get_contact (visit);

  gtk_widget_set_visible (GTK_WIDGET (self->email), contact == DC_CONTACT_EMAIL);
  gtk_widget_set_visible (GTK_WIDGET (self->phone), contact == DC_CONTACT_PHONE);
  gtk_widget_set_visible (self->address, dc_visit_needs_address (visit));
  gtk_widget_set_visible (self->address_reason, contact != DC_CONTACT_POST);
  dc_agreements_update (self->agreements);
}

static void
on_contact (DcDetailsPage *self)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));

  if (self->filling)
    return;

  if (gtk_toggle_button_get_active (self->by_phone))
    dc_visit_set_contact (visit, DC_CONTACT_PHONE);
  else if (gtk_toggle_button_get_active (self->by_post))
    dc_visit_set_contact (visit, DC_CONTACT_POST);
  else
    dc_visit_set_contact (visit, DC_CONTACT_EMAIL);

  update (self);
}

static void
on_mask (DcDetailsPage *self)
{
  gboolean masked = gtk_toggle_button_get_active (self->mask);
  DcTextField *fields[N_TEXT_FIELDS];

  list_fields (self, fields);
  for (guint i = 0; i < N_TEXT_FIELDS; i++)
    dc_text_field_set_masked (fields[i], masked);

  dc_button_set_words (GTK_BUTTON (self->mask),
                       masked ? _("Show what I type") : _("Hide what I type"));
  dc_visit_set_masked (dc_page_get_visit (DC_PAGE (self)), masked);
}

static void
on_tax (DcDetailsPage *self)
{
  if (self->filling)
    return;

  dc_visit_set_tax_certificate (dc_page_get_visit (DC_PAGE (self)), dc_tick_get_active (self->tax));
  update (self);
}

static void
on_agreed (DcDetailsPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->ticks_problem), FALSE);
}

/* The first field that is wrong gets the focus; all are marked. */
static gboolean
check_fields (DcDetailsPage *self)
{
  DcTextField *fields[N_TEXT_FIELDS];
  DcTextField *first = NULL;

  list_fields (self, fields);
  for (guint i = 0; i < N_TEXT_FIELDS; i++) {
    if (!dc_text_field_check (fields[i]) && first == NULL)
      first = fields[i];
  }
  if (first != NULL)
    dc_text_field_grab (first);

  return first == NULL;
}

static void
on_next (DcDetailsPage *self)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (self));
  gboolean fields_good = check_fields (self);
  const char *problem = dc_visit_is_assisted (visit) ? NULL : dc_words_ticks (visit);

  gtk_widget_set_visible (GTK_WIDGET (self->ticks_problem), problem != NULL);
  gtk_label_set_label (self->ticks_problem, problem != NULL ? problem : "");
  if (problem != NULL && fields_good)
    dc_agreements_grab (self->agreements);

  if (fields_good && problem == NULL) {
    /* What was changed here makes another promise. */
    dc_visit_drop_pledge (visit);
    dc_page_go (DC_PAGE (self), dc_visit_is_assisted (visit) ? DC_PAGE_AGREE : DC_PAGE_CHECK);
  }
}

static void
dc_details_page_fill (DcPage *page)
{
  DcDetailsPage *self = DC_DETAILS_PAGE (page);
  DcVisit *visit = dc_page_get_visit (page);
  GtkToggleButton *contacts[] = { self->by_email, self->by_phone, self->by_post };
  DcTextField *fields[N_TEXT_FIELDS];

  dc_top_bar_fill (self->top, page);
  gtk_widget_set_visible (self->latin, dc_key_layout_lacks_letters (dc_page_get_language (page))
                          && !dc_kiosk_uses_platform_keyboard (dc_page_get_kiosk (page)));
  self->filling = TRUE;
  list_fields (self, fields);
  for (guint i = 0; i < N_TEXT_FIELDS; i++)
    dc_text_field_bind (fields[i], visit);
  gtk_toggle_button_set_active (contacts[dc_visit_get_contact (visit)], TRUE);
  dc_agreements_fill (self->agreements, page);
  dc_tick_set_active (self->tax, dc_visit_get_tax_certificate (visit));
  gtk_toggle_button_set_active (self->mask, dc_visit_get_masked (visit));
  on_mask (self);
  /* A volunteer does not tick for the donor, who gets a page for it. */
  gtk_widget_set_visible (self->agreeing, !dc_visit_is_assisted (visit));
  self->filling = FALSE;
  update (self);
}

static void
dc_details_page_arrange (DcPage *page,
                         DcForm  form)
{
  DcDetailsPage *self = DC_DETAILS_PAGE (page);
  GtkOrientation pairs = form == DC_FORM_PHONE ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL;
  GtkOrientation parts = dc_form_is_landscape (form) ? GTK_ORIENTATION_HORIZONTAL
                                                     : GTK_ORIENTATION_VERTICAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->title), parts);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), parts);
  gtk_box_set_homogeneous (self->columns, dc_form_is_landscape (form));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->names), pairs);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->place), pairs);
}

static void
dc_details_page_make_room (DcPage   *page,
                           gboolean  needed)
{
  gtk_widget_set_visible (DC_DETAILS_PAGE (page)->bottom, !needed);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, latin);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, address);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, address_reason);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, agreeing);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, agreements);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, bottom);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, by_email);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, by_phone);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, by_post);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, columns);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, country);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, email);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, family_name);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, first_name);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, mask);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, names);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, phone);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, place);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, postcode);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, street);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, tax);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, ticks_problem);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, title);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, top);
  gtk_widget_class_bind_template_child (widget_class, DcDetailsPage, town);
}

static void
dc_details_page_class_init (DcDetailsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_details_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_details_page_arrange;
  DC_PAGE_CLASS (klass)->make_room = dc_details_page_make_room;

  g_type_ensure (DC_TYPE_AGREEMENTS);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TEXT_FIELD);
  g_type_ensure (DC_TYPE_TICK);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/details-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_agreed);
  gtk_widget_class_bind_template_callback (widget_class, on_contact);
  gtk_widget_class_bind_template_callback (widget_class, on_mask);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_tax);
}

static void
dc_details_page_init (DcDetailsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
