/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DC_STORE_ERROR (dc_store_error_quark ())
GQuark dc_store_error_quark (void);

typedef enum
{
  DC_STORE_ERROR_IN_USE,        /* another process has this queue */
  DC_STORE_ERROR_FULL,          /* the disk is full */
  DC_STORE_ERROR_IO,            /* the disk failed: close, reopen, check */
  DC_STORE_ERROR_DAMAGED,
  DC_STORE_ERROR_TRANSITION,    /* not a legal change of state */
  DC_STORE_ERROR_NOT_FOUND,
  DC_STORE_ERROR_SEAL,          /* the record could not be sealed */
  DC_STORE_ERROR_CLOSED,
  DC_STORE_ERROR_FAILED,
  DC_STORE_ERROR_NO_CARD,       /* the card of the second copy is not there */
  DC_STORE_ERROR_READ_ONLY,     /* or cannot be written */
} DcStoreError;

/* FULL for ENOSPC and EDQUOT, else IO. @what: a verb and its object,
 * "make %s", with no other argument than @path. */
void dc_store_error_set_errno (GError     **error,
                               int          number,
                               const char  *what,
                               const char  *path);

G_END_DECLS
