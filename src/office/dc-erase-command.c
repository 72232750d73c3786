/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-key-choice.h"
#include "dc-key-set.h"
#include "dc-ledger-read.h"
#include "dc-opening.h"

/* What is erased, and what is known of it elsewhere. */
typedef struct
{
  DcLedger  *ledger;
  GArray    *numbers;     /* (owned) of gint64: rows that have bytes */
  GPtrArray *places;      /* (owned) of char *, each once */
  GPtrArray *exports;     /* (owned) the same */
  gboolean   waits;       /* some have no receipt: their tablet may have them still */
  guint      n_rows;
} Order;

static void
order_clear (Order *self)
{
  g_clear_pointer (&self->numbers, g_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->exports, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Order, order_clear)

static gboolean
add_texts (GPtrArray *list,
           GPtrArray *texts)
{
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    if (!g_ptr_array_find_with_equal_func (list, texts->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (list, g_strdup (texts->pdata[i]));

  return texts != NULL;
}

static gboolean
add_row (const DcLedgerRow  *row,
         gpointer            data,
         GError            **error)
{
  Order *order = data;
  g_autoptr (GPtrArray) places = dc_ledger_list_places (order->ledger, row->number, error);
  g_autoptr (GPtrArray) exports = places != NULL ? dc_ledger_list_exports (order->ledger, row->number, error) : NULL;

  order->n_rows++;
  order->waits |= row->receipt == 0;
  if (row->gone == NULL || !g_str_equal (row->gone, DC_LEDGER_GONE_ERASED))
    g_array_append_val (order->numbers, row->number);

  return add_texts (order->places, places) && add_texts (order->exports, exports);
}

typedef struct
{
  const char    *reference;
  DcAgeIdentity *identity;   /* (nullable) what is not known yet is opened with it */
  GArray        *ids;        /* (owned) of DcId */
} Search;

/* A correction bears the pledge's reference: both lead to the pledge. */
static gboolean
search_row (const DcLedgerRow  *row,
            gpointer            data,
            GError            **error)
{
  Search *search = data;
  g_autoptr (DcOpened) opened = NULL;
  gboolean found = row->reference != NULL && g_str_equal (row->reference, search->reference);

  if (!found && row->record != NULL && row->reference == NULL && search->identity != NULL)
    opened = dc_opening_open (row->record, search->identity, NULL, NULL);
  if (opened != NULL && opened->pledge != NULL)
    found = g_strcmp0 (opened->pledge->reference, search->reference) == 0;
  if (found)
    g_array_append_val (search->ids, *(row->has_about ? &row->about : &row->id));

  return TRUE;
}

/* Without a key where the ledger knows it, else by opening in memory. */
static gboolean
find_reference (const DcKeyChoice  *choice,
                DcOffice           *office,
                DcLedger           *ledger,
                Search             *search,
                GError            **error)
{
  const DcLedgerFilter known = { .reference = search->reference, .marks_only = TRUE };
  const DcLedgerFilter all = { 0 };
  g_autoptr (DcAgeIdentity) identity = NULL;

  if (!dc_ledger_each (ledger, &known, search_row, search, error))
    return FALSE;
  if (search->ids->len > 0)
    return TRUE;
  identity = dc_key_choice_obtain (choice, office, error);
  search->identity = identity;

  return identity != NULL && dc_ledger_each (ledger, &all, search_row, search, error);
}

/* What a person has to see to, for no program can. */
static void
tell_beyond (const Order *order)
{
  dc_office_list (_("Sealed copies lie where they were collected; delete these files, or wait until their time is over:"),
                  order->places);
  dc_office_list (_("It was exported; take it out of these files and of whatever was made of them:"), order->exports);
  g_print ("\n%s\n", _("Backups of this computer and of the destination keep what they have until they are replaced."));
  if (order->waits)
    g_print ("%s\n", _("The tablet keeps its sealed copy until it finds a receipt: run “receipts”, then sync the tablet."));
}

static gboolean
ask (DcOffice  *office,
     guint      count,
     GError   **error)
{
  /* Translators: the word that is typed to agree; the same as in the question */
  const char *word = _("erase");
  g_autofree char *prompt = NULL;

  /* Translators: %1$u is a number of records, %2$s the word that is typed to agree */
  prompt = g_strdup_printf (_("Records to erase for good: %1$u. Type “%2$s” to go on:"), count, word);

  return dc_office_confirm (office, prompt, word, _("Nothing was erased."), error);
}

static gboolean
erase_all (DcLedger     *ledger,
           const Order  *order,
           GError      **error)
{
  g_autofree char *today = dc_key_set_today ();

  if (!dc_ledger_begin (ledger, error))
    return FALSE;
  for (guint i = 0; i < order->numbers->len; i++)
    if (!dc_ledger_erase (ledger, g_array_index (order->numbers, gint64, i), DC_LEDGER_GONE_ERASED, today, error))
      return FALSE;

  return (order->numbers->len == 0
          || dc_ledger_add_deletion (ledger, today, "records", order->numbers->len, DC_LEDGER_GONE_ERASED, error))
         && dc_ledger_commit (ledger, error);
}

static gboolean
find (const DcKeyChoice  *choice,
      DcOffice           *office,
      const char         *what,
      Order              *order,
      GError            **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (DcId));
  Search search = { .reference = what, .ids = ids };
  DcId id;

  if (dc_id_from_text (what, &id))
    g_array_append_val (ids, id);
  else if (!find_reference (choice, office, order->ledger, &search, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    const DcLedgerFilter filter = { .id = &g_array_index (ids, DcId, i), .marks_only = TRUE };

    if (!dc_ledger_each (order->ledger, &filter, add_row, order, error))
      return FALSE;
  }
  if (order->n_rows > 0)
    return TRUE;
  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED, "%s",
               _("No record of this reference or id is in the ledger. Collect first."));

  return FALSE;
}

static int
erase (DcOffice          *office,
       const DcKeyChoice *choice,
       const char        *what,
       gboolean           yes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcLedger) ledger = dc_ledger_open (office->folder, &error);
  g_auto (Order) order = { .ledger = ledger };

  order.numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  order.places = g_ptr_array_new_with_free_func (g_free);
  order.exports = g_ptr_array_new_with_free_func (g_free);
  if (ledger == NULL || !find (choice, office, what, &order, &error)
      || (!yes && order.numbers->len > 0 && !ask (office, order.numbers->len, &error))
      || !erase_all (ledger, &order, &error)
      /* Also where all was erased before: the program may have been cut off here. */
      || !dc_ledger_cut (ledger, &error))
    return dc_office_fail (office, error);

  /* Translators: %u is a number of records */
  g_print (_("Records erased: %u. They are never taken again, wherever they come from."), order.numbers->len);
  g_print ("\n");
  tell_beyond (&order);

  return DC_EXIT_OK;
}

int
dc_erase_command_run (DcOffice  *office,
                      int        argc,
                      char     **argv)
{
  g_auto (DcKeyChoice) choice = { 0 };
  gboolean yes = FALSE;
  const GOptionEntry entries[] = {
    DC_KEY_CHOICE_ENTRIES (&choice),
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Do not ask before erasing"), NULL },
    { NULL }
  };

  if (!dc_office_parse (office, entries, 1, 1, &argc, &argv))
    return DC_EXIT_USAGE;
  if (!dc_key_choice_is_one (&choice))
    return dc_office_refuse (office, _("Choose one of --keys, --identity and --spare."));

  return erase (office, &choice, argv[1], yes);
}
