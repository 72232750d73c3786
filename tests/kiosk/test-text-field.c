/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-text-field.h"

#include "dc-window-test.h"

typedef struct
{
  DcCampaign  *campaign;
  DcVisit     *visit;
  DcTextField *field;
  GtkEntry    *entry;
  GtkWidget   *elsewhere;
  GtkWindow   *window;
  guint        edited;
} Fixture;

static void
on_edited (Fixture *self)
{
  self->edited++;
}

static void
set_up (Fixture       *self,
        gconstpointer  field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->campaign = dc_kiosk_test_campaign_new ("");
  self->visit = dc_visit_new (self->campaign, "en");
  self->field = g_object_new (DC_TYPE_TEXT_FIELD,
                              "field", GPOINTER_TO_UINT (field),
                              "caption", "Caption",
                              NULL);
  g_object_ref_sink (self->field);
  self->elsewhere = gtk_button_new_with_label ("elsewhere");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->field));
  gtk_box_append (GTK_BOX (box), self->elsewhere);
  dc_text_field_bind (self->field, self->visit);
  self->entry = GTK_ENTRY (dc_find (GTK_WIDGET (self->field), GTK_TYPE_ENTRY));
  g_signal_connect_swapped (self->field, "edited", G_CALLBACK (on_edited), self);
  self->window = dc_display_test_present (box, 400, 400);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  dc_display_test_close (self->window);
  g_assert_finalize_object (self->field);
  g_assert_finalize_object (self->visit);
  g_assert_finalize_object (self->campaign);
}

static void
type (Fixture    *self,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static const char *
get_typed (Fixture *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static const char *
get_kept (Fixture *self)
{
  return dc_donor_get (dc_visit_get_donor (self->visit), dc_text_field_get_field (self->field));
}

static gboolean
is_wrong (Fixture *self)
{
  gboolean wrong = gtk_widget_has_css_class (GTK_WIDGET (self->entry), "wrong");

  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                                    wrong ? GTK_ACCESSIBLE_INVALID_TRUE
                                          : GTK_ACCESSIBLE_INVALID_FALSE);

  return wrong;
}

/* Leaves the field as a donor does, by going elsewhere. */
static void
leave (Fixture *self)
{
  dc_text_field_grab (self->field);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (self->window),
                                         GTK_WIDGET (self->field)));
  gtk_widget_grab_focus (self->elsewhere);
  dc_display_test_settle (GTK_WIDGET (self->field));
}

static void
test_keeps (Fixture       *self,
            gconstpointer  unused)
{
  type (self, "Ana");
  g_assert_cmpstr (get_kept (self), ==, "Ana");
  g_assert_cmpuint (self->edited, >=, 1);
  type (self, "");
  g_assert_cmpstr (get_kept (self), ==, "");
}

static void
test_binds (Fixture       *self,
            gconstpointer  unused)
{
  g_autoptr (DcVisit) other = dc_visit_new (self->campaign, "en");

  type (self, "Ana");
  dc_donor_set (dc_visit_get_donor (other), DC_FIELD_FIRST_NAME, "Eve");
  dc_text_field_bind (self->field, other);
  g_assert_cmpstr (get_typed (self), ==, "Eve");
  /* Binding to another visit changes nothing in either. */
  g_assert_cmpstr (dc_donor_get (dc_visit_get_donor (other), DC_FIELD_FIRST_NAME), ==, "Eve");
  g_assert_cmpstr (get_kept (self), ==, "Ana");
}

