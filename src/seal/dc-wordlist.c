/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-wordlist.h"
#include "dc-wordlist-private.h"

#include <stdlib.h>
#include <string.h>

#include "dc-crypto.h"

/* Enough for a word to be itself alone. */
#define PREFIX_LENGTH 4

static guint
take_bits (const guint8 *bytes,
           guint         word)
{
  guint value = 0;

  for (guint bit = word * DC_WORDLIST_BITS; bit < (word + 1) * DC_WORDLIST_BITS; bit++)
    value = value << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1);

  return value;
}

char *
dc_wordlist_encode (const guint8 *bytes,
                    gsize         size,
                    guint         n_words)
{
  const char *words[DC_WORDLIST_MAX_WORDS + 1] = { NULL };

  g_return_val_if_fail (n_words > 0 && n_words <= DC_WORDLIST_MAX_WORDS, NULL);
  g_return_val_if_fail (size * 8 >= n_words * DC_WORDLIST_BITS, NULL);

  for (guint i = 0; i < n_words; i++)
    words[i] = dc_wordlist_english[take_bits (bytes, i)];

  return g_strjoinv (" ", (char **) words);
}

char *
dc_wordlist_suggest (guint n_words)
{
  guint8 bytes[DC_WORDLIST_MAX_WORDS * DC_WORDLIST_BITS / 8];
  char *words;

  dc_crypto_random (bytes, sizeof bytes);
  words = dc_wordlist_encode (bytes, sizeof bytes, n_words);
  dc_crypto_wipe (bytes, sizeof bytes);

  return words;
}

typedef struct
{
  const char *start;
  gsize       length;
} Word;

static int
compare (const void *key,
         const void *entry)
{
  const Word *word = key;
  const char *listed = *(const char * const *) entry;
  int order = g_ascii_strncasecmp (word->start, listed, word->length);

  /* Three letters may be a whole word, and the beginning of others. */
  if (order == 0 && word->length < PREFIX_LENGTH && listed[word->length] != '\0')
    return -1;

  return order;
}

static const char *
find (Word word)
{
  const char * const *found = bsearch (&word, dc_wordlist_english, DC_WORDLIST_SIZE,
                                       sizeof dc_wordlist_english[0], compare);

  return found != NULL ? *found : NULL;
}

/* The next run of letters, or an empty one at the end. */
static Word
take_word (const char **text)
{
  Word word;

  while (**text != '\0' && strchr (" \t\r\n,;.-", **text) != NULL)
    (*text)++;
  word.start = *text;
  while (**text != '\0' && strchr (" \t\r\n,;.-", **text) == NULL)
    (*text)++;
  word.length = (gsize) (*text - word.start);

  return word;
}

char *
dc_wordlist_read (const char  *text,
                  guint        n_words,
                  GError     **error)
{
  const char *words[DC_WORDLIST_MAX_WORDS + 1] = { NULL };
  guint count = 0;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (n_words > 0 && n_words <= DC_WORDLIST_MAX_WORDS, NULL);

  for (Word word = take_word (&text); word.length > 0; word = take_word (&text)) {
    if (count < n_words)
      words[count] = find (word);
    if (count < n_words && words[count] == NULL) {
      g_set_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_WORDS,
                   "word %u: not in the list of words", count + 1);
      return NULL;
    }
    count++;
  }

  if (count == n_words)
    return g_strjoinv (" ", (char **) words);

  g_set_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_WORDS,
               "found %u words, expected %u", count, n_words);

  return NULL;
}

void
dc_wordlist_look (const char *text,
                  guint      *n_words,
                  guint      *unknown)
{
  g_return_if_fail (text != NULL && n_words != NULL && unknown != NULL);

  *n_words = *unknown = 0;
  for (Word word = take_word (&text); word.length > 0; word = take_word (&text)) {
    (*n_words)++;
    if (*unknown == 0 && find (word) == NULL)
      *unknown = *n_words;
  }
}

char *
dc_fingerprint (const char *context,
                const void *data,
                gsize       size)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  guint8 digest[32];

  g_return_val_if_fail (context != NULL, NULL);

  g_byte_array_append (message, (const guint8 *) context, (guint) strlen (context));
  g_byte_array_append (message, data, (guint) size);
  dc_crypto_sha256 (message->data, message->len, digest);

  return dc_wordlist_encode (digest, sizeof digest, DC_FINGERPRINT_WORDS);
}
