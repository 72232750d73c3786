/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bare clients: what the proof alone costs, for bytes that are there already.
 * Over one connection, or in one folder, they put each bundle, have it kept,
 * fetch it back and compare SHA-256. No queue, no names of their own, no look at
 * what was there, no second process, nothing that goes wrong: a rival to be
 * measured against, and no program. Whatever fails ends the process. */

/* Where, as hand-over.py wrote it down. */
typedef struct
{
  char *kind;         /* (owned) "folder", "webdav", "postgresql" */
  char *setup;        /* (owned) (nullable) text of destination.ini */
  char *authority;    /* (owned) (nullable) text of the PEM file */
  char *user;         /* (owned) (nullable) */
  char *password;     /* (owned) (nullable) */
  char *address;      /* (owned) (nullable) webdav: "https://…/" */
  char *root;         /* (owned) (nullable) webdav: the folder behind it */
  char *connection;   /* (owned) (nullable) postgresql: of the bare client */
  char *superuser;    /* (owned) (nullable) postgresql: who may empty it */
} DcBarePlace;

/* Seconds for all of @bundles (element-type GBytes), connecting and preparing
 * not counted. */
typedef double (*DcBareProve) (const DcBarePlace *place,
                               const char        *folder,
                               GPtrArray         *bundles);

double dc_bare_folder     (const DcBarePlace *place,
                           const char        *folder,
                           GPtrArray         *bundles);
double dc_bare_webdav     (const DcBarePlace *place,
                           const char        *folder,
                           GPtrArray         *bundles);
double dc_bare_postgresql (const DcBarePlace *place,
                           const char        *folder,
                           GPtrArray         *bundles);

/* Nothing is there any more, of ours or of theirs. */
void   dc_bare_postgresql_clear (const DcBarePlace *place);

/* Whether they are the same, by their hashes. */
void   dc_bare_compare    (const void        *sent,
                           const void        *found,
                           gsize              size);

G_END_DECLS
