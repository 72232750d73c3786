/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-postgresql-error.h"

#include <string.h>

#define SQLSTATE_LENGTH 5

/* The first that fits, whole or by its beginning. */
static const struct
{
  const char      *begins;
  DcDeliveryError  code;
} meanings[] = {
  { "08", DC_DELIVERY_ERROR_OFFLINE },
  { "0A", DC_DELIVERY_ERROR_TOO_OLD },
  { "25006", DC_DELIVERY_ERROR_READ_ONLY },   /* a stand-by */
  { "28", DC_DELIVERY_ERROR_CREDENTIAL },
  { "3D000", DC_DELIVERY_ERROR_GONE },        /* no such database */
  { "3F000", DC_DELIVERY_ERROR_TOO_OLD },     /* without our schema */
  { "40", DC_DELIVERY_ERROR_BUSY },           /* taken back, for another's sake */
  { "42501", DC_DELIVERY_ERROR_READ_ONLY },   /* this login may not */
  { "42", DC_DELIVERY_ERROR_TOO_OLD },        /* our schema, but without what is called */
  { "53100", DC_DELIVERY_ERROR_FULL },
  { "53", DC_DELIVERY_ERROR_BUSY },
  { "55", DC_DELIVERY_ERROR_BUSY },           /* held by another */
  { "57", DC_DELIVERY_ERROR_BUSY },           /* starting up, shutting down, cancelled */
  { "58", DC_DELIVERY_ERROR_BUSY },           /* its disk */
};

/* Anything else is about what was sent, or about what the server makes of it;
 * a smaller part may fare better. */
DcDeliveryError
dc_postgresql_error_code (const char *sqlstate)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++) {
    if (g_str_has_prefix (sqlstate, meanings[i].begins))
      return meanings[i].code;
  }

  return DC_DELIVERY_ERROR_REJECTED;
}

gboolean
dc_postgresql_find_sqlstate (const char *message,
                             char        sqlstate[static 6])
{
  g_autofree char *text = g_strchomp (g_strdup (message));
  const char *word = strrchr (text, ' ');

  if (word == NULL || strspn (word + 1, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != SQLSTATE_LENGTH
      || word[1 + SQLSTATE_LENGTH] != '\0') {
    return FALSE;
  }
  memcpy (sqlstate, word + 1, SQLSTATE_LENGTH + 1);

  return TRUE;
}
