/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-symbol.h"

G_DEFINE_QUARK (dc-qr-error-quark, dc_qr_error)
