/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-keyboard.h"

#include "dc-accents.h"
#include "dc-display-test.h"
#include "dc-key.h"
#include "dc-typing.h"
#include "dc-widgets.h"

typedef struct
{
  GtkWindow  *window;
  GtkWidget  *entry;
  DcKeyboard *keyboard;
  guint       next, dismissed;
} Fixture;

static void
count (DcKeyboard *keyboard,
       guint      *n)
{
  (*n)++;
}

static void
set_up_sized (Fixture         *fixture,
              GtkInputPurpose  purpose,
              const char      *language,
              int              width,
              int              height)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->next = fixture->dismissed = 0;
  fixture->entry = gtk_entry_new ();
  fixture->keyboard = DC_KEYBOARD (dc_keyboard_new ());
  gtk_entry_set_input_purpose (GTK_ENTRY (fixture->entry), purpose);
  gtk_editable_set_enable_undo (GTK_EDITABLE (fixture->entry), FALSE);
  gtk_widget_set_vexpand (fixture->entry, TRUE);
  gtk_box_append (GTK_BOX (box), fixture->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->keyboard));
  dc_keyboard_set_language (fixture->keyboard, language);
  g_signal_connect (fixture->keyboard, "next", G_CALLBACK (count), &fixture->next);
  g_signal_connect (fixture->keyboard, "dismiss", G_CALLBACK (count), &fixture->dismissed);

  fixture->window = dc_display_test_present (box, width, height);
  gtk_widget_grab_focus (fixture->entry);
  dc_keyboard_set_target (fixture->keyboard, GTK_EDITABLE (fixture->entry));
  dc_display_test_settle (fixture->entry);
}

static void
set_up (Fixture         *fixture,
        GtkInputPurpose  purpose,
        const char      *language)
{
  set_up_sized (fixture, purpose, language, 640, 700);
}

static void
tear_down (Fixture *fixture)
{
  dc_display_test_close (fixture->window);
}

/* The shown key that types @text or, for NULL, is of this kind. */
static GtkWidget *
find_key (Fixture    *fixture,
          DcKeyKind   kind,
          const char *text)
{
  for (GtkWidget *key = gtk_widget_get_first_child (GTK_WIDGET (fixture->keyboard));
       key != NULL;
       key = gtk_widget_get_next_sibling (key)) {
    if (!DC_IS_KEY (key) || !gtk_widget_get_child_visible (key))
      continue;
    if (dc_key_get_spec (DC_KEY (key))->kind == kind &&
        (text == NULL || g_strcmp0 (dc_key_get_text (DC_KEY (key)), text) == 0))
      return key;
  }

  return NULL;
}

static GtkWidget *
find_text_key (Fixture    *fixture,
               const char *text)
{
  return find_key (fixture, DC_KEY_TEXT, text);
}

static GtkWidget *
find_accents (Fixture *fixture)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (fixture->keyboard));

  return DC_IS_ACCENTS (last) ? last : NULL;
}

static void
press (GtkWidget *key)
{
  g_assert_nonnull (key);
  g_signal_emit_by_name (key, "clicked");
}

static void
press_text (Fixture    *fixture,
            const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    g_autofree char *letter = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));

    press (find_key (fixture, *p == ' ' ? DC_KEY_SPACE : DC_KEY_TEXT, letter));
  }
}

static void
assert_typed (Fixture    *fixture,
              const char *text)
{
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==, text);
}

/* By the real mouse: a tap, then a key held and one of its relatives chosen. */
static void
test_mouse (void)
{
  Fixture fixture;
  GtkWidget *focus, *accents, *key;

  set_up (&fixture, GTK_INPUT_PURPOSE_FREE_FORM, "fr");
  focus = gtk_window_get_focus (fixture.window);
  g_assert_true (GTK_IS_TEXT (focus));

  dc_display_test_mouse (find_text_key (&fixture, "r"), 0.02, 0.02, "click");
  assert_typed (&fixture, "r");

  key = find_text_key (&fixture, "e");
  dc_display_test_mouse (key, 0.5, 0.5, "mousedown");
  dc_display_test_wait (900);
  accents = find_accents (&fixture);
  g_assert_nonnull (accents);
  dc_display_test_mouse (key, 0.5, 0.5, "mouseup");
  g_assert_true (find_accents (&fixture) == accents);
  assert_typed (&fixture, "r");

  dc_display_test_mouse (gtk_widget_get_first_child (accents), 0.5, 0.5, "click");
  assert_typed (&fixture, "ré");
  g_assert_null (find_accents (&fixture));
  g_assert_true (gtk_window_get_focus (fixture.window) == focus);
  g_assert_false (gtk_editable_get_enable_undo (GTK_EDITABLE (fixture.entry)));
  tear_down (&fixture);
}

