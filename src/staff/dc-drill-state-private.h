/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-drill-state.h"

G_BEGIN_DECLS

/* Internal to this folder. */

typedef struct
{
  gboolean good;
  guint    n_answers;                   /* the latest first */
  guint8   answers[DC_DRILL_KEPT][32];
} DcDrillKeyState;

/* What is in the file besides whose it is. */
typedef struct
{
  gboolean        live;
  guint           wrong;                /* answers since the last drill was written */
  DcDrillKeyState keys[DC_AGE_MAX_RECIPIENTS];
} DcDrillContent;

struct _DcDrillState
{
  char            *path;
  char             tablet[65];
  char             recipients[65];
  char           **names;               /* "age1…": a group each */
  guint            n_keys;
  DcDrillContent   content;
};

/* The file that would say @content. (transfer full) */
char *dc_drill_content_to_text (DcDrillState         *self,
                                const DcDrillContent *content);

G_END_DECLS
