/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-uri-template.h"

#include <string.h>

#include "dc-symbol.h"

/* The algorithm of RFC 6570, section 3, with the table of appendix A. One pass
 * over the template: literals and expressions in turn. Nothing is parsed into
 * a tree, since a template of at most 200 bytes is expanded once per code. */

/* A row of appendix A. */
typedef struct
{
  char        sign;        /* '\0': simple expansion */
  const char *first;       /* before the first defined variable */
  const char *separator;   /* before each following one */
  gboolean    named;
  const char *if_empty;    /* after the name of an empty value */
  gboolean    reserved;    /* reserved characters stay as they are */
} Operator;

static const Operator operators[] = {
  { '\0', "", ",", FALSE, "", FALSE },
  { '+', "", ",", FALSE, "", TRUE },
  { '#', "#", ",", FALSE, "", TRUE },
  { '.', ".", ".", FALSE, "", FALSE },
  { '/', "/", "/", FALSE, "", FALSE },
  { ';', ";", ";", TRUE, "", FALSE },
  { '?', "?", "&", TRUE, "=", FALSE },
  { '&', "&", "&", TRUE, "=", FALSE },
};

typedef struct
{
  const char * const *names;
  const char * const *values;
  GString            *out;
} Expansion;

#define RESERVED_OP "=,!@|"

/* RFC 3986, sections 2.2 and 2.3 */
static gboolean
is_unreserved (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-._~", c) != NULL);
}

static gboolean
is_reserved (char c)
{
  return c != '\0' && strchr (":/?#[]@!$&'()*+,;=", c) != NULL;
}

static gboolean
is_triplet (const char *at)
{
  return at[0] == '%' && g_ascii_isxdigit (at[1]) && g_ascii_isxdigit (at[2]);
}

/* The ranges ucschar and iprivate of section 2.1. */
static gboolean
is_literal_beyond_ascii (gunichar c)
{
  if (c < 0xa0 || (c & 0xfffe) == 0xfffe)
    return FALSE;
  if ((c >= 0xfdd0 && c <= 0xfdef) || (c >= 0xfff0 && c <= 0xffff))
    return FALSE;

  return c < 0xe0000 || c > 0xe0fff;
}

static void
append_encoded (GString    *out,
                const char *text,
                gsize       length,
                gboolean    keep_reserved)
{
  for (gsize i = 0; i < length; i++) {
    if (is_unreserved (text[i]) || (keep_reserved && is_reserved (text[i])))
      g_string_append_c (out, text[i]);
    else if (keep_reserved && length - i >= 3 && is_triplet (text + i))
      g_string_append_c (out, '%');
    else
      g_string_append_printf (out, "%%%02X", (guint8) text[i]);
  }
}

static gboolean
refuse (const char  *template_,
        const char  *why,
        GError     **error)
{
  g_set_error (error, DC_QR_ERROR, DC_QR_ERROR_TEMPLATE,
               "URI template: found “%s”, %s", template_, why);

  return FALSE;
}

static gboolean
check_length (GString  *out,
              GError  **error)
{
  if (out->len <= DC_URI_MAX_BYTES)
    return TRUE;

  g_set_error (error, DC_QR_ERROR, DC_QR_ERROR_TOO_LONG,
               "URI template: the address has more than %d bytes", DC_URI_MAX_BYTES);

  return FALSE;
}

/* One literal character; @end is set after it. */
static gboolean
expand_literal (const char  *template_,
                const char  *at,
                const char **end,
                GString     *out,
                GError     **error)
{
  gunichar c = g_utf8_get_char (at);

  *end = g_utf8_next_char (at);
  if (c == '}')
    return refuse (template_, "which closes a brace that was not opened", error);
  if (c == '%' && !is_triplet (at))
    return refuse (template_, "expected two hexadecimal digits after “%”", error);
  if (c <= ' ' || c == 0x7f || (c < 0x80 && strchr ("\"'<>\\^`|", (int) c) != NULL))
    return refuse (template_, "with a character that no URI has", error);
  if (c >= 0x80 && !is_literal_beyond_ascii (c))
    return refuse (template_, "with a character that no URI has", error);

  if (c == '%')
    g_string_append_c (out, '%');
  else
    append_encoded (out, at, (gsize) (*end - at), TRUE);

  return TRUE;
}

