/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands where on the on-screen keyboard. Data and its reader; no GTK.
 * Any thread. */

typedef enum
{
  DC_KEY_TEXT,
  DC_KEY_SHIFT,
  DC_KEY_DELETE,
  DC_KEY_PAGE,    /* letters to symbols and back */
  DC_KEY_LATIN,   /* letters of the language to Latin ones and back */
  DC_KEY_SPACE,
  DC_KEY_NEXT,
  DC_KEY_HIDE,
} DcKeyKind;

typedef enum
{
  DC_KEY_PAGE_LETTERS,
  DC_KEY_PAGE_LATIN,     /* letters, Latin ones where the language has others */
  DC_KEY_PAGE_EMAIL,     /* Latin letters, and what an address needs */
  DC_KEY_PAGE_SYMBOLS,
  DC_KEY_PAGE_DIGITS,    /* for a telephone number */
  DC_N_KEY_PAGES,
} DcKeyPage;

#define DC_KEY_MAX_TEXT 32

/* One key. Places are in halves of a letter key's width. */
typedef struct
{
  DcKeyKind kind;
  char      text[DC_KEY_MAX_TEXT];   /* what it types; only DC_KEY_TEXT and DC_KEY_SPACE */
  int       row;
  int       column;
  int       span;
} DcKeySpec;

typedef struct
{
  GArray *keys;      /* of DcKeySpec, in reading order */
  int     rows;
  int     columns;   /* halves */
} DcKeyLayout;

/* The layout of a language ("fr", "fr_CH", "fr-CH"), English for one that has
 * none. @narrow: at most seven letters a row, for 360 pixels; there the
 * letters stand in the order of the alphabet. */
DcKeyLayout *dc_key_layout_new         (const char   *language,
                                        DcKeyPage     page,
                                        gboolean      narrow);
void         dc_key_layout_free        (DcKeyLayout  *layout);

/* The relatives of a key, offered while it is held, those of @language first;
 * at most DC_KEY_MAX_ACCENTS. NULL: none. @text in lower case. */
char       **dc_key_layout_get_accents (const char   *language,
                                        const char   *text);

#define DC_KEY_MAX_ACCENTS 7

/* The word for the key that goes back to the language's own letters; NULL:
 * those are Latin. */
const char *dc_key_layout_get_script (const char *language);
/* The language is written in other letters than the keyboard has for it, as
 * Chinese: whoever types gets Latin ones, and is to be told. */
gboolean    dc_key_layout_lacks_letters (const char *language);

/* Languages with a layout of their own; ends with NULL. */
const char * const *dc_key_layout_get_languages (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcKeyLayout, dc_key_layout_free)

G_END_DECLS
