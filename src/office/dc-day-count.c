/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-day-count.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-crypto.h"

/* A statement says how many records are in each state, not which. So what is
 * compared are counts: a record that the tablet believes is still waiting, and
 * that has arrived, can stand for one that was delivered and is lost, until the
 * tablet's next statement. The numbers that are not here are listed for a
 * person to look at. */

#define MAX_GAPS 12

/* What the ledger has of one queue. */
typedef struct
{
  GArray *seqs;         /* of gint64, rising, no two alike */
  gint64  opened;
  gint64  signed_for;
} Tally;

static void
tally_free (Tally *self)
{
  g_clear_pointer (&self->seqs, g_array_unref);
  g_free (self);
}

static char *
key_of (const DcOrigin *origin)
{
  char tablet[DC_CRYPTO_HEX_SIZE];
  char queue[DC_ID_TEXT_SIZE];

  dc_crypto_to_hex (origin->tablet, tablet);
  dc_id_to_text (&origin->queue, queue);

  return g_strjoin ("/", tablet, queue, origin->campaign, NULL);
}

/* The rows of a queue come in the order of their numbers. */
static gboolean
tally_row (const DcLedgerRow  *row,
           gpointer            data,
           GError            **error G_GNUC_UNUSED)
{
  GHashTable *tallies = data;
  g_autofree char *key = key_of (&row->origin);
  Tally *tally = g_hash_table_lookup (tallies, key);

  if (tally == NULL) {
    tally = g_new0 (Tally, 1);
    tally->seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_hash_table_insert (tallies, g_steal_pointer (&key), tally);
  }
  if (tally->seqs->len == 0 || g_array_index (tally->seqs, gint64, tally->seqs->len - 1) != row->seq)
    g_array_append_val (tally->seqs, row->seq);
  tally->opened += row->opened != NULL;
  tally->signed_for += row->receipt != 0;

  return TRUE;
}

static void
add_gap (GString *text,
         gint64   first,
         gint64   last)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append_printf (text, "%" G_GINT64_FORMAT, first);
  if (last > first)
    g_string_append_printf (text, "–%" G_GINT64_FORMAT, last);
}

/* The numbers up to @max_seq that are not among @seqs (nullable), the first
 * few of them. (transfer full) */
static char *
list_gaps (const GArray *seqs,
           gint64        max_seq)
{
  GString *text = g_string_new (NULL);
  gint64 next = 1;
  guint n = 0;

  for (guint i = 0; seqs != NULL && i < seqs->len && next <= max_seq && n < MAX_GAPS; i++) {
    gint64 seq = MIN (g_array_index (seqs, gint64, i), max_seq + 1);

    if (seq > next) {
      add_gap (text, next, seq - 1);
      n++;
    }
    next = seq + 1;
  }
  if (next <= max_seq && n < MAX_GAPS)
    add_gap (text, next, max_seq);
  else if (next <= max_seq)
    g_string_append (text, ", …");

  return g_string_free (text, FALSE);
}

static void
count_here (DcDaySheet  *sheet,
            const Tally *tally,
            gint64       max_seq)
{
  if (tally == NULL)
    return;
  for (guint i = 0; i < tally->seqs->len; i++) {
    if (g_array_index (tally->seqs, gint64, i) <= max_seq)
      sheet->here++;
    else
      sheet->later++;
  }
  sheet->opened = tally->opened;
  sheet->signed_for = tally->signed_for;
}

static void
count_row (DcDaySheet           *sheet,
           const DcStatementRow *row)
{
  gint64 *states[DC_N_STATES] = {
    [DC_STATE_WAITING] = &sheet->waiting,
    [DC_STATE_DELIVERED] = &sheet->delivered,
    [DC_STATE_REFUSED] = &sheet->refused,
    [DC_STATE_RECEIPTED] = &sheet->receipted,
    [DC_STATE_WITHDRAWN] = &sheet->withdrawn,
  };

  if (row->state == DC_STATE_DELIVERED || row->state == DC_STATE_RECEIPTED)
    sheet->left += row->count;
  if (row->kind == DC_KIND_PRACTICE || row->kind == DC_KIND_DRILL)
    sheet->practice += row->count;
  if (row->kind != DC_KIND_PLEDGE)
    return;
  *states[row->state] += row->count;
  if (row->taken_back)
    sheet->taken_back += row->count;
}

/* Whether a row is of what was promised and still stands. */
static gboolean
is_promised (const DcStatementRow *row)
{
  return row->kind == DC_KIND_PLEDGE && row->state != DC_STATE_WITHDRAWN && !row->taken_back
         && *row->currency != '\0';
}

static char *
label_of (const char  *currency,
          DcFrequency  frequency)
{
  switch (frequency) {
  case DC_FREQUENCY_MONTHLY:
    /* Translators: %s is a currency, as CHF */
    return g_strdup_printf (_("%s, each month"), currency);
  case DC_FREQUENCY_YEARLY:
    /* Translators: %s is a currency, as CHF */
    return g_strdup_printf (_("%s, each year"), currency);
  case DC_FREQUENCY_ONCE:
  default:
    /* Translators: %s is a currency, as CHF */
    return g_strdup_printf (_("%s, once"), currency);
  }
}