static void
test_slide (void)
{
  Fixture fixture;
  GtkWidget *accents, *key;

  set_up (&fixture, GTK_INPUT_PURPOSE_FREE_FORM, "fr");
  key = find_text_key (&fixture, "e");
  dc_display_test_mouse (key, 0.5, 0.5, "mousedown");
  dc_display_test_wait (900);
  accents = find_accents (&fixture);
  g_assert_nonnull (accents);
  dc_display_test_mouse (gtk_widget_get_last_child (accents), 0.5, 0.5, "mousemove");
  dc_display_test_mouse (gtk_widget_get_last_child (accents), 0.5, 0.5, "mouseup");
  assert_typed (&fixture, "ě");
  g_assert_null (find_accents (&fixture));
  tear_down (&fixture);
}

/* The capital that the hold typed made all keys small while it was let go. */
static void
test_held_key_again (void)
{
  Fixture fixture;
  GtkWidget *accents, *key;

  set_up (&fixture, GTK_INPUT_PURPOSE_NAME, "fr");
  key = find_text_key (&fixture, "E");
  g_assert_nonnull (key);
  dc_display_test_mouse (key, 0.5, 0.5, "mousedown");
  dc_display_test_wait (900);
  accents = find_accents (&fixture);
  g_assert_nonnull (accents);
  dc_display_test_mouse (gtk_widget_get_last_child (accents), 0.5, 0.5, "mousemove");
  dc_display_test_mouse (gtk_widget_get_last_child (accents), 0.5, 0.5, "mouseup");
  assert_typed (&fixture, "Ě");

  dc_display_test_mouse (find_text_key (&fixture, "r"), 0.5, 0.5, "click");
  g_assert_true (find_text_key (&fixture, "e") == key);
  dc_display_test_mouse (key, 0.5, 0.5, "click");
  assert_typed (&fixture, "Ěre");
  tear_down (&fixture);
}

/* At the edges and in the first row too. */
static void
test_accents_inside (void)
{
  Fixture fixture;
  graphene_rect_t accents;
  static const char * const letters[] = { "a", "g", "n", "o", "u", "z" };

  set_up_sized (&fixture, GTK_INPUT_PURPOSE_FREE_FORM, "es", 360, 720);
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++) {
    GtkWidget *held = find_text_key (&fixture, letters[i]);
    GtkWidget *keyboard = GTK_WIDGET (fixture.keyboard);

    g_signal_emit_by_name (held, "held");
    dc_display_test_settle (keyboard);
    g_assert_true (gtk_widget_compute_bounds (find_accents (&fixture), keyboard, &accents));
    g_assert_cmpfloat ((double) accents.origin.x, >=, 0);
    g_assert_cmpfloat ((double) accents.origin.y, >=, 0);
    g_assert_cmpfloat ((double) (accents.origin.x + accents.size.width), <=,
                       gtk_widget_get_width (keyboard));
    g_assert_cmpfloat ((double) (accents.origin.y + accents.size.height), <=,
                       gtk_widget_get_height (keyboard));
  }
  tear_down (&fixture);
}

