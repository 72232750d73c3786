/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-open-error.h"

G_DEFINE_QUARK (dc-open-error-quark, dc_open_error)
