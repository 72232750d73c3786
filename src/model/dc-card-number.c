/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finding payment card numbers in what people type.
 *
 * The text is first spelt in a small alphabet, one byte a character: a digit
 * of any script becomes '0' to '9', a Latin letter its capital, a blank, dash,
 * dot or slash ' ', a plus sign '+', and all else '#'. In that spelling
 *
 *   - a *group* is a run of digits,
 *   - a *series* is a run of groups with no more than three separators
 *     between two of them.
 *
 * A card number is 13 to 19 digits that begin where a group begins and end
 * where a group ends, and pass the Luhn check (ISO/IEC 7812-1, annex B). To
 * try every such stretch finds "4111 1111 1111 1111 12/27" as well, without
 * taking one number in two for a card as every stretch of digits would. In a
 * group of more than 19 digits any end is tried: that is a card number with
 * its expiry date run into it.
 *
 * Two kinds of long numbers are let through whole: an IBAN, which must have
 * its country's length and its check digits right, and an international phone
 * number, "+" or "00" and at most 15 digits to the end of the series.
 */

#include "dc-text.h"

#include <string.h>

#define CARD_MIN 13
#define CARD_MAX 19
#define SEPARATORS_MAX 3
#define IBAN_MAX 34
#define E164_MAX 15

/* Country and length of an IBAN (SWIFT's IBAN registry, release 99). */
static const char iban_lengths[] =
  "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27"
  "DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28"
  "IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22"
  "MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24"
  "SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

static char
spell (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  if (type == G_UNICODE_DECIMAL_NUMBER)
    return (char) ('0' + g_unichar_digit_value (c));
  if (c >= 0xff21 && c <= 0xff5a)
    c -= 0xff21 - 'A';                        /* full-width letters */
  if (c < 0x80 && g_ascii_isalpha ((char) c))
    return g_ascii_toupper ((char) c);
  if (c == '+' || c == 0xff0b)
    return '+';
  if (g_unichar_isspace (c) || type == G_UNICODE_DASH_PUNCTUATION ||
      type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT)
    return ' ';
  /* dot, slash, minus, middle dot, fraction slash, full-width dot and slash */
  if (c == '.' || c == '/' || c == 0x2212 || c == 0xb7 ||
      c == 0x2044 || c == 0xff0e || c == 0xff0f)
    return ' ';

  return '#';
}

static char *
spell_text (const char *text)
{
  char *valid = g_utf8_make_valid (text, -1);
  char *spelt = g_malloc (strlen (valid) + 1);
  gsize n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    spelt[n++] = spell (g_utf8_get_char (p));
  spelt[n] = '\0';
  dc_wipe_string (&valid);

  return spelt;
}

static gsize
iban_length (const char *country)
{
  for (const char *p = iban_lengths; *p != '\0'; p += 4) {
    if (p[0] == country[0] && p[1] == country[1])
      return (gsize) (p[2] - '0') * 10 + (gsize) (p[3] - '0');
  }

  return 0;
}

/* ISO 13616: modulo 97 with the first four characters moved to the end. */
static gboolean
iban_valid (const char *iban,
            gsize       length)
{
  guint remainder = 0;

  for (gsize i = 0; i < length; i++) {
    char c = iban[(i + 4) % length];

    if (g_ascii_isdigit (c))
      remainder = (remainder * 10 + (guint) (c - '0')) % 97;
    else
      remainder = (remainder * 100 + (guint) (c - 'A') + 10) % 97;
  }

  return remainder == 1;
}

/* Characters from @spelt on that are an IBAN, separators included; 0: none. */
static gsize
match_iban (const char *spelt)
{
  char iban[IBAN_MAX];
  gsize length, n = 0, i = 0;
  gboolean valid;

  if (!g_ascii_isalpha (spelt[0]) || !g_ascii_isalpha (spelt[1]))
    return 0;
  length = iban_length (spelt);

  while (n < length && (g_ascii_isalnum (spelt[i]) || spelt[i] == ' ')) {
    if (spelt[i] != ' ')
      iban[n++] = spelt[i];
    i++;
  }
  if (length == 0 || n < length || g_ascii_isalnum (spelt[i]))
    return 0;

  valid = iban_valid (iban, length);
  explicit_bzero (iban, sizeof iban);

  return valid ? i : 0;
}

