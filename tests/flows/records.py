# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens what the program stored with tools that are not ours: sqlite3, age
and openssl, by src/record/FORMAT.md."""

import contextlib
import hashlib
import json
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

from flowlib import PACK

SIZE_CLASSES = (2048, 4096, 8192, 16384, 32768, 65536)
KEYS = {name: PACK / 'demo-keys' / f'{name}.txt' for name in ('desk', 'spare')}

# An Ed25519 public key in DER (RFC 8410) is a fixed head and the 32 bytes.
DER_HEAD = bytes.fromhex('302a300506032b6570032100')


def databases(state):
    """The queue databases below a state directory."""
    return sorted(path for path in pathlib.Path(state).rglob('*.db') if path.is_file())


def rows(state):
    """Every row of the table "record" as a dictionary, in order of seq; []
    before there is a queue. The database is copied with its journal, so that
    reading changes nothing: what a power cut left is what is read."""
    found = databases(state)
    assert len(found) < 2, f'databases in {state}: {found}'
    if not found:
        return []
    with tempfile.TemporaryDirectory(prefix='daily-cup-copy-') as folder:
        copy = pathlib.Path(folder, 'queue.db')
        for path in found[0].parent.glob(found[0].name + '*'):
            shutil.copy(path, copy.with_name(path.name.replace(found[0].name, copy.name)))
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            connection.row_factory = sqlite3.Row
            if not connection.execute('PRAGMA user_version').fetchone()[0]:
                return []
            assert connection.execute('PRAGMA integrity_check').fetchone()[0] == 'ok'
            return [dict(row) for row in connection.execute('SELECT * FROM record ORDER BY seq')]


def decrypt(sealed, key='desk'):
    """The plaintext as it comes from Debian's age, padding and all."""
    return subprocess.run(['age', '--decrypt', '-i', str(KEYS[key])], input=sealed,
                          capture_output=True, check=True).stdout


def signature_is_right(row):
    envelope = json.loads(row['envelope'])
    with tempfile.TemporaryDirectory(prefix='daily-cup-verify-') as folder:
        paths = {}
        for name, data in (('key', DER_HEAD + bytes.fromhex(envelope['tablet'])),
                           ('signed', b'daily-cup/record/1\n' + row['envelope']),
                           ('signature', row['signature'])):
            paths[name] = pathlib.Path(folder, name)
            paths[name].write_bytes(data)
        done = subprocess.run(['openssl', 'pkeyutl', '-verify', '-pubin', '-keyform', 'DER',
                               '-inkey', str(paths['key']), '-rawin', '-in', str(paths['signed']),
                               '-sigfile', str(paths['signature'])],
                              capture_output=True, check=False)
    return done.returncode == 0


def open_row(row):
    """(envelope, pledge) of a row, after every check that FORMAT.md asks of a
    reader; both recipients' keys open it to the same bytes."""
    envelope = json.loads(row['envelope'])
    plain = decrypt(row['sealed'], 'desk')
    assert plain == decrypt(row['sealed'], 'spare'), 'the two keys open different texts'
    assert len(plain) in SIZE_CLASSES, f'{len(plain)} is no size class'
    pledge = json.loads(plain)
    assert plain == plain.rstrip(b' ').ljust(len(plain), b' ')
    assert hashlib.sha256(row['sealed']).hexdigest() == envelope['sealed_sha256']
    assert signature_is_right(row), 'the signature is not the tablet’s'
    shared = {key: value for key, value in envelope.items() if key != 'sealed_sha256'}
    assert list(pledge)[:len(shared)] == list(shared), 'the sealed text begins otherwise'
    assert {key: pledge[key] for key in shared} == shared, 'envelope and sealed text differ'
    assert envelope['id'] == row['id'].hex() and envelope['seq'] == row['seq']
    assert envelope['day'] == row['day'] and envelope['kind'] == row['kind']
    return envelope, pledge


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
