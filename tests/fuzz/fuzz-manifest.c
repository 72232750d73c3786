/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-manifest.h"

#include <string.h>

/* Any bytes: refused with a message that names the file, or a manifest that
 * written out again is the same bytes. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static char *
write_out (const DcManifest *manifest)
{
  g_autoptr (GString) text = g_string_new ("daily-cup pack 1\n");

  g_string_append_printf (text, "campaign %s\nserial %u\n", manifest->campaign, manifest->serial);
  for (guint i = 0; i < manifest->n_files; i++) {
    for (gsize j = 0; j < 32; j++)
      g_string_append_printf (text, "%02x", manifest->files[i].sha256[j]);
    g_string_append_printf (text, "  %" G_GSIZE_FORMAT "  %s\n",
                            manifest->files[i].size, manifest->files[i].name);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree DcManifest *manifest = g_new (DcManifest, 1);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!dc_manifest_parse (manifest, (const char *) data, size, &error)) {
    g_assert_true (g_str_has_prefix (error->message, "manifest"));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }

  g_assert_no_error (error);
  text = write_out (manifest);
  g_assert_cmpmem (text, strlen (text), data, size);

  return 0;
}
