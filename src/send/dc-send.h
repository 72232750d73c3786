/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-serve.h"

G_BEGIN_DECLS

/* The program daily-cup-send, but for which destinations there are: reads its
 * options, sees that it runs alone, and serves standard input and output.
 * Returns its exit status. */
int dc_send_main (int           argc,
                  char        **argv,
                  DcServeMake   make,
                  gpointer      data);

G_END_DECLS
