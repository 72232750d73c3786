/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-manifest.h"

#include <string.h>

#define HEX "0123456789abcdef"
#define DIGITS "0123456789"
#define NAME "abcdefghijklmnopqrstuvwxyz0123456789._-"
#define CAMPAIGN "abcdefghijklmnopqrstuvwxyz0123456789-"

#define FOUND_MAX 60
#define NAME_MAX_BYTES 64

gboolean
dc_pack_refuse (GError      **error,
                DcPackError   code,
                const char   *file,
                const char   *found,
                const char   *format,
                ...)
{
  g_autofree char *expected = NULL;
  g_autofree char *valid = g_utf8_make_valid (found != NULL ? found : "", -1);
  g_autofree char *shown = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), FOUND_MAX));
  gboolean cut = strlen (shown) < strlen (valid);
  va_list args;

  for (char *p = shown; *p != '\0'; p++) {
    if (g_ascii_iscntrl (*p))
      *p = '?';
  }

  va_start (args, format);
  expected = g_strdup_vprintf (format, args);
  va_end (args);
  if (found != NULL)
    g_set_error (error, DC_PACK_ERROR, code, "%s: found “%s%s”, expected %s",
                 file, shown, cut ? "…" : "", expected);
  else
    g_set_error (error, DC_PACK_ERROR, code, "%s: found nothing, expected %s", file, expected);

  return FALSE;
}

static gboolean
refuse_line (GError      **error,
             DcPackError   code,
             guint         line,
             const char   *found,
             const char   *expected)
{
  g_autofree char *where = g_strdup_printf ("manifest: line %u", line);

  return dc_pack_refuse (error, code, where, found, "%s", expected);
}

static gboolean
is_made_of (const char *text,
            const char *characters,
            gsize       minimum,
            gsize       maximum)
{
  gsize length = strlen (text);

  return length >= minimum && length <= maximum && strspn (text, characters) == length;
}

/* One spelling for one number: no sign, no leading zero. */
static gboolean
parse_number (const char *text,
              guint64    *number)
{
  if (!is_made_of (text, DIGITS, 1, 10) || (text[0] == '0' && text[1] != '\0'))
    return FALSE;
  *number = g_ascii_strtoull (text, NULL, 10);

  return TRUE;
}

gboolean
dc_manifest_name_good (const char *name)
{
  static const char * const never_listed[] = {
    "manifest", "manifest.minisig", "pack.pub", NULL,
  };

  return is_made_of (name, NAME, 1, NAME_MAX_BYTES) && name[0] != '.' &&
         !g_strv_contains (never_listed, name);
}

static gboolean
parse_head (DcManifest          *self,
            const char * const  *lines,
            GError             **error)
{
  guint64 serial;

  if (strcmp (lines[0], "daily-cup pack 1") != 0)
    return refuse_line (error, DC_PACK_ERROR_MANIFEST, 1, lines[0],
                        "“daily-cup pack 1” (a later format needs a later Daily Cup)");
  if (!g_str_has_prefix (lines[1], "campaign ") ||
      !is_made_of (lines[1] + strlen ("campaign "), CAMPAIGN, 1, NAME_MAX_BYTES))
    return refuse_line (error, DC_PACK_ERROR_MANIFEST, 2, lines[1],
                        "“campaign” and 1 to 64 of a-z, 0-9 and -");
  if (!g_str_has_prefix (lines[2], "serial ") ||
      !parse_number (lines[2] + strlen ("serial "), &serial) ||
      serial < 1 || serial > G_MAXINT32)
    return refuse_line (error, DC_PACK_ERROR_MANIFEST, 3, lines[2],
                        "“serial” and a number from 1 to 2147483647");

  g_strlcpy (self->campaign, lines[1] + strlen ("campaign "), sizeof self->campaign);
  self->serial = (guint) serial;

  return TRUE;
}

static void
parse_hex (const char *hex,
           guint8      bytes[static 32])
{
  for (gsize i = 0; i < 32; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4
                         | g_ascii_xdigit_value (hex[2 * i + 1]));
}

