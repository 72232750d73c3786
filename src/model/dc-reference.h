/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcReferenceKind:
 * @DC_REFERENCE_PLEDGE: of a pledge; its body never begins with S
 * @DC_REFERENCE_SCAN: of a code that was scanned and left no record; its body
 *   begins with S
 */
typedef enum
{
  DC_REFERENCE_PLEDGE,
  DC_REFERENCE_SCAN,
} DcReferenceKind;

/* "RF", two check digits, ten Crockford base32 characters. */
#define DC_REFERENCE_LENGTH 14
#define DC_REFERENCE_RANDOM 16

/* @random: fresh random bytes. (transfer full) */
char    *dc_reference_new    (DcReferenceKind kind,
                              const guint8    random[static DC_REFERENCE_RANDOM]);
/* ISO 11649: RF, two digits, 1 to 21 alphanumerics, modulo 97 = 1. */
gboolean dc_reference_valid  (const char     *reference);
/* Whether dc_reference_new () made it, or could have, for a scanned code. */
gboolean dc_reference_is_scan (const char    *reference);
/* "RF18 K7Q2 9WXM 4T" */
char    *dc_reference_in_fours (const char   *reference);

G_END_DECLS