static void
test_shift (void)
{
  Fixture fixture;

  set_up (&fixture, GTK_INPUT_PURPOSE_FREE_FORM, "en");
  press (find_key (&fixture, DC_KEY_SHIFT, NULL));
  press_text (&fixture, "Ab");
  assert_typed (&fixture, "Ab");

  press (find_key (&fixture, DC_KEY_SHIFT, NULL));
  press (find_key (&fixture, DC_KEY_SHIFT, NULL));
  press_text (&fixture, "CDE");
  press (find_key (&fixture, DC_KEY_SHIFT, NULL));
  press_text (&fixture, "f");
  assert_typed (&fixture, "AbCDEf");

  /* Two slow taps are on and off. */
  press (find_key (&fixture, DC_KEY_SHIFT, NULL));
  dc_display_test_wait (450);
  press (find_key (&fixture, DC_KEY_SHIFT, NULL));
  press_text (&fixture, "g");
  assert_typed (&fixture, "AbCDEfg");

  /* A capital's relatives are capitals. */
  press (find_key (&fixture, DC_KEY_SHIFT, NULL));
  g_signal_emit_by_name (find_text_key (&fixture, "E"), "held");
  press (gtk_widget_get_first_child (find_accents (&fixture)));
  assert_typed (&fixture, "AbCDEfgÉ");
  press_text (&fixture, "h");
  tear_down (&fixture);
}

static void
test_name (void)
{
  Fixture fixture;

  set_up (&fixture, GTK_INPUT_PURPOSE_NAME, "fr");
  press_text (&fixture, "Anne-Marie Du Pont");
  assert_typed (&fixture, "Anne-Marie Du Pont");

  /* Back to the beginning, and the capital is back. */
  gtk_editable_set_text (GTK_EDITABLE (fixture.entry), "A");
  gtk_editable_set_position (GTK_EDITABLE (fixture.entry), 1);
  press (find_key (&fixture, DC_KEY_DELETE, NULL));
  assert_typed (&fixture, "");
  press_text (&fixture, "O'Hara");
  assert_typed (&fixture, "O'Hara");
  tear_down (&fixture);
}

static void
test_email (void)
{
  for (int narrow = 0; narrow < 2; narrow++) {
    Fixture fixture;

    set_up_sized (&fixture, GTK_INPUT_PURPOSE_EMAIL, "fr", narrow ? 360 : 640, 720);
    press_text (&fixture, "ana_b@");
    press (find_text_key (&fixture, "gmail.com"));
    assert_typed (&fixture, "ana_b@gmail.com");
    g_assert_nonnull (find_text_key (&fixture, ".org"));
    g_assert_null (find_key (&fixture, DC_KEY_SPACE, NULL));
    tear_down (&fixture);
  }
}

static void
test_phone (void)
{
  Fixture fixture;

  set_up (&fixture, GTK_INPUT_PURPOSE_PHONE, "fr");
  press_text (&fixture, "+41 22 919 71 00");
  assert_typed (&fixture, "+41 22 919 71 00");
  g_assert_null (find_text_key (&fixture, "a"));
  tear_down (&fixture);
}

static void
test_pages (void)
{
  Fixture fixture;

  set_up (&fixture, GTK_INPUT_PURPOSE_FREE_FORM, "en");
  dc_display_test_mouse (find_key (&fixture, DC_KEY_PAGE, NULL), 0.5, 0.5, "click");
  g_assert_null (find_text_key (&fixture, "a"));
  dc_display_test_settle (fixture.entry);
  press_text (&fixture, "@#7€");
  dc_display_test_mouse (find_key (&fixture, DC_KEY_PAGE, NULL), 0.5, 0.5, "click");
  press_text (&fixture, "a");
  assert_typed (&fixture, "@#7€a");

  press (find_key (&fixture, DC_KEY_PAGE, NULL));
  dc_keyboard_set_target (fixture.keyboard, GTK_EDITABLE (fixture.entry));
  g_assert_nonnull (find_text_key (&fixture, "a"));
  tear_down (&fixture);
}

