/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-campaign.h"
#include "dc-symbol.h"

G_BEGIN_DECLS

/**
 * DcStallPaper:
 *
 * What the papers of a stall are made of. Nothing is owned. Of a demonstration
 * they say so.
 */
typedef struct
{
  DcCampaign *campaign;
  const char *language;    /* of the appeal; the words of ours come in that of the process */
  GBytes     *logo;        /* as the pack has it */
  GBytes     *picture;     /* the same; for the poster */
  DcSymbol   *symbol;      /* the giving link; for the poster */
} DcStallPaper;

/* Each (transfer full): a PDF, for a day on which the tablet does not work.
 * DC_PRINT_ERROR, and librsvg's own of a picture. */

/* A3 (ISO 216): the appeal, the code to give with one's own phone, and its address. */
GBytes *dc_poster_draw         (const DcStallPaper  *paper,
                                GError             **error);
/* A5: a promise to be written by hand, what the kiosk asks and says; a front and
 * a back for each of @references (NULL-terminated). */
GBytes *dc_paper_form_draw     (const DcStallPaper  *paper,
                                const char * const  *references,
                                GError             **error);
/* A6: what a volunteer does, and whom they call. */
GBytes *dc_volunteer_card_draw (const DcStallPaper  *paper,
                                GError             **error);

G_END_DECLS