static gboolean
parse_file (DcManifestFile  *file,
            const char      *line,
            guint            number,
            GError         **error)
{
  g_auto (GStrv) parts = g_strsplit (line, "  ", 3);
  guint64 size;

  if (g_strv_length (parts) != 3 || !is_made_of (parts[0], HEX, 64, 64) ||
      !parse_number (parts[1], &size))
    return refuse_line (error, DC_PACK_ERROR_MANIFEST, number, line,
                        "“SHA256HEX  SIZE  NAME”");
  if (!dc_manifest_name_good (parts[2]))
    return refuse_line (error, DC_PACK_ERROR_MANIFEST, number, parts[2],
                        "a file name of 1 to 64 of a-z, 0-9, ., _ and -");
  if (size > DC_MANIFEST_MAX_FILE)
    return refuse_line (error, DC_PACK_ERROR_TOO_LARGE, number, parts[1],
                        "a file of at most 4194304 bytes");

  parse_hex (parts[0], file->sha256);
  file->size = (gsize) size;
  g_strlcpy (file->name, parts[2], sizeof file->name);

  return TRUE;
}

/* @first: the line number of lines[0]. */
static gboolean
parse_files (DcManifest          *self,
             const char * const  *lines,
             guint                n_lines,
             guint                first,
             GError             **error)
{
  gsize total = 0;

  if (n_lines < 1)
    return refuse_line (error, DC_PACK_ERROR_MANIFEST, first, NULL, "at least one file");
  if (n_lines > DC_MANIFEST_MAX_FILES)
    return refuse_line (error, DC_PACK_ERROR_TOO_LARGE, first + DC_MANIFEST_MAX_FILES,
                        lines[DC_MANIFEST_MAX_FILES], "at most 64 files");

  for (guint i = 0; i < n_lines; i++) {
    if (!parse_file (&self->files[i], lines[i], first + i, error))
      return FALSE;
    if (i > 0 && strcmp (self->files[i - 1].name, self->files[i].name) >= 0)
      return refuse_line (error, DC_PACK_ERROR_MANIFEST, first + i, self->files[i].name,
                          "names sorted, and none twice");
    total += self->files[i].size;
    if (total > DC_MANIFEST_MAX_TOTAL)
      return refuse_line (error, DC_PACK_ERROR_TOO_LARGE, first + i, lines[i],
                          "at most 16777216 bytes in all");
  }
  self->n_files = n_lines;

  return TRUE;
}

gboolean
dc_manifest_parse (DcManifest  *self,
                   const char  *text,
                   gsize        length,
                   GError     **error)
{
  g_autofree char *copy = NULL;
  g_auto (GStrv) lines = NULL;
  guint n;

  memset (self, 0, sizeof *self);
  if (length > DC_MANIFEST_MAX_BYTES)
    return dc_pack_refuse (error, DC_PACK_ERROR_TOO_LARGE, "manifest", "more",
                           "at most %d bytes", DC_MANIFEST_MAX_BYTES);
  if (length == 0 || text[length - 1] != '\n' || memchr (text, '\0', length) != NULL)
    return dc_pack_refuse (error, DC_PACK_ERROR_MANIFEST, "manifest", NULL,
                           "lines of text, the last one ended too");

  copy = g_strndup (text, length - 1);
  lines = g_strsplit (copy, "\n", -1);
  n = g_strv_length (lines);
  if (n < 3)
    return dc_pack_refuse (error, DC_PACK_ERROR_MANIFEST, "manifest", lines[0],
                           "its format, campaign and serial");

  return parse_head (self, (const char * const *) lines, error) &&
         parse_files (self, (const char * const *) lines + 3, n - 3, 4, error);
}

const DcManifestFile *
dc_manifest_find (const DcManifest *self,
                  const char       *name)
{
  for (guint i = 0; i < self->n_files; i++) {
    if (strcmp (self->files[i].name, name) == 0)
      return &self->files[i];
  }

  return NULL;
}
