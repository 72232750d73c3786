/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-age.h"

G_BEGIN_DECLS

/* How often a wrong answer may be typed before the drill must be written anew,
 * and how many drills back an answer still counts: a stick may be on its way
 * to the office when another is written. */
#define DC_DRILL_MAX_WRONG 10
#define DC_DRILL_KEPT      4

/**
 * DcDrillState:
 *
 * What this tablet has proved of the office's keys, and whether a coordinator
 * has let it take promises: a small file in the state directory, bound to the
 * tablet's key and to the recipients. Other recipients, or another key of the
 * tablet, begin from nothing; a changed text or picture changes nothing. Of an
 * answer that is awaited it holds a hash.
 *
 * Owns its strings. Main thread; what changes it blocks for one small durable
 * write, and is on disk or has not happened.
 */
typedef struct _DcDrillState DcDrillState;

typedef enum
{
  DC_DRILL_KEY_UNTRIED,
  DC_DRILL_KEY_AWAITED,     /* a record was written; its answer was not typed yet */
  DC_DRILL_KEY_GOOD,
} DcDrillKey;

#define DC_DRILL_ERROR (dc_drill_error_quark ())
GQuark dc_drill_error_quark (void);

typedef enum
{
  DC_DRILL_ERROR_DAMAGED,   /* the file is not what was written */
  DC_DRILL_ERROR_WRONG,     /* the answer to none of the records */
  DC_DRILL_ERROR_NONE,      /* no answer is awaited: nothing was written, or too many were wrong */
  DC_DRILL_ERROR_UNPROVEN,  /* a key has not been tried */
} DcDrillError;

/* With nothing proved. @path: of the file, which need not exist. */
DcDrillState *dc_drill_state_new       (const char           *path,
                                        const guint8          tablet[static 32],
                                        DcAgeRecipients      *recipients);
/* Reads the file. Where it cannot be read or is damaged, nothing is proved. */
gboolean      dc_drill_state_load      (DcDrillState         *self,
                                        GError              **error);
/* The same for its text; for the tests. */
gboolean      dc_drill_state_parse     (DcDrillState         *self,
                                        const char           *text,
                                        gsize                 length,
                                        GError              **error);
char         *dc_drill_state_to_text   (DcDrillState         *self);
void          dc_drill_state_free      (DcDrillState         *self);

/* In the order of recipients.txt: the desk key, then the spare key. */
guint         dc_drill_state_get_n_keys  (DcDrillState       *self);
DcDrillKey    dc_drill_state_get_key     (DcDrillState       *self,
                                          guint               key);
/* Whether any answer would be looked at now, and how many wrong ones. */
guint         dc_drill_state_get_tries   (DcDrillState       *self);
/* Whether each key has opened a record of this tablet. */
gboolean      dc_drill_state_is_proven   (DcDrillState       *self);
gboolean      dc_drill_state_is_live     (DcDrillState       *self);

/* The answers of a new drill, one for each key. A key that was good stays so.
 * Comes before the file is written: a file whose answers nobody knows would be
 * worth nothing. */
gboolean      dc_drill_state_expect    (DcDrillState         *self,
                                        const char * const   *answers,
                                        GError              **error);
/* What somebody typed; dc_wordlist_read () says how. Sets @key to the key that
 * it proves. DC_SEAL_ERROR_WORDS, DC_DRILL_ERROR_WRONG, _NONE; G_FILE_ERROR. */
gboolean      dc_drill_state_answer    (DcDrillState         *self,
                                        const char           *words,
                                        guint                *key,
                                        GError              **error);
/* To TRUE only where each key is proved, else DC_DRILL_ERROR_UNPROVEN. */
gboolean      dc_drill_state_set_live  (DcDrillState         *self,
                                        gboolean              live,
                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcDrillState, dc_drill_state_free)

G_END_DECLS
