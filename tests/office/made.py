# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records as a tablet makes them, by src/record/FORMAT.md alone: age seals,
openssl signs, and sqlite3 keeps a queue."""

import base64
import contextlib
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile

from officelib import SOURCE, run

VECTORS = SOURCE / 'tests' / 'record' / 'vectors'
DESK, SPARE = VECTORS / 'desk.key', VECTORS / 'spare.key'
RECIPIENTS = VECTORS.joinpath('recipients.txt').read_text(encoding='ascii').split()
GOLDEN_TABLET = '03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8'
SHARED = list(json.loads(VECTORS.joinpath('withdrawal.plaintext').read_text(encoding='utf-8')))
PLEDGE = json.loads(VECTORS.joinpath('pledge.plaintext').read_text(encoding='utf-8'))
NOBODY = dict.fromkeys(PLEDGE['donor'])
SCHEMA = (SOURCE / 'src' / 'store' / 'sql' / '0001-initial.sql').read_text(encoding='utf-8')
WORDS = re.findall(r'"([a-z]+)"', (SOURCE / 'src/seal/dc-wordlist-english.c').read_text(encoding='ascii'))

# RFC 8410: an Ed25519 private key in DER is a fixed head and 32 bytes.
DER_HEAD = bytes.fromhex('302e020100300506032b657004220420')


def compact(value):
    return json.dumps(value, separators=(',', ':'), ensure_ascii=False).encode()


def words_of(digest, count):
    """BIP-39: eleven bits a word, from the left."""
    bits = int.from_bytes(digest, 'big') >> (len(digest) * 8 - 11 * count)
    return ' '.join(WORDS[bits >> 11 * place & 2047] for place in reversed(range(count)))


class Tablet:
    """One tablet and its queue, whose records are numbered from 1."""

    def __init__(self, name):
        self.der = DER_HEAD + hashlib.sha256(name.encode()).digest()
        public = subprocess.run(['openssl', 'pkey', '-inform', 'DER', '-pubout', '-outform', 'DER'], input=self.der,
                                stdout=subprocess.PIPE, check=True).stdout
        self.key = public[-32:].hex()
        self.queue = hashlib.md5(name.encode()).hexdigest()
        self.seq = 0

    def sign(self, message):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, 'key').write_bytes(self.der)
            pathlib.Path(folder, 'message').write_bytes(message)
            return subprocess.run(['openssl', 'pkeyutl', '-sign', '-keyform', 'DER', '-inkey', f'{folder}/key', '-rawin',
                                   '-in', f'{folder}/message'], stdout=subprocess.PIPE, check=True).stdout

    def parts(self, recipients=None, donor=None, inside=None, **fields):
        """(envelope, signature, sealed) of the next record; @inside: what the
        sealed text says otherwise than the envelope."""
        self.seq += 1
        record = PLEDGE | {'id': os.urandom(16).hex(), 'tablet': self.key, 'queue': self.queue, 'seq': self.seq,
                           'donor': PLEDGE['donor'] | (donor or {})} | fields
        if record['kind'] == 'withdrawal':
            record = {key: record[key] for key in SHARED} | dict.fromkeys(('amount', 'currency', 'frequency'))
        outside = {key: record[key] for key in SHARED}
        plain = compact(record | (inside or {}))
        plain = plain.ljust(2048 if len(plain) <= 2048 else 4096)
        chosen = [text for recipient in recipients or RECIPIENTS for text in ('-r', recipient)]
        sealed = subprocess.run(['age', *chosen], input=plain, stdout=subprocess.PIPE, check=True).stdout
        envelope = compact(outside | {'sealed_sha256': hashlib.sha256(sealed).hexdigest()})
        return envelope, self.sign(b'daily-cup/record/1\n' + envelope), sealed

    def line(self, **fields):
        return as_line(self.parts(**fields))

    def statement(self, rows, number=1, **fields):
        """The line of a statement, by EXCHANGE.md alone; @rows: {state: how many}
        pledges, or whole rows."""
        if isinstance(rows, dict):
            rows = [self.row(state=state, count=count) for state, count in rows.items()]
        text = compact({'v': 1, 'campaign': PLEDGE['campaign'], 'tablet': self.key, 'queue': self.queue,
                        'pack': PLEDGE['pack'], 'number': number, 'time': PLEDGE['time'], 'max_seq': self.seq,
                        'set_aside': 0, 'codes_shown': 0, 'rows': rows} | fields)
        signature = self.sign(b'daily-cup/statement/1\n' + text)
        return compact({'statement': base64.b64encode(text).decode(),
                        'signature': base64.b64encode(signature).decode()}) + b'\n'

    @staticmethod
    def row(**fields):
        money = {'currency': 'CHF', 'frequency': 'monthly', 'sum': 1800 * fields['count']}
        gone = {'currency': None, 'frequency': None, 'sum': 0}
        return {'kind': 'pledge', 'taken_back': False, 'shift': None,
                **(gone if fields.get('state') == 'withdrawn' or fields.get('kind') == 'withdrawal' else money),
                **fields}

    def journal(self, folder, lines):
        path = pathlib.Path(folder, f'{self.key[:8]}-{self.queue}.jsonl')
        path.write_bytes(b''.join(lines))
        return path

    def drill(self, path, recipients=RECIPIENTS, **fields):
        """A drill's file, as FORMAT.md has it."""
        self.seq, self.queue = 0, os.urandom(16).hex()
        path.write_bytes(b''.join(self.line(recipients=[recipient], kind='drill', amount=1, donor=NOBODY, **fields)
                                  for recipient in recipients))
        return path

    def fingerprint(self):
        """The eight words, as the tablet shows them."""
        return words_of(hashlib.sha256(b'daily-cup/tablet/1\n' + bytes.fromhex(self.key)).digest(), 8)


