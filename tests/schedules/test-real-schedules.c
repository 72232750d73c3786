/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdlib.h>

#include "dc-outbox.h"
#include "dc-real-world.h"
#include "dc-schedule-test.h"
#include "dc-sender.h"

/* Started by real.py, which says by the environment where the world is, and how many
 * schedules this kind of destination is worth. */

#define CONTROL_MOST 200

/* The planted bug of the control: whatever left is believed to have arrived. */
static gboolean planted;
static DcScheduleWorld *world;

GPtrArray *__real_dc_outbox_answered    (DcOutbox      *self,
                                         GPtrArray     *answers);
GPtrArray *__wrap_dc_outbox_answered    (DcOutbox      *self,
                                         GPtrArray     *answers);
DcAnswer  *__real_dc_sender_ask_finish  (DcSender      *self,
                                         GAsyncResult  *result,
                                         GError       **error);
DcAnswer  *__wrap_dc_sender_ask_finish  (DcSender      *self,
                                         GAsyncResult  *result,
                                         GError       **error);

GPtrArray *
__wrap_dc_outbox_answered (DcOutbox  *self,
                           GPtrArray *answers)
{
  GPtrArray *verdicts = __real_dc_outbox_answered (self, answers);

  for (guint i = 0; planted && i < verdicts->len; i++)
    ((DcDelivery *) verdicts->pdata[i])->verdict = DC_VERDICT_NEW;

  return verdicts;
}

DcAnswer *
__wrap_dc_sender_ask_finish (DcSender      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  DcAnswer *answer = __real_dc_sender_ask_finish (self, result, error);

  if (answer != NULL || !planted)
    return answer;
  g_clear_error (error);
  answer = g_new0 (DcAnswer, 1);
  answer->deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
  answer->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  return answer;
}

static guint
number_of (const char *variable)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) strtoul (text, NULL, 10) : 0;
}

static void
test_hold (void)
{
  dc_schedule_test_hold (world, number_of ("DAILY_CUP_WORLD_DAY"),
                         number_of ("DAILY_CUP_WORLD_LONG"));
}

static void
test_control (void)
{
  dc_schedule_test_found (world, &planted, CONTROL_MOST);
}

static void
test_control_forgets (void)
{
  dc_schedule_test_found (world, dc_real_world_forgets (world), CONTROL_MOST);
}

int
main (int    argc,
      char **argv)
{
  int status;

  if (argc == 7 && g_str_equal (argv[1], "--tablet"))
    return dc_real_tablet (argv[2], argv[3], argv[4], argv[5], argv[6]);

  dc_schedule_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  world = dc_real_world_new ((int) number_of ("DAILY_CUP_WORLD"), argv[1], argv[0]);
  g_test_add_func ("/schedules/real/what-was-promised-holds", test_hold);
  g_test_add_func ("/schedules/real/control/what-was-not-proven-is-found-out", test_control);
  g_test_add_func ("/schedules/real/control/a-destination-that-forgets-is-found-out",
                   test_control_forgets);
  status = g_test_run ();
  dc_real_world_free (world);

  return status;
}
