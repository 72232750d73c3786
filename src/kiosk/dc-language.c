/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-language.h"

#include "config.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

/* gettext keeps what it has looked up; raising this counter is the documented
 * way to make it look again (gettext manual, "gettext grok"). */
extern int _nl_msg_cat_cntr;

typedef struct
{
  const char *code;
  const char *own_name;
  gboolean    right_to_left;
} Language;

static const Language languages[] = {
  { "ar", "العربية", TRUE },
  { "de", "Deutsch", FALSE },
  { "en", "English", FALSE },
  { "es", "Español", FALSE },
  { "fr", "Français", FALSE },
  { "it", "Italiano", FALSE },
  { "pt", "Português", FALSE },
  { "ru", "Русский", FALSE },
  { "zh", "中文", FALSE },
};

static const Language *
find (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].code, code))
      return &languages[i];

  return NULL;
}

static gboolean
speaks_utf8 (int category)
{
  const char *locale = setlocale (category, NULL);

  return locale != NULL && strstr (locale, "UTF-8") != NULL;
}

void
dc_language_init (void)
{
  const char *folder = g_getenv ("DAILY_CUP_LOCALEDIR");

  /* In the plain C locale, which is that of a service, gettext translates
   * nothing at all; and gtk_init () would go back to it. */
  setlocale (LC_ALL, "");
  if (!speaks_utf8 (LC_CTYPE) || !speaks_utf8 (LC_MESSAGES))
    setlocale (LC_ALL, "C.UTF-8");
  gtk_disable_setlocale ();

  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : DC_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  /* No textdomain (): with it GLib may decide once and for all that templates
   * are not to be translated, from the language of the start. */
}

void
dc_language_use (const char *language)
{
  const Language *known = find (language);

  g_setenv ("LANGUAGE", language, TRUE);
  ++_nl_msg_cat_cntr;
  gtk_widget_set_default_direction (known != NULL && known->right_to_left
                                    ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}

const char *
dc_language_own_name (const char *language)
{
  const Language *known = find (language);

  return known != NULL ? known->own_name : language;
}
