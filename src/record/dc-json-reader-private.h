/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-json-reader.h"

#include <jansson.h>

G_BEGIN_DECLS

/* For dc-json-reader.c and dc-json-nested.c alone. */

struct _DcJsonReader
{
  const char *what;
  char       *path;   /* (owned) (nullable) behind @what, where it was composed */
  json_t     *root;   /* (owned) */
  const char *lifted;   /* (nullable) the key whose string is empty in @root */
  GBytes     *content;  /* (owned) (nullable) and what it stands for */
};

G_END_DECLS
