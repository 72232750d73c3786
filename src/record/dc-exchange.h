/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-delivery.h"

G_BEGIN_DECLS

/* What the kiosk and daily-cup-send say to each other, over standard input and
 * output: one JSON object a line. The kiosk says one command at a time, with a
 * number that rises; every reply carries the number of its command, and the
 * last is a "done" or an "error". Neither side trusts the other: what is not
 * exactly one of these is DC_RECORD_ERROR, and ends the conversation. */

#define DC_EXCHANGE_MAX_LINE      (1024 * 1024)   /* "\n" included */
#define DC_EXCHANGE_MAX_CONTENT   (512 * 1024)    /* a bundle, a statement, a receipt */
#define DC_EXCHANGE_MAX_SETUP     (8 * 1024)
#define DC_EXCHANGE_MAX_AUTHORITY (128 * 1024)
#define DC_EXCHANGE_MAX_PATH      4096
#define DC_EXCHANGE_MAX_USER      255
#define DC_EXCHANGE_MAX_PASSWORD  1023
#define DC_EXCHANGE_MAX_MESSAGE   1023
#define DC_EXCHANGE_MAX_WAIT      86400
#define DC_EXCHANGE_MAX_TIME      ((G_GINT64_CONSTANT (1) << 53) - 1)   /* in the year 2255 */

typedef enum
{
  DC_COMMAND_OPEN,              /* which destination; before all others */
  DC_COMMAND_PROBE,             /* an identity */
  DC_COMMAND_PUT,               /* a verdict for each record of the bundle, progress */
  DC_COMMAND_STATEMENT,         /* progress */
  DC_COMMAND_RECEIPTS,          /* a note for each */
  DC_COMMAND_CREDENTIAL,        /* to be kept for the destination that is open */
  DC_COMMAND_CREDENTIAL_FILE,   /* the same, from the file of a set-up stick */
  DC_N_COMMANDS
} DcCommandKind;

/**
 * DcCommand:
 *
 * What the kiosk asks. A plain structure that owns what it names; what does not
 * belong to its kind is NULL or zero. A password is wiped with it.
 */
typedef struct
{
  DcCommandKind  kind;
  gint64         number;      /* from 1 */
  char          *setup;       /* open: text of destination.ini; (nullable) a removable drive */
  char          *authority;   /* open: (nullable) text of the PEM file that it names */
  char          *folder;      /* open: (nullable) where a removable drive is mounted */
  DcOrigin       origin;      /* put, statement, receipts */
  GBytes        *content;     /* put: the bundle; statement: its line */
  char          *user;        /* credential: (nullable) */
  char          *password;    /* credential */
  char          *path;        /* credential-file */
} DcCommand;

DcCommand *dc_command_new       (DcCommandKind   kind);
void       dc_command_free      (DcCommand      *self);
/* One line, "\n" included, wiped when it is freed. FALSE is the caller's text:
 * too long, or (a path) not UTF-8. (transfer full) */
GBytes    *dc_command_to_line   (DcCommand      *self,
                                 GError        **error);
/* @length without the "\n", or with it. (transfer full) */
DcCommand *dc_command_from_line (const char     *line,
                                 gsize           length,
                                 GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcCommand, dc_command_free)

typedef enum
{
  DC_REPLY_IDENTITY,
  DC_REPLY_VERDICT,
  DC_REPLY_PROGRESS,
  DC_REPLY_NOTE,
  DC_REPLY_DONE,
  DC_REPLY_ERROR,
  DC_N_REPLIES
} DcReplyKind;

/**
 * DcReply:
 *
 * What daily-cup-send answers. A plain structure that owns what it names.
 */
typedef struct
{
  DcReplyKind      kind;
  gint64           number;       /* of the command; 0 in an error that comes before any */
  DcId             id;           /* identity: of the destination */
  DcId             epoch;        /* identity */
  gboolean         may_remove;   /* identity */
  gint64           utc_us;       /* identity: what time it is there, in microseconds since 1970; 0: unknown */
  DcDelivery      *delivery;     /* verdict */
  gint64           sent;         /* progress: bytes */
  gint64           total;        /* progress: bytes */
  GBytes          *note;         /* note: its line, unverified */
  DcDeliveryError  code;         /* error */
  char            *message;      /* error: for the log */
  gint64           wait;         /* error: seconds that a busy destination asked for; 0: it did not say */
} DcReply;

DcReply *dc_reply_new       (DcReplyKind   kind,
                             gint64        number);
void     dc_reply_free      (DcReply      *self);
/* What is too long is cut, and made UTF-8. (transfer full) */
GBytes  *dc_reply_to_line   (DcReply      *self);
DcReply *dc_reply_from_line (const char   *line,
                             gsize         length,
                             GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcReply, dc_reply_free)

/**
 * DcLineBuffer:
 *
 * Cuts what comes in pieces into lines of at most DC_EXCHANGE_MAX_LINE. What it
 * held is wiped. Used by one thread.
 */
typedef struct _DcLineBuffer DcLineBuffer;

DcLineBuffer *dc_line_buffer_new  (void);
void          dc_line_buffer_free (DcLineBuffer  *self);
/* Room for at least one byte more; @size says how much. (transfer none) */
guint8       *dc_line_buffer_room (DcLineBuffer  *self,
                                   gsize         *size);
/* @size bytes were put there. */
void          dc_line_buffer_fill (DcLineBuffer  *self,
                                   gsize          size);
/* The next line, without its "\n", valid until the next call of any kind; NULL
 * and no error where there is none yet. DC_RECORD_ERROR_TOO_LARGE where it can
 * be none any more. (transfer none) */
const char   *dc_line_buffer_take (DcLineBuffer  *self,
                                   gsize         *length,
                                   GError       **error);
/* Whether part of a line is in it. */
gboolean      dc_line_buffer_has_more (DcLineBuffer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcLineBuffer, dc_line_buffer_free)

G_END_DECLS
