/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-id.h"

G_BEGIN_DECLS

/**
 * DcDatabase:
 *
 * The one SQLite connection. Owns the handle and the prepared statements, which
 * it keeps. Belongs to the thread that opened it: every function asserts that.
 * Errors are of DC_STORE_ERROR: SQLITE_FULL is FULL, a failing disk IO; a file
 * that is no sound database, or whose schema does not take this program's SQL,
 * is DAMAGED. No message holds a bound value.
 */
typedef struct _DcDatabase DcDatabase;

/* Opens @path, which must be there, and writes nothing: a file of another
 * program can still be left as it was found by dc_database_abandon (). */
DcDatabase *dc_database_open            (const char    *path,
                                         GError       **error);
/* An empty database that no file stands behind. */
DcDatabase *dc_database_open_in_memory  (GError       **error);
/* Takes the settings of a durable queue (WAL, synchronous=FULL, secure
 * delete) and reads each one back. The first call that writes. */
gboolean    dc_database_make_durable    (DcDatabase    *self,
                                         GError       **error);
/* DAMAGED where PRAGMA integrity_check finds anything. It takes no longer than
 * quick_check (a quarter of a second for 20,000 pledges) and finds a damaged
 * index too, without which an identity could be stored twice. */
gboolean    dc_database_check           (DcDatabase    *self,
                                         GError       **error);
/* Copies all of it, the journal's part too, into the empty file @path, and
 * syncs that. On failure the file is worth nothing. */
gboolean    dc_database_copy            (DcDatabase    *self,
                                         const char    *path,
                                         GError       **error);
/* Closes, having moved the journal into the file. The connection is gone
 * whatever the outcome. */
gboolean    dc_database_close           (DcDatabase    *self,
                                         GError       **error);
/* Closes and leaves file and journal exactly as they are: for a file that is
 * not ours, and after the disk failed. */
void        dc_database_abandon         (DcDatabase    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcDatabase, dc_database_abandon)

/* Runs the statements of @sql, whatever rows they give. */
gboolean    dc_database_execute         (DcDatabase    *self,
                                         const char    *sql,
                                         GError       **error);
/* The first column of the one row of @sql. */
gboolean    dc_database_get_integer     (DcDatabase    *self,
                                         const char    *sql,
                                         gint64        *value,
                                         GError       **error);
char       *dc_database_get_text        (DcDatabase    *self,
                                         const char    *sql,
                                         GError       **error);
/* Rows changed by the last statement that changed any. */
guint       dc_database_get_changes     (DcDatabase    *self);

/* Bytes that the journal held after the last commit, and 0 after all of it
 * was moved into the file. */
gsize       dc_database_get_wal_bytes   (DcDatabase    *self);
/* Moves the journal into the file, syncing both. @truncate: also cuts the
 * journal to nothing, so that no erased byte stays in it. */
gboolean    dc_database_checkpoint      (DcDatabase    *self,
                                         gboolean       truncate,
                                         GError       **error);

/**
 * DcTransaction:
 *
 * A transaction that has begun (BEGIN IMMEDIATE). Its end without a commit
 * undoes it. At most one at a time.
 */
typedef struct _DcDatabase DcTransaction;

DcTransaction *dc_transaction_begin  (DcDatabase     *database,
                                      GError        **error);
/* When this is TRUE all of it is on disk; when not, none of it counts. */
gboolean       dc_transaction_commit (DcTransaction  *self,
                                      GError        **error);
void           dc_transaction_end    (DcTransaction  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcTransaction, dc_transaction_end)

/**
 * DcQuery:
 *
 * A statement lent by its database for one use; the end of the use resets it
 * and forgets what was bound. A failed bind is reported by the next step.
 */
typedef struct _DcQuery DcQuery;

DcQuery    *dc_database_prepare   (DcDatabase  *self,
                                   const char  *sql,
                                   GError     **error);
void        dc_query_release      (DcQuery     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcQuery, dc_query_release)

/* @name: as in the SQL, ":id". Values are copied; NULL binds NULL. */
void        dc_query_bind_integer (DcQuery     *self,
                                   const char  *name,
                                   gint64       value);
void        dc_query_bind_text    (DcQuery     *self,
                                   const char  *name,
                                   const char  *text);
void        dc_query_bind_blob    (DcQuery     *self,
                                   const char  *name,
                                   const void  *data,
                                   gsize        size);
void        dc_query_bind_bytes   (DcQuery     *self,
                                   const char  *name,
                                   GBytes      *bytes);
void        dc_query_bind_id      (DcQuery     *self,
                                   const char  *name,
                                   const DcId  *id);

/* @row (optional): whether there was a row, whose columns can now be read. */
gboolean    dc_query_step         (DcQuery     *self,
                                   gboolean    *row,
                                   GError     **error);
gboolean    dc_query_is_null      (DcQuery     *self,
                                   int          column);
gint64      dc_query_get_integer  (DcQuery     *self,
                                   int          column);
/* (nullable), also for want of memory, which the next step then reports; until
 * the next step */
const char *dc_query_get_text     (DcQuery     *self,
                                   int          column);
/* (nullable); until the next step */
const void *dc_query_get_blob     (DcQuery     *self,
                                   int          column,
                                   gsize       *size);
/* All zeroes where it is none. */
DcId        dc_query_get_id       (DcQuery     *self,
                                   int          column);

G_END_DECLS
