/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-opening.h"

#include "dc-age-open.h"

DcOpened *
dc_opening_open (DcRecord       *record,
                 DcAgeIdentity  *identity,
                 GBytes        **plaintext,
                 GError        **error)
{
  DcAgeIdentity *identities[] = { identity };
  g_autoptr (DcOpened) opened = NULL;
  g_autoptr (GBytes) text = NULL;
  gsize size;
  const guint8 *sealed = g_bytes_get_data (record->sealed, &size);

  text = dc_age_open (sealed, size, identities, 1, NULL, error);
  if (text == NULL)
    return NULL;
  opened = dc_opened_read (&record->envelope, g_bytes_get_data (text, NULL), g_bytes_get_size (text), error);
  if (opened != NULL && plaintext != NULL)
    *plaintext = g_steal_pointer (&text);

  return g_steal_pointer (&opened);
}
