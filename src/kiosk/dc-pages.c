/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pages.h"

#include "dc-agree-page.h"
#include "dc-amount-page.h"
#include "dc-attention-page.h"
#include "dc-check-page.h"
#include "dc-coordinator-page.h"
#include "dc-copy-page.h"
#include "dc-credential-page.h"
#include "dc-deleted-page.h"
#include "dc-details-page.h"
#include "dc-drill-page.h"
#include "dc-event-page.h"
#include "dc-help-page.h"
#include "dc-hope-page.h"
#include "dc-how-page.h"
#include "dc-notice-page.h"
#include "dc-other-amount-page.h"
#include "dc-pin-page.h"
#include "dc-ready-page.h"
#include "dc-scan-page.h"
#include "dc-scanned-page.h"
#include "dc-shift-page.h"
#include "dc-staff-page.h"
#include "dc-stick-page.h"
#include "dc-sync-page.h"
#include "dc-thanks-page.h"
#include "dc-welcome-page.h"
#include "dc-wipe-page.h"

GType
dc_pages_type (DcPageId id)
{
  switch (id) {
  case DC_PAGE_WELCOME:
    return DC_TYPE_WELCOME_PAGE;
  case DC_PAGE_AMOUNT:
    return DC_TYPE_AMOUNT_PAGE;
  case DC_PAGE_OTHER_AMOUNT:
    return DC_TYPE_OTHER_AMOUNT_PAGE;
  case DC_PAGE_HOW:
    return DC_TYPE_HOW_PAGE;
  case DC_PAGE_SCAN:
    return DC_TYPE_SCAN_PAGE;
  case DC_PAGE_SCANNED:
    return DC_TYPE_SCANNED_PAGE;
  case DC_PAGE_HOPE:
    return DC_TYPE_HOPE_PAGE;
  case DC_PAGE_DETAILS:
    return DC_TYPE_DETAILS_PAGE;
  case DC_PAGE_NOTICE:
    return DC_TYPE_NOTICE_PAGE;
  case DC_PAGE_CHECK:
    return DC_TYPE_CHECK_PAGE;
  case DC_PAGE_THANKS:
    return DC_TYPE_THANKS_PAGE;
  case DC_PAGE_DELETED:
    return DC_TYPE_DELETED_PAGE;
  case DC_PAGE_PIN:
    return DC_TYPE_PIN_PAGE;
  case DC_PAGE_STAFF:
    return DC_TYPE_STAFF_PAGE;
  case DC_PAGE_COORDINATOR:
    return DC_TYPE_COORDINATOR_PAGE;
  case DC_PAGE_COPY:
    return DC_TYPE_COPY_PAGE;
  case DC_PAGE_DRILL:
    return DC_TYPE_DRILL_PAGE;
  case DC_PAGE_SYNC:
    return DC_TYPE_SYNC_PAGE;
  case DC_PAGE_ATTENTION:
    return DC_TYPE_ATTENTION_PAGE;
  case DC_PAGE_STICK:
    return DC_TYPE_STICK_PAGE;
  case DC_PAGE_CREDENTIAL:
    return DC_TYPE_CREDENTIAL_PAGE;
  case DC_PAGE_SHIFT:
    return DC_TYPE_SHIFT_PAGE;
  case DC_PAGE_AGREE:
    return DC_TYPE_AGREE_PAGE;
  case DC_PAGE_HELP:
    return DC_TYPE_HELP_PAGE;
  case DC_PAGE_EVENT:
    return DC_TYPE_EVENT_PAGE;
  case DC_PAGE_READY:
    return DC_TYPE_READY_PAGE;
  case DC_PAGE_WIPE:
    return DC_TYPE_WIPE_PAGE;
  case DC_N_PAGES:
  default:
    g_return_val_if_reached (G_TYPE_INVALID);
  }
}
