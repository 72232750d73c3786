/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-webdav-files.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-webdav-answer.h"
#include "dc-webdav-listing.h"

/* An answer whose body is for nobody. */
#define MAX_REMARK 4096

#define LIST "<?xml version=\"1.0\" encoding=\"utf-8\"?>" \
  "<propfind xmlns=\"DAV:\"><prop><resourcetype/></prop></propfind>"

static gboolean
is_success (const DcWebdavAnswer *answer)
{
  return answer->status >= 200 && answer->status < 300;
}

DcWebdavRead
dc_webdav_read (DcWebdavLine  *line,
                const char    *path,
                gsize          limit,
                DcTransfer    *transfer,
                GBytes       **content,
                GError       **error)
{
  DcWebdavRequest request = { .method = "GET", .path = path, .limit = limit };
  g_auto (DcWebdavAnswer) answer = { 0 };

  if (!dc_webdav_line_ask (line, &request, transfer, &answer, error))
    return DC_WEBDAV_FAILED;
  if (answer.status == 404 || answer.status == 410)
    return DC_WEBDAV_ABSENT;
  if (answer.status != 200 || answer.html) {
    dc_webdav_refuse (&request, &answer, transfer, error);
    return DC_WEBDAV_FAILED;
  }
  if (answer.body->len > limit)
    return DC_WEBDAV_PASSED;
  *content = g_byte_array_free_to_bytes (g_steal_pointer (&answer.body));

  return DC_WEBDAV_READ;
}

static char *
new_temporary (void)
{
  guint8 random[32];
  char hex[DC_CRYPTO_HEX_SIZE];

  dc_crypto_random (random, sizeof random);
  dc_crypto_to_hex (random, hex);

  return g_strdup_printf ("daily-cup-%.32s.new", hex);
}

/* Next to @path. (transfer full) */
static char *
temporary_for (const char *path)
{
  g_autofree char *name = new_temporary ();
  const char *slash = strrchr (path, '/');

  return slash == NULL ? g_steal_pointer (&name)
         : g_strdup_printf ("%.*s/%s", (int) (slash - path), path, name);
}

static gboolean
upload (DcWebdavLine    *line,
        const char      *path,
        GBytes          *content,
        DcTransfer      *transfer,
        DcWebdavAnswer  *answer,
        GError         **error)
{
  static const char * const headers[] = {
    "If-None-Match: *", "Content-Type: application/octet-stream", NULL,
  };
  DcWebdavRequest request = { "PUT", path, headers, content, MAX_REMARK };

  return dc_webdav_line_ask (line, &request, transfer, answer, error)
         && (is_success (answer) || answer->status == 412
             || dc_webdav_refuse (&request, answer, transfer, error));
}

static gboolean
move (DcWebdavLine    *line,
      const char      *from,
      const char      *to,
      DcTransfer      *transfer,
      DcWebdavAnswer  *answer,
      GError         **error)
{
  g_autofree char *address = g_strconcat (dc_webdav_line_get_address (line), to, NULL);
  g_autofree char *target = g_strconcat ("Destination: ", address, NULL);
  const char * const headers[] = { target, "Overwrite: F", NULL };
  DcWebdavRequest request = { "MOVE", from, headers, NULL, MAX_REMARK };

  return dc_webdav_line_ask (line, &request, transfer, answer, error);
}

/* 401 too: so Apache says it of a user who is known and may do other things. */
static gboolean
is_denied (const DcWebdavAnswer *answer)
{
  return answer->status == 401 || answer->status == 403 || answer->status == 405 || answer->status == 501;
}

/* By moving what is not there: who may not, hears so before anything is left
 * behind under a temporary name that could not be removed. */
static gboolean
find_way (DcWebdavLine  *line,
          DcWebdavWay   *way,
          DcTransfer    *transfer,
          GError       **error)
{
  g_autofree char *from = new_temporary ();
  g_autofree char *to = new_temporary ();
  g_auto (DcWebdavAnswer) answer = { 0 };

  if (*way != DC_WEBDAV_MOVES_UNKNOWN)
    return TRUE;
  if (!move (line, from, to, transfer, &answer, error))
    return FALSE;
  if (is_denied (&answer))
    *way = DC_WEBDAV_CREATES_ONLY;
  else if (answer.status == 404 || answer.status == 409)
    *way = DC_WEBDAV_MOVES;
  else      /* busy, or somebody else who answers: says nothing of the server */
    return dc_webdav_refuse (&(DcWebdavRequest) { .method = "MOVE", .path = from }, &answer,
                             transfer, error);

  return TRUE;
}

static DcWebdavWrite
write_directly (DcWebdavLine  *line,
                const char    *path,
                GBytes        *content,
                DcTransfer    *transfer,
                GError       **error)
{
  g_auto (DcWebdavAnswer) answer = { 0 };

  if (!upload (line, path, content, transfer, &answer, error))
    return DC_WEBDAV_WRITE_FAILED;

  return answer.status == 412 ? DC_WEBDAV_WRITE_TAKEN : DC_WEBDAV_WRITTEN;
}

