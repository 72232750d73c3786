/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-paper-desk.h"

G_BEGIN_DECLS

/* The promises in a table of paper forms, a row each, whose first row names the
 * columns (dc_paper_entry_name ()). All of it, or NULL: where rows are wrong,
 * each is named in @problems (element-type utf8), which stays empty where the
 * table as a whole is not one, with @error. @today as there. (transfer full)
 * (element-type DcPledge) */
GPtrArray *dc_add_table_read (const char   *text,
                              gsize         length,
                              DcCampaign   *campaign,
                              DcPaperDesk  *desk,
                              const char   *today,
                              GPtrArray    *problems,
                              GError      **error);

G_END_DECLS
