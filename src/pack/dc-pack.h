/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "dc-age.h"
#include "dc-campaign.h"
#include "dc-destination-setup.h"

G_BEGIN_DECLS

/**
 * DcPack:
 *
 * A campaign pack: the folder that a charity makes and signs. Loaded whole
 * and checked whole (manifest, its minisign signature, every hash, then
 * campaign.ini and recipients.txt), so that what is read later is what was
 * signed. Immutable after loading; any thread may read it.
 */
#define DC_TYPE_PACK (dc_pack_get_type ())
G_DECLARE_FINAL_TYPE (DcPack, dc_pack, DC, PACK, GObject)

#define DC_PACK_ERROR (dc_pack_error_quark ())
GQuark dc_pack_error_quark (void);

typedef enum
{
  DC_PACK_ERROR_MISSING,      /* a file that must be there, and be no link */
  DC_PACK_ERROR_SIGNATURE,    /* not signed, or altered after signing */
  DC_PACK_ERROR_MANIFEST,     /* the manifest itself is wrong */
  DC_PACK_ERROR_RECIPIENTS,   /* recipients.txt is wrong */
  DC_PACK_ERROR_TOO_LARGE,
  DC_PACK_ERROR_DEMO,         /* a live pack with the demonstration's keys */
  DC_PACK_ERROR_PICTURE,      /* neither SVG nor PNG, or too many pixels */
  DC_PACK_ERROR_UNSIGNED,     /* no signature, or no key to verify it with */
  DC_PACK_ERROR_KEYS,         /* keys.ini is wrong */
  DC_PACK_ERROR_OLDER,        /* than the pack that this tablet has, or as old and another */
  DC_PACK_ERROR_OTHER_KEY,    /* signed by one that its own pack does not name */
  DC_PACK_ERROR_UNTRUSTED,    /* whose packs are taken cannot be told */
  DC_PACK_ERROR_DESTINATION,  /* destination.ini, or the certificates that it names, are wrong */
} DcPackError;

/* FORMAT.md lists what is checked. Blocks; a few milliseconds. Errors are
 * DC_PACK_ERROR or DC_CAMPAIGN_ERROR and read "file: found “…”, expected …".
 * Any thread, after dc_crypto_init (). (transfer full) */
DcPack          *dc_pack_load           (const char  *directory,
                                         GError     **error);
DcCampaign      *dc_pack_get_campaign   (DcPack      *self);   /* (transfer none) */
DcAgeRecipients *dc_pack_get_recipients (DcPack      *self);   /* (transfer none) */
const guint8    *dc_pack_get_hash       (DcPack      *self);   /* SHA-256 of the signed manifest */
guint            dc_pack_get_serial     (DcPack      *self);
/* When it was signed, as whoever signed it says: seconds since 1970, from the
 * "timestamp:" that minisign begins the trusted comment with; 0 where there is
 * none. For people; it decides nothing. */
gint64           dc_pack_get_signed_at  (DcPack      *self);
/* The key that signed, as its line in pack.pub ("RW…"). It came with the pack:
 * the caller holds it against the one a tablet was set up with, and the serial
 * against the one loaded last. (transfer none) */
const char      *dc_pack_get_public_key (DcPack      *self);
/* What keys.ini names, which a pack need not have: the key that may sign a
 * later pack, and those that sign receipts, each as its line in a .pub file.
 * (transfer none) each. */
const char      *dc_pack_get_next_key   (DcPack      *self);   /* (nullable) */
const char * const *dc_pack_get_receipt_keys (DcPack    *self);   /* NULL-terminated */
/* What destination.ini says; NULL where the pack has none, which is a removable
 * drive. Its text, and the certificates that it names, are files of the pack.
 * (transfer none) (nullable) */
const DcDestinationSetup *dc_pack_get_destination (DcPack *self);
/* The verified bytes of any file that the manifest lists, such as a picture
 * that campaign.ini names. (transfer none) (nullable) */
GBytes          *dc_pack_get_file       (DcPack      *self,
                                         const char  *name);

G_END_DECLS
