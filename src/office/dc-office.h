/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-terminal.h"

G_BEGIN_DECLS

/* How the program ends; daily-cup-office(1) says the same. */
typedef enum
{
  DC_EXIT_OK = 0,
  DC_EXIT_ATTENTION = 1,   /* done, and something needs a person: a finding, a damaged record */
  DC_EXIT_USAGE = 2,       /* the command line was not understood; nothing was done */
  DC_EXIT_FAILED = 3,      /* not done */
} DcExit;

#define DC_OFFICE_ERROR (dc_office_error_quark ())
GQuark dc_office_error_quark (void);

typedef enum
{
  DC_OFFICE_ERROR_INTERRUPTED,   /* by a signal, while somebody was asked */
  DC_OFFICE_ERROR_TERMINAL,      /* there is none, or it ended */
  DC_OFFICE_ERROR_PASSPHRASE,    /* none on the descriptor, or unfit */
  DC_OFFICE_ERROR_THERE,         /* what would be made is there already */
  DC_OFFICE_ERROR_REFUSED,       /* the person's answer, or a pack's findings */
  DC_OFFICE_ERROR_MISMATCH,      /* keys that do not belong together */
  DC_OFFICE_ERROR_PRINTER,
} DcOfficeError;

typedef struct _DcCommand DcCommand;

/**
 * DcOffice:
 * @command: (not owned) the subcommand that runs
 * @folder: the office folder, after dc_office_parse ()
 * @terminal: the person in front, after dc_office_parse ()
 *
 * What every subcommand needs, built by main () and handed down. Main thread.
 */
typedef struct
{
  const DcCommand *command;
  char            *folder;
  DcTerminal      *terminal;
} DcOffice;

/**
 * DcCommand:
 * @name: one or two words, such as "keys new"
 * @arguments: what follows it, for the usage line
 * @summary: one line, for the list; marked for translation
 * @help: what it does and an example; marked for translation
 * @run: @argv[0] is @name; returns a DcExit
 *
 * A row of the table of subcommands (dc-commands.c).
 */
struct _DcCommand
{
  const char *name;
  const char *arguments;
  const char *summary;
  const char *help;
  int       (*run) (DcOffice  *office,
                    int        argc,
                    char     **argv);
};

/* Reads the options of the subcommand: @entries, and those that all share
 * (--office, --passphrase-fd, --help). What is left of @argv are @minimum to
 * @maximum arguments after @argv[0]. FALSE: told on the standard error; the
 * caller returns DC_EXIT_USAGE. */
gboolean dc_office_parse    (DcOffice             *self,
                             const GOptionEntry   *entries,
                             int                   minimum,
                             int                   maximum,
                             int                  *argc,
                             char               ***argv);
/* Tells what is wrong with the command line. Returns DC_EXIT_USAGE. */
int      dc_office_refuse   (DcOffice             *self,
                             const char           *problem);
void     dc_office_clear    (DcOffice             *self);
/* Prints @texts (element-type utf8) a line each below @heading; nothing where
 * there are none. */
void     dc_office_list     (const char           *heading,
                             GPtrArray            *texts);
/* Whether @word was typed to agree; DC_OFFICE_ERROR_REFUSED, with the message
 * @refused, where it was something else. */
gboolean dc_office_confirm  (DcOffice             *self,
                             const char           *prompt,
                             const char           *word,
                             const char           *refused,
                             GError              **error);
/* Tells @error on the standard error. Returns DC_EXIT_FAILED. */
int      dc_office_fail     (DcOffice             *self,
                             const GError         *error);
/* "What: 3 of 10" on one line of the standard error, where that is a
 * terminal; @done == @total ends the line. */
void     dc_office_progress (DcOffice             *self,
                             const char           *what,
                             guint                 done,
                             guint                 total);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcOffice, dc_office_clear)

G_END_DECLS
