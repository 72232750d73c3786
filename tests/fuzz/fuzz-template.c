/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-uri-template.h"

#include <string.h>

/* The first line is the template, the second the value of "a"; "b" is empty
 * and "c" undefined. Whatever comes out is a URI's characters and no other. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
check_uri (const char *uri)
{
  g_assert_cmpuint (strlen (uri), <=, DC_URI_MAX_BYTES);
  for (; *uri != '\0'; uri++) {
    if (*uri == '%')
      g_assert_true (g_ascii_isxdigit (uri[1]) && g_ascii_isxdigit (uri[2]));
    else
      g_assert_true (g_ascii_isalnum (*uri) || strchr ("-._~:/?#[]@!$&'()*+,;=", *uri) != NULL);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char * const names[] = { "a", "b", "c", NULL };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  char *line_end = strchr (text, '\n');
  const char *values[] = { "", "", NULL };

  if (line_end != NULL) {
    *line_end = '\0';
    values[0] = line_end + 1;
  }

  uri = dc_uri_template_expand (text, names, values, &error);
  g_assert_true ((uri == NULL) == (error != NULL));
  if (uri != NULL)
    check_uri (uri);

  return 0;
}
