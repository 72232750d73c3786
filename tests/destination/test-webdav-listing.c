/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-delivery.h"
#include "dc-webdav-answer.h"
#include "dc-webdav-listing.h"

#define BEGIN "<?xml version='1.0'?><D:multistatus xmlns:D='DAV:'>"
#define END   "</D:multistatus>"

static char *
read_names (const char *xml)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = dc_webdav_listing_read (xml, strlen (xml), &error);
  g_autoptr (GString) joined = g_string_new (NULL);

  if (names == NULL) {
    g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE);
    return NULL;
  }
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", (char *) names->pdata[i]);

  return g_strdup (joined->str);
}

static void
test_last_parts (void)
{
  g_autofree char *names =
    read_names (BEGIN "<D:response><D:href>/dav/day-2026/</D:href></D:response>"
                "<D:response><D:href>https://example.org/dav/a%2db.jsonl</D:href></D:response>" END);

  g_assert_cmpstr (names, ==, "day-2026/ a-b.jsonl");
}

/* Some servers leave the slash away. */
static void
test_folders (void)
{
  g_autofree char *names =
    read_names (BEGIN "<D:response><D:href>/dav/a</D:href><D:propstat><D:prop><D:resourcetype><D:collection/>"
                "</D:resourcetype></D:prop></D:propstat></D:response>"
                "<D:response><D:href>/%C3%A9</D:href><D:propstat><D:prop><D:resourcetype><D:collection/>"
                "</D:resourcetype></D:prop></D:propstat></D:response>"
                "<D:response><D:href>/dav/b</D:href><D:propstat><D:prop><D:resourcetype/>"
                "</D:prop></D:propstat></D:response>" END);

  g_assert_cmpstr (names, ==, "a/ b");
}

/* Another's href, one that is deeper, a slash that was hidden, other scripts. */
static void
test_left_out (void)
{
  g_autofree char *names =
    read_names (BEGIN "<D:response><x:href xmlns:x='y'>/a</x:href><D:p><D:href>/b</D:href></D:p></D:response>"
                "<D:response><D:href>/c%2Fd</D:href></D:response>"
                "<D:response><D:href>/%C3%A9</D:href></D:response>" END);

  g_assert_cmpstr (names, ==, "");
}

static void
test_refused (void)
{
  static const char * const answers[] = {
    "", "<html/>", BEGIN, BEGIN "<a>" END, "<multistatus/>",
    "<!DOCTYPE x [<!ENTITY e 'e'>]>" "<D:multistatus xmlns:D='DAV:'/>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autofree char *names = read_names (answers[i]);

    g_assert_null (names);
  }
}

static void
test_codes (void)
{
  static const struct { long status; DcDeliveryError code; } answers[] = {
    { 302, DC_DELIVERY_ERROR_LOGIN_PAGE }, { 511, DC_DELIVERY_ERROR_LOGIN_PAGE },
    { 401, DC_DELIVERY_ERROR_CREDENTIAL }, { 403, DC_DELIVERY_ERROR_READ_ONLY },
    { 404, DC_DELIVERY_ERROR_GONE }, { 405, DC_DELIVERY_ERROR_TOO_OLD },
    { 413, DC_DELIVERY_ERROR_REJECTED }, { 429, DC_DELIVERY_ERROR_BUSY },
    { 503, DC_DELIVERY_ERROR_BUSY }, { 507, DC_DELIVERY_ERROR_FULL },
    { 299, DC_DELIVERY_ERROR_UNREADABLE }, { 418, DC_DELIVERY_ERROR_UNREADABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    g_assert_cmpint (dc_webdav_code (answers[i].status), ==, answers[i].code);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/webdav/listing/gives-the-last-part-of-each-address", test_last_parts);
  g_test_add_func ("/webdav/listing/tells-folders-from-files", test_folders);
  g_test_add_func ("/webdav/listing/leaves-out-what-is-no-name-of-ours", test_left_out);
  g_test_add_func ("/webdav/listing/refuses-what-is-no-listing", test_refused);
  g_test_add_func ("/webdav/answer/says-what-a-status-means", test_codes);

  return g_test_run ();
}
