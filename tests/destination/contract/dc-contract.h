/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destinations.h"

G_BEGIN_DECLS

/* What every destination promises, whatever it is: src/destination/dc-destination.h.
 * The same cases run for each; a place says how it is reached and what can be
 * done to it behind the program's back. */

typedef struct
{
  const char *name;            /* in the names of the cases: "webdav-nginx" */
  const char *root;            /* (nullable) the folder behind it, with files as EXCHANGE.md has them */
  gboolean    one_by_id;       /* it holds one record of an id, and says so of another */
  gboolean    tablet_may_remove;
  gboolean    may_replace;     /* something unreadable can be moved out of the way */
  gboolean    office_may_remove;
  gboolean    tells_time;      /* its probe says what time it is there */
  /* Each (transfer full); the stranger (nullable) comes with a wrong password */
  DcDestination *(*tablet) (void);
  DcDestination *(*office) (void);
  DcDestination *(*stranger) (void);
  /* As after it was emptied or restored */
  void (*begin_epoch) (void);
} DcContract;

/* Adds all cases that apply. @contract stays. */
void dc_contract_add (const DcContract *contract);

G_END_DECLS