/* The length of the varname (section 2.3) that begins at @at; 0: none does. */
static gsize
span_name (const char *at)
{
  gsize length = 0;

  for (;;) {
    gsize dot = length > 0 && at[length] == '.' ? 1 : 0;
    const char *next = at + length + dot;

    if (is_triplet (next))
      length += dot + 3;
    else if (g_ascii_isalnum (*next) || *next == '_')
      length += dot + 1;
    else
      return length;
  }
}

static const char *
look_up (const Expansion *self,
         const char      *name,
         gsize            length)
{
  for (gsize i = 0; self->names[i] != NULL; i++) {
    if (strlen (self->names[i]) == length && strncmp (self->names[i], name, length) == 0)
      return self->values[i];
  }

  return NULL;
}

static gboolean
append_variable (const Expansion  *self,
                 const Operator   *operator_,
                 gboolean          first,
                 const char       *name,
                 gsize             name_length,
                 const char       *value,
                 GError          **error)
{
  gsize length = strnlen (value, DC_URI_MAX_BYTES + 1);

  if (length <= DC_URI_MAX_BYTES && !g_utf8_validate (value, (gssize) length, NULL)) {
    g_set_error (error, DC_QR_ERROR, DC_QR_ERROR_TEXT,
                 "URI template: the value of “%.*s” is not UTF-8", (int) name_length, name);
    return FALSE;
  }

  g_string_append (self->out, first ? operator_->first : operator_->separator);
  if (operator_->named) {
    g_string_append_len (self->out, name, (gssize) name_length);
    g_string_append (self->out, length == 0 ? operator_->if_empty : "=");
  }
  append_encoded (self->out, value, length, operator_->reserved);

  return check_length (self->out, error);
}

static const Operator *
read_operator (const char **at)
{
  for (gsize i = 1; i < G_N_ELEMENTS (operators); i++) {
    if (**at == operators[i].sign) {
      (*at)++;
      return &operators[i];
    }
  }

  return &operators[0];
}

/* What stands where a comma or the closing brace should. */
static gboolean
refuse_after_name (const char  *template_,
                   char         found,
                   GError     **error)
{
  if (found == '\0')
    return refuse (template_, "which opens a brace that is not closed", error);
  if (found == ':' || found == '*')
    return refuse (template_, "expected none of the modifiers of level 4 (“:”, “*”)", error);

  return refuse (template_, "expected the name of a variable between the braces", error);
}

/* @at stands after the opening brace; @end is set after the closing one. */
static gboolean
expand_expression (const Expansion  *self,
                   const char       *template_,
                   const char       *at,
                   const char      **end,
                   GError          **error)
{
  const Operator *operator_ = read_operator (&at);
  gboolean first = TRUE;

  if (operator_->sign == '\0' && *at != '\0' && strchr (RESERVED_OP, *at) != NULL)
    return refuse (template_, "with an operator that RFC 6570 reserves", error);

  for (;; at++) {
    gsize length = span_name (at);
    const char *value;

    if (length == 0 || (at[length] != ',' && at[length] != '}'))
      return refuse_after_name (template_, at[length], error);

    value = look_up (self, at, length);
    if (value != NULL) {
      if (!append_variable (self, operator_, first, at, length, value, error))
        return FALSE;
      first = FALSE;
    }

    at += length;
    if (*at == '}')
      break;
  }
  *end = at + 1;

  return TRUE;
}

char *
dc_uri_template_expand (const char          *template_,
                        const char * const  *names,
                        const char * const  *values,
                        GError             **error)
{
  g_autoptr (GString) out = NULL;
  Expansion self;
  gsize length;

  g_return_val_if_fail (template_ != NULL && names != NULL && values != NULL, NULL);

  length = strnlen (template_, DC_URI_TEMPLATE_MAX_BYTES + 1);
  if (length > DC_URI_TEMPLATE_MAX_BYTES || !g_utf8_validate (template_, (gssize) length, NULL)) {
    g_set_error (error, DC_QR_ERROR, DC_QR_ERROR_TEMPLATE,
                 "URI template: expected UTF-8 of at most %d bytes", DC_URI_TEMPLATE_MAX_BYTES);
    return NULL;
  }

  out = g_string_sized_new (128);
  self = (Expansion) { names, values, out };
  for (const char *at = template_; *at != '\0';) {
    gboolean expanded;

    if (*at == '{')
      expanded = expand_expression (&self, template_, at + 1, &at, error);
    else
      expanded = expand_literal (template_, at, &at, out, error);
    if (!expanded || !check_length (out, error))
      return NULL;
  }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
