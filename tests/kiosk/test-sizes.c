/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every page in every language on every screen that the program is made for,
 * with the campaign that ships. All that is wrong is listed, then it fails. */

#include "dc-window-test.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-number-pad.h"
#include "dc-preset-button.h"
#include "dc-qr-view.h"

#define TARGET 48
#define PRIMARY_TARGET 64

typedef struct
{
  int width, height;
} Size;

static const Size sizes[] = {
  { 360, 720 }, { 600, 960 }, { 960, 600 }, { 800, 1280 }, { 1280, 800 }, { 1920, 1080 },
};

static const char * const languages[] = { "en", "es", "fr" };

static DcKioskTest test;

typedef struct
{
  DcWindow   *window;
  const char *language;
  DcPageId    page;
  guint       problems;
} Look;

static void
G_GNUC_PRINTF (2, 3)
complain (Look * self,
          const char *format,
          ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_test_message ("%s in %s: %s", G_OBJECT_TYPE_NAME (dc_window_get_page (self->window)),
                  self->language, text);
  self->problems++;
}

static gboolean
is_primary (GtkWidget *widget)
{
  return gtk_widget_has_css_class (widget, "primary") || gtk_widget_has_css_class (widget, "danger")
         || gtk_widget_has_css_class (widget, "choice");
}

static void
check_target (GtkWidget *widget,
              gpointer   data)
{
  int least = is_primary (widget) ? PRIMARY_TARGET : TARGET;
  g_autofree char *name = NULL;
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget)
      || !(GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget)))
    return;

  name = dc_accessible_name (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, widget, &bounds));
  if (bounds.size.height < (float) least || bounds.size.width < TARGET)
    complain (data, "“%s” is %.0f × %.0f", name, (double) bounds.size.width,
              (double) bounds.size.height);
}

/* Nothing may stick out of the window; what scrolls within a page may,
 * downwards. That a page could be scrolled as a whole is for other appeals. */
static void
check_inside (GtkWidget *widget,
              gpointer   data)
{
  Look *self = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  gboolean scrolls = (scroller != NULL
                      && gtk_widget_is_ancestor (scroller, GTK_WIDGET (dc_window_get_page (self->window))))
                     || gtk_widget_get_ancestor (widget, ADW_TYPE_CAROUSEL) != NULL;
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget) || scrolls
      || !gtk_widget_compute_bounds (widget, GTK_WIDGET (self->window), &bounds))
    return;

  if (bounds.origin.x < -0.5f
      || bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (GTK_WIDGET (self->window)) + 0.5f
      || bounds.origin.y < -0.5f
      || bounds.origin.y + bounds.size.height > (float) gtk_widget_get_height (GTK_WIDGET (self->window)) + 0.5f)
    complain (self, "a %s sticks out: %.0f,%.0f %.0f × %.0f", G_OBJECT_TYPE_NAME (widget),
              (double) bounds.origin.x, (double) bounds.origin.y, (double) bounds.size.width,
              (double) bounds.size.height);
}

/* A code of a single pixel a module would be none. */
static void
check_code (GtkWidget *widget,
            gpointer   data)
{
  g_autoptr (GError) error = NULL;

  if (!DC_IS_QR_VIEW (widget) || !gtk_widget_get_mapped (widget))
    return;

  if (dc_qr_view_get_module_pixels (DC_QR_VIEW (widget)) < 3)
    complain (data, "a module of the code has %u pixels",
              dc_qr_view_get_module_pixels (DC_QR_VIEW (widget)));
  else if (!dc_qr_view_matches (DC_QR_VIEW (widget), &error))
    complain (data, "the code: %s", error->message);
}

static void
check_text (GtkWidget *widget,
            gpointer   data)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    complain (data, "“%s” is cut", gtk_label_get_text (GTK_LABEL (widget)));
}

/* To choose, one must see what there is: nothing there may have to be
 * scrolled to. */
