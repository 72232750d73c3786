/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The system calls of src/store itself, not SQLite's: heard, and failing on
 * demand. The linker puts these in front of the C library's and GLib's
 * (--wrap, see meson.build); calls inside a shared library are not seen. */

typedef enum
{
  DC_POSIX_OPEN,             /* @path, which may have been made by it */
  DC_POSIX_SYNC,             /* the file @path */
  DC_POSIX_SYNC_DIRECTORY,
  DC_POSIX_ALLOCATE,         /* @path has @size bytes */
  DC_POSIX_UNLINK,
  DC_POSIX_RENAME,           /* @path to @to */
} DcPosixCall;

typedef void (*DcPosixWatch) (DcPosixCall  call,
                              const char  *path,
                              const char  *to,
                              gint64       size,
                              gpointer     data);

/* Hears of every change that succeeded; NULL: no more. */
void  dc_shim_posix_watch  (DcPosixWatch  watch,
                            gpointer      data);
/* The @after-th next call (0: the very next) fails with the errno @number, and
 * with @persistent all that follow. */
void  dc_shim_posix_fail   (guint         after,
                            gboolean      persistent,
                            int           number);
/* No more faults. Returns how many there were since dc_shim_posix_fail (). */
guint dc_shim_posix_reset  (void);

G_END_DECLS
