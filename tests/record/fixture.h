/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-sealer.h"

G_BEGIN_DECLS

/* The records of vectors/make.py, as the program sees them. */

#define FIXTURE_DESK  "desk.key"
#define FIXTURE_SPARE "spare.key"

extern const DcId fixture_queue;

/* The envelopes of pledge, rich and withdrawal; their hash is of NAME.age. */
DcEnvelope       fixture_envelope      (const char     *name);
/* pledge and rich */
DcPledge        *fixture_pledge        (const char     *name);
DcTabletKey     *fixture_tablet        (void);
/* The first @n of recipients.txt. */
DcAgeRecipients *fixture_recipients    (guint           n);
DcSealer        *fixture_sealer        (guint           n_recipients);
/* A file of vectors/. */
GBytes          *fixture_vector        (const char     *name,
                                        const char     *suffix);
/* A record, put together from the three files. */
DcRecord        *fixture_record        (const char     *name);
/* What `age -d -i vectors/KEY` makes of @sealed; NULL where it refuses. */
GBytes          *fixture_open          (GBytes         *sealed,
                                        const char     *key);
/* Runs a program to its end; TRUE where it succeeded. */
gboolean         fixture_run           (const char     *directory,
                                        const char     *input,
                                        const char    **arguments);
/* @text with its first @old replaced, which must be there. */
char            *fixture_replace       (const char     *text,
                                        const char     *old,
                                        const char     *by);

G_END_DECLS
