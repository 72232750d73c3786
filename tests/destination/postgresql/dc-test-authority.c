/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-test-authority.h"

#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

struct _DcTestAuthority
{
  EVP_PKEY *key;
  X509     *certificate;
};

static void
add_extension (X509       *certificate,
               int         nid,
               const char *value)
{
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, nid, value);

  g_assert_nonnull (extension);
  g_assert_true (X509_add_ext (certificate, extension, -1));
  X509_EXTENSION_free (extension);
}

static X509 *
make (EVP_PKEY   *key,
      const char *name,
      int         from_hours,
      int         to_hours)
{
  X509 *self = X509_new ();

  X509_set_version (self, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (self), g_random_int_range (1, G_MAXINT32));
  X509_gmtime_adj (X509_getm_notBefore (self), from_hours * 3600L);
  X509_gmtime_adj (X509_getm_notAfter (self), to_hours * 3600L);
  X509_set_pubkey (self, key);
  X509_NAME_add_entry_by_txt (X509_get_subject_name (self), "CN", MBSTRING_ASC,
                              (const guchar *) name, -1, -1, 0);

  return self;
}

DcTestAuthority *
dc_test_authority_new (const char *name)
{
  DcTestAuthority *self = g_new0 (DcTestAuthority, 1);

  self->key = EVP_EC_gen ("P-256");
  self->certificate = make (self->key, name, -100000, 100000);
  X509_set_issuer_name (self->certificate, X509_get_subject_name (self->certificate));
  add_extension (self->certificate, NID_basic_constraints, "critical,CA:TRUE");
  g_assert_true (X509_sign (self->certificate, self->key, EVP_sha256 ()));

  return self;
}

void
dc_test_authority_free (DcTestAuthority *self)
{
  EVP_PKEY_free (self->key);
  X509_free (self->certificate);
  g_free (self);
}

char *
dc_test_authority_text (DcTestAuthority *self)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *data;
  char *text;
  long size;

  g_assert_true (PEM_write_bio_X509 (bio, self->certificate));
  size = BIO_get_mem_data (bio, &data);
  text = g_strndup (data, (gsize) size);
  BIO_free (bio);

  return text;
}

void
dc_test_authority_issue (DcTestAuthority *self,
                         const char      *names,
                         int              from_hours,
                         int              to_hours,
                         const char      *folder)
{
  g_autofree char *certificate_path = g_build_filename (folder, "server.crt", NULL);
  g_autofree char *key_path = g_build_filename (folder, "server.key", NULL);
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *certificate = make (key, "server", from_hours, to_hours);
  FILE *file;

  X509_set_issuer_name (certificate, X509_get_subject_name (self->certificate));
  add_extension (certificate, NID_subject_alt_name, names);
  g_assert_true (X509_sign (certificate, self->key, EVP_sha256 ()));

  file = g_fopen (certificate_path, "w");
  g_assert_true (file != NULL && PEM_write_X509 (file, certificate) && fclose (file) == 0);
  file = g_fopen (key_path, "w");
  g_assert_true (file != NULL && PEM_write_PrivateKey (file, key, NULL, NULL, 0, NULL, NULL)
                 && fclose (file) == 0);
  g_assert_cmpint (g_chmod (key_path, 0600), ==, 0);
  X509_free (certificate);
  EVP_PKEY_free (key);
}
