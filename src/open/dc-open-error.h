/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DC_OPEN_ERROR (dc_open_error_quark ())
GQuark dc_open_error_quark (void);

typedef enum
{
  DC_OPEN_ERROR_HEADER,       /* not an age file, or one that is made wrong */
  DC_OPEN_ERROR_NO_MATCH,     /* sealed for other keys than these */
  DC_OPEN_ERROR_HMAC,         /* the header was altered after sealing */
  DC_OPEN_ERROR_PAYLOAD,      /* what follows the header was altered or cut */
  DC_OPEN_ERROR_ARMOR,        /* not the text form of an age file */
  DC_OPEN_ERROR_PASSPHRASE,   /* wrong, or missing; or no memory to try it */
  DC_OPEN_ERROR_KEY,          /* not a secret key */
  DC_OPEN_ERROR_TOO_LARGE,
  DC_OPEN_ERROR_COMMENT,      /* not one line of text that a signature takes */
} DcOpenError;

G_END_DECLS
