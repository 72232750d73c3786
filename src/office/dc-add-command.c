/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>

#include "dc-add-table.h"
#include "dc-csv-read.h"
#include "dc-input.h"
#include "dc-key-set.h"
#include "dc-paper-entry.h"
#include "dc-text.h"

/* What drops the form that is being typed, at any question. */
#define DROP "."

typedef enum
{
  FORM_KEPT,
  FORM_DROPPED,
  FORM_END,        /* no further one */
  FORM_FAILED,
} Form;

typedef struct
{
  DcOffice    *office;
  DcPack      *pack;
  DcPaperDesk *desk;
  const char  *today;
  GError     **error;
} Sitting;

/* The answer, which the caller wipes; NULL: @error is set. */
static char *
ask (const Sitting *self,
     const char    *question)
{
  g_autofree char *prompt = g_strconcat (question, ": ", NULL);

  return dc_terminal_ask (self->office->terminal, prompt, TRUE, self->error);
}

static gboolean
is_here (const Sitting *self,
         DcPaperEntry  *entry,
         gboolean      *here)
{
  return dc_paper_desk_has (self->desk, dc_paper_entry_get_reference (entry), here, self->error);
}

/* Asks until the answer is one. */
static Form
ask_entry (const Sitting *self,
           DcPaperEntry  *entry,
           guint          what)
{
  for (;;) {
    g_autofree char *question = dc_paper_entry_ask (entry, what);
    g_auto (DcSecretText) answer = ask (self, question);
    g_autoptr (GError) problem = NULL;

    if (answer == NULL)
      return FORM_FAILED;
    if (g_str_equal (answer, DROP))
      return FORM_DROPPED;
    if (what == DC_ENTRY_REFERENCE && *answer == '\0')
      return FORM_END;
    if (dc_paper_entry_set (entry, what, answer, &problem))
      return FORM_KEPT;
    g_printerr ("  %s\n", problem->message);
  }
}

/* What is needed and is not there is asked once more. */
static Form
complete (const Sitting *self,
          DcPaperEntry  *entry)
{
  for (;;) {
    g_autoptr (GError) problem = NULL;
    guint what;
    Form form;

    if (dc_paper_entry_check (entry, &what, &problem))
      return FORM_KEPT;
    g_printerr ("  ");
    /* Translators: %1$s is a sentence, %2$s what is typed to give a form up */
    g_printerr (_("%1$s Once more, or “%2$s” to leave this form out."), problem->message, DROP);
    g_printerr ("\n");
    form = ask_entry (self, entry, what);
    if (form != FORM_KEPT)
      return form;
  }
}

static Form
ask_all (const Sitting *self,
         DcPaperEntry  *entry)
{
  guint count = dc_paper_entry_count (dc_pack_get_campaign (self->pack));

  for (guint what = 0; what < count; what++) {
    Form form = ask_entry (self, entry, what);
    gboolean here = FALSE;

    if (form == FORM_KEPT && what == DC_ENTRY_REFERENCE && !is_here (self, entry, &here))
      return FORM_FAILED;
    if (here)
      g_printerr ("  %s\n", _("This form was taken in before."));
    if (here)
      return FORM_DROPPED;
    if (form != FORM_KEPT)
      return form;
  }

  return complete (self, entry);
}

static void
show (const Sitting *self,
      DcPaperEntry  *entry)
{
  DcCampaign *campaign = dc_pack_get_campaign (self->pack);

  g_printerr ("\n");
  for (guint what = 0; what < dc_paper_entry_count (campaign); what++) {
    g_autofree char *name = dc_paper_entry_name (campaign, what);
    char *text = dc_paper_entry_get (entry, what);

    if (*text != '\0')
      g_printerr ("  %-20s %s\n", name, text);
    dc_wipe_string (&text);
  }
}