DcWebdavWrite
dc_webdav_write (DcWebdavLine  *line,
                 const char    *path,
                 GBytes        *content,
                 DcWebdavWay   *way,
                 DcTransfer    *transfer,
                 GError       **error)
{
  g_autofree char *temporary = temporary_for (path);
  g_auto (DcWebdavAnswer) answer = { 0 };
  DcWebdavWrite written;

  if (!find_way (line, way, transfer, error))
    return DC_WEBDAV_WRITE_FAILED;
  if (*way == DC_WEBDAV_CREATES_ONLY)
    return write_directly (line, path, content, transfer, error);

  /* Taken already, or gone already: libcurl repeats by itself a request whose
   * connection was closed unanswered, and the first had been carried out. */
  written = write_directly (line, temporary, content, transfer, error);
  if (written == DC_WEBDAV_WRITE_FAILED || !move (line, temporary, path, transfer, &answer, error))
    return DC_WEBDAV_WRITE_FAILED;
  if (is_success (&answer) || answer.status == 404)
    return DC_WEBDAV_WRITTEN;

  dc_webdav_delete (line, temporary, transfer, NULL);
  if (answer.status == 412)
    return DC_WEBDAV_WRITE_TAKEN;
  if (is_denied (&answer)) {
    *way = DC_WEBDAV_CREATES_ONLY;
    return write_directly (line, path, content, transfer, error);
  }
  dc_webdav_refuse (&(DcWebdavRequest) { .method = "MOVE", .path = temporary }, &answer, transfer, error);

  return DC_WEBDAV_WRITE_FAILED;
}

gboolean
dc_webdav_make_folders (DcWebdavLine  *line,
                        const char    *path,
                        DcTransfer    *transfer,
                        GError       **error)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GString) folder = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++) {
    DcWebdavRequest request = { .method = "MKCOL", .limit = MAX_REMARK };
    g_auto (DcWebdavAnswer) answer = { 0 };

    g_string_append_printf (folder, "%s/", parts[i]);
    request.path = folder->str;
    if (!dc_webdav_line_ask (line, &request, transfer, &answer, error))
      return FALSE;
    if (answer.status != 201 && answer.status != 403 && answer.status != 405 && answer.status != 409)
      return dc_webdav_refuse (&request, &answer, transfer, error);
  }

  return TRUE;
}

gboolean
dc_webdav_set_aside (DcWebdavLine  *line,
                     const char    *path,
                     DcTransfer    *transfer,
                     GError       **error)
{
  g_autofree char *to = g_strconcat (path, ".unreadable", NULL);
  g_auto (DcWebdavAnswer) answer = { 0 };

  if (!dc_webdav_delete (line, to, transfer, error)
      || !move (line, path, to, transfer, &answer, error))
    return FALSE;

  return is_success (&answer) || answer.status == 404
         || dc_webdav_refuse (&(DcWebdavRequest) { .method = "MOVE", .path = path }, &answer,
                              transfer, error);
}

GPtrArray *
dc_webdav_list (DcWebdavLine  *line,
                const char    *path,
                DcTransfer    *transfer,
                GError       **error)
{
  static const char * const headers[] = { "Depth: 1", "Content-Type: application/xml", NULL };
  g_autofree char *folder = *path != '\0' ? g_strconcat (path, "/", NULL) : g_strdup ("");
  g_autoptr (GBytes) body = g_bytes_new_static (LIST, strlen (LIST));
  DcWebdavRequest request = { "PROPFIND", folder, headers, body, DC_WEBDAV_MAX_LISTING };
  g_auto (DcWebdavAnswer) answer = { 0 };

  if (!dc_webdav_line_ask (line, &request, transfer, &answer, error))
    return NULL;
  if (answer.status == 404 && *path != '\0')
    return g_ptr_array_new_with_free_func (g_free);
  if (answer.status == 403 || answer.status == 405) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_TOO_OLD,
                         "PROPFIND: the server does not list its files");
    return NULL;
  }
  if (answer.status != 207 || answer.html) {
    dc_webdav_refuse (&request, &answer, transfer, error);
    return NULL;
  }

  return dc_webdav_listing_read ((const char *) answer.body->data, answer.body->len, error);
}

gboolean
dc_webdav_delete (DcWebdavLine  *line,
                  const char    *path,
                  DcTransfer    *transfer,
                  GError       **error)
{
  DcWebdavRequest request = { .method = "DELETE", .path = path, .limit = MAX_REMARK };
  g_auto (DcWebdavAnswer) answer = { 0 };

  return dc_webdav_line_ask (line, &request, transfer, &answer, error)
         && (answer.status == 200 || answer.status == 204 || answer.status == 404 || answer.status == 410
             || dc_webdav_refuse (&request, &answer, transfer, error));
}

gboolean
dc_webdav_may_delete (DcWebdavLine  *line,
                      DcTransfer    *transfer,
                      gboolean      *may,
                      GError       **error)
{
  g_autofree char *name = new_temporary ();
  DcWebdavRequest request = { .method = "DELETE", .path = name, .limit = MAX_REMARK };
  g_auto (DcWebdavAnswer) answer = { 0 };

  if (!dc_webdav_line_ask (line, &request, transfer, &answer, error))
    return FALSE;
  *may = answer.status == 404 || is_success (&answer);

  return TRUE;
}
