/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-office.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "dc-input.h"

G_DEFINE_QUARK (dc-office-error-quark, dc_office_error)

int
dc_office_refuse (DcOffice   *self,
                  const char *problem)
{
  g_printerr ("daily-cup-office %s: %s\n", self->command->name, problem);
  /* Translators: %s is a command, as keys new */
  g_printerr (_("Type “daily-cup-office %s --help” to see how it is used."), self->command->name);
  g_printerr ("\n");

  return DC_EXIT_USAGE;
}

/* argv[0] is left out of the usage line of GOption: it takes the name of the
 * program from the process. */
static GOptionContext *
make_context (DcOffice           *self,
              const GOptionEntry *entries,
              const GOptionEntry *shared)
{
  g_autofree char *usage = g_strdup_printf ("%s %s", self->command->name, self->command->arguments);
  GOptionContext *context = g_option_context_new (usage);

  g_option_context_set_summary (context, g_dgettext (GETTEXT_PACKAGE, self->command->help));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, shared, GETTEXT_PACKAGE);

  return context;
}

static gboolean
check_count (DcOffice   *self,
             int         minimum,
             int         maximum,
             int        *argc,
             char     ***argv)
{
  /* What follows "--" is an argument whatever it looks like. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--")) {
    for (int i = 1; i < *argc; i++)
      (*argv)[i] = (*argv)[i + 1];
    (*argc)--;
  }
  if (*argc - 1 < minimum)
    return dc_office_refuse (self, _("Something is missing.")) == DC_EXIT_OK;
  if (*argc - 1 > maximum)
    return dc_office_refuse (self, _("That is more than this command takes.")) == DC_EXIT_OK;

  return TRUE;
}

gboolean
dc_office_parse (DcOffice             *self,
                 const GOptionEntry   *entries,
                 int                   minimum,
                 int                   maximum,
                 int                  *argc,
                 char               ***argv)
{
  g_autofree char *folder = NULL;
  int passphrase_fd = -1;
  const GOptionEntry shared[] = {
    { "office", 0, 0, G_OPTION_ARG_FILENAME, &folder,
      N_("The office’s own folder, instead of ~/.local/share/daily-cup-office"), N_("FOLDER") },
    { "passphrase-fd", 0, 0, G_OPTION_ARG_INT, &passphrase_fd,
      N_("Take the passphrase from the first line of this file descriptor"), N_("NUMBER") },
    { NULL }
  };
  g_autoptr (GOptionContext) context = make_context (self, entries, shared);
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse (context, argc, argv, &error))
    return dc_office_refuse (self, error->message) == DC_EXIT_OK;

  dc_office_clear (self);
  self->folder = folder != NULL ? g_steal_pointer (&folder)
                                : g_build_filename (g_get_user_data_dir (), "daily-cup-office", NULL);
  self->terminal = dc_terminal_new (passphrase_fd);

  return check_count (self, minimum, maximum, argc, argv);
}

void
dc_office_clear (DcOffice *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->terminal, dc_terminal_free);
}

void
dc_office_list (const char *heading,
                GPtrArray  *texts)
{
  if (texts->len == 0)
    return;
  g_print ("\n%s\n", heading);
  for (guint i = 0; i < texts->len; i++) {
    g_autofree char *name = dc_input_name (texts->pdata[i]);

    g_print ("  %s\n", name);
  }
}

gboolean
dc_office_confirm (DcOffice    *self,
                   const char  *prompt,
                   const char  *word,
                   const char  *refused,
                   GError     **error)
{
  g_autofree char *question = g_strconcat (prompt, " ", NULL);
  g_autofree char *answer = dc_terminal_ask (self->terminal, question, TRUE, error);

  if (answer == NULL)
    return FALSE;
  if (g_str_equal (answer, word))
    return TRUE;
  g_set_error_literal (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED, refused);

  return FALSE;
}

int
dc_office_fail (DcOffice     *self,
                const GError *error)
{
  g_printerr ("daily-cup-office %s: %s\n", self->command->name, error->message);

  return DC_EXIT_FAILED;
}

void
dc_office_progress (DcOffice   *self,
                    const char *what,
                    guint       done,
                    guint       total)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r%s: %u/%u%s", what, done, total, done == total ? "\n" : "");
}
