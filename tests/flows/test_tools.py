# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tests' own instruments: a search that finds nothing proves something
only if it finds what is there."""

import base64
import pathlib
import subprocess
import tempfile
import unittest

import codes
import tap
from needles import SHORTEST, Needles, base64_cores

TEXT = 'Zoë Ñandú-d’Été'


class FindsATextHoweverWritten(unittest.TestCase):
    def setUp(self):
        self.needles = Needles(TEXT)

    def assert_found(self, data):
        self.assertEqual(self.needles.in_bytes(b'before ' + data + b' after'), [TEXT])

    def test_in_every_character_encoding_forwards_and_backwards(self):
        for encoding in ('utf-8', 'utf-16-le', 'utf-16-be'):
            raw = TEXT.encode(encoding)
            self.assert_found(raw)
            self.assert_found(raw[::-1])
            self.assert_found(TEXT[::-1].encode(encoding))

    def test_in_hexadecimal_of_either_case(self):
        self.assert_found(TEXT.encode().hex().encode())
        self.assert_found(TEXT.encode('utf-16-le').hex().upper().encode())

    def test_in_base64_wherever_it_begins_and_whatever_follows(self):
        for encoding in ('utf-8', 'utf-16-le', 'utf-16-be'):
            for before in range(7):
                for after in range(4):
                    raw = b'\xa7' * before + TEXT.encode(encoding) + b'\xff' * after
                    self.assert_found(base64.b64encode(raw))
                    self.assert_found(base64.urlsafe_b64encode(raw).rstrip(b'='))

    def test_and_finds_nothing_in_what_is_only_like_it(self):
        self.assertEqual(self.needles.in_bytes(TEXT.replace('Z', 'X').encode()), [])
        self.assertEqual(self.needles.in_bytes(base64.b64encode('Zoe Nandu-d’Ete'.encode())), [])

    def test_a_core_is_no_shorter_than_the_bits_allow(self):
        for size in range(SHORTEST, 20):
            for core in base64_cores(bytes(range(size))):
                self.assertGreaterEqual(len(core), size * 8 // 6 - 2)

    def test_a_text_that_chance_would_find_is_refused(self):
        with self.assertRaises(ValueError):
            Needles('Ana')


class SearchesAFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_in_every_file_below_it_and_says_which(self):
        deep = self.folder / 'a' / 'b'
        deep.mkdir(parents=True)
        (deep / 'clean').write_bytes(b'nothing')
        (deep / '.hidden').write_bytes(b'\0' * 5000 + TEXT.encode('utf-16-be'))
        self.assertEqual(Needles(TEXT).in_folder(self.folder), [f'{deep}/.hidden: {TEXT}'])

    def test_and_in_the_names_of_files(self):
        (self.folder / TEXT).write_bytes(b'')
        self.assertEqual(len(Needles(TEXT).in_folder(self.folder)), 1)

    def test_bytes_are_found_raw_and_encoded(self):
        needles = Needles()
        needles.add_bytes(bytes(range(32)), 'a key')
        for data in (bytes(range(32)), bytes(range(32)).hex().encode(),
                     base64.b64encode(b'x' + bytes(range(32)))):
            self.assertEqual(needles.in_bytes(b'--' + data), ['a key'])
        self.assertEqual(needles.in_bytes(bytes(range(1, 32))), [])


class ReadsACode(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.picture = pathlib.Path(folder.name, 'code.png')

    def test_and_says_so_where_there_is_none(self):
        small = self.picture.with_name('small.png')
        subprocess.run(['convert', '-size', '400x300', 'xc:white', str(self.picture)], check=True)
        with self.assertRaises(AssertionError):
            codes.read(self.picture)
        subprocess.run(['convert', '-size', '64x64', 'pattern:checkerboard', str(small)],
                       check=True)
        with self.assertRaises(AssertionError):
            codes.read(small, (0, 0, 64, 64))

    def test_a_template_is_expanded_as_rfc_6570_says(self):
        values = {'language': 'fr', 'interval': 'monthly', 'amount': '18', 'reference': None}
        self.assertEqual(codes.expand('https://a/{language}{/interval,amount,reference}', values),
                         'https://a/fr/monthly/18')
        self.assertEqual(codes.expand('{language}', {'language': 'a b/é'}), 'a%20b%2F%C3%A9')
        self.assertEqual(codes.expand('x{/interval,amount}', {}), 'x')


if __name__ == '__main__':
    tap.main()
