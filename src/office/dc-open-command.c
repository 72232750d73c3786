/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>

#include "dc-export.h"
#include "dc-key-choice.h"
#include "dc-output.h"

typedef struct
{
  DcKeyChoice  key;
  char        *format;
  DcOutput     output;
  char        *not_enrolled;
  gboolean     all;
} Options;

static void
options_clear (Options *self)
{
  dc_key_choice_clear (&self->key);
  g_clear_pointer (&self->format, g_free);
  dc_output_clear (&self->output);
  g_clear_pointer (&self->not_enrolled, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Each tablet once, with the words by which it can be told from others. */
static void
name_strangers (DcGathered *gathered)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < gathered->strangers->len; i++) {
    const DcRecord *record = g_ptr_array_index (gathered->strangers, i);
    g_autofree char *words = dc_tablets_words (record->envelope.tablet);
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (told, words));

    g_hash_table_replace (told, g_steal_pointer (&words), GUINT_TO_POINTER (count + 1));
  }

  GHashTableIter iter;
  gpointer words;
  gpointer count;

  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &words, &count)) {
    /* Translators: %1$s is eight English words, %2$u a number of records */
    g_printerr (_("The tablet “%1$s” is not enrolled; its records: %2$u."), (const char *) words,
                GPOINTER_TO_UINT (count));
    g_printerr ("\n");
  }
}

static void
tell (const char *what,
      guint       count)
{
  if (count > 0)
    g_printerr ("  %s: %u\n", what, count);
}

/* The counts of the fates add up to the first line. */
static void
tell_all (const DcGathered *gathered,
          guint             total)
{
  const guint *fates = gathered->fates;

  /* Translators: what became of each of the %1$u records stands in the lines
   * that follow, as "damaged: 1" */
  g_printerr (_("Files read: %2$u. Records found: %1$u, of these:"), total, gathered->source.n_files);
  g_printerr ("\n");
  g_printerr ("  %s: %u\n", _("written out"), fates[DC_FATE_WRITTEN]);
  tell (_("taken back by their donors, and left out"), fates[DC_FATE_TAKEN_BACK]);
  tell (_("notes that a donor took a pledge back"), fates[DC_FATE_WITHDRAWAL]);
  tell (_("made for practice or for a test, and left out"), fates[DC_FATE_TEST]);
  tell (_("the same as another among them"), fates[DC_FATE_COPY]);
  tell (_("of tablets that are not enrolled"), fates[DC_FATE_STRANGER]);
  tell (_("with the id of another and other contents"), fates[DC_FATE_CONFLICT]);
  tell (_("whole, and not opened by this key"), fates[DC_FATE_UNOPENED]);
  tell (_("damaged"), fates[DC_FATE_DAMAGED]);
  if (gathered->n_missing > 0)
    g_printerr ("%s %u\n", _("Pledges taken back that are not among these files:"), gathered->n_missing);
  if (gathered->source.n_altered > 0)
    g_printerr ("%s %u\n", _("Files that are not as the tablet wrote them:"), gathered->source.n_altered);
  if (gathered->source.n_failed > 0)
    g_printerr ("%s %u\n", _("Files that could not be read, or not to their end:"), gathered->source.n_failed);
  if (gathered->source.n_passed_over > 0)
    g_printerr ("%s %u\n", _("Other files, passed over:"), gathered->source.n_passed_over);
}

static DcExit
judge (const DcGathered *gathered)
{
  const guint *fates = gathered->fates;

  if (gathered->source.n_files == 0)
    return DC_EXIT_FAILED;
  if (fates[DC_FATE_STRANGER] + fates[DC_FATE_CONFLICT] + fates[DC_FATE_UNOPENED]
      + fates[DC_FATE_DAMAGED] + gathered->n_missing + gathered->source.n_altered + gathered->source.n_failed > 0)
    return DC_EXIT_ATTENTION;

  return DC_EXIT_OK;
}

/* The strangers first: what can fail shall fail before a donor's name is
 * on the disk. */
static gboolean
write_all (const Options   *options,
           DcGathered      *gathered,
           DcExportFormat   format,
           GError         **error)
{
  g_autoptr (GBytes) text = dc_export_text (gathered, format, FALSE);

  if (options->not_enrolled != NULL && gathered->strangers->len > 0) {
    g_autoptr (GBytes) strangers = dc_export_strangers (gathered);

    DcOutput apart = { .path = options->not_enrolled, .force = options->output.force };

    if (!dc_output_write (&apart, strangers, error))
      return FALSE;
  }

  return dc_output_write (&options->output, text, error);
}

static int
open_paths (DcOffice        *office,
            const Options   *options,
            DcExportFormat   format,
            char           **paths)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcTablets) tablets = NULL;
  g_autoptr (DcAgeIdentity) identity = NULL;
  g_autoptr (DcGathered) gathered = NULL;

  DcOutput apart = { .path = options->not_enrolled, .force = options->output.force };

  if (!dc_output_check (&options->output, &error)
      || !dc_output_check (&apart, &error)
      || (tablets = dc_tablets_load (office->folder, &error)) == NULL
      || (identity = dc_key_choice_obtain (&options->key, office, &error)) == NULL)
    return dc_office_fail (office, error);

  gathered = dc_gathered_new (tablets);
  for (guint i = 0; paths[i] != NULL; i++)
    dc_gathered_add_path (gathered, paths[i]);
  dc_gathered_open (gathered, office, identity, options->all);
  name_strangers (gathered);
  if (gathered->source.n_files > 0 && !write_all (options, gathered, format, &error))
    return dc_office_fail (office, error);
  tell_all (gathered, dc_gathered_total (gathered));

  return judge (gathered);
}

int
dc_open_command_run (DcOffice  *office,
                     int        argc,
                     char     **argv)
{
  g_auto (Options) options = { .format = NULL };
  DcExportFormat format = DC_EXPORT_CSV;
  const GOptionEntry entries[] = {
    DC_KEY_CHOICE_ENTRIES (&options.key),
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format, N_("“csv” (as it is without this) or “json”"), "csv|json" },
    DC_OUTPUT_ENTRIES (&options.output),
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, N_("Write out practice and tests of the keys too"), NULL },
    { "not-enrolled", 0, 0, G_OPTION_ARG_FILENAME, &options.not_enrolled,
      N_("Where the records of tablets that are not enrolled go, sealed as they are"), N_("FILE") },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 1, G_MAXINT, &argc, &argv))
    return DC_EXIT_USAGE;
  if (!dc_key_choice_is_one (&options.key))
    return dc_office_refuse (office, _("Choose one of --keys, --identity and --spare."));
  if (options.format != NULL && !dc_export_format_from_string (options.format, &format))
    return dc_office_refuse (office, _("--format is csv or json."));

  return open_paths (office, &options, format, argv + 1);
}
