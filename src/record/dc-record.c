/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-record.h"

G_DEFINE_QUARK (dc-record-error-quark, dc_record_error)
