/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-output.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "dc-durable.h"
#include "dc-office.h"
#include "dc-path.h"

const char * const dc_output_help[2] = {
  N_("Where it goes, readable for you alone, instead of the standard output"),
  N_("Write over files that are there"),
};

void
dc_output_clear (DcOutput *self)
{
  g_clear_pointer (&self->path, g_free);
}

gboolean
dc_output_is_pipe (const DcOutput *self)
{
  return self->path == NULL || g_str_equal (self->path, "-");
}

gboolean
dc_output_check (const DcOutput  *self,
                 GError         **error)
{
  if (dc_output_is_pipe (self) || self->force || !dc_path_is_there (self->path))
    return TRUE;
  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_THERE,
               "%s: found a file, expected none; --force writes over it", self->path);

  return FALSE;
}

static gboolean
write_out (GBytes  *text,
           GError **error)
{
  gsize left;
  const char *data = g_bytes_get_data (text, &left);

  while (left > 0) {
    gssize n = TEMP_FAILURE_RETRY (write (STDOUT_FILENO, data, left));

    if (n < 0) {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                   "standard output: %s", g_strerror (errno));
      return FALSE;
    }
    data += n;
    left -= (gsize) n;
  }

  return TRUE;
}

gboolean
dc_output_write (const DcOutput  *self,
                 GBytes          *text,
                 GError         **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);

  if (dc_output_is_pipe (self))
    return write_out (text, error);
  if (self->force)
    return dc_durable_replace (self->path, data, size, error);

  return dc_durable_create (self->path, data, size, error);
}
