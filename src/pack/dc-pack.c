/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack.h"

G_DEFINE_QUARK (dc-pack-error-quark, dc_pack_error)