static void
test_delete (void)
{
  Fixture fixture;
  GtkWidget *key;

  set_up (&fixture, GTK_INPUT_PURPOSE_FREE_FORM, "en");
  press_text (&fixture, "abcdefghij");
  key = find_key (&fixture, DC_KEY_DELETE, NULL);
  dc_display_test_mouse (key, 0.5, 0.5, "click");
  assert_typed (&fixture, "abcdefghi");

  dc_display_test_mouse (key, 0.5, 0.5, "mousedown");
  dc_display_test_wait (2500);
  dc_display_test_mouse (key, 0.5, 0.5, "mouseup");
  assert_typed (&fixture, "");

  press_text (&fixture, "xyz");
  dc_display_test_wait (400);
  assert_typed (&fixture, "xyz");
  tear_down (&fixture);
}

/* As a real keyboard: over the selection, within the limit, not where it is
 * not allowed. */
static void
test_entry_s_rules (void)
{
  Fixture fixture;

  set_up (&fixture, GTK_INPUT_PURPOSE_FREE_FORM, "en");
  press_text (&fixture, "abc");
  gtk_editable_select_region (GTK_EDITABLE (fixture.entry), 0, 2);
  press_text (&fixture, "x");
  assert_typed (&fixture, "xc");

  gtk_entry_set_max_length (GTK_ENTRY (fixture.entry), 3);
  gtk_editable_set_position (GTK_EDITABLE (fixture.entry), -1);
  press_text (&fixture, "defg");
  assert_typed (&fixture, "xcd");

  gtk_editable_set_editable (GTK_EDITABLE (fixture.entry), FALSE);
  press_text (&fixture, "h");
  press (find_key (&fixture, DC_KEY_DELETE, NULL));
  assert_typed (&fixture, "xcd");
  tear_down (&fixture);
}

static void
test_signals (void)
{
  Fixture fixture;

  set_up (&fixture, GTK_INPUT_PURPOSE_FREE_FORM, "en");
  dc_display_test_mouse (find_key (&fixture, DC_KEY_NEXT, NULL), 0.5, 0.5, "click");
  g_assert_cmpuint (fixture.next, ==, 1);
  dc_display_test_mouse (find_key (&fixture, DC_KEY_HIDE, NULL), 0.5, 0.5, "click");
  g_assert_cmpuint (fixture.dismissed, ==, 1);
  assert_typed (&fixture, "");
  g_assert_true (GTK_IS_TEXT (gtk_window_get_focus (fixture.window)));
  tear_down (&fixture);
}

static void
test_no_target (void)
{
  DcKeyboard *keyboard = g_object_ref_sink (DC_KEYBOARD (dc_keyboard_new ()));
  GtkWidget *entry = g_object_ref_sink (gtk_entry_new ());
  Fixture fixture = { .keyboard = keyboard };

  press_text (&fixture, "a");
  dc_keyboard_set_target (keyboard, GTK_EDITABLE (entry));
  g_object_unref (entry);
  g_assert_null (dc_keyboard_get_target (keyboard));
  press_text (&fixture, "b");
  press (find_key (&fixture, DC_KEY_DELETE, NULL));
  g_assert_cmpint (dc_typing_get_page (NULL), ==, DC_KEY_PAGE_LETTERS);
  g_assert_false (dc_typing_at_name_start (NULL));
  g_assert_finalize_object (keyboard);
}

static void
assert_sizes (Fixture *fixture,
              int      most)
{
  int shown = 0;

  for (GtkWidget *key = gtk_widget_get_first_child (GTK_WIDGET (fixture->keyboard));
       key != NULL;
       key = gtk_widget_get_next_sibling (key)) {
    graphene_rect_t bounds;

    g_assert_true (DC_IS_KEY (key));
    g_assert_false (gtk_widget_get_focusable (key));
    g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (key),
                                                     GTK_ACCESSIBLE_PROPERTY_LABEL));
    if (!gtk_widget_get_child_visible (key))
      continue;
    g_assert_true (gtk_widget_compute_bounds (key, GTK_WIDGET (fixture->window), &bounds));
    g_assert_cmpfloat ((double) bounds.size.width, >=, 48);
    g_assert_cmpfloat ((double) bounds.size.height, >=, 48);
    g_assert_cmpfloat ((double) bounds.origin.x, >=, 0);
    g_assert_cmpfloat ((double) (bounds.origin.x + bounds.size.width), <=,
                       gtk_widget_get_width (GTK_WIDGET (fixture->window)));
    g_assert_cmpfloat ((double) (bounds.origin.y + bounds.size.height), <=,
                       gtk_widget_get_height (GTK_WIDGET (fixture->window)));
    shown++;
  }
  g_assert_cmpint (shown, >, 10);
  g_assert_cmpint (shown, <, most);
}

