/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-kiosk.h"
#include "dc-test.h"

G_BEGIN_DECLS

/* What every test of the kiosk needs; no display. */

/* Friday 18 December 2026, 11:00 in Geneva. */
#define DC_KIOSK_TEST_NOW (G_GINT64_CONSTANT (1797588000) * G_USEC_PER_SEC)
#define DC_KIOSK_TEST_DAY "2026-12-18"

/**
 * DcKioskTest:
 *
 * A kiosk that is open for promises, with a pack and a state directory of its
 * own. What the members point to belongs to it.
 */
typedef struct
{
  char        *pack;
  char        *state;
  DcTestClock *clock;
  DcKiosk     *kiosk;
} DcKioskTest;

/* (nullable) @pack: the folder of a pack, which it leaves alone; NULL: that of
 * dc_test_pack_new (). */
void        dc_kiosk_test_set_up        (DcKioskTest  *self,
                                         const char   *pack);
void        dc_kiosk_test_tear_down     (DcKioskTest  *self);

/* The folder of the campaign that ships. (transfer full) */
char       *dc_kiosk_test_shipped_pack  (void);
/* The campaign of dc_test_campaign_text (), with @more, whole groups, put
 * before its notice. (transfer full) */
DcCampaign *dc_kiosk_test_campaign_new  (const char   *more);

/* These wait. */
gboolean    dc_kiosk_test_start         (DcKiosk      *kiosk,
                                         GError      **error);
void        dc_kiosk_test_close_queue   (DcKiosk      *kiosk);
/* Until the kiosk's trouble is @trouble; the test fails where it never is. */
void        dc_kiosk_test_wait_trouble  (DcKiosk      *kiosk,
                                         DcTrouble     trouble);
/* Proves each of the keys without the office, for tests of what comes after;
 * then goes live. */
void        dc_kiosk_test_prove         (DcKiosk      *kiosk);
void        dc_kiosk_test_go_live       (DcKiosk      *kiosk);
/* The words that whoever has the key @name of the pack in @pack ("desk.txt",
 * "spare.txt") answers to the drill's file @path, by age and FORMAT.md; NULL
 * where it opens none of its records. (transfer full) */
char       *dc_kiosk_test_answer        (const char   *pack,
                                         const char   *name,
                                         const char   *path);
/* What the queue holds today. (transfer full) */
DcTally    *dc_kiosk_test_tally         (DcKiosk      *kiosk);

G_END_DECLS
