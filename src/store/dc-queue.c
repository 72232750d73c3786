/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-queue.h"

G_DEFINE_QUARK (dc-store-error-quark, dc_store_error)
