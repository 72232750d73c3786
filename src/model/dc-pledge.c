/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pledge.h"

#include "dc-enum.h"

G_DEFINE_BOXED_TYPE (DcPledge, dc_pledge, dc_pledge_ref, dc_pledge_unref)

static const char * const channels[] = {
  [DC_CHANNEL_SELF] = "self",
  [DC_CHANNEL_ASSISTED] = "assisted",
  [DC_CHANNEL_SCAN] = "scan",
  [DC_CHANNEL_PAPER] = "paper",
};

const char *
dc_channel_to_string (DcChannel channel)
{
  return dc_enum_word (channels, G_N_ELEMENTS (channels), channel);
}

gboolean
dc_channel_from_string (const char *text,
                        DcChannel  *channel)
{
  guint index;

  if (!dc_enum_find (channels, G_N_ELEMENTS (channels), text, &index))
    return FALSE;
  *channel = index;

  return TRUE;
}

DcPledge *
dc_pledge_new (void)
{
  DcPledge *self = g_atomic_rc_box_new0 (DcPledge);

  self->consents = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_consent_free);

  return self;
}

DcPledge *
dc_pledge_ref (DcPledge *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
dc_pledge_clear (gpointer data)
{
  DcPledge *self = data;

  g_clear_pointer (&self->campaign, g_free);
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->donor, dc_donor_unref);
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  g_clear_pointer (&self->shift, g_free);
  g_clear_pointer (&self->volunteer, g_free);
}

void
dc_pledge_unref (DcPledge *self)
{
  g_atomic_rc_box_release_full (self, dc_pledge_clear);
}