static void
test_properties (Fixture       *self,
                 gconstpointer  unused)
{
  g_autofree char *caption = NULL;
  gboolean optional;
  guint field;

  g_assert_false (dc_shows (GTK_WIDGET (self->field), "optional"));
  g_object_set (self->field, "caption", "Prénom", "optional", TRUE, NULL);
  g_object_get (self->field, "caption", &caption, "optional", &optional, "field", &field, NULL);
  dc_display_test_settle (GTK_WIDGET (self->field));
  g_assert_cmpstr (caption, ==, "Prénom");
  g_assert_true (optional);
  g_assert_cmpuint (field, ==, DC_FIELD_FIRST_NAME);
  g_assert_true (dc_shows (GTK_WIDGET (self->field), "Prénom"));
  g_assert_true (dc_shows (GTK_WIDGET (self->field), "optional"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->entry),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Prénom");
}

static void
test_check (Fixture       *self,
            gconstpointer  unused)
{
  g_assert_false (is_wrong (self));
  g_assert_false (dc_text_field_check (self->field));
  g_assert_true (is_wrong (self));
  dc_display_test_settle (GTK_WIDGET (self->field));
  g_assert_true (dc_shows (GTK_WIDGET (self->field), "Please tell us your first name"));

  /* While it is being mended nothing is called wrong. */
  type (self, "A");
  g_assert_false (is_wrong (self));
  g_assert_false (dc_shows (GTK_WIDGET (self->field), "Please"));
  g_assert_true (dc_text_field_check (self->field));
}

/* A screen reader reads what is wrong together with the field. */
static void
test_described (Fixture       *self,
                gconstpointer  unused)
{
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (self->entry),
                                                   GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
}

static void
test_leaving (Fixture       *self,
              gconstpointer  unused)
{
  /* Who only passes by is not blamed. */
  leave (self);
  g_assert_false (is_wrong (self));
  type (self, "ana@");
  g_assert_false (is_wrong (self));
  leave (self);
  g_assert_true (is_wrong (self));
  g_assert_true (dc_shows (GTK_WIDGET (self->field), "This does not look like an e-mail address"));
}

static void
test_card_number (Fixture       *self,
                  gconstpointer  unused)
{
  type (self, "4111 1111 1111 1111");
  leave (self);
  g_assert_true (is_wrong (self));
  g_assert_true (dc_shows (GTK_WIDGET (self->field), "This looks like a card number."));
}

/* Questioned, not refused. */
static void
test_proposal (Fixture       *self,
               gconstpointer  unused)
{
  type (self, "ana@gmial.com");
  g_assert_true (dc_text_field_check (self->field));
  g_assert_false (is_wrong (self));
  dc_display_test_settle (GTK_WIDGET (self->field));
  dc_click (GTK_WIDGET (self->field), "Did you mean ana@gmail.com?");
  g_assert_cmpstr (get_typed (self), ==, "ana@gmail.com");
  g_assert_cmpstr (get_kept (self), ==, "ana@gmail.com");
  g_assert_true (dc_text_field_check (self->field));
  dc_display_test_settle (GTK_WIDGET (self->field));
  g_assert_null (dc_find_button (GTK_WIDGET (self->field), "Did you mean ana@gmail.com?"));
}

static void
test_proposal_goes (Fixture       *self,
                    gconstpointer  unused)
{
  type (self, "ana@gmial.com");
  leave (self);
  g_assert_nonnull (dc_find_button (GTK_WIDGET (self->field), "Did you mean ana@gmail.com?"));
  type (self, "ana@posteo.ch");
  dc_display_test_settle (GTK_WIDGET (self->field));
  g_assert_null (dc_find_button (GTK_WIDGET (self->field), "Did you mean ana@gmail.com?"));
}

static void
test_masked (Fixture       *self,
             gconstpointer  unused)
{
  type (self, "Ana");
  dc_text_field_set_masked (self->field, TRUE);
  g_assert_false (gtk_entry_get_visibility (self->entry));
  g_assert_cmpstr (get_kept (self), ==, "Ana");
  dc_text_field_set_masked (self->field, FALSE);
  g_assert_true (gtk_entry_get_visibility (self->entry));
}

static void
test_bounds (Fixture       *self,
             gconstpointer  unused)
{
  g_autofree char *text = g_strnfill (5000, 'a');

  type (self, text);
  g_assert_cmpuint (strlen (get_kept (self)), ==, dc_field_max_chars (DC_FIELD_FIRST_NAME));
}

/* What the next donor must not find, and no keyboard but ours. */
static void
test_leaves_no_trace (Fixture       *self,
                      gconstpointer  unused)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));
  GtkInputHints hints = gtk_entry_get_input_hints (self->entry);

  g_assert_false (gtk_editable_get_enable_undo (GTK_EDITABLE (self->entry)));
  g_assert_true (hints & GTK_INPUT_HINT_NO_EMOJI);
  g_assert_true (hints & GTK_INPUT_HINT_INHIBIT_OSK);
  g_assert_true (hints & GTK_INPUT_HINT_NO_SPELLCHECK);

  type (self, "Ana");
  type (self, "Eve");
  gtk_widget_activate_action (GTK_WIDGET (text), "text.undo", NULL);
  g_assert_cmpstr (get_typed (self), ==, "Eve");
}

