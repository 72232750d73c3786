/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bits as English words, for what people read to each other on the telephone
 * or copy by hand. A word stands for 11 bits, its place in the list of BIP-39;
 * its first four letters tell it from every other. */
#define DC_WORDLIST_SIZE        2048
#define DC_WORDLIST_BITS        11
#define DC_WORDLIST_MAX_WORDS   24

/* The first @n_words × 11 bits of @bytes, most significant bit first, as
 * lower-case words with one blank between two. @bytes has at least that many.
 * (transfer full) */
char *dc_wordlist_encode  (const guint8  *bytes,
                           gsize          size,
                           guint          n_words);
/* @n_words chosen by chance: 11 bits of secret each. The caller wipes it.
 * (transfer full) */
char *dc_wordlist_suggest (guint          n_words);
/* @text as somebody types it (capitals, commas, hyphens or blanks between,
 * words cut after their fourth letter) in the form of dc_wordlist_encode ().
 * DC_SEAL_ERROR_WORDS: another number of words, or one that is not in the
 * list. The message says which by its place and never quotes it. The caller
 * wipes the result where it is a secret. (transfer full) */
char *dc_wordlist_read    (const char    *text,
                           guint          n_words,
                           GError       **error);

/* What to say of such a text: how many words it has, and the place of the first
 * that is not in the list, from 1; 0 where each is. */
void  dc_wordlist_look    (const char    *text,
                           guint         *n_words,
                           guint         *unknown);

/* Fingerprints of public things. Eight words are 88 bits of the SHA-256 of
 * @context followed by @data. */
#define DC_FINGERPRINT_WORDS      8
#define DC_FINGERPRINT_PACK_KEY   "daily-cup/pack-key/1\n"    /* its line in pack.pub, without line feed */
#define DC_FINGERPRINT_RECIPIENTS "daily-cup/recipients/1\n"  /* dc_age_recipients_digest () */
#define DC_FINGERPRINT_TABLET     "daily-cup/tablet/1\n"      /* the 32 bytes of its public key */

/* (transfer full) */
char *dc_fingerprint      (const char    *context,
                           const void    *data,
                           gsize          size);

G_END_DECLS
