/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcTablets:
 *
 * The tablets whose records the office takes: tablets.ini in its folder, one
 * group a tablet, named by the 64 digits of its public key. What others wrote
 * into the file stays in it. Main thread.
 */
typedef struct _DcTablets DcTablets;

/* One key or the other. */
typedef enum
{
  DC_TRIED_DESK,
  DC_TRIED_SPARE,
} DcTried;

/* No file is no tablet. Refuses one with a group that is no key, naming it:
 * a tablet that was mistyped would be kept out in silence. Errors of
 * G_FILE_ERROR and G_KEY_FILE_ERROR. (transfer full) */
DcTablets *dc_tablets_load     (const char    *folder,
                                GError       **error);
gboolean   dc_tablets_has      (DcTablets     *self,
                                const guint8   tablet[static 32]);
/* Their keys, 32 bytes each. (transfer full) (element-type guint8[32]) */
GArray    *dc_tablets_list     (DcTablets     *self);
/* (transfer full) (nullable) */
char      *dc_tablets_get_name (DcTablets     *self,
                                const guint8   tablet[static 32]);
/* Adds it, or says more of one that is there: the day of its enrolment stays.
 * @name NULL: the one that it has, else "tablet " and its first eight digits.
 * @day: today; when that key was @tried. */
void       dc_tablets_enrol    (DcTablets     *self,
                                const guint8   tablet[static 32],
                                const char    *name,
                                const char    *campaign,
                                DcTried        tried,
                                const char    *day);
/* The key of this very desk, by which it takes forms on paper: called “paper”. */
void       dc_tablets_enrol_paper (DcTablets    *self,
                                   const guint8  tablet[static 32],
                                   const char   *campaign,
                                   const char   *day);
/* It makes no statement, for it is no tablet. */
gboolean   dc_tablets_is_paper    (DcTablets    *self,
                                   const guint8  tablet[static 32]);
/* Durably; makes the folder where it is not there. */
gboolean   dc_tablets_save     (DcTablets     *self,
                                GError       **error);
void       dc_tablets_free     (DcTablets     *self);

/* The eight words by which two people compare a tablet. (transfer full) */
char      *dc_tablets_words    (const guint8   tablet[static 32]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcTablets, dc_tablets_free)

G_END_DECLS
