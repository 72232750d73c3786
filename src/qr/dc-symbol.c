/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-symbol.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

G_DEFINE_QUARK (dc-qr-error-quark, dc_qr_error)

struct _DcSymbol
{
  gatomicrefcount  ref_count;
  char            *text;
  guint            version;
  guint            size;
  guint8          *modules;    /* size * size, row by row; 1 is dark */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QRcode, QRcode_free)

static gboolean
check_text (const char  *text,
            GError     **error)
{
  gsize length = strnlen (text, DC_SYMBOL_MAX_BYTES + 1);

  if (length == 0) {
    g_set_error (error, DC_QR_ERROR, DC_QR_ERROR_EMPTY, "QR code: found no text");
    return FALSE;
  }
  if (length > DC_SYMBOL_MAX_BYTES) {
    g_set_error (error, DC_QR_ERROR, DC_QR_ERROR_TOO_LONG,
                 "QR code: found more than %d bytes, which no code holds",
                 DC_SYMBOL_MAX_BYTES);
    return FALSE;
  }
  if (!g_utf8_validate (text, (gssize) length, NULL)) {
    g_set_error (error, DC_QR_ERROR, DC_QR_ERROR_TEXT,
                 "QR code: found a text that is not UTF-8");
    return FALSE;
  }

  return TRUE;
}

/* QRcode_encodeData writes one byte-mode segment and never raises the level
 * when there is room; version 0 asks for the smallest. The version asked for
 * is only a floor there, so the ceiling is ours to check. */
static QRcode *
encode (const char  *text,
        guint        max_version,
        GError     **error)
{
  g_autoptr (QRcode) code = NULL;

  code = QRcode_encodeData ((int) strlen (text), (const unsigned char *) text, 0, QR_ECLEVEL_M);
  if (code == NULL) {
    g_set_error (error, DC_QR_ERROR, DC_QR_ERROR_FAILED, "QR code: %s", g_strerror (errno));
    return NULL;
  }
  if (code->version < 1 || (guint) code->version > max_version) {
    g_set_error (error, DC_QR_ERROR, DC_QR_ERROR_TOO_LONG,
                 "QR code: found a text of %" G_GSIZE_FORMAT " bytes, which needs version %d, "
                 "expected one that fits version %u",
                 strlen (text), code->version, max_version);
    return NULL;
  }

  return g_steal_pointer (&code);
}

DcSymbol *
dc_symbol_new (const char  *text,
               guint        max_version,
               GError     **error)
{
  g_autoptr (QRcode) code = NULL;
  DcSymbol *self;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (max_version >= 1 && max_version <= DC_SYMBOL_MAX_VERSION, NULL);

  if (!check_text (text, error))
    return NULL;
  code = encode (text, max_version, error);
  if (code == NULL)
    return NULL;

  self = g_new0 (DcSymbol, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->text = g_strdup (text);
  self->version = (guint) code->version;
  self->size = (guint) code->width;
  self->modules = g_malloc_n (self->size, self->size);
  /* Only the lowest bit of each byte is the colour. */
  for (gsize i = 0; i < (gsize) self->size * self->size; i++)
    self->modules[i] = code->data[i] & 1;

  return self;
}

DcSymbol *
dc_symbol_ref (DcSymbol *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
dc_symbol_unref (DcSymbol *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->modules, g_free);
  g_free (self);
}

guint
dc_symbol_get_size (DcSymbol *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

guint
dc_symbol_get_version (DcSymbol *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->version;
}

gboolean
dc_symbol_is_dark (DcSymbol *self,
                   guint     x,
                   guint     y)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (x >= self->size || y >= self->size)
    return FALSE;

  return self->modules[(gsize) y * self->size + x] != 0;
}

const char *
dc_symbol_get_text (DcSymbol *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}
