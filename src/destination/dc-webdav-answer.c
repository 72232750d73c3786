/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-webdav-answer.h"

/* RFC 9110, section 15; RFC 4918, section 11; RFC 6585. */
DcDeliveryError
dc_webdav_code (long status)
{
  switch (status) {
  case 401:
    return DC_DELIVERY_ERROR_CREDENTIAL;
  case 403:      /* who it is, is known: this may not be done */
    return DC_DELIVERY_ERROR_READ_ONLY;
  case 404:
  case 409:
  case 410:
    return DC_DELIVERY_ERROR_GONE;
  case 405:
  case 501:
  case 505:
    return DC_DELIVERY_ERROR_TOO_OLD;
  case 400:
  case 413:
  case 415:
    return DC_DELIVERY_ERROR_REJECTED;
  case 407:
  case 511:
    return DC_DELIVERY_ERROR_LOGIN_PAGE;
  case 408:
    return DC_DELIVERY_ERROR_TIMEOUT;
  case 423:
  case 429:
    return DC_DELIVERY_ERROR_BUSY;
  case 507:
    return DC_DELIVERY_ERROR_FULL;
  default:
    break;
  }
  if (status >= 300 && status < 400)
    return DC_DELIVERY_ERROR_LOGIN_PAGE;

  return status >= 500 && status < 600 ? DC_DELIVERY_ERROR_BUSY : DC_DELIVERY_ERROR_UNREADABLE;
}

gboolean
dc_webdav_refuse (const DcWebdavRequest  *request,
                  const DcWebdavAnswer   *answer,
                  DcTransfer             *transfer,
                  GError                **error)
{
  DcDeliveryError code = dc_webdav_code (answer->status);

  /* A page for people in the place of a file. */
  if (answer->status / 100 == 2 && answer->html)
    code = DC_DELIVERY_ERROR_LOGIN_PAGE;
  if (code == DC_DELIVERY_ERROR_BUSY)
    transfer->retry_seconds = answer->retry_seconds;
  g_set_error (error, DC_DELIVERY_ERROR, code, "%s /%s: the server answered %ld", request->method,
               request->path, answer->status);

  return FALSE;
}
