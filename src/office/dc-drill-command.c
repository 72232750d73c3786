/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-age-open.h"
#include "dc-bundle.h"
#include "dc-drill.h"
#include "dc-input.h"
#include "dc-key-choice.h"
#include "dc-key-set.h"
#include "dc-open-error.h"
#include "dc-opened.h"
#include "dc-tablets.h"

/* A drill's file has one short line for each key of the appeal. */
#define MAX_BYTES (4 * 1024 * 1024)

#define NAME_MAX_CHARS 64

typedef struct
{
  DcKeyChoice  key;
  char        *name;
} Options;

static void
options_clear (Options *self)
{
  dc_key_choice_clear (&self->key);
  g_clear_pointer (&self->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
is_name (const char *name)
{
  if (*name == '\0' || g_utf8_strlen (name, -1) > NAME_MAX_CHARS)
    return FALSE;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p)) {
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return FALSE;
  }

  return TRUE;
}

/* All of one drill: a file that says two things is nobody's test. */
static gboolean
fits (const DcRecord *record,
      const DcRecord *first)
{
  const DcEnvelope *one = &record->envelope;
  const DcEnvelope *two = &first->envelope;

  return one->kind == DC_KIND_DRILL && dc_id_equal (&one->queue, &two->queue)
         && memcmp (one->tablet, two->tablet, sizeof one->tablet) == 0
         && g_str_equal (one->campaign, two->campaign);
}

static gboolean
take_item (GPtrArray           *records,
           const DcBundleItem  *item,
           const char          *name,
           GError             **error)
{
  if (item->found != DC_BUNDLE_RECORD) {
    g_propagate_prefixed_error (error, g_error_copy (item->error), "%s:%u: ", name, item->line);
    return FALSE;
  }
  if (!fits (item->record, records->len > 0 ? records->pdata[0] : item->record)) {
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED,
                 "%s:%u: %s", name, item->line,
                 _("This is not a test file as a tablet writes it with “Try the keys”."));
    return FALSE;
  }
  g_ptr_array_add (records, dc_record_ref (item->record));

  return TRUE;
}

/* A test is there to be repeated: one that is not whole is refused whole. */
static GPtrArray *
read_records (const char  *path,
              GError     **error)
{
  g_autofree char *name = dc_input_name (path);
  g_autoptr (GBytes) file = dc_input_read (path, MAX_BYTES, error);
  g_autoptr (DcBundleReader) reader = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  g_auto (DcBundleItem) item = { 0 };

  if (file != NULL)
    reader = dc_bundle_reader_new (file, DC_BUNDLE_FORM_JOURNAL, error);
  if (reader == NULL)
    return NULL;
  while (dc_bundle_reader_next (reader, &item)) {
    if (!take_item (records, &item, name, error))
      return NULL;
    dc_bundle_item_clear (&item);
  }
  if (records->len == 0) {
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED, "%s: %s", name,
                 _("There is no record in this file."));
    return NULL;
  }

  return g_steal_pointer (&records);
}

/* NULL, without an error, where the record is for another key. */
static char *
answer (DcRecord       *record,
        DcAgeIdentity  *identity,
        GError        **error)
{
  DcAgeIdentity *identities[] = { identity };
  gsize size;
  const guint8 *sealed = g_bytes_get_data (record->sealed, &size);
  g_autoptr (GBytes) plaintext = dc_age_open (sealed, size, identities, 1, NULL, error);
  g_autoptr (DcOpened) opened = NULL;
  const char *text;

  if (plaintext == NULL) {
    if (g_error_matches (*error, DC_OPEN_ERROR, DC_OPEN_ERROR_NO_MATCH))
      g_clear_error (error);
    return NULL;
  }
  text = g_bytes_get_data (plaintext, &size);
  opened = dc_opened_read (&record->envelope, text, size, error);

  return opened != NULL ? dc_drill_answer ((const guint8 *) text, size) : NULL;
}

/* The words for each record that the key opens; at least one does. */
static GPtrArray *
answer_all (GPtrArray      *records,
            DcAgeIdentity  *identity,
            GError        **error)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_terminal_wipe);
  g_autoptr (GError) local = NULL;

  for (guint i = 0; i < records->len; i++) {
    char *words = answer (records->pdata[i], identity, &local);

    if (words != NULL)
      g_ptr_array_add (answers, words);
    if (local != NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  }
  if (answers->len == 0) {
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_MISMATCH, "%s",
                 _("This key opens no record of the file: the appeal on the tablet has other keys. "
                   "The tablet is not enrolled."));
    return NULL;
  }

  return g_steal_pointer (&answers);
}

static gboolean
enrol (DcOffice          *office,
       const Options     *options,
       const DcEnvelope  *envelope,
       GError           **error)
{
  g_autoptr (DcTablets) tablets = dc_tablets_load (office->folder, error);
  g_autofree char *today = dc_key_set_today ();
  g_autofree char *words = NULL;
  g_autofree char *name = NULL;

  if (tablets == NULL)
    return FALSE;
  dc_tablets_enrol (tablets, envelope->tablet, options->name, envelope->campaign,
                    options->key.spare ? DC_TRIED_SPARE : DC_TRIED_DESK, today);
  if (!dc_tablets_save (tablets, error))
    return FALSE;

  name = dc_tablets_get_name (tablets, envelope->tablet);
  words = dc_tablets_words (envelope->tablet);
  /* Translators: %s is the name of a tablet, as “stall 3” */
  g_print (_("The tablet “%s” is enrolled. It shows these words as its own; if they differ, it is another tablet:"),
           name);
  g_print ("\n\n    %s\n\n", words);

  return TRUE;
}

static void
print_answers (GPtrArray *answers,
               guint      n_records)
{
  g_print ("%s\n\n", _("Type these words into the tablet, under “Try the keys”:"));
  for (guint i = 0; i < answers->len; i++)
    g_print ("    %s\n", (const char *) answers->pdata[i]);
  if (answers->len < n_records) {
    g_print ("\n");
    /* Translators: %u: how many records of the file other keys open */
    g_print (_("Records for other keys: %u. Each key of the appeal has to be tried."), n_records - answers->len);
    g_print ("\n");
  }
}

static int
run_drill (DcOffice      *office,
           const Options *options,
           const char    *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = read_records (path, &error);
  g_autoptr (DcAgeIdentity) identity = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  const DcRecord *first;

  if (records != NULL)
    identity = dc_key_choice_obtain (&options->key, office, &error);
  if (identity != NULL)
    answers = answer_all (records, identity, &error);
  if (answers == NULL)
    return dc_office_fail (office, error);

  first = records->pdata[0];
  if (!enrol (office, options, &first->envelope, &error))
    return dc_office_fail (office, error);
  print_answers (answers, records->len);

  return DC_EXIT_OK;
}

int
dc_drill_command_run (DcOffice  *office,
                      int        argc,
                      char     **argv)
{
  g_auto (Options) options = { .name = NULL };
  const GOptionEntry entries[] = {
    DC_KEY_CHOICE_ENTRIES (&options.key),
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_("What the office calls the tablet"), N_("NAME") },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 1, 1, &argc, &argv))
    return DC_EXIT_USAGE;
  if (!dc_key_choice_is_one (&options.key))
    return dc_office_refuse (office, _("Choose one of --keys, --identity and --spare."));
  if (options.name != NULL && !is_name (options.name))
    return dc_office_refuse (office, _("--name is 1 to 64 letters, digits and signs."));

  return run_drill (office, &options, argv[1]);
}
