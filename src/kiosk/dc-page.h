/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dc-form.h"
#include "dc-kiosk.h"
#include "dc-visit.h"

G_BEGIN_DECLS

typedef enum
{
  DC_PAGE_WELCOME,
  DC_PAGE_AMOUNT,
  DC_PAGE_OTHER_AMOUNT,
  DC_PAGE_HOW,
  DC_PAGE_SCAN,
  DC_PAGE_SCANNED,
  DC_PAGE_HOPE,
  DC_PAGE_DETAILS,
  DC_PAGE_NOTICE,
  DC_PAGE_CHECK,
  DC_PAGE_THANKS,
  DC_PAGE_DELETED,
  DC_PAGE_PIN,
  DC_PAGE_STAFF,
  DC_PAGE_COORDINATOR,
  DC_PAGE_DRILL,
  DC_PAGE_COPY,
  DC_PAGE_SYNC,
  DC_PAGE_ATTENTION,
  DC_PAGE_STICK,
  DC_PAGE_CREDENTIAL,
  DC_PAGE_SHIFT,
  DC_PAGE_AGREE,
  DC_PAGE_HELP,
  DC_PAGE_EVENT,
  DC_PAGE_READY,
  DC_PAGE_WIPE,
  DC_N_PAGES
} DcPageId;

/**
 * DcPage:
 *
 * What fills the window: base class of all pages. A page is built for one
 * visit in one language and thrown away when either changes; what must last
 * is in the visit. It reaches the rest of the program by the actions of its
 * window ("kiosk.go", "kiosk.back", "kiosk.language") and by what it is given.
 */
#define DC_TYPE_PAGE (dc_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (DcPage, dc_page, DC, PAGE, GtkWidget)

struct _DcPageClass
{
  GtkWidgetClass parent_class;

  /* The page now has its kiosk and visit: fill it in. Chain up not needed. */
  void (*fill) (DcPage *self);
  /* The keyboard has come up, or has gone: what can wait makes room. */
  void (*make_room) (DcPage   *self,
                     gboolean  needed);
  /* The window has taken another form; also called once after fill. */
  void (*arrange) (DcPage *self,
                   DcForm  form);
};

/* A page, filled. (transfer floating) */
DcPage     *dc_page_new          (GType       type,
                                  DcKiosk    *kiosk,
                                  DcVisit    *visit);
DcKiosk    *dc_page_get_kiosk    (DcPage     *self);
DcVisit    *dc_page_get_visit    (DcPage     *self);
DcCampaign *dc_page_get_campaign (DcPage     *self);
const char *dc_page_get_language (DcPage     *self);
/* Leads to another page, with animation. */
void        dc_page_go           (DcPage     *self,
                                  DcPageId    to);
/* Whether the window still shows it: what comes back late to a page that was
 * left must not lead the next donor anywhere. */
gboolean    dc_page_is_current   (DcPage     *self);
void        dc_page_arrange      (DcPage     *self,
                                  DcForm      form);
void        dc_page_make_room    (DcPage     *self,
                                  gboolean    needed);
/* For screen readers a page begins at its heading: the first DcHeading of the
 * page takes the focus. */
void        dc_page_focus_heading (DcPage    *self);

G_END_DECLS