static void
test_sizes (void)
{
  static const struct { int width, height; } screens[] = {
    { 360, 720 }, { 600, 960 }, { 960, 600 }, { 1280, 800 },
  };
  static const char * const languages[] = { "en", "fr", "es", "de", "pt", "ru", "ar" };
  static const GtkInputPurpose purposes[] = {
    GTK_INPUT_PURPOSE_NAME, GTK_INPUT_PURPOSE_EMAIL, GTK_INPUT_PURPOSE_PHONE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (screens); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (languages); j++) {
      Fixture fixture;

      set_up_sized (&fixture, purposes[j % 3], languages[j], screens[i].width, screens[i].height);
      for (gsize k = 0; k < G_N_ELEMENTS (purposes); k++) {
        gtk_entry_set_input_purpose (GTK_ENTRY (fixture.entry), purposes[k]);
        dc_keyboard_set_target (fixture.keyboard, GTK_EDITABLE (fixture.entry));
        dc_display_test_settle (fixture.entry);
        assert_sizes (&fixture, 60);
      }
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture.window)), ==, screens[i].width);
      g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (fixture.window)), ==, screens[i].height);
      tear_down (&fixture);
    }
  }
}

static void
test_right_to_left (void)
{
  Fixture fixture;
  graphene_rect_t q, w;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  set_up (&fixture, GTK_INPUT_PURPOSE_FREE_FORM, "en");
  g_assert_true (gtk_widget_compute_bounds (find_text_key (&fixture, "q"),
                                            GTK_WIDGET (fixture.keyboard), &q));
  g_assert_true (gtk_widget_compute_bounds (find_text_key (&fixture, "w"),
                                            GTK_WIDGET (fixture.keyboard), &w));
  g_assert_cmpfloat ((double) q.origin.x, <, (double) w.origin.x);
  tear_down (&fixture);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              guint      *n)
{
  (*n)++;
}

