/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-duplicates.h"

#include <string.h>

/* The end of a number that country codes and trunk prefixes leave alone; what
 * is shorter is compared whole. */
#define DIGITS 9

char *
dc_duplicates_email (const char *email)
{
  g_auto (DcSecretText) bare = g_strstrip (g_strdup (email));

  return g_utf8_casefold (bare, -1);
}

char *
dc_duplicates_phone (const char *phone)
{
  char *digits = g_malloc0 (strlen (phone) + 1);
  gsize n = 0;

  for (const char *p = phone; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      digits[n++] = *p;
  if (n > DIGITS)
    memmove (digits, digits + n - DIGITS, DIGITS + 1);

  return digits;
}

/* Whoever came first stays: all that follow point to the same one. */
static const DcId *
look_up (GHashTable *seen,
         const char *campaign,
         char        letter,
         const char *contact,
         const DcId *id)
{
  g_auto (DcSecretText) key = g_strdup_printf ("%s %c %s", campaign, letter, contact);
  const DcId *first;

  if (*contact == '\0')
    return NULL;
  first = g_hash_table_lookup (seen, key);
  if (first == NULL)
    g_hash_table_insert (seen, g_steal_pointer (&key), (gpointer) id);

  return first;
}

static const DcId *
find_first (GHashTable    *seen,
            const DcFound *found)
{
  /* Of the record, which stays where what was opened is closed again. */
  const DcEnvelope *envelope = &found->record->envelope;
  const DcDonor *donor = found->opened->pledge->donor;
  g_auto (DcSecretText) email = dc_duplicates_email (dc_donor_get (donor, DC_FIELD_EMAIL));
  g_auto (DcSecretText) phone = dc_duplicates_phone (dc_donor_get (donor, DC_FIELD_PHONE));
  const DcId *by_email = look_up (seen, envelope->campaign, 'e', email, &envelope->id);
  const DcId *by_phone = look_up (seen, envelope->campaign, 'p', phone, &envelope->id);

  return by_email != NULL ? by_email : by_phone;
}

guint
dc_duplicates_find (DcGathered *gathered)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal,
                                                       (GDestroyNotify) dc_terminal_wipe, NULL);
  guint n = 0;

  for (guint i = 0; i < gathered->found->len; i++) {
    DcFound *found = g_ptr_array_index (gathered->found, i);

    if (found->opened == NULL || found->record->envelope.kind != DC_KIND_PLEDGE)
      continue;
    found->duplicate_of = find_first (seen, found);
    n += found->duplicate_of != NULL;
  }

  return n;
}
