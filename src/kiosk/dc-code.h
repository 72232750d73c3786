/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"
#include "dc-qr-view.h"

G_BEGIN_DECLS

/* Shows the giving code in @view, in the page's language. @amount and
 * @reference may be NULL: the plain way to the giving page. */
void dc_code_show_giving (DcQrView      *view,
                          DcPage        *page,
                          const DcMoney *amount,
                          DcFrequency    frequency,
                          const char    *reference);
/* Shows the code of the appeal's page, or of the film's. FALSE where the
 * campaign has none. */
gboolean dc_code_show_appeal (DcQrView  *view,
                              DcPage    *page,
                              gboolean   film);
/* The codes that donors can see in @language, one after the other from 0, the
 * giving code also with the largest gift in it. FALSE: there are no more. One
 * that cannot be drawn leaves @view without a symbol. */
gboolean dc_code_show_nth    (DcQrView   *view,
                              DcPage     *page,
                              const char *language,
                              guint       nth);

G_END_DECLS
