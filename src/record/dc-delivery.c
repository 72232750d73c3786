/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-delivery.h"

#include <string.h>

#include "dc-enum.h"
#include "dc-text.h"

G_DEFINE_QUARK (dc-delivery-error-quark, dc_delivery_error)

static const char * const verdicts[] = {
  [DC_VERDICT_NEW] = "new",
  [DC_VERDICT_SAME] = "same",
  [DC_VERDICT_DIFFERS] = "differs",
  [DC_VERDICT_REFUSED] = "refused",
  [DC_VERDICT_RETRY] = "retry",
};

static const char * const errors[] = {
  [DC_DELIVERY_ERROR_STOPPED] = "stopped",
  [DC_DELIVERY_ERROR_OFFLINE] = "offline",
  [DC_DELIVERY_ERROR_TIMEOUT] = "timeout",
  [DC_DELIVERY_ERROR_LOGIN_PAGE] = "login-page",
  [DC_DELIVERY_ERROR_CLOCK] = "clock",
  [DC_DELIVERY_ERROR_CERTIFICATE] = "certificate",
  [DC_DELIVERY_ERROR_NO_CREDENTIAL] = "no-credential",
  [DC_DELIVERY_ERROR_CREDENTIAL] = "credential",
  [DC_DELIVERY_ERROR_FULL] = "full",
  [DC_DELIVERY_ERROR_GONE] = "gone",
  [DC_DELIVERY_ERROR_READ_ONLY] = "read-only",
  [DC_DELIVERY_ERROR_BUSY] = "busy",
  [DC_DELIVERY_ERROR_TOO_OLD] = "too-old",
  [DC_DELIVERY_ERROR_REJECTED] = "rejected",
  [DC_DELIVERY_ERROR_UNREADABLE] = "unreadable",
  [DC_DELIVERY_ERROR_SETUP] = "setup",
  [DC_DELIVERY_ERROR_PROGRAM] = "program",
};

G_STATIC_ASSERT (G_N_ELEMENTS (verdicts) == DC_N_VERDICTS);
G_STATIC_ASSERT (G_N_ELEMENTS (errors) == DC_N_DELIVERY_ERRORS);

gboolean
dc_origin_equal (const DcOrigin *a,
                 const DcOrigin *b)
{
  return strcmp (a->campaign, b->campaign) == 0
         && memcmp (a->tablet, b->tablet, sizeof a->tablet) == 0
         && dc_id_equal (&a->queue, &b->queue);
}

const char *
dc_verdict_to_string (DcVerdict verdict)
{
  return dc_enum_word (verdicts, G_N_ELEMENTS (verdicts), verdict);
}

gboolean
dc_verdict_from_string (const char *text,
                        DcVerdict  *verdict)
{
  guint index;

  if (!dc_enum_find (verdicts, G_N_ELEMENTS (verdicts), text, &index))
    return FALSE;
  *verdict = index;

  return TRUE;
}

const char *
dc_delivery_error_to_string (DcDeliveryError code)
{
  return dc_enum_word (errors, G_N_ELEMENTS (errors), code);
}

gboolean
dc_delivery_error_from_string (const char      *text,
                               DcDeliveryError *code)
{
  guint index;

  if (!dc_enum_find (errors, G_N_ELEMENTS (errors), text, &index))
    return FALSE;
  *code = index;

  return TRUE;
}

/* It comes from a server and goes onto a screen and into a column: no control
 * characters, nothing that turns the direction of what stands beside it. */
static char *
fit_reason (const char *reason)
{
  /* Tidying makes nothing of interest shorter than a quarter. */
  g_autofree char *start = g_strndup (reason, 4 * DC_DELIVERY_MAX_REASON);
  g_autofree char *tidy = dc_text_tidy (start);
  gsize length = strlen (tidy);

  if (length > DC_DELIVERY_MAX_REASON) {
    length = (gsize) (g_utf8_find_prev_char (tidy, tidy + DC_DELIVERY_MAX_REASON + 1) - tidy);
    tidy[length] = '\0';
  }

  return g_steal_pointer (&tidy);
}

DcDelivery *
dc_delivery_new (const DcId *id,
                 DcVerdict   verdict,
                 const char *reason)
{
  DcDelivery *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail ((guint) verdict < DC_N_VERDICTS, NULL);

  self = g_new0 (DcDelivery, 1);
  self->id = *id;
  self->verdict = verdict;
  if (verdict == DC_VERDICT_REFUSED && reason != NULL)
    self->reason = fit_reason (reason);

  return self;
}

void
dc_delivery_free (DcDelivery *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->reason, g_free);
  g_free (self);
}
