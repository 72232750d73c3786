/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A secret text to look for in the process's own memory: random, and kept only
 * inverted, so that each one that is found is a copy that somebody left.
 *
 * Not under a sanitizer, whose shadow memory is too large to look through. A
 * program of such tests begins by dc_test_needle_init (): the harness has freed
 * memory overwritten, which would hide a copy. */

/* Longer than a register of the processor: those are saved on the stack now and
 * then, and last held what was copied. */
#define DC_TEST_NEEDLE_LENGTH 100

void  dc_test_needle_init   (void);
/* Another text. */
void  dc_test_needle_choose (void);
/* The text, and no NUL behind it. */
void  dc_test_needle_write  (char *text);
/* How many copies there are, in memory that was freed as well. Allocates
 * nothing: that would write over what was freed. */
guint dc_test_needle_count  (void);

G_END_DECLS
