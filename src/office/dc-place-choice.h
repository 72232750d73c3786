/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destination.h"
#include "dc-office.h"
#include "dc-pack.h"

G_BEGIN_DECLS

/**
 * DcPlaceChoice:
 *
 * Which destination is meant, as the command line says: the one that an appeal
 * names. Its members are filled by GOption from DC_PLACE_CHOICE_ENTRIES.
 */
typedef struct
{
  char *pack;         /* (owned) (nullable) the folder of an appeal */
  char *credential;   /* (owned) (nullable) a file as on a set-up stick */
} DcPlaceChoice;

#define DC_PLACE_CHOICE_ENTRIES(choice) \
  { "pack", 0, 0, G_OPTION_ARG_FILENAME, &(choice)->pack, dc_place_choice_help[0], "PACK" }, \
  { "credential-file", 0, 0, G_OPTION_ARG_FILENAME, &(choice)->credential, dc_place_choice_help[1], "FILE" }

/* Of --pack and --credential-file; marked for translation. */
extern const char * const dc_place_choice_help[2];

void           dc_place_choice_clear  (DcPlaceChoice        *self);
/* Loads --pack, NULL without an error where there is none. (transfer full) */
DcPack        *dc_place_choice_load   (const DcPlaceChoice  *self,
                                       GError              **error);
/* Whether a destination is known without a drive that somebody chooses. */
gboolean       dc_place_choice_has_place (DcPack             *pack);
/* The destination that @pack names; @folder (nullable) is where its drive is
 * mounted. Asks for a user and a password where one is needed and no file was
 * given; nothing of them is kept. @name: what to call it. DC_DELIVERY_ERROR,
 * DC_OFFICE_ERROR. (transfer full) */
DcDestination *dc_place_choice_obtain (const DcPlaceChoice  *self,
                                       DcOffice             *office,
                                       DcPack               *pack,
                                       const char           *folder,
                                       char                **name,
                                       GError              **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcPlaceChoice, dc_place_choice_clear)

G_END_DECLS
