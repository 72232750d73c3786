/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-test-fault.h"

#include <errno.h>

static struct
{
  gboolean armed;
  guint    call;
  guint    left;
  int      number;
  gboolean delivered;
} fault;

void
dc_test_fault_arm (guint call,
                   guint after,
                   int   number)
{
  fault.armed = TRUE;
  fault.call = call;
  fault.left = after;
  fault.number = number;
  fault.delivered = FALSE;
}

void
dc_test_fault_disarm (void)
{
  fault.armed = FALSE;
}

gboolean
dc_test_fault_hits (guint call)
{
  if (!fault.armed || fault.call != call || fault.left-- > 0)
    return FALSE;

  fault.armed = FALSE;
  fault.delivered = TRUE;
  errno = fault.number;

  return TRUE;
}

gboolean
dc_test_fault_delivered (void)
{
  return fault.delivered;
}
