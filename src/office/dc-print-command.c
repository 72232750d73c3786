/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-commands.h"

#include <glib/gi18n-lib.h>

#include "dc-crypto.h"
#include "dc-giving-link.h"
#include "dc-pack.h"
#include "dc-printout.h"
#include "dc-reference.h"
#include "dc-stall-paper.h"

/* A printer’s tray, and what a stall can need in a day. */
#define MAX_COUNT 500

/* gettext keeps what it has looked up; raising this counter is the documented
 * way to make it look again (gettext manual, "gettext grok"). */
extern int _nl_msg_cat_cntr;

typedef struct
{
  DcPrintout  printout;
  char       *pack;
  char       *language;
  int         count;
} Options;

static void
options_clear (Options *self)
{
  dc_printout_clear (&self->printout);
  g_clear_pointer (&self->pack, g_free);
  g_clear_pointer (&self->language, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* The papers are read by people at the stall, in a language of the appeal. */
static gboolean
choose_language (DcCampaign  *campaign,
                 const char **language,
                 GError     **error)
{
  const char * const *known = dc_campaign_get_languages (campaign);

  if (*language == NULL)
    *language = known[0];
  if (!g_strv_contains (known, *language)) {
    g_autofree char *all = g_strjoinv (", ", (char **) known);

    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED,
                 /* Translators: %1$s is a code as “de”, %2$s a list of such codes */
                 _("The appeal does not speak “%1$s”. Choose one of: %2$s."), *language, all);
    return FALSE;
  }

  return TRUE;
}

static void
speak (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  ++_nl_msg_cat_cntr;
}

static DcSymbol *
make_symbol (DcCampaign  *campaign,
             const char  *language,
             GError     **error)
{
  g_autofree char *link = dc_giving_link_new (campaign, language, NULL, DC_FREQUENCY_ONCE, NULL, error);

  return link != NULL ? dc_symbol_new (link, DC_GIVING_LINK_MAX_VERSION, error) : NULL;
}

static GBytes *
draw_poster (DcStallPaper  *paper,
             DcPack        *pack,
             GError       **error)
{
  g_autoptr (DcSymbol) symbol = make_symbol (paper->campaign, paper->language, error);

  if (symbol == NULL)
    return NULL;
  paper->symbol = symbol;
  paper->picture = dc_pack_get_file (pack, dc_campaign_get_story_picture (paper->campaign, 0));

  return dc_poster_draw (paper, error);
}

/* Each its own, so that a form that is typed twice is one promise. */
static GBytes *
draw_forms (const DcStallPaper  *paper,
            int                  count,
            GError             **error)
{
  g_auto (GStrv) references = g_new0 (char *, (gsize) count + 1);

  for (int i = 0; i < count; i++) {
    guint8 random[DC_REFERENCE_RANDOM];

    dc_crypto_random (random, sizeof random);
    references[i] = dc_reference_new (DC_REFERENCE_PLEDGE, random);
  }

  return dc_paper_form_draw (paper, (const char * const *) references, error);
}

static GBytes *
draw (const char     *what,
      const Options  *options,
      GError        **error)
{
  g_autoptr (DcPack) pack = dc_pack_load (options->pack, error);
  DcStallPaper paper = { .language = options->language };

  if (pack == NULL)
    return NULL;
  paper.campaign = dc_pack_get_campaign (pack);
  if (!choose_language (paper.campaign, &paper.language, error))
    return NULL;
  speak (paper.language);
  paper.logo = dc_pack_get_file (pack, dc_campaign_get_logo (paper.campaign));

  if (g_str_equal (what, "poster"))
    return draw_poster (&paper, pack, error);
  if (g_str_equal (what, "form"))
    return draw_forms (&paper, options->count, error);

  return dc_volunteer_card_draw (&paper, error);
}

static int
print (DcOffice      *office,
       const char    *what,
       const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (!dc_output_check (&options->printout.output, &error)
      || (pdf = draw (what, options, &error)) == NULL
      || !dc_printout_write (&options->printout, pdf, &error))
    return dc_office_fail (office, error);

  return DC_EXIT_OK;
}

static const char *
find_refusal (const Options *options,
              const char    *what)
{
  static const char * const known[] = { "card", "form", "poster", NULL };

  if (!g_strv_contains (known, what))
    return _("Choose one of: poster, form, card.");
  if (options->pack == NULL)
    return _("--pack is missing.");
  if (options->count < 1 || options->count > MAX_COUNT)
    return _("--count is a number from 1 to 500.");
  if (options->count > 1 && !g_str_equal (what, "form"))
    return _("--count is for forms: each has a reference of its own. Print the others as often as you need.");

  return dc_printout_refusal (&options->printout);
}

int
dc_print_command_run (DcOffice  *office,
                      int        argc,
                      char     **argv)
{
  g_auto (Options) options = { .count = 1 };
  const GOptionEntry entries[] = {
    DC_PRINTOUT_ENTRIES (&options.printout),
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &options.pack, N_("The appeal"), "PACK" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language,
      N_("A language of the appeal, such as fr; its first, where none is given"), N_("CODE") },
    { "count", 0, 0, G_OPTION_ARG_INT, &options.count, N_("How many forms, each with its reference"), N_("NUMBER") },
    { NULL }
  };
  const char *refusal;

  if (!dc_office_parse (office, entries, 1, 1, &argc, &argv))
    return DC_EXIT_USAGE;
  refusal = find_refusal (&options, argv[1]);
  if (refusal != NULL)
    return dc_office_refuse (office, refusal);

  return print (office, argv[1], &options);
}