/* Before a sum of one shift. A shift's name is random; the tablet's own pages
 * have the volunteer's code. */
static char *
label_in_shift (const DcStatementRow *row)
{
  g_autofree char *label = label_of (row->currency, row->frequency);

  if (row->shift[0] == '\0')
    /* Translators: %s is as "CHF, each month" */
    return g_strdup_printf (_("Outside a shift: %s"), label);
  if (g_str_equal (row->shift, "*"))
    /* Translators: %s is as "CHF, each month" */
    return g_strdup_printf (_("Several shifts: %s"), label);

  /* Translators: %1$s is the name of a shift, %2$s as "CHF, each month" */
  return g_strdup_printf (_("Shift %1$s: %2$s"), row->shift, label);
}

static gboolean
is_like (const DcStatementRow *row,
         const DcStatementRow *like,
         gboolean              by_shift)
{
  return is_promised (row) && row->frequency == like->frequency && g_str_equal (row->currency, like->currency)
         && (!by_shift || g_str_equal (row->shift, like->shift));
}

/* What several rows promise in the currency and frequency, and where @by_shift in
 * the shift, of the one at @first; NULL where an earlier row has told of it. A sum
 * that is too large stands for more. */
static DcDaySum *
sum_of (const GArray *rows,
        guint         first,
        gboolean      by_shift)
{
  const DcStatementRow *like = &g_array_index (rows, DcStatementRow, first);
  g_autofree char *label = by_shift ? label_in_shift (like) : label_of (like->currency, like->frequency);
  g_autofree char *amount = NULL;
  DcMoney money = { 0 };
  gint64 count = 0;

  g_strlcpy (money.currency, like->currency, sizeof money.currency);
  for (guint i = 0; i < rows->len; i++) {
    const DcStatementRow *row = &g_array_index (rows, DcStatementRow, i);

    if (!is_like (row, like, by_shift))
      continue;
    if (i < first)
      return NULL;
    money.minor = MIN (DC_MONEY_MAX_MINOR, money.minor + row->sum);
    count += row->count;
  }
  /* Translators: the language in which sums are written: en, fr or es */
  amount = dc_money_format (&money, C_("language", "en"));

  return dc_day_sum_new (label, amount, count);
}

static GPtrArray *
list_sums (const GArray *rows,
           gboolean      by_shift)
{
  GPtrArray *sums = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_day_sum_free);

  for (guint i = 0; i < rows->len; i++) {
    DcDaySum *sum = is_promised (&g_array_index (rows, DcStatementRow, i)) ? sum_of (rows, i, by_shift) : NULL;

    if (sum != NULL)
      g_ptr_array_add (sums, sum);
  }

  return sums;
}

/* A tablet that knew no shift has nothing to tell apart. */
static void
add_sums (DcDaySheet   *sheet,
          const GArray *rows)
{
  gboolean shifts = FALSE;

  for (guint i = 0; i < rows->len; i++)
    shifts |= g_array_index (rows, DcStatementRow, i).shift[0] != '\0';
  sheet->sums = list_sums (rows, FALSE);
  sheet->shifts = shifts ? list_sums (rows, TRUE)
                         : g_ptr_array_new_with_free_func ((GDestroyNotify) dc_day_sum_free);
}

/* By the tablet's clock, in the zone that it was in. */
static char *
moment_of (const DcStamp *stamp)
{
  g_autoptr (GDateTime) epoch = g_date_time_new_from_unix_utc (0);
  g_autoptr (GDateTime) utc = g_date_time_add (epoch, stamp->utc_us);
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (stamp->offset_s);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("?");
}

static const char *
keep (DcDayCount *self,
      char       *text)
{
  g_autofree char *owned = text;

  return g_string_chunk_insert (self->texts, owned);
}

static void
name_sheet (DcDayCount        *self,
            DcDaySheet        *sheet,
            const DcStatement *statement,
            DcTablets         *tablets)
{
  const DcOrigin *origin = &statement->origin;
  g_autofree char *name = dc_tablets_get_name (tablets, origin->tablet);
  char queue[DC_ID_TEXT_SIZE];

  dc_id_to_text (&origin->queue, queue);
  sheet->words = keep (self, dc_tablets_words (origin->tablet));
  sheet->tablet = name != NULL ? g_string_chunk_insert (self->texts, name) : sheet->words;
  sheet->queue = g_string_chunk_insert (self->texts, queue);
  sheet->campaign = g_string_chunk_insert (self->texts, origin->campaign);
  sheet->stated = keep (self, moment_of (&statement->time));
}