/* Where the series that begins at @spelt ends, and how many digits it has. */
static gsize
match_series (const char *spelt,
              gsize      *n_digits)
{
  gsize end = 0;
  gsize i = 0;

  *n_digits = 0;
  while (g_ascii_isdigit (spelt[i])) {
    gsize separators;

    i += strspn (spelt + i, "0123456789");
    end = i;
    separators = strspn (spelt + i, " ");
    if (separators > SEPARATORS_MAX)
      break;
    i += separators;
  }
  for (i = 0; i < end; i++)
    *n_digits += spelt[i] != ' ';

  return end;
}

/* From right to left every second digit counts double, its digits added. Here
 * from left to right: both sums are kept and the last digit decides. */
typedef struct
{
  guint even;   /* sum where the digit read last counts double */
  guint odd;    /* sum where it counts once */
} Luhn;

static void
luhn_add (Luhn *luhn,
          char  c)
{
  guint digit = (guint) (c - '0');
  guint doubled = digit < 5 ? 2 * digit : 2 * digit - 9;
  guint even = luhn->odd + doubled;

  luhn->odd = luhn->even + digit;
  luhn->even = even;
}

/* Tries every stretch that begins with the group at @start. */
static gboolean
card_begins_at (const char *spelt,
                gsize       start,
                gsize       end)
{
  gboolean overlong = strspn (spelt + start, "0123456789") > CARD_MAX;
  Luhn luhn = { 0, 0 };
  guint n = 0;

  for (gsize i = start; i < end && n < CARD_MAX; i++) {
    gboolean last;

    if (spelt[i] == ' ')
      continue;
    luhn_add (&luhn, spelt[i]);
    n++;
    last = i + 1 == end || spelt[i + 1] == ' ' || overlong;
    if (n >= CARD_MIN && last && luhn.odd % 10 == 0)
      return TRUE;
  }

  return FALSE;
}

static gboolean
series_has_card (const char *spelt,
                 gsize       end)
{
  for (gsize i = 0; i < end; i++) {
    if (spelt[i] != ' ' && (i == 0 || spelt[i - 1] == ' ') &&
        card_begins_at (spelt, i, end))
      return TRUE;
  }

  return FALSE;
}

/* @before: the character before the series. */
static gboolean
is_phone (const char *spelt,
          char        before,
          gsize       n_digits)
{
  if (before == '+')
    return n_digits <= E164_MAX;

  return g_str_has_prefix (spelt, "00") && n_digits <= E164_MAX + 2;
}

static gboolean
spelt_has_card (const char *spelt)
{
  char before = '#';
  gsize i = 0;

  while (spelt[i] != '\0') {
    gsize n_digits, length = 0;

    if (!g_ascii_isalnum (before))
      length = match_iban (spelt + i);
    if (length == 0) {
      length = match_series (spelt + i, &n_digits);
      if (length > 0 && !is_phone (spelt + i, before, n_digits) &&
          series_has_card (spelt + i, length))
        return TRUE;
    }
    length = MAX (length, 1);
    if (spelt[i + length - 1] != ' ' || before != '+')
      before = spelt[i + length - 1];        /* "+ 41": still a plus sign */
    i += length;
  }

  return FALSE;
}

gboolean
dc_text_has_card_number (const char *text)
{
  g_autofree char *spelt = NULL;
  gboolean found;

  if (text == NULL)
    return FALSE;

  spelt = spell_text (text);
  found = spelt_has_card (spelt);
  dc_wipe_string (&spelt);

  return found;
}