static Form
keep (const Sitting *self,
      DcPaperEntry  *entry)
{
  g_autoptr (GPtrArray) pledges = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_pledge_unref);
  g_auto (DcSecretText) answer = NULL;

  show (self, entry);
  /* Translators: Enter is the key, “no” is what is typed, as it stands here */
  answer = ask (self, _("Take it in? (Enter, or no)"));
  if (answer == NULL)
    return FORM_FAILED;
  if (*answer != '\0')
    return FORM_DROPPED;
  g_ptr_array_add (pledges, dc_paper_entry_to_pledge (entry));

  return dc_paper_desk_keep (self->desk, pledges, self->error) ? FORM_KEPT : FORM_FAILED;
}

static Form
take_form (const Sitting *self)
{
  g_autoptr (DcPaperEntry) entry = dc_paper_entry_new (dc_pack_get_campaign (self->pack), self->today);
  Form form = ask_all (self, entry);

  if (form == FORM_KEPT)
    form = keep (self, entry);
  if (form == FORM_KEPT)
    g_printerr ("%s\n\n", _("Taken in and sealed."));
  if (form == FORM_DROPPED)
    g_printerr ("%s\n\n", _("Left out; nothing of it was kept."));

  return form;
}

/* The same end for both ways: what was taken, and what is left to do. */
static int
tell (guint n_taken)
{
  g_autofree char *number = g_strdup_printf ("%u", n_taken);

  g_print ("%s %s\n", _("Forms taken in:"), number);
  if (n_taken > 0)
    g_print ("%s\n", _("Run “export” to have them in a table. Then destroy the forms, and any file with what they say."));

  return DC_EXIT_OK;
}

static int
take_forms (const Sitting *self)
{
  guint n_taken = 0;
  Form form;

  /* Translators: %s is what is typed to give a form up */
  g_printerr (_("Type what stands on each form. Enter alone as a reference ends it; “%s” at any question leaves a form "
                "out."), DROP);
  g_printerr ("\n\n");
  while ((form = take_form (self)) == FORM_KEPT || form == FORM_DROPPED)
    n_taken += form == FORM_KEPT;
  if (form == FORM_END)
    return tell (n_taken);

  if (n_taken > 0)
    tell (n_taken);
  return dc_office_fail (self->office, *self->error);
}

static int
take_table (const Sitting *self,
            const char    *path)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) pledges = NULL;
  g_autoptr (GBytes) bytes = dc_input_read (path, DC_CSV_MAX_BYTES, self->error);

  if (bytes != NULL)
    pledges = dc_add_table_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                 dc_pack_get_campaign (self->pack), self->desk, self->today, problems, self->error);
  if (pledges != NULL && dc_paper_desk_keep (self->desk, pledges, self->error))
    return tell (pledges->len);
  if (problems->len == 0)
    return dc_office_fail (self->office, *self->error);

  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (const char *) g_ptr_array_index (problems, i));
  g_printerr ("%s\n", _("Nothing was taken in. Mend these lines, and run it once more."));

  return DC_EXIT_FAILED;
}

static int
add (DcOffice   *office,
     const char *pack_path,
     const char *table)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *today = dc_key_set_today ();
  g_autoptr (DcPack) pack = dc_pack_load (pack_path, &error);
  g_autoptr (DcPaperDesk) desk = NULL;
  Sitting sitting = { office, pack, NULL, today, &error };

  if (pack == NULL || (desk = dc_paper_desk_new (office->folder, pack, today, &error)) == NULL)
    return dc_office_fail (office, error);
  sitting.desk = desk;

  return table != NULL ? take_table (&sitting, table) : take_forms (&sitting);
}

int
dc_add_command_run (DcOffice  *office,
                    int        argc,
                    char     **argv)
{
  g_autofree char *pack = NULL;
  g_autofree char *table = NULL;
  const GOptionEntry entries[] = {
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &pack, N_("The appeal of the forms"), "PACK" },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &table, N_("A table of forms, instead of typing them here"), N_("FILE") },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 0, 0, &argc, &argv))
    return DC_EXIT_USAGE;
  if (pack == NULL)
    return dc_office_refuse (office, _("--pack is missing."));

  return add (office, pack, table);
}
