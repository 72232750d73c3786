/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-age-identity.h"
#include "dc-office.h"

G_BEGIN_DECLS

/**
 * DcKeyChoice:
 *
 * Which secret key opens what came, as the command line says. Its members are
 * filled by GOption from DC_KEY_CHOICE_ENTRIES.
 */
typedef struct
{
  char     *keys;       /* (owned) (nullable) a folder with desk.age in it */
  char     *identity;   /* (owned) (nullable) a file with a key, or one that a passphrase opens */
  gboolean  spare;      /* from paper: typed, or on the standard input */
} DcKeyChoice;

#define DC_KEY_CHOICE_ENTRIES(choice) \
  { "keys", 0, 0, G_OPTION_ARG_FILENAME, &(choice)->keys, dc_key_choice_help[0], "FOLDER" }, \
  { "identity", 0, 0, G_OPTION_ARG_FILENAME, &(choice)->identity, dc_key_choice_help[1], "FILE" }, \
  { "spare", 0, 0, G_OPTION_ARG_NONE, &(choice)->spare, dc_key_choice_help[2], NULL }

/* Of --keys, --identity and --spare; marked for translation. */
extern const char * const dc_key_choice_help[3];

void           dc_key_choice_clear  (DcKeyChoice        *self);
/* FALSE where two were chosen. */
gboolean       dc_key_choice_is_one (const DcKeyChoice  *self);
/* The desk key where nothing was chosen. Asks for what it needs. Errors of
 * DC_OFFICE_ERROR, DC_OPEN_ERROR and G_FILE_ERROR. (transfer full) */
DcAgeIdentity *dc_key_choice_obtain (const DcKeyChoice  *self,
                                     DcOffice           *office,
                                     GError            **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcKeyChoice, dc_key_choice_clear)

G_END_DECLS
