/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dc-application.h"
#include "dc-crypto.h"
#include "dc-language.h"
#include "dc-lockdown.h"

/* Without a graphics card the GL renderer runs on the processor, at twice the
 * time and memory of the one that is made for it. */
static void
choose_renderer (void)
{
  if (g_getenv ("GSK_RENDERER") == NULL && access ("/dev/dri", F_OK) != 0)
    g_setenv ("GSK_RENDERER", "cairo", TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (DcApplication) application = NULL;
  int status;

  dc_lockdown_process ();
  choose_renderer ();
  dc_language_init ();
  if (!dc_crypto_init ()) {
    fputs ("daily-cup: this machine has no source of random numbers\n", stderr);
    return EXIT_FAILURE;
  }

  application = dc_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);

  if (dc_application_begins_anew (application)) {
    g_clear_object (&application);
    execv ("/proc/self/exe", argv);
    perror ("daily-cup");
    return EXIT_FAILURE;
  }

  return status != EXIT_SUCCESS ? status : dc_application_get_status (application);
}
