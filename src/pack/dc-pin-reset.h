/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-id.h"

G_BEGIN_DECLS

#define DC_PIN_RESET_MAX_BYTES 256

#define DC_PIN_RESET_ERROR (dc_pin_reset_error_quark ())
GQuark dc_pin_reset_error_quark (void);

typedef enum
{
  DC_PIN_RESET_ERROR_NONE,      /* there is no such file for this tablet */
  DC_PIN_RESET_ERROR_DAMAGED,   /* it, or its signature, is not what the office writes */
  DC_PIN_RESET_ERROR_SIGNER,    /* not signed with the pack key, or changed since */
  DC_PIN_RESET_ERROR_TABLET,    /* made for another tablet */
  DC_PIN_RESET_ERROR_USED,      /* once was enough */
} DcPinResetError;

/**
 * DcPinReset:
 * @tablet: the public key of the tablet that it is for
 * @id: random; a tablet takes each once
 *
 * The office's leave to choose new PINs on one tablet, once: a file and its
 * signature by the pack key (FORMAT.md). A plain value.
 */
typedef struct
{
  guint8 tablet[32];
  DcId   id;
} DcPinReset;

/* "daily-cup-pins-" and the first eight digits of @tablet; its signature's has
 * ".minisig" behind it. (transfer full) */
char     *dc_pin_reset_name    (const guint8        tablet[static 32]);
/* Takes only what dc_pin_reset_to_text () writes, byte for byte.
 * DC_PIN_RESET_ERROR_DAMAGED. */
gboolean  dc_pin_reset_parse   (DcPinReset         *self,
                                const char         *text,
                                gsize               length,
                                GError            **error);
char     *dc_pin_reset_to_text (const DcPinReset   *self);   /* (transfer full) */

/* The one for @tablet in @folder, the top of a drive: whether it may be used now.
 * @pack_key: "RW…", of the pack that this tablet has. @used: the path of the
 * list of those that were. Follows no link, waits for nothing, changes nothing;
 * blocks. Errors also of G_FILE_ERROR, for @used. */
gboolean  dc_pin_reset_find    (DcPinReset         *self,
                                const char         *folder,
                                const guint8        tablet[static 32],
                                const char         *pack_key,
                                const char         *used,
                                GError            **error);
/* From now on it is used: on disk when this returns TRUE. Blocks.
 * DC_PIN_RESET_ERROR_USED, G_FILE_ERROR. */
gboolean  dc_pin_reset_use     (const DcPinReset   *self,
                                const char         *used,
                                GError            **error);

G_END_DECLS