def as_line(parts):
    return compact({key: base64.b64encode(part).decode() for key, part in
                    zip(('envelope', 'signature', 'sealed'), parts)}) + b'\n'


def identity(line):
    return json.loads(base64.b64decode(json.loads(line)['envelope']))['id']


def bundle(path, lines):
    text = b''.join(lines)
    trailer = compact({'bundle': 1, 'records': len(lines), 'sha256': hashlib.sha256(text).hexdigest()})
    path.write_bytes(text + trailer + b'\n')
    return path


def golden(name):
    return VECTORS.joinpath(f'{name}.jsonl').read_bytes()


def database(folder, records, journal_mode='WAL', page_size=4096):
    """A tablet's database of @records, parts each or None where they are gone;
    with WAL, left as a power cut leaves it: the rows are in the log alone."""
    with tempfile.TemporaryDirectory() as work:
        with contextlib.closing(sqlite3.connect(f'{work}/queue.db', isolation_level=None)) as connection:
            connection.execute(f'PRAGMA page_size = {page_size}')
            connection.execute(f'PRAGMA journal_mode = {journal_mode}')
            connection.executescript(SCHEMA)
            connection.execute('PRAGMA wal_checkpoint(TRUNCATE)')
            for number, parts in enumerate(records):
                connection.execute(
                    'INSERT INTO record (id, kind, state, offered, day, amount, currency, frequency, envelope, '
                    'signature, sealed) VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)',
                    (number.to_bytes(16, 'big'), 'pledge', 'waiting' if parts else 'withdrawn', '2026-12-18',
                     *((1800, 'CHF', 'monthly') if parts else (None,) * 3), *(parts or (None,) * 3)))
            for path in pathlib.Path(work).glob('queue.db*'):
                shutil.copy(path, folder)
    return pathlib.Path(folder, 'queue.db')


class Office:
    """An office's folder, whose tablets are enrolled by hand."""

    def __init__(self, folder, *tablets):
        self.folder = pathlib.Path(folder, 'office')
        self.folder.mkdir(exist_ok=True)
        self.folder.joinpath('tablets.ini').write_text(''.join(
            f'[{tablet}]\nName=stall {number}\n' for number, tablet in enumerate(tablets, 1)), encoding='utf-8')

    def open(self, *arguments, key=DESK):
        """(status, output, errors)"""
        return run('open', '--office', str(self.folder), '--identity', str(key), *map(str, arguments))

    def json(self, *arguments):
        """(status, what was written out, errors)"""
        status, output, errors = self.open('--format', 'json', *arguments)
        return status, json.loads(output) if output else None, errors

    def run(self, command, *arguments, key=DESK, **more):
        """Any command that needs a key, or with @key None one that does not."""
        identity_of = ['--identity', str(key)] if key else []
        return run(command, '--office', str(self.folder), *identity_of, *map(str, arguments), **more)

    def take(self, lines=(), statements=()):
        """Collects records and statements as they lie on a stick, which it returns."""
        stick = pathlib.Path(tempfile.mkdtemp(prefix='stick-', dir=self.folder.parent))
        if lines:
            bundle(stick / 'records.jsonl', lines)
        for number, line in enumerate(statements):
            stick.joinpath(f'statement-{number:016x}.json').write_bytes(line)
        status, _, errors = self.run('collect', stick, key=None)
        assert status in (0, 1), errors
        return stick

    def drill(self, *arguments, key=DESK):
        return run('drill', '--office', str(self.folder), '--identity', str(key), *map(str, arguments))


def reference(digits):
    """Of ten letters or digits, by ISO 11649."""
    number = ''.join(str(int(letter, 36)) for letter in digits + 'RF00')
    return f'RF{98 - int(number) % 97:02}{digits}'
