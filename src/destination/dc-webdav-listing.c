/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-webdav-listing.h"

#include <libxml/xmlreader.h>
#include <string.h>

#include "dc-delivery.h"

#define DAV "DAV:"

static gboolean
fail (GError     **error,
      const char  *what)
{
  g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE, "the listing: %s", what);

  return FALSE;
}

static gboolean
is_element (xmlTextReader *reader,
            const char    *name)
{
  return g_strcmp0 ((const char *) xmlTextReaderConstLocalName (reader), name) == 0
         && g_strcmp0 ((const char *) xmlTextReaderConstNamespaceUri (reader), DAV) == 0;
}

/* The last part of a path or an address; of one that is none of ours, "". */
static void
add_name (GPtrArray  *names,
          const char *href)
{
  g_autofree char *path = g_uri_unescape_string (href, "/");
  const char *name = path != NULL ? path : "";
  gboolean folder = g_str_has_suffix (name, "/");

  if (folder)
    path[strlen (path) - 1] = '\0';
  if (strrchr (name, '/') != NULL)
    name = strrchr (name, '/') + 1;
  if (!g_str_is_ascii (name))
    name = "";
  g_ptr_array_add (names, g_strconcat (name, folder && *name != '\0' ? "/" : "", NULL));
}

/* What the last href was of is a folder, although its address does not say so
 * (RFC 4918, section 5.2); in a response the href comes first. */
static void
mark_folder (GPtrArray *names)
{
  char **last = names->len > 0 ? (char **) &names->pdata[names->len - 1] : NULL;

  if (last != NULL && **last != '\0' && !g_str_has_suffix (*last, "/")) {
    char *marked = g_strconcat (*last, "/", NULL);

    g_free (*last);
    *last = marked;
  }
}

static void
drop_empty (GPtrArray *names)
{
  for (guint i = names->len; i > 0; i--)
    if (*(const char *) names->pdata[i - 1] == '\0')
      g_ptr_array_remove_index (names, i - 1);
}

/* One element. @depth 0: the root. */
static gboolean
take_element (xmlTextReader  *reader,
              GPtrArray      *names,
              GError        **error)
{
  int depth = xmlTextReaderDepth (reader);

  if (depth == 0 && !is_element (reader, "multistatus"))
    return fail (error, "expected a multistatus");
  if (depth == 2 && is_element (reader, "href")) {
    xmlChar *text = xmlTextReaderReadString (reader);

    if (text != NULL)
      add_name (names, (const char *) text);
    xmlFree (text);
  } else if (depth > 2 && is_element (reader, "collection")) {
    mark_folder (names);
  }

  return TRUE;
}

static gboolean
read_all (xmlTextReader  *reader,
          GPtrArray      *names,
          GError        **error)
{
  gboolean any = FALSE;
  int more;

  while ((more = xmlTextReaderRead (reader)) == 1) {
    switch (xmlTextReaderNodeType (reader)) {
    case XML_READER_TYPE_DOCUMENT_TYPE:
      return fail (error, "it has a document type");
    case XML_READER_TYPE_ELEMENT:
      any = TRUE;
      if (!take_element (reader, names, error))
        return FALSE;
      break;
    default:
      break;
    }
  }

  return (more == 0 && any) || fail (error, "it is not well-formed");
}

GPtrArray *
dc_webdav_listing_read (const char  *xml,
                        gsize        length,
                        GError     **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  xmlTextReader *reader;
  gboolean read;

  if (length > DC_WEBDAV_MAX_LISTING) {
    fail (error, "it is too long");
    return NULL;
  }
  reader = xmlReaderForMemory (xml, (int) length, NULL, NULL,
                               XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (reader == NULL) {
    fail (error, "it cannot be read");
    return NULL;
  }
  read = read_all (reader, names, error);
  xmlFreeTextReader (reader);
  drop_empty (names);

  return read ? g_steal_pointer (&names) : NULL;
}
