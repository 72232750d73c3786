# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kiosk has no code that opens a record, and calls none.

    test_symbols.py KIOSK SENDER OPENER…

KIOSK is the built program; SENDER is daily-cup-send, in which the search for
what connects must find something; each OPENER is one that does open, in which the
same search must find it. Looked at are the functions in the program, of all
that was linked into it, and those that it takes from other libraries: of
libsodium it may call what is listed here and nothing else.

crypto_scalarmult is on that list because sealing agrees on a key with it. Who
opens must call a decryption as well, and no such function is on it.
"""

import os
import pathlib
import re
import subprocess
import sys
import unittest

import tap

KIOSK, SENDER, *OPENERS = sys.argv[1:]
SOURCE = pathlib.Path(os.environ['DAILY_CUP_SOURCE'])

# Our own: the whole of src/open, and what of src/record reads sealed text.
OPENS = re.compile(r'dc_(age_(open|identity|passphrase|armor|stream|unwrap|decrypt)|open(ed|_)'
                   r'|minisign_(key_(?!number\b)|secret))')   # its number is public
# Anybody's: of libsodium, and of the libraries that others would take.
DECRYPTS = re.compile(r'crypto_\w*(_open|_decrypt|_pull)\b|crypto_\w*(_open|_decrypt|_pull)_'
                      r'|crypto_(stream|core|box|kx|secretbox)_'
                      r'|^(EVP_|gcry_|gnutls_|gpgme_|mbedtls_)')
SODIUM = re.compile(r'(crypto|sodium|randombytes)_')
ALLOWED = {
    # seals: a fresh key, agreed on with the recipient's; the file's own MAC
    'crypto_aead_chacha20poly1305_ietf_encrypt', 'crypto_scalarmult', 'crypto_scalarmult_base',
    'crypto_auth_hmacsha256', 'crypto_auth_hmacsha256_final', 'crypto_auth_hmacsha256_init',
    'crypto_auth_hmacsha256_update', 'randombytes_buf', 'randombytes_random',
    # signs, verifies, hashes
    'crypto_generichash', 'crypto_hash_sha256', 'crypto_sign_detached', 'crypto_sign_seed_keypair',
    'crypto_sign_verify_detached',
    # PINs
    'crypto_pwhash_str_alg', 'crypto_pwhash_str_verify',
    # the library itself, texts, memory that is guarded
    'sodium_base642bin', 'sodium_bin2base64', 'sodium_free', 'sodium_init', 'sodium_malloc',
    'sodium_memzero', 'sodium_mprotect_readonly',
}


# Only daily-cup-send speaks to a network, and it alone has a credential.
NETWORK = re.compile(r'(socket|socketpair|connect|bind|listen|accept4?|sendto|recvfrom|getaddrinfo'
                     r'|gethostbyname\w*|res_\w+)$|g_(socket|network|inet|tcp|proxy|resolver|tls|dtls)_'
                     r'|curl_|PQ[a-z]|SSL_|(nta?_)?dc_(webdav|postgresql|credential_(load|save))')
# A socket of this machine, at which systemd starts daily-cup-send; an address
# of another kind cannot be made without what NETWORK finds.
LOCAL = {'g_socket_connect', 'g_socket_get_fd', 'g_socket_new', 'g_socket_set_blocking', 'g_socket_shutdown'}
KIOSKS = ('kiosk', 'model', 'pack', 'qr', 'record', 'seal', 'staff', 'store', 'sync', 'widgets')


def names(program, *options):
    said = subprocess.run(['nm', *options, program], check=True, capture_output=True, text=True)
    return {line.split()[-1].partition('@')[0] for line in said.stdout.splitlines() if line}


def inside(program):
    """The functions of the program, static ones too."""
    return names(program, '--defined-only')


def called(program):
    """What it takes from shared libraries."""
    return names(program, '--dynamic', '--undefined-only')


def that_open(program):
    return {name for name in inside(program) | called(program)
            if OPENS.match(name) or DECRYPTS.match(name)}


def linked(program):
    """The libraries that it asks for itself."""
    said = subprocess.run(['readelf', '-d', program], check=True, capture_output=True, text=True)
    return re.findall(r'\(NEEDED\).*\[(.*)\]', said.stdout)


def that_connect(program):
    return ({name for name in inside(program) | called(program) if NETWORK.match(name)}
            | {name for name in linked(program) if re.match(r'lib(curl|pq|ssl|crypto)\b', name)})


class Symbols(unittest.TestCase):
    def test_the_kiosk_opens_no_connection_but_on_this_machine(self):
        self.assertEqual(that_connect(KIOSK), LOCAL)

    def test_each_socket_in_the_source_of_the_kiosk_is_a_local_one(self):
        made = [(path.name, kind) for folder in KIOSKS
                for path in (SOURCE / 'src' / folder).glob('*.c')
                for kind in re.findall(r'g_socket_new \((\w+)', path.read_text(encoding='utf-8'))]
        self.assertEqual(made, [('dc-sender.c', 'G_SOCKET_FAMILY_UNIX')])

    def test_the_search_finds_what_does_connect(self):
        found = that_connect(SENDER)
        self.assertTrue({name for name in found if name.startswith('curl_')}, found)
        self.assertTrue({name for name in found if name.startswith('PQ')}, found)
        self.assertTrue({name for name in found if name.startswith('libcurl')}, found)

    def test_the_kiosk_has_nothing_that_opens(self):
        self.assertEqual(that_open(KIOSK), set())

    def test_the_kiosk_calls_of_libsodium_only_what_is_listed(self):
        self.assertEqual({name for name in called(KIOSK) if SODIUM.match(name)} - ALLOWED, set())

    def test_the_list_has_nothing_that_the_kiosk_does_not_call(self):
        self.assertEqual(ALLOWED - called(KIOSK), set())

    def test_the_kiosk_has_no_code_of_libsodium_in_itself(self):
        self.assertEqual({name for name in inside(KIOSK) if re.match('(crypto|sodium)_', name)},
                         set())

    def test_the_list_has_nothing_that_opens(self):
        self.assertEqual([name for name in ALLOWED if DECRYPTS.match(name)], [])

    def test_the_search_sees_what_seals(self):
        self.assertIn('dc_age_encrypt', inside(KIOSK))
        self.assertIn('crypto_aead_chacha20poly1305_ietf_encrypt', called(KIOSK))

    def test_the_search_finds_what_does_open(self):
        self.assertTrue(OPENERS)
        for opener in OPENERS:
            found = that_open(opener)
            self.assertTrue([name for name in found if OPENS.match(name)], opener)
            self.assertTrue([name for name in found if DECRYPTS.match(name)], opener)

    def test_other_ways_to_open_would_be_found(self):
        for name in ('crypto_box_open_easy', 'crypto_secretbox_open_easy', 'crypto_box_seal_open',
                     'crypto_secretstream_xchacha20poly1305_pull', 'EVP_DecryptInit_ex',
                     'crypto_aead_chacha20poly1305_ietf_decrypt_detached',
                     'crypto_stream_chacha20_ietf_xor_ic', 'crypto_kx_client_session_keys'):
            self.assertTrue(DECRYPTS.match(name), name)
        for name in ('dc_age_open', 'dc_age_identity_parse', 'dc_opened_read',
                     'dc_minisign_key_sign', 'dc_open_error_quark'):
            self.assertTrue(OPENS.match(name), name)


if __name__ == '__main__':
    del sys.argv[1:]
    tap.main()
