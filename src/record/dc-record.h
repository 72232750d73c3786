/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "dc-frequency.h"
#include "dc-id.h"
#include "dc-money.h"

G_BEGIN_DECLS

typedef enum
{
  DC_KIND_PLEDGE,
  DC_KIND_CORRECTION,   /* made by the office about a pledge */
  DC_KIND_WITHDRAWAL,   /* the donor undid a pledge that may have left */
  DC_KIND_PRACTICE,
  DC_KIND_DRILL,
} DcKind;

/* The word in the envelope: "pledge". */
const char *dc_kind_to_string   (DcKind      kind);
gboolean    dc_kind_from_string (const char *text,
                                 DcKind     *kind);

/**
 * DcEnvelope:
 *
 * What may be read without a key. FORMAT.md in this folder is the definition;
 * the layout is frozen at version 1.
 */
typedef struct
{
  DcKind       kind;
  DcId         id;
  DcId         about;              /* only where has_about */
  gboolean     has_about;          /* corrections and withdrawals */
  guint8       tablet[32];
  DcId         queue;
  gint64       seq;                /* from 1 */
  char         campaign[65];
  guint8       pack[32];
  gboolean     has_amount;         /* all kinds but the withdrawal */
  DcMoney      amount;
  DcFrequency  frequency;
  char         shift[65];          /* "" where none */
  char         day[11];
  guint8       sealed_sha256[32];
} DcEnvelope;

/**
 * DcRecord:
 *
 * One sealed record: three byte strings that never change, and the envelope
 * read out of the first. Owns a reference to each. Immutable, reference-counted, any thread.
 */
typedef struct
{
  DcEnvelope  envelope;
  GBytes     *envelope_json;       /* (owned) the bytes that are signed */
  guint8      signature[64];
  GBytes     *sealed;              /* (owned) an age v1 file */
} DcRecord;

#define DC_RECORD_ERROR (dc_record_error_quark ())
GQuark dc_record_error_quark (void);

typedef enum
{
  DC_RECORD_ERROR_SYNTAX,      /* not JSON, too large, a key twice */
  DC_RECORD_ERROR_VERSION,     /* of a later format */
  DC_RECORD_ERROR_FIELD,       /* a field missing, unknown, or impossible */
  DC_RECORD_ERROR_SIGNATURE,   /* not signed by the tablet it names */
  DC_RECORD_ERROR_HASH,        /* sealed bytes are not the ones it names */
  DC_RECORD_ERROR_TOO_LARGE,
  DC_RECORD_ERROR_MISMATCH,    /* envelope and sealed text say different things */
  DC_RECORD_ERROR_TRAILER,     /* a bundle that is not as it was written */
} DcRecordError;

/* The bounds of what is read; nothing that is written reaches them. */
#define DC_ENVELOPE_MAX_BYTES 4096
#define DC_SEALED_MAX_BYTES   131072
#define DC_LINE_MAX_BYTES     262144

/* What is signed begins with this, so that a signature made for one purpose
 * is worth nothing for another. */
#define DC_RECORD_CONTEXT "daily-cup/record/1\n"

#define DC_TYPE_RECORD (dc_record_get_type ())
GType     dc_record_get_type  (void);
DcRecord *dc_record_ref       (DcRecord      *self);
void      dc_record_unref     (DcRecord      *self);

/* Puts a record together from stored or received bytes and verifies the
 * envelope's syntax, the signature and the hash: what it returns is whole.
 * Whether the tablet is one that is known is for the caller to say. */
DcRecord *dc_record_new       (GBytes        *envelope_json,
                               const guint8   signature[static 64],
                               GBytes        *sealed,
                               GError       **error);
/* One JSON line, "\n" included: {"envelope":…,"signature":…,"sealed":…}. */
GBytes   *dc_record_to_line   (DcRecord      *self);
/* The same, with or without its "\n"; verifies as dc_record_new () does. */
DcRecord *dc_record_from_line (const char    *line,
                               gsize          length,
                               GError       **error);

/* The envelope's JSON; (transfer full). Serialised once, here. The fields must
 * be ones that FORMAT.md allows: anything else is the caller's mistake. */
GBytes   *dc_envelope_to_json   (const DcEnvelope *self);
gboolean  dc_envelope_from_json (DcEnvelope       *self,
                                 const char       *json,
                                 gsize             length,
                                 GError          **error);

/* DC_RECORD_CONTEXT and the envelope: what the signature is of. */
GBytes   *dc_envelope_signed_bytes (GBytes       *envelope_json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcRecord, dc_record_unref)

G_END_DECLS
