/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destination.h"

G_DEFINE_INTERFACE (DcDestination, dc_destination, G_TYPE_OBJECT)

static void
dc_destination_default_init (DcDestinationInterface *iface)
{
}

gboolean
dc_destination_probe (DcDestination          *self,
                      DcTransfer             *transfer,
                      DcDestinationIdentity  *identity,
                      GError                **error)
{
  g_return_val_if_fail (DC_IS_DESTINATION (self), FALSE);
  g_return_val_if_fail (transfer != NULL && identity != NULL, FALSE);

  return DC_DESTINATION_GET_IFACE (self)->probe (self, transfer, identity, error);
}

gboolean
dc_destination_put (DcDestination   *self,
                    const DcOrigin  *origin,
                    GBytes          *bundle,
                    DcTransfer      *transfer,
                    GPtrArray       *deliveries,
                    GError         **error)
{
  g_return_val_if_fail (DC_IS_DESTINATION (self), FALSE);
  g_return_val_if_fail (origin != NULL && bundle != NULL, FALSE);
  g_return_val_if_fail (transfer != NULL && deliveries != NULL, FALSE);

  return DC_DESTINATION_GET_IFACE (self)->put (self, origin, bundle, transfer, deliveries, error);
}

gboolean
dc_destination_put_note (DcDestination   *self,
                         DcNote           note,
                         const DcOrigin  *origin,
                         GBytes          *line,
                         DcTransfer      *transfer,
                         GError         **error)
{
  g_return_val_if_fail (DC_IS_DESTINATION (self), FALSE);
  g_return_val_if_fail ((guint) note < DC_N_NOTES, FALSE);
  g_return_val_if_fail (origin != NULL && line != NULL && transfer != NULL, FALSE);

  return DC_DESTINATION_GET_IFACE (self)->put_note (self, note, origin, line, transfer, error);
}

gboolean
dc_destination_read_notes (DcDestination       *self,
                           DcNote               note,
                           const DcOrigin      *origin,
                           DcTransfer          *transfer,
                           DcDestinationFound   found,
                           gpointer             data,
                           GError             **error)
{
  g_return_val_if_fail (DC_IS_DESTINATION (self), FALSE);
  g_return_val_if_fail ((guint) note < DC_N_NOTES, FALSE);
  g_return_val_if_fail (transfer != NULL && found != NULL, FALSE);

  return DC_DESTINATION_GET_IFACE (self)->read_notes (self, note, origin, transfer, found, data,
                                                      error);
}

gboolean
dc_destination_read_bundles (DcDestination       *self,
                             DcTransfer          *transfer,
                             DcDestinationFound   found,
                             gpointer             data,
                             GError             **error)
{
  g_return_val_if_fail (DC_IS_DESTINATION (self), FALSE);
  g_return_val_if_fail (transfer != NULL && found != NULL, FALSE);

  return DC_DESTINATION_GET_IFACE (self)->read_bundles (self, transfer, found, data, error);
}

gboolean
dc_destination_remove (DcDestination  *self,
                       const char     *place,
                       DcTransfer     *transfer,
                       GError        **error)
{
  g_return_val_if_fail (DC_IS_DESTINATION (self), FALSE);
  g_return_val_if_fail (place != NULL && transfer != NULL, FALSE);

  return DC_DESTINATION_GET_IFACE (self)->remove (self, place, transfer, error);
}
