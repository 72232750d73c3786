/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tidying.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-durable.h"
#include "dc-input.h"

#define FOLDER "deletions"

static void
add_line (GString    *text,
          const char *name,
          const char *value)
{
  g_string_append_printf (text, "%s: %s\n", name, value);
}

static const char *
word_of (const char *state)
{
  if (g_str_equal (state, DC_TIDIED_DELETED))
    return _("deleted");

  return g_str_equal (state, DC_TIDIED_MISSING) ? _("not there any more after the program was cut off")
                                                : _("not known to be deleted; tidy its place again");
}

static void
add_thing (GString              *text,
           const DcLedgerTidied *tidied)
{
  g_autofree char *name = dc_input_name (tidied->thing);
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, tidied->old.n_records);
  const char *first = tidied->old.first_day;
  const char *last = tidied->old.last_day;

  g_string_append_printf (text, "  %s\n    ", name);
  /* Translators: %1$s is a number of records, %2$s and %3$s the first and the last day, as 2026-12-18 */
  g_string_append_printf (text, _("records: %1$s, of the days %2$s to %3$s"), count, first, last);
  g_string_append_printf (text, "; %s\n", word_of (tidied->state));
}

static char *
write_text (DcTidying *self,
            GPtrArray *list)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->run.number);
  GString *text = g_string_new (NULL);
  const char *place = NULL;

  g_string_append_printf (text, "%s\n\n", _("Daily Cup: what was deleted because its time was over"));
  add_line (text, _("Number"), number);
  add_line (text, _("Day"), self->run.day);
  add_line (text, _("Appeal"), self->campaign);
  add_line (text, _("Rule"), self->run.rule);
  for (guint i = 0; i < list->len; i++) {
    const DcLedgerTidied *tidied = list->pdata[i];

    if (g_strcmp0 (tidied->place, place) != 0) {
      g_autofree char *name = dc_input_name (tidied->place);

      g_string_append_printf (text, "\n%s\n", name);
    }
    place = tidied->place;
    add_thing (text, tidied);
  }
  g_string_append_printf (text, "\n%s\n", _("Exported files and backups are not the program’s to delete. This record names no donor."));

  return g_string_free (text, FALSE);
}

char *
dc_tidy_record_write (DcTidying   *self,
                      const char  *folder,
                      GError     **error)
{
  g_autoptr (GPtrArray) list = dc_ledger_list_tidied (self->ledger, self->run.number, error);
  g_autofree char *name = NULL;
  g_autofree char *below = g_build_filename (folder, FOLDER, NULL);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (list == NULL)
    return NULL;
  if (g_mkdir_with_parents (below, 0700) != 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", below, g_strerror (errno));
    return NULL;
  }
  name = g_strdup_printf ("%s-%s-%" G_GINT64_FORMAT ".txt", self->run.day, self->campaign, self->run.number);
  path = g_build_filename (below, name, NULL);
  text = write_text (self, list);
  if (!dc_durable_replace (path, text, strlen (text), error))
    return NULL;

  return g_steal_pointer (&path);
}
