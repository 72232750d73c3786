/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-subject.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-contact.h"
#include "dc-duplicates.h"
#include "dc-opening.h"

/* Two readings: the first opens every record and keeps those of the person,
 * the second finds what is about those, which need not say who it is. */

typedef struct
{
  DcSubject     *subject;     /* (not owned) */
  DcOffice      *office;      /* (not owned) */
  DcAgeIdentity *identity;    /* (not owned) */
  char          *reference;   /* (owned) as it is written in a record */
  char          *email;       /* (owned) as dc_duplicates_email () has it */
  char          *phone;       /* (owned) as dc_duplicates_phone () has it, "" none */
  GHashTable    *numbers;     /* (owned) of gint64 *, those that are kept */
  gint64         n_read;
  gint64         n_records;
} Search;

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->reference, dc_terminal_wipe);
  g_clear_pointer (&self->email, dc_terminal_wipe);
  g_clear_pointer (&self->phone, dc_terminal_wipe);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
held_free (DcHeld *self)
{
  g_clear_pointer (&self->record, dc_record_unref);
  g_clear_pointer (&self->opened, dc_opened_free);
  g_clear_pointer (&self->plaintext, g_bytes_unref);
  g_clear_pointer (&self->collected, g_free);
  g_clear_pointer (&self->seen, g_free);
  g_clear_pointer (&self->exports, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_free (self);
}

void
dc_subject_free (DcSubject *self)
{
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_free (self);
}

/* In fours, in small letters: as people copy a reference from paper. */
static char *
reference_of (const char *who)
{
  char *text = g_malloc0 (strlen (who) + 1);
  char *end = text;

  for (const char *p = who; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      *end++ = g_ascii_toupper (*p);

  return text;
}

static gboolean
is_theirs (const Search   *search,
           const DcOpened *opened)
{
  const DcPledge *pledge = opened->pledge;
  g_auto (DcSecretText) email = NULL;
  g_auto (DcSecretText) phone = NULL;

  if (pledge == NULL)
    return FALSE;
  if (g_strcmp0 (pledge->reference, search->reference) == 0)
    return TRUE;
  email = dc_duplicates_email (dc_donor_get (pledge->donor, DC_FIELD_EMAIL));
  phone = dc_duplicates_phone (dc_donor_get (pledge->donor, DC_FIELD_PHONE));

  return g_str_equal (email, search->email)
         || (*search->phone != '\0' && g_str_equal (phone, search->phone));
}

static void
keep (Search            *search,
      const DcLedgerRow *row,
      DcOpened          *opened,
      GBytes            *plaintext)
{
  DcHeld *held = g_new0 (DcHeld, 1);

  held->number = row->number;
  held->record = dc_record_ref (row->record);
  held->opened = opened;
  held->plaintext = plaintext;
  held->collected = g_strdup (row->collected);
  held->seen = g_strdup (row->opened);
  held->receipt = row->receipt;
  held->foreign = row->foreign;
  held->withdrawn = row->withdrawn;
  g_ptr_array_add (search->subject->held, held);
  g_hash_table_add (search->numbers, &held->number);
}

static gboolean
look_into (const DcLedgerRow  *row,
           gpointer            data,
           GError            **error G_GNUC_UNUSED)
{
  Search *search = data;
  g_autoptr (DcOpened) opened = NULL;
  g_autoptr (GBytes) plaintext = NULL;

  if (row->gone != NULL)
    return TRUE;
  opened = row->record != NULL ? dc_opening_open (row->record, search->identity, &plaintext, NULL) : NULL;
  if (opened == NULL)
    search->subject->n_unopened++;
  else if (is_theirs (search, opened))
    keep (search, row, g_steal_pointer (&opened), g_steal_pointer (&plaintext));

  search->n_read++;
  if (search->n_read % 100 == 0 || search->n_read == search->n_records)
    dc_office_progress (search->office, _("Opening"), (guint) search->n_read, (guint) search->n_records);

  return TRUE;
}

/* The filter finds the id itself too: another record under the same id may be
 * another person's. */
static gboolean
look_about (const DcLedgerRow  *row,
            gpointer            data,
            GError            **error G_GNUC_UNUSED)
{
  Search *search = data;
  DcOpened *opened;
  GBytes *plaintext = NULL;

  if (row->record == NULL || !row->record->envelope.has_about
      || g_hash_table_contains (search->numbers, &row->number))
    return TRUE;
  opened = dc_opening_open (row->record, search->identity, &plaintext, NULL);
  if (opened == NULL)
    search->subject->n_unopened--;
  keep (search, row, opened, plaintext);

  return TRUE;
}

static int
compare_held (gconstpointer a,
              gconstpointer b)
{
  const DcHeld *one = *(DcHeld * const *) a;
  const DcHeld *two = *(DcHeld * const *) b;

  return (one->number > two->number) - (one->number < two->number);
}

DcSubject *
dc_subject_find (DcLedger       *ledger,
                 DcOffice       *office,
                 DcAgeIdentity  *identity,
                 const char     *who,
                 GError        **error)
{
  g_autoptr (DcSubject) self = g_new0 (DcSubject, 1);
  g_auto (Search) search = { .subject = self, .office = office, .identity = identity };
  DcLedgerFilter filter = { .campaign = NULL };
  gint64 n_gone;
  guint n_direct;

  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) held_free);
  search.reference = reference_of (who);
  search.email = dc_duplicates_email (who);
  search.phone = dc_phone_valid (who) ? dc_duplicates_phone (who) : g_strdup ("");
  search.numbers = g_hash_table_new (g_int64_hash, g_int64_equal);
  if (!dc_ledger_count (ledger, &search.n_records, &n_gone, error)
      || !dc_ledger_each (ledger, &filter, look_into, &search, error))
    return NULL;

  n_direct = self->held->len;
  for (guint i = 0; i < n_direct; i++) {
    const DcHeld *held = g_ptr_array_index (self->held, i);

    filter.id = &held->record->envelope.id;
    if (!dc_ledger_each (ledger, &filter, look_about, &search, error))
      return NULL;
  }
  g_ptr_array_sort (self->held, compare_held);
  for (guint i = 0; i < self->held->len; i++) {
    DcHeld *held = g_ptr_array_index (self->held, i);

    if ((held->exports = dc_ledger_list_exports (ledger, held->number, error)) == NULL
        || (held->places = dc_ledger_list_places (ledger, held->number, error)) == NULL)
      return NULL;
  }

  return g_steal_pointer (&self);
}