static void
tell_of_stall (DcDayCount        *self,
               DcDaySheet        *sheet,
               const DcStatement *statement)
{
  const DcStatementStall *stall = &statement->stall;
  const DcStamp checked = { .utc_us = stall->ready_s * G_USEC_PER_SEC, .offset_s = statement->time.offset_s };

  sheet->event = g_string_chunk_insert (self->texts, stall->event);
  sheet->place = g_string_chunk_insert (self->texts, stall->place);
  if (stall->ready_s > 0)
    sheet->checked = keep (self, moment_of (&checked));
  for (const char *letter = stall->ready; *letter != '\0'; letter++) {
    sheet->good += *letter == 'g';
    sheet->to_note += *letter == 'a';
    sheet->to_mend += *letter == 'r';
  }
}

static void
day_sheet_free (DcDaySheet *self)
{
  g_clear_pointer (&self->sums, g_ptr_array_unref);
  g_clear_pointer (&self->shifts, g_ptr_array_unref);
  g_free (self);
}

static DcDaySheet *
make_sheet (DcDayCount        *self,
            const DcStatement *statement,
            DcTablets         *tablets,
            const Tally       *tally)
{
  DcDaySheet *sheet = g_new0 (DcDaySheet, 1);

  name_sheet (self, sheet, statement, tablets);
  tell_of_stall (self, sheet, statement);
  sheet->number = statement->number;
  sheet->codes_shown = statement->codes_shown;
  sheet->set_aside = statement->set_aside;
  for (guint i = 0; i < statement->rows->len; i++)
    count_row (sheet, &g_array_index (statement->rows, DcStatementRow, i));
  add_sums (sheet, statement->rows);
  count_here (sheet, tally, statement->max_seq);
  sheet->gaps = keep (self, list_gaps (tally != NULL ? tally->seqs : NULL, statement->max_seq));

  return sheet;
}

static int
compare_sheets (gconstpointer a,
                gconstpointer b)
{
  const DcDaySheet *one = *(DcDaySheet * const *) a;
  const DcDaySheet *two = *(DcDaySheet * const *) b;
  int order = g_utf8_collate (one->tablet, two->tablet);

  if (order == 0)
    order = strcmp (one->campaign, two->campaign);

  return order != 0 ? order : strcmp (one->queue, two->queue);
}

/* Those of @tablets that no statement is of; paper makes none. */
static void
find_silent (DcDayCount      *self,
             DcTablets       *tablets,
             const GPtrArray *statements,
             const char      *tablet)
{
  g_autoptr (GArray) keys = dc_tablets_list (tablets);

  for (guint i = 0; i < keys->len; i++) {
    const guint8 *key = (const guint8 *) keys->data + 32 * i;
    g_autofree char *given = dc_tablets_get_name (tablets, key);
    g_autofree char *name = given != NULL ? g_steal_pointer (&given) : dc_tablets_words (key);
    gboolean heard = FALSE;

    for (guint j = 0; j < statements->len; j++) {
      const DcStatement *statement = g_ptr_array_index (statements, j);

      heard |= memcmp (statement->origin.tablet, key, 32) == 0;
    }
    if (!heard && !dc_tablets_is_paper (tablets, key) && (tablet == NULL || g_str_equal (tablet, name)))
      g_ptr_array_add (self->silent, g_steal_pointer (&name));
  }
}

DcDayCount *
dc_day_count_new (DcLedger    *ledger,
                  const char  *tablet,
                  const char  *campaign,
                  const char  *today,
                  GError     **error)
{
  g_autoptr (DcDayCount) self = g_new0 (DcDayCount, 1);
  g_autoptr (GHashTable) tallies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          (GDestroyNotify) tally_free);
  g_autoptr (GPtrArray) statements = NULL;
  const DcLedgerFilter filter = { .campaign = campaign, .marks_only = TRUE };
  DcTablets *tablets = dc_ledger_get_tablets (ledger);

  self->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) day_sheet_free);
  self->silent = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_string_chunk_new (512);
  if (!dc_ledger_each (ledger, &filter, tally_row, tallies, error)
      || (statements = dc_ledger_list_statements (ledger, error)) == NULL)
    return NULL;

  for (guint i = 0; i < statements->len; i++) {
    const DcStatement *statement = g_ptr_array_index (statements, i);
    g_autofree char *key = key_of (&statement->origin);
    DcDaySheet *sheet = make_sheet (self, statement, tablets, g_hash_table_lookup (tallies, key));

    sheet->printed = g_string_chunk_insert_const (self->texts, today);
    if ((tablet == NULL || g_str_equal (tablet, sheet->tablet))
        && (campaign == NULL || g_str_equal (campaign, sheet->campaign)))
      g_ptr_array_add (self->sheets, sheet);
    else
      day_sheet_free (sheet);
  }
  g_ptr_array_sort (self->sheets, compare_sheets);
  find_silent (self, tablets, statements, tablet);

  return g_steal_pointer (&self);
}

void
dc_day_count_free (DcDayCount *self)
{
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_pointer (&self->silent, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_string_chunk_free);
  g_free (self);
}
