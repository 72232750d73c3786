/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A campaign.ini made from another's: Id= is @id, Demo= is false, and the
 * group [Demo] is not there. Every other line, comments too, stays as it is.
 * (transfer full) */
char  *dc_campaign_draft_text      (const char *text,
                                    const char *id);
/* The lines of a valid campaign.ini that hold an address, to be looked at one
 * by one, each within 80 characters:
 * "campaign.ini:12: [Giving] Link=https://…". (transfer full) NULL-terminated. */
char **dc_campaign_draft_addresses (const char *text);
/* What of @name can stand in an Id: small letters, digits and hyphens, at most
 * 64; "campaign" where nothing is left. (transfer full) */
char  *dc_campaign_draft_id        (const char *name);

G_END_DECLS
