# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for a text in every file of a folder, however it may be written."""

import base64
import binascii
import os
import pathlib

# Shorter ones would be found by chance; a base64 core loses up to 3 letters.
SHORTEST = 6


def base64_cores(raw, encode=base64.b64encode):
    """What base64 of any text around @raw must contain, at each of the three
    places that @raw can begin at: without the letters that share bits with
    what stands before or after."""
    cores = set()
    for before in range(3):
        encoded = encode(b'\0' * before + raw)
        first = -(-before * 8 // 6)
        last = (before + len(raw)) * 8 // 6
        cores.add(encoded[first:last])
    return cores


def forms(text):
    """Every byte string that would betray @text."""
    raws = {text.encode(), text.encode('utf-16-le'), text.encode('utf-16-be')}
    raws |= {raw[::-1] for raw in raws} | {text[::-1].encode()}
    found = set(raws)
    for raw in raws:
        found |= {binascii.hexlify(raw), binascii.hexlify(raw).upper()}
        found |= base64_cores(raw) | base64_cores(raw, base64.urlsafe_b64encode)
    return found


class Needles:
    """Texts that must not be on the disk."""

    def __init__(self, *texts):
        self.forms = {}
        for text in texts:
            self.add(text)

    def add(self, text):
        if len(text) < SHORTEST:
            raise ValueError(f'“{text}” is too short to be looked for')
        for form in forms(text):
            self.forms[form] = text

    def add_bytes(self, raw, name):
        """The same for bytes: a sealed record, a key."""
        for form in {raw, binascii.hexlify(raw), binascii.hexlify(raw).upper()} \
                | base64_cores(raw):
            self.forms[form] = name

    def add_pieces(self, raw, name, size=32):
        """The same for every piece of long random bytes: what is left of a
        deleted record may have lost its beginning or be cut in two."""
        for start in range(0, len(raw) - size + 1, size):
            self.add_bytes(raw[start:start + size], name)

    def in_bytes(self, data):
        return sorted({name for form, name in self.forms.items() if form in data})

    def in_folder(self, *folders):
        """["FILE: TEXT"], of file names and of contents, links not followed."""
        found = []
        for folder in folders:
            for place, _, names in os.walk(folder):
                for name in names:
                    path = pathlib.Path(place, name)
                    data = os.fsencode(path)
                    if path.is_file() and not path.is_symlink():
                        data += b'\n' + path.read_bytes()
                    found += [f'{path}: {needle}' for needle in self.in_bytes(data)]
        return found
