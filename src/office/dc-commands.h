/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-office.h"

G_BEGIN_DECLS

/* In the order in which a charity first needs them; ended by a NULL name. */
extern const DcCommand dc_commands[];

/* The command that @argv begins with, and how many words name it (0: none is
 * there). (transfer none) (nullable) */
const DcCommand *dc_commands_find (int            argc,
                                   char         **argv,
                                   int           *n_words);
/* What `daily-cup-office --help` says. (transfer full) */
char            *dc_commands_help (void);

/* Each in its own file. */
int dc_add_command_run    (DcOffice *office, int argc, char **argv);
int dc_campaign_check_run (DcOffice *office, int argc, char **argv);
int dc_campaign_new_run   (DcOffice *office, int argc, char **argv);
int dc_campaign_show_run  (DcOffice *office, int argc, char **argv);
int dc_campaign_sign_run  (DcOffice *office, int argc, char **argv);
int dc_collect_command_run (DcOffice *office, int argc, char **argv);
int dc_drill_command_run  (DcOffice *office, int argc, char **argv);
int dc_erase_command_run  (DcOffice *office, int argc, char **argv);
int dc_export_command_run (DcOffice *office, int argc, char **argv);
int dc_keys_check_run     (DcOffice *office, int argc, char **argv);
int dc_keys_new_run       (DcOffice *office, int argc, char **argv);
int dc_keys_replace_run   (DcOffice *office, int argc, char **argv);
int dc_open_command_run   (DcOffice *office, int argc, char **argv);
int dc_pins_command_run   (DcOffice *office, int argc, char **argv);
int dc_receipts_command_run (DcOffice *office, int argc, char **argv);
int dc_print_command_run  (DcOffice *office, int argc, char **argv);
int dc_sheet_command_run  (DcOffice *office, int argc, char **argv);
int dc_subject_command_run (DcOffice *office, int argc, char **argv);
int dc_tidy_command_run   (DcOffice *office, int argc, char **argv);

G_END_DECLS
