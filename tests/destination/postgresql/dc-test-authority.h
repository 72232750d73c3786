/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Certificates of a day, made here, since what is tested is also a server whose
 * certificate is of yesterday. */

typedef struct _DcTestAuthority DcTestAuthority;

DcTestAuthority *dc_test_authority_new   (const char *name);
void             dc_test_authority_free  (DcTestAuthority *self);
/* As PEM. (transfer full) */
char            *dc_test_authority_text  (DcTestAuthority *self);
/* Signs one for @names ("DNS:localhost,IP:127.0.0.1"), good from @from_hours to @to_hours from now, and writes
 * server.crt and server.key into @folder. */
void             dc_test_authority_issue (DcTestAuthority *self,
                                          const char      *names,
                                          int              from_hours,
                                          int              to_hours,
                                          const char      *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcTestAuthority, dc_test_authority_free)

G_END_DECLS
