# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A live pack with keys of its own, made by age-keygen and minisign, and the
answers of a drill by src/record/FORMAT.md, with age and sha256sum's sum."""

import base64
import hashlib
import json
import pathlib
import re
import shutil
import subprocess

from flowlib import PACK, SOURCE

NAMES = ('desk', 'spare')
WORDS = re.findall(r'"([a-z]+)"',
                   (SOURCE / 'src/seal/dc-wordlist-english.c').read_text(encoding='ascii'))


def run(*command, **options):
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, **options)


class LivePack:
    """The appeal that ships, made live in the folder, which is new."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.keys = self.folder / 'keys'
        shutil.copytree(PACK, self.folder, ignore=shutil.ignore_patterns('demo-keys', 'manifest*'))
        self.keys.mkdir()
        self.campaign = PACK_ID
        self._make_recipients()
        self._make_live()
        run('minisign', '-G', '-W', '-f', '-p', self.folder / 'pack.pub', '-s', self.keys / 'pack.key')
        self.sign(1)

    def _make_recipients(self):
        lines = []
        for name in NAMES:
            run('age-keygen', '-o', self.keys / name)
            lines.append(re.search(r'age1\w+', (self.keys / name).read_text())[0])
        (self.folder / 'recipients.txt').write_text('\n'.join(lines) + '\n')

    def _make_live(self):
        path = self.folder / 'campaign.ini'
        text = path.read_text(encoding='utf-8').replace('\nDemo=true\n', '\nDemo=false\n')
        text = re.sub(r'\n\[Demo\][^\[]*', '\n', text)
        path.write_text(text, encoding='utf-8')

    def sign(self, serial):
        """The manifest by src/pack/FORMAT.md, signed with the pack key."""
        lines = ['daily-cup pack 1', f'campaign {self.campaign}', f'serial {serial}']
        for path in sorted(self.folder.iterdir()):
            if path.is_file() and not path.name.startswith('manifest') \
                    and path.name not in ('pack.pub', 'README.md'):
                data = path.read_bytes()
                lines.append(f'{hashlib.sha256(data).hexdigest()}  {len(data)}  {path.name}')
        (self.folder / 'manifest').write_text('\n'.join(lines) + '\n', encoding='ascii')
        run('minisign', '-S', '-s', self.keys / 'pack.key', '-m', self.folder / 'manifest')

    def decrypt(self, sealed, name):
        """The plaintext, or None where that key does not open it."""
        done = subprocess.run(['age', '--decrypt', '-i', str(self.keys / name)], input=sealed,
                              capture_output=True, check=False)
        return done.stdout if done.returncode == 0 else None


PACK_ID = re.search(r'^Id=(.*)$', (PACK / 'campaign.ini').read_text(encoding='utf-8'), re.M)[1]


def answer(plaintext):
    """Four words: the first 44 bits of the SHA-256."""
    digest = hashlib.sha256(b'daily-cup/drill/1\n' + plaintext).digest()
    bits = int.from_bytes(digest[:6], 'big') >> 4
    return ' '.join(WORDS[bits >> shift & 2047] for shift in (33, 22, 11, 0))


def answers(pack, path, name):
    """{place of the record: words} of what that key opens of a drill's file."""
    found = {}
    for place, line in enumerate(pathlib.Path(path).read_text(encoding='ascii').splitlines()):
        plaintext = pack.decrypt(base64.b64decode(json.loads(line)['sealed']), name)
        if plaintext is not None:
            found[place] = answer(plaintext)
    return found
