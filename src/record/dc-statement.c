/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-statement.h"

DcStatement *
dc_statement_new (void)
{
  DcStatement *self = g_new0 (DcStatement, 1);

  self->rows = g_array_new (FALSE, TRUE, sizeof (DcStatementRow));

  return self;
}

void
dc_statement_free (DcStatement *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
  g_free (self);
}
