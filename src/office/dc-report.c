/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-wordlist.h"

static void
print_findings (const DcPackReport *report,
                gboolean            errors)
{
  for (guint i = 0; i < report->findings->len; i++) {
    const DcFinding *finding = report->findings->pdata[i];

    if (finding->is_error == errors)
      g_print ("%s: %s\n", errors ? _("error") : _("warning"), finding->message);
  }
}

void
dc_report_print (const DcPackReport *report)
{
  guint n_warnings = report->findings->len - report->n_errors;

  print_findings (report, TRUE);
  print_findings (report, FALSE);
  /* Translators: how many findings there are of each kind: %1$u error (the
   * tablets refuse it), %2$u warning (they take it, and it is likely not meant) */
  g_print (_("Errors: %1$u, warnings: %2$u."), report->n_errors, n_warnings);
  g_print ("\n");
}

char *
dc_report_pack_key_words (const char *line)
{
  return dc_fingerprint (DC_FINGERPRINT_PACK_KEY, line, strlen (line));
}

char *
dc_report_recipient_words (DcAgeRecipients *recipients)
{
  guint8 digest[32];

  dc_age_recipients_digest (recipients, digest);

  return dc_fingerprint (DC_FINGERPRINT_RECIPIENTS, digest, sizeof digest);
}
