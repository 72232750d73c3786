/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-id.h"

G_BEGIN_DECLS

/* What all programs say to each other about handing records over. */

/**
 * DcOrigin:
 *
 * Whose records they are: the shelf at a destination on which bundles,
 * statements and receipts lie. A plain value.
 */
typedef struct
{
  char   campaign[65];     /* 1 to 64 of a-z 0-9 - */
  guint8 tablet[32];       /* Ed25519 public key */
  DcId   queue;
} DcOrigin;

gboolean dc_origin_equal (const DcOrigin *a,
                          const DcOrigin *b);

/* What a destination says of one record. */
typedef enum
{
  DC_VERDICT_NEW,       /* these very bytes are proven to be there, and were not before */
  DC_VERDICT_SAME,      /* these very bytes were there already */
  DC_VERDICT_DIFFERS,   /* another record with this id is there */
  DC_VERDICT_REFUSED,   /* it will not have it, for a reason that a retry does not change */
  DC_VERDICT_RETRY,     /* unknown: nothing is proven */
  DC_N_VERDICTS
} DcVerdict;

const char *dc_verdict_to_string   (DcVerdict    verdict);
gboolean    dc_verdict_from_string (const char  *text,
                                    DcVerdict   *verdict);

#define DC_DELIVERY_MAX_REASON 512   /* bytes, UTF-8 */

/**
 * DcDelivery:
 *
 * The verdict on one record, by its id, never by its place in an answer.
 */
typedef struct
{
  DcId       id;
  DcVerdict  verdict;
  char      *reason;       /* (owned) (nullable) with DC_VERDICT_REFUSED, at most DC_DELIVERY_MAX_REASON */
} DcDelivery;

/* @reason, of which nothing is kept with another verdict, is made fit to show:
 * valid UTF-8 without control characters, cut to the limit. (transfer full) */
DcDelivery *dc_delivery_new  (const DcId  *id,
                              DcVerdict    verdict,
                              const char  *reason);
void        dc_delivery_free (DcDelivery  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcDelivery, dc_delivery_free)

/* What concerns a whole request, or the whole run. The words for people are
 * the caller's; a message is for the log and names no donor. */
#define DC_DELIVERY_ERROR (dc_delivery_error_quark ())
GQuark dc_delivery_error_quark (void);

typedef enum
{
  DC_DELIVERY_ERROR_STOPPED,        /* somebody asked to */
  DC_DELIVERY_ERROR_OFFLINE,        /* no network, no such name, nobody answers there */
  DC_DELIVERY_ERROR_TIMEOUT,        /* past its deadline, or 30 s without progress */
  DC_DELIVERY_ERROR_LOGIN_PAGE,     /* somebody else answered: a Wi-Fi that wants a login */
  DC_DELIVERY_ERROR_CLOCK,          /* a certificate that is out of its time by this tablet's clock */
  DC_DELIVERY_ERROR_CERTIFICATE,    /* any other trouble with it, or none where one must be */
  DC_DELIVERY_ERROR_NO_CREDENTIAL,  /* one is needed, and none is stored */
  DC_DELIVERY_ERROR_CREDENTIAL,     /* wrong, or revoked */
  DC_DELIVERY_ERROR_FULL,           /* no room there */
  DC_DELIVERY_ERROR_GONE,           /* the folder, stick or address is not there (any more) */
  DC_DELIVERY_ERROR_READ_ONLY,      /* it may not be written to, or not by this credential */
  DC_DELIVERY_ERROR_BUSY,           /* it asks to come back later */
  DC_DELIVERY_ERROR_TOO_OLD,        /* the server lacks what is needed */
  DC_DELIVERY_ERROR_REJECTED,       /* this request, whatever it held: in smaller parts it may go */
  DC_DELIVERY_ERROR_UNREADABLE,     /* an answer that is not as it should be */
  DC_DELIVERY_ERROR_SETUP,          /* how the destination is described is wrong */
  DC_DELIVERY_ERROR_PROGRAM,        /* daily-cup-send could not be started, or died */
  DC_N_DELIVERY_ERRORS
} DcDeliveryError;

/* "login-page": for the protocol between the programs, and for the log. */
const char *dc_delivery_error_to_string   (DcDeliveryError   code);
gboolean    dc_delivery_error_from_string (const char       *text,
                                           DcDeliveryError  *code);

G_END_DECLS
