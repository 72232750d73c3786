/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-bare.h"

#include <curl/curl.h>
#include <string.h>

/* One PUT and one GET a bundle, over a connection that stays. */

typedef struct
{
  GBytes     *bundle;
  gsize       sent;
  GByteArray *found;
} Transfer;

static gsize
give (char  *data,
      gsize  size,
      gsize  n,
      void  *user_data)
{
  Transfer *self = user_data;
  gsize room = MIN (size * n, g_bytes_get_size (self->bundle) - self->sent);

  memcpy (data, (const char *) g_bytes_get_data (self->bundle, NULL) + self->sent, room);
  self->sent += room;

  return room;
}

static gsize
take (char  *data,
      gsize  size,
      gsize  n,
      void  *user_data)
{
  Transfer *self = user_data;

  g_byte_array_append (self->found, (const guint8 *) data, (guint) (size * n));

  return size * n;
}

static CURL *
connection_new (const DcBarePlace *place)
{
  struct curl_blob authority = { place->authority, strlen (place->authority), CURL_BLOB_COPY };
  CURL *easy = curl_easy_init ();

  curl_easy_setopt (easy, CURLOPT_CAINFO_BLOB, &authority);
  curl_easy_setopt (easy, CURLOPT_USERNAME, place->user);
  curl_easy_setopt (easy, CURLOPT_PASSWORD, place->password);
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (easy, CURLOPT_READFUNCTION, give);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, take);

  return easy;
}

static void
ask (CURL       *easy,
     const char *url)
{
  curl_easy_setopt (easy, CURLOPT_URL, url);
  g_assert_cmpint (curl_easy_perform (easy), ==, CURLE_OK);
}

static void
prove (CURL       *easy,
       const char *url,
       GBytes     *bundle)
{
  Transfer transfer = { .bundle = bundle, .found = g_byte_array_new () };
  struct curl_slist *headers = curl_slist_append (NULL, "Expect:");
  gsize size;
  const void *data = g_bytes_get_data (bundle, &size);

  curl_easy_setopt (easy, CURLOPT_READDATA, &transfer);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t) size);
  ask (easy, url);

  g_byte_array_set_size (transfer.found, 0);   /* what was said to the PUT */
  curl_easy_setopt (easy, CURLOPT_UPLOAD, 0L);
  curl_easy_setopt (easy, CURLOPT_HTTPGET, 1L);
  ask (easy, url);
  g_assert_cmpuint (transfer.found->len, ==, size);
  dc_bare_compare (data, transfer.found->data, size);
  g_byte_array_unref (transfer.found);
  curl_slist_free_all (headers);
}

double
dc_bare_webdav (const DcBarePlace *place,
                const char        *folder,
                GPtrArray         *bundles)
{
  CURL *easy = connection_new (place);
  Transfer first = { .found = g_byte_array_new () };
  gint64 begin;
  double seconds;

  /* The connection stands before anything is counted. That there is no such page
   * does not matter. */
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, &first);
  ask (easy, place->address);
  g_byte_array_unref (first.found);
  curl_easy_setopt (easy, CURLOPT_FAILONERROR, 1L);
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < bundles->len; i++) {
    g_autofree char *url = g_strdup_printf ("%sbare-%u", place->address, i);

    prove (easy, url, bundles->pdata[i]);
  }
  seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  curl_easy_cleanup (easy);

  return seconds;
}