static void
check_choices (Look *self)
{
  GtkWidget *page = GTK_WIDGET (dc_window_get_page (self->window));
  GtkWidget *button = dc_find (page, DC_TYPE_PRESET_BUTTON);
  GtkWidget *scroller = gtk_widget_get_ancestor (button, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  if (gtk_adjustment_get_upper (scroll) > gtk_adjustment_get_page_size (scroll))
    complain (self, "the amounts need a height of %.0f, have %.0f",
              gtk_adjustment_get_upper (scroll), gtk_adjustment_get_page_size (scroll));
}

static void
check_page (Look *self,
            Size  size)
{
  GtkWidget *window = GTK_WIDGET (self->window);
  GtkWidget *page = GTK_WIDGET (dc_window_get_page (self->window));
  int room = gtk_widget_get_height (gtk_widget_get_ancestor (page, GTK_TYPE_VIEWPORT));
  int least;

  if (gtk_widget_get_width (window) != size.width || gtk_widget_get_height (window) != size.height)
    complain (self, "the window has grown to %d × %d", gtk_widget_get_width (window),
              gtk_widget_get_height (window));
  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (least > size.width)
    complain (self, "needs a width of %d", least);
  gtk_widget_measure (page, GTK_ORIENTATION_VERTICAL, size.width, &least, NULL, NULL, NULL);
  if (least > room)
    complain (self, "needs a height of %d, has %d", least, room);

  dc_walk (window, check_inside, self);
  dc_walk (page, check_target, self);
  dc_walk (page, check_code, self);
  dc_walk (page, check_text, self);
  if (self->page == DC_PAGE_AMOUNT)
    check_choices (self);
}

/* The form at its longest, and what staff see. */
static void
fill (DcVisit *visit)
{
  DcDonor *donor = dc_visit_get_donor (visit);

  dc_window_test_fill_visit (visit, test.kiosk);
  dc_visit_set_tax_certificate (visit, TRUE);
  dc_donor_set (donor, DC_FIELD_FAMILY_NAME, "Fernández de Córdoba");
  dc_donor_set (donor, DC_FIELD_STREET, "Chemin de la Petite-Voirie 112");
  dc_donor_set (donor, DC_FIELD_POSTCODE, "1218");
  dc_donor_set (donor, DC_FIELD_TOWN, "Le Grand-Saconnex");
  dc_donor_set (donor, DC_FIELD_COUNTRY, "Suisse");
}

/* Every field wrong, and the boxes that a promise needs not ticked. */
static void
fail_details (GtkWidget *page)
{
  DcVisit *visit = dc_page_get_visit (DC_PAGE (page));

  for (DcField field = 0; field < DC_N_FIELDS; field++)
    dc_donor_set (dc_visit_get_donor (visit), field, "4111 1111 1111 1111");
  dc_visit_set_of_age (visit, FALSE);
  dc_click (page, _("Continue"));
  dc_visit_set_tax_certificate (visit, FALSE);
  dc_donor_set (dc_visit_get_donor (visit), DC_FIELD_FAMILY_NAME, NULL);
  fill (visit);
}

/* What the page says when a save has failed. */
static void
show_hidden (GtkWidget *widget,
             gpointer   unused)
{
  if ((GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "problem"))
      || gtk_widget_has_css_class (widget, "primary"))
    gtk_widget_set_visible (widget, TRUE);
}

/* What shows on a page only once something was done there. */
static void
touch (Look *self)
{
  GtkWidget *page = GTK_WIDGET (dc_window_get_page (self->window));

  if (self->page == DC_PAGE_AMOUNT)
    g_signal_emit_by_name (dc_find (page, DC_TYPE_PRESET_BUTTON), "clicked");
  else if (self->page == DC_PAGE_OTHER_AMOUNT || self->page == DC_PAGE_PIN)
    for (guint i = 0; i < 7; i++)
      g_signal_emit_by_name (dc_find (page, DC_TYPE_NUMBER_PAD), "digit", "8");
  else if (self->page == DC_PAGE_DETAILS)
    fail_details (page);
  else if (self->page == DC_PAGE_CHECK)
    dc_walk (page, show_hidden, NULL);
  else if (self->page == DC_PAGE_THANKS)
    dc_click (page, _("Undo"));
  else
    return;

  dc_display_test_settle (page);
}

static void
open_window (Look *self,
             Size  size)
{
  self->window = dc_window_test_new (test.kiosk, size.width, size.height);
  dc_visit_set_language (dc_window_test_get_visit (self->window), self->language);
  fill (dc_window_test_get_visit (self->window));
}

/* A page that is too large makes the window grow, for the next ones too. */
static void
check_all (Look *self,
           Size  size)
{
  open_window (self, size);
  for (DcPageId id = 0; id < DC_N_PAGES; id++) {
    guint before = self->problems;

    self->page = id;
    dc_window_test_go (self->window, id);
    dc_window_test_wait_queue (test.kiosk);
    dc_display_test_settle (GTK_WIDGET (self->window));
    check_page (self, size);
    touch (self);
    check_page (self, size);
    if (self->problems > before) {
      dc_window_test_close (self->window);
      open_window (self, size);
    }
  }
  dc_window_test_close (self->window);
}

static void
test_size (gconstpointer data)
{
  const Size *size = data;
  Look self = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
    self.language = languages[i];
    check_all (&self, *size);
  }
  if (self.problems > 0)
    g_test_fail_printf ("%u problems", self.problems);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *pack = NULL;
  int status;

  dc_window_test_init (&argc, &argv);
  pack = dc_kiosk_test_shipped_pack ();
  dc_kiosk_test_set_up (&test, pack);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *path = g_strdup_printf ("/sizes/%dx%d/holds-every-page-in-every-language",
                                             sizes[i].width, sizes[i].height);

    g_test_add_data_func (path, &sizes[i], test_size);
  }

  status = g_test_run ();
  dc_kiosk_test_tear_down (&test);

  return status;
}