static void
test_purposes (void)
{
  static const GtkInputPurpose purposes[DC_N_FIELDS] = {
    [DC_FIELD_FIRST_NAME] = GTK_INPUT_PURPOSE_NAME,
    [DC_FIELD_FAMILY_NAME] = GTK_INPUT_PURPOSE_NAME,
    [DC_FIELD_EMAIL] = GTK_INPUT_PURPOSE_EMAIL,
    [DC_FIELD_PHONE] = GTK_INPUT_PURPOSE_PHONE,
    [DC_FIELD_STREET] = GTK_INPUT_PURPOSE_FREE_FORM,
    [DC_FIELD_POSTCODE] = GTK_INPUT_PURPOSE_FREE_FORM,
    [DC_FIELD_TOWN] = GTK_INPUT_PURPOSE_FREE_FORM,
    [DC_FIELD_COUNTRY] = GTK_INPUT_PURPOSE_FREE_FORM,
  };

  for (DcField field = 0; field < DC_N_FIELDS; field++) {
    DcTextField *shown = g_object_ref_sink (g_object_new (DC_TYPE_TEXT_FIELD, "field", field, NULL));
    GtkEntry *entry = GTK_ENTRY (dc_find (GTK_WIDGET (shown), GTK_TYPE_ENTRY));

    g_assert_cmpuint (dc_text_field_get_field (shown), ==, field);
    g_assert_cmpuint (gtk_entry_get_input_purpose (entry), ==, purposes[field]);
    g_assert_cmpint (gtk_entry_get_max_length (entry), ==, (int) dc_field_max_chars (field));
    g_assert_cmpstr (gtk_widget_get_name (GTK_WIDGET (shown)), ==, dc_field_to_string (field));
    g_assert_finalize_object (shown);
  }
}

#define ADD(path, field, run) \
  g_test_add ("/text-field/" path, Fixture, GUINT_TO_POINTER (field), set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);

  ADD ("keeps-what-is-typed-in-the-visit", DC_FIELD_FIRST_NAME, test_keeps);
  ADD ("shows-what-the-visit-has", DC_FIELD_FIRST_NAME, test_binds);
  ADD ("has-a-caption-and-a-name", DC_FIELD_FIRST_NAME, test_properties);
  ADD ("says-what-is-wrong-when-it-is-checked", DC_FIELD_FIRST_NAME, test_check);
  ADD ("is-described-by-what-is-wrong", DC_FIELD_FIRST_NAME, test_described);
  ADD ("says-what-is-wrong-when-it-is-left", DC_FIELD_EMAIL, test_leaving);
  ADD ("refuses-a-card-number", DC_FIELD_FAMILY_NAME, test_card_number);
  ADD ("proposes-another-spelling", DC_FIELD_EMAIL, test_proposal);
  ADD ("forgets-a-proposal", DC_FIELD_EMAIL, test_proposal_goes);
  ADD ("masks", DC_FIELD_FIRST_NAME, test_masked);
  ADD ("takes-no-more-than-is-kept", DC_FIELD_FIRST_NAME, test_bounds);
  ADD ("leaves-no-trace", DC_FIELD_FIRST_NAME, test_leaves_no_trace);
  g_test_add_func ("/text-field/knows-what-each-field-takes", test_purposes);

  return g_test_run ();
}