static void
test_properties (void)
{
  DcKeyboard *keyboard = g_object_ref_sink (DC_KEYBOARD (dc_keyboard_new ()));
  GtkWidget *entry = g_object_ref_sink (gtk_entry_new ());
  Fixture fixture = { .keyboard = keyboard };
  guint notified = 0;

  g_assert_cmpstr (dc_keyboard_get_language (keyboard), ==, "en");
  g_signal_connect (keyboard, "notify", G_CALLBACK (count_notify), &notified);
  for (int i = 0; i < 2; i++)
    g_object_set (keyboard, "language", "de", "target", entry, "next-label", "Weiter", NULL);
  g_assert_cmpuint (notified, ==, 3);
  g_assert_cmpstr (dc_keyboard_get_language (keyboard), ==, "de");
  g_assert_cmpstr (dc_keyboard_get_next_label (keyboard), ==, "Weiter");
  g_assert_true (dc_keyboard_get_target (keyboard) == GTK_EDITABLE (entry));

  gtk_test_accessible_assert_property (find_key (&fixture, DC_KEY_NEXT, NULL),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Weiter");
  gtk_test_accessible_assert_property (find_text_key (&fixture, "ß"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "ß");
  gtk_test_accessible_assert_property (find_text_key (&fixture, "-"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Hyphen");
  gtk_test_accessible_assert_property (find_key (&fixture, DC_KEY_SPACE, NULL),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Space");
  gtk_test_accessible_assert_role (find_text_key (&fixture, "q"), GTK_ACCESSIBLE_ROLE_BUTTON);
  dc_keyboard_set_next_label (keyboard, NULL);
  gtk_test_accessible_assert_property (find_key (&fixture, DC_KEY_NEXT, NULL),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Next");
  g_assert_finalize_object (keyboard);
  g_assert_finalize_object (entry);
}

/* Turning the tablet changes the layout under the same page. */
static void
test_turned (void)
{
  Fixture fixture;

  set_up_sized (&fixture, GTK_INPUT_PURPOSE_FREE_FORM, "fr", 640, 720);
  g_assert_nonnull (find_text_key (&fixture, "1"));
  gtk_widget_set_halign (GTK_WIDGET (fixture.keyboard), GTK_ALIGN_START);
  gtk_widget_set_size_request (GTK_WIDGET (fixture.keyboard), 352, -1);
  gtk_window_set_default_size (fixture.window, 360, 720);
  dc_display_test_wait (200);
  dc_display_test_settle (fixture.entry);
  g_assert_null (find_text_key (&fixture, "1"));
  press_text (&fixture, "è");
  assert_typed (&fixture, "è");
  assert_sizes (&fixture, 60);
  tear_down (&fixture);
}

/* A field begins in the language's own letters; signs lead back to where one
 * was, and an address is Latin by itself. */
static void
test_latin (void)
{
  Fixture fixture;

  set_up (&fixture, GTK_INPUT_PURPOSE_FREE_FORM, "ru");
  press_text (&fixture, "щ");
  press (find_key (&fixture, DC_KEY_LATIN, NULL));
  press_text (&fixture, "q");
  press (find_key (&fixture, DC_KEY_PAGE, NULL));
  press (find_key (&fixture, DC_KEY_PAGE, NULL));
  press_text (&fixture, "w");
  press (find_key (&fixture, DC_KEY_LATIN, NULL));
  press (find_key (&fixture, DC_KEY_SHIFT, NULL));
  press_text (&fixture, "Щ");
  assert_typed (&fixture, "щqwЩ");

  press (find_key (&fixture, DC_KEY_LATIN, NULL));
  dc_keyboard_set_target (fixture.keyboard, GTK_EDITABLE (fixture.entry));
  g_assert_nonnull (find_text_key (&fixture, "щ"));
  gtk_entry_set_input_purpose (GTK_ENTRY (fixture.entry), GTK_INPUT_PURPOSE_EMAIL);
  dc_keyboard_set_target (fixture.keyboard, GTK_EDITABLE (fixture.entry));
  g_assert_nonnull (find_text_key (&fixture, "q"));
  g_assert_nonnull (find_text_key (&fixture, "@"));
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);
  dc_widgets_init (gdk_display_get_default ());

  g_test_add_func ("/keyboard/properties/notify-once-and-name-the-keys", test_properties);
  g_test_add_func ("/keyboard/target/may-be-missing-or-gone", test_no_target);
  g_test_add_func ("/keyboard/mouse/types-an-accent-and-leaves-the-focus", test_mouse);
  g_test_add_func ("/keyboard/mouse/slides-to-an-accent", test_slide);
  g_test_add_func ("/keyboard/mouse/types-with-a-key-that-was-held", test_held_key_again);
  g_test_add_func ("/keyboard/accents/lie-inside-the-keyboard", test_accents_inside);
  g_test_add_func ("/keyboard/shift/is-for-one-letter-or-twice-for-all", test_shift);
  g_test_add_func ("/keyboard/purpose/a-name-begins-with-a-capital", test_name);
  g_test_add_func ("/keyboard/purpose/an-address-has-its-signs", test_email);
  g_test_add_func ("/keyboard/purpose/a-telephone-has-digits", test_phone);
  g_test_add_func ("/keyboard/latin/is-a-key-away-and-back-for-the-next-field", test_latin);
  g_test_add_func ("/keyboard/pages/go-there-and-back", test_pages);
  g_test_add_func ("/keyboard/delete/repeats-while-held", test_delete);
  g_test_add_func ("/keyboard/target/keeps-its-own-rules", test_entry_s_rules);
  g_test_add_func ("/keyboard/signals/next-and-dismiss", test_signals);
  g_test_add_func ("/keyboard/keys/are-48-pixels-on-every-screen", test_sizes);
  g_test_add_func ("/keyboard/keys/stay-left-to-right", test_right_to_left);
  g_test_add_func ("/keyboard/keys/follow-the-width", test_turned);

  return g_test_run ();
}
