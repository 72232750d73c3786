/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-bech32.h"

#include <sodium.h>
#include <string.h>

#include "dc-crypto.h"

#define CHECKSUM_LENGTH 6

static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_BECH32, "Not a Bech32 text: %s", why);

  return FALSE;
}

static guint32
checksum_add (guint32 checksum,
              guint8  value)
{
  static const guint32 generator[] = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3,
  };
  guint32 top = checksum >> 25;

  checksum = ((checksum & 0x1ffffff) << 5) ^ value;
  for (guint i = 0; i < G_N_ELEMENTS (generator); i++)
    if ((top >> i) & 1)
      checksum ^= generator[i];

  return checksum;
}

static guint32
checksum_begin (const char *prefix,
                gsize       length)
{
  guint32 checksum = 1;

  for (gsize i = 0; i < length; i++)
    checksum = checksum_add (checksum, (guint8) g_ascii_tolower (prefix[i]) >> 5);
  checksum = checksum_add (checksum, 0);
  for (gsize i = 0; i < length; i++)
    checksum = checksum_add (checksum, (guint8) g_ascii_tolower (prefix[i]) & 31);

  return checksum;
}

static gboolean
check_characters (const char  *text,
                  gsize        length,
                  GError     **error)
{
  gboolean lower = FALSE;
  gboolean upper = FALSE;

  if (length > DC_BECH32_MAX_LENGTH)
    return refuse (error, "longer than 90 characters");

  for (gsize i = 0; i < length; i++) {
    if (text[i] < 33 || text[i] > 126)
      return refuse (error, "a character that cannot be in it");
    lower |= g_ascii_islower (text[i]);
    upper |= g_ascii_isupper (text[i]);
  }

  if (lower && upper)
    return refuse (error, "upper and lower case are mixed");

  return TRUE;
}

static gsize
find_separator (const char *text,
                gsize       length)
{
  for (gsize i = length; i > 0; i--)
    if (text[i - 1] == '1')
      return i - 1;

  return 0;
}

/* Text to values of five bits, checksum checked and left off. */
static gboolean
read_values (const char  *text,
             gsize        length,
             gsize        separator,
             guint8      *values,
             GError     **error)
{
  guint32 checksum = checksum_begin (text, separator);

  for (gsize i = separator + 1; i < length; i++) {
    const char *at = memchr (alphabet, g_ascii_tolower (text[i]), 32);

    if (at == NULL)
      return refuse (error, "a character that Bech32 does not use");
    values[i - separator - 1] = (guint8) (at - alphabet);
    checksum = checksum_add (checksum, (guint8) (at - alphabet));
  }

  if (checksum != 1)
    return refuse (error, "the checksum does not fit: a character was mistyped");

  return TRUE;
}

static gboolean
values_to_bytes (const guint8  *values,
                 gsize          n_values,
                 guint8        *data,
                 gsize          capacity,
                 gsize         *size,
                 GError       **error)
{
  guint32 bits = 0;
  guint n_bits = 0;

  if (n_values * 5 / 8 > capacity)
    return refuse (error, "too many bytes");

  *size = 0;
  for (gsize i = 0; i < n_values; i++) {
    bits = ((bits << 5) | values[i]) & 0xfff;
    n_bits += 5;
    if (n_bits >= 8) {
      n_bits -= 8;
      data[(*size)++] = (guint8) (bits >> n_bits);
    }
  }

  if (n_bits >= 5 || (bits & ((1u << n_bits) - 1)) != 0)
    return refuse (error, "the last character carries stray bits");

  return TRUE;
}

char *
dc_bech32_decode (const char  *text,
                  gsize        length,
                  guint8      *data,
                  gsize        capacity,
                  gsize       *size,
                  GError     **error)
{
  guint8 values[DC_BECH32_MAX_LENGTH];
  gsize separator;
  gboolean ok;

  g_return_val_if_fail (text != NULL && data != NULL && size != NULL, NULL);

  *size = 0;
  if (!check_characters (text, length, error))
    return NULL;

  separator = find_separator (text, length);
  if (separator < 1 || separator + 1 + CHECKSUM_LENGTH > length) {
    refuse (error, "the separator 1 is missing or out of place");
    return NULL;
  }

  ok = read_values (text, length, separator, values, error)
       && values_to_bytes (values, length - separator - 1 - CHECKSUM_LENGTH,
                           data, capacity, size, error);
  sodium_memzero (values, sizeof values);

  return ok ? g_strndup (text, separator) : NULL;
}

static gsize
bytes_to_values (const guint8 *data,
                 gsize         size,
                 guint8       *values)
{
  guint32 bits = 0;
  guint n_bits = 0;
  gsize n = 0;

  for (gsize i = 0; i < size; i++) {
    bits = ((bits << 8) | data[i]) & 0xfff;
    for (n_bits += 8; n_bits >= 5; n_bits -= 5)
      values[n++] = (bits >> (n_bits - 5)) & 31;
  }
  if (n_bits > 0)
    values[n++] = (bits << (5 - n_bits)) & 31;

  return n;
}

static void
append_checksum (const char *prefix,
                 guint8     *values,
                 gsize       n)
{
  guint32 checksum = checksum_begin (prefix, strlen (prefix));

  for (gsize i = 0; i < n; i++)
    checksum = checksum_add (checksum, values[i]);
  for (guint i = 0; i < CHECKSUM_LENGTH; i++)
    checksum = checksum_add (checksum, 0);
  checksum ^= 1;
  for (guint i = 0; i < CHECKSUM_LENGTH; i++)
    values[n + i] = (checksum >> (5 * (CHECKSUM_LENGTH - 1 - i))) & 31;
}

char *
dc_bech32_encode (const char   *prefix,
                  const guint8 *data,
                  gsize         size)
{
  guint8 values[DC_BECH32_MAX_LENGTH];
  g_autoptr (GError) error = NULL;
  gsize prefix_length = strlen (prefix);
  gboolean upper = FALSE;
  gsize n;
  char *text;

  if (prefix_length < 1 || prefix_length > DC_BECH32_MAX_LENGTH || size > DC_BECH32_MAX_BYTES
      || prefix_length + 1 + (size * 8 + 4) / 5 + CHECKSUM_LENGTH > DC_BECH32_MAX_LENGTH
      || !check_characters (prefix, prefix_length, &error))
    return NULL;

  for (const char *c = prefix; *c != '\0'; c++)
    upper |= g_ascii_isupper (*c);

  n = bytes_to_values (data, size, values);
  append_checksum (prefix, values, n);
  n += CHECKSUM_LENGTH;

  text = g_malloc0 (prefix_length + 1 + n + 1);
  memcpy (text, prefix, prefix_length);
  text[prefix_length] = '1';
  for (gsize i = 0; i < n; i++)
    text[prefix_length + 1 + i] = upper ? g_ascii_toupper (alphabet[values[i]]) : alphabet[values[i]];
  sodium_memzero (values, sizeof values);

  return text;
}
