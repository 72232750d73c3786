/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-pack.h"

G_BEGIN_DECLS

/**
 * DcFinding:
 * @is_error: the tablets refuse it; else it is taken, and likely not meant
 * @message: "file: [Group] Key: found “…”, expected …"
 */
typedef struct
{
  gboolean  is_error;
  char     *message;
} DcFinding;

/**
 * DcPackReport:
 * @findings: of DcFinding, the errors first that keep others from being found
 * @n_errors: how many of them are errors
 * @campaign: (nullable) what campaign.ini says, where it has no error
 * @recipients: (nullable) likewise
 *
 * Everything that is to be said of a folder that shall be a pack, for who
 * writes it. Where dc_pack_load () ends at the first error, this goes on.
 */
typedef struct
{
  GPtrArray       *findings;
  guint            n_errors;
  DcCampaign      *campaign;
  DcAgeRecipients *recipients;
} DcPackReport;

/* The files, whether they are signed or not. Blocks; after dc_crypto_init ().
 * (transfer full) */
DcPackReport *dc_pack_check           (const char    *directory);
/* Adds what is to be said of manifest and signature as they stand. */
void          dc_pack_check_signature (DcPackReport  *self,
                                       const char    *directory);
/* Adds whether tablets that have @previous take the pack: its Id, its serial,
 * its key. */
void          dc_pack_check_previous  (DcPackReport  *self,
                                       const char    *directory,
                                       const char    *previous);
void          dc_pack_report_free     (DcPackReport  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcPackReport, dc_pack_report_free)

G_END_DECLS
