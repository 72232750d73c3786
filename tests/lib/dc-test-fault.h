/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One call of the system's that fails, once, when the test says. A test
 * numbers the calls that it puts its own functions in front of, by the linker's
 * --wrap (meson.build); each of those asks whether it is to fail. Any thread, but
 * never two at once. */

/* Declares the real one and the one in front of it. The names are those that
 * the compiler makes where file sizes have 64 bits: open64. */
#define DC_TEST_WRAPPED(type, name, ...) \
  type __real_ ## name (__VA_ARGS__); \
  type __wrap_ ## name (__VA_ARGS__)

/* After @after more of @call, the next fails with @number. */
void     dc_test_fault_arm       (guint call,
                                  guint after,
                                  int   number);
void     dc_test_fault_disarm    (void);
/* Whether this @call is the one; then errno is set. */
gboolean dc_test_fault_hits      (guint call);
/* Whether it has failed since it was armed. */
gboolean dc_test_fault_delivered (void);

G_END_DECLS
