/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-money.h"

#include <string.h>

#define NO_BREAK_SPACE "\u00a0"
#define NARROW_NO_BREAK_SPACE "\u202f"

/* How a language writes a sum, after CLDR 42 (numbers, "standard" currency
 * pattern with the ISO code). */
typedef struct
{
  const char *language;
  gboolean    code_first;
  const char *group;
  const char *point;
  guint       smallest_grouped;   /* digits from which thousands are parted */
} Style;

/* A region stands before its language; the first line is for all others. */
static const Style styles[] = {
  { "en", TRUE, ",", ".", 4 },
  { "fr", FALSE, NARROW_NO_BREAK_SPACE, ",", 4 },
  { "es", FALSE, ".", ",", 5 },
  { "de-CH", TRUE, "’", ".", 4 },
  { "de-LI", TRUE, "’", ".", 4 },
  { "de", FALSE, ".", ",", 4 },
  { "it-CH", TRUE, "’", ".", 4 },
  { "it", FALSE, ".", ",", 5 },
  { "pt-PT", FALSE, NO_BREAK_SPACE, ",", 5 },
  { "pt", TRUE, ".", ",", 4 },
  { "ru", FALSE, NO_BREAK_SPACE, ",", 4 },
  { "uk", FALSE, NO_BREAK_SPACE, ",", 4 },
  { "tr", TRUE, ".", ",", 4 },
  { "ar", FALSE, ",", ".", 4 },
  { "zh", TRUE, ",", ".", 4 },
};

/* "fr" speaks for "fr-CH" too, but not for "frr". */
static gboolean
speaks_for (const char *style,
            const char *language)
{
  gsize length = strlen (style);

  return g_ascii_strncasecmp (style, language, length) == 0 &&
         strchr ("-_", language[length]) != NULL;
}

static const Style *
find_style (const char *language)
{
  for (gsize i = 0; language != NULL && i < G_N_ELEMENTS (styles); i++) {
    if (speaks_for (styles[i].language, language))
      return &styles[i];
  }

  return &styles[0];
}

/* @decimal as dc_money_to_decimal () writes it. */
static char *
group_decimal (const char  *decimal,
               const Style *style)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize whole = strcspn (decimal, ".");

  for (gsize i = 0; i < whole; i++) {
    if (i > 0 && (whole - i) % 3 == 0 && whole >= style->smallest_grouped)
      g_string_append (text, style->group);
    g_string_append_c (text, decimal[i]);
  }

  if (decimal[whole] == '.') {
    g_string_append (text, style->point);
    g_string_append (text, decimal + whole + 1);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
dc_money_format (const DcMoney *money,
                 const char    *language)
{
  const Style *style = find_style (language);
  g_autofree char *decimal = dc_money_to_decimal (money);
  g_autofree char *number = group_decimal (decimal, style);

  if (style->code_first)
    return g_strconcat (money->currency, NO_BREAK_SPACE, number, NULL);

  return g_strconcat (number, NO_BREAK_SPACE, money->currency, NULL);
}
