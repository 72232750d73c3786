# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every row of the fault matrix ends in, whatever went wrong before:
nothing that was promised is lost, nothing is there twice, and the queue drains
once the fault has stopped. And what no answer may cost: memory and time.

    life = Life(place).save(1, 2, 3)
    life.meets(fault, 'busy', 'offline')
    life.ends()
"""

import base64
import collections
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

import tap
from places import BUNDLES, DATABASE, PostgreSqlPlace, folder, postgresql, webdav
from sender import records_in
from webdav import Nginx, ReadAndCreate

LONG = os.environ.get('DAILY_CUP_LONG') == '1'
BUILD = pathlib.Path(os.environ.get('DAILY_CUP_BUILD', pathlib.Path(__file__).parents[2] / 'build'))
BUNDLE = BUNDLES[0]
ONCE = {number: 1 for number in BUNDLE.ids}
# What a tablet says where nothing is known of what it sent.
UNKNOWN = 'offline', 'timeout', 'unreadable', 'busy'
MEMORY = 20 << 20
RUNS = 4


def kinds_of_webdav():
    """Makers of a place: one every day, each server and each right in the long form."""
    def of(make):
        return lambda *faults, **more: webdav(*faults, make=make, **more)
    return [webdav, of(ReadAndCreate), of(Nginx)] if LONG else [webdav]


def kinds():
    return [*kinds_of_webdav(), postgresql]


def identity_of(number):
    """Of the pledge that run-queue saves by this number (tests/lib/dc-test.c)."""
    return bytes((number >> 8 * (i % 4)) & 0xff ^ i for i in range(16)).hex()


def rows_of(queue):
    """{id: (seq, state, whether its bytes are there)} of a queue that nobody has open."""
    with tempfile.TemporaryDirectory() as copy:
        for path in pathlib.Path(queue, 'queue').glob('queue.db*'):
            shutil.copy(path, copy)
        with contextlib.closing(sqlite3.connect(f'{copy}/queue.db')) as connection:
            rows = connection.execute('SELECT lower (hex (id)), seq, state, sealed IS NOT NULL FROM record')
            return {row[0]: (row[1], row[2], bool(row[3])) for row in rows}


class Life:
    """A tablet with its queue before a place, and what it promised."""

    def __init__(self, place, queue=None, *prefix, **more):
        self.place, self.queue = place, queue or folder('queue')
        self.tablet = place.tablet(self.queue, *prefix, **more)
        self.saved = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tablet.__exit__()

    def save(self, *numbers):
        self.tablet.save(*numbers)
        self.saved += numbers
        return self

    def nothing_lost(self):
        """All that was saved is in some state here."""
        tally = self.tablet.tally()
        assert sum(tally.values()) == len(self.saved), (self.saved, tally)
        return tally

    def set(self, *faults):
        if self.place.proxy is not None:
            self.place.proxy.set(*faults)

    def meets(self, fault, *errors):
        """A run into @fault, which ends for one of these reasons ('': well)."""
        self.set(*([fault] if fault is not None else []))
        outcome = self.tablet.run()
        assert outcome['error'] in errors, (errors, outcome)
        self.nothing_lost()
        return outcome

    def ends(self, refused=(), copies=1):
        """The fault is over: all but the numbers of @refused arrive, each once;
        those are kept, with a reason."""
        self.set()
        for _ in range(RUNS):
            outcome = self.tablet.run()
            if outcome['error'] == '' and outcome['left'] == 0:
                break
        assert outcome['error'] == '' and outcome['left'] == 0, outcome
        tally = self.nothing_lost()
        assert tally['waiting'] == 0 and tally['refused'] == len(refused), tally
        assert {entry['id'] for entry in self.tablet.ask('refusals')} == set(map(identity_of, refused))
        there = self.place.stored()
        for number in set(self.saved) - set(refused):
            assert 1 <= there[identity_of(number)] <= copies, (number, there)
        return outcome

    def close(self):
        self.tablet.close()
        return rows_of(self.queue)


_quiet = {}


def quiet(place):
    """What daily-cup-send takes where nothing is wrong, in bytes."""
    kind = type(place)
    if kind not in _quiet:
        with place.sender() as sender:
            for answer in sender.ask('probe'), sender.put(BUNDLES[1]), sender.ask('receipts', **BUNDLE.origin):
                assert answer.error == '', answer
            _quiet[kind] = sender.memory()
    return _quiet[kind]


class Hostile:
    """A sender before a place that answers what it likes."""

    def __init__(self, place, sender):
        self.place, self.sender = place, sender

    def ask(self, what):
        if what == 'put':
            return self.sender.put(BUNDLE)
        return self.sender.ask(what, **(BUNDLE.origin if what == 'receipts' else {}))

    def meets(self, fault, *errors, what='put', within=10):
        """No verdict, one of these errors, in time."""
        if fault is not None:
            self.place.proxy.set(fault)
        answer = self.ask(what)
        assert answer.error in errors and answer.verdicts == {} and answer.notes == [], (what, fault, answer)
        assert answer.seconds < within, (what, fault, answer)
        return answer


@contextlib.contextmanager
def hostile(place, **more):
    """In the end: no answer has cost 20 MB, and the same bytes are taken, once."""
    before = quiet(place)
    place.clear()
    with place.sender(**more) as sender:
        yield Hostile(place, sender)
        place.proxy.set()
        answer = sender.put(BUNDLE)
        assert answer.error == '' and set(answer.verdicts) == set(BUNDLE.ids), answer
        assert place.stored() == ONCE, place.stored()
        more = sender.memory() - before
        assert more <= MEMORY, f'{more} bytes more than in quiet times'


def proves(program, *paths):
    """Runs these cases of a test of its own, which prove the row elsewhere."""
    binary = BUILD / 'tests' / program
    if not binary.exists():
        raise tap.Skip(f'tests/{program} is not built')
    source = pathlib.Path(__file__).parents[1]
    done = subprocess.run([binary, *(word for path in paths for word in ('-p', path))], capture_output=True, text=True,
                          check=False, env={**os.environ, 'G_TEST_SRCDIR': str(source),
                                            'G_TEST_BUILDDIR': str(BUILD / 'tests'), 'LC_ALL': 'C.UTF-8'})
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line for line in lines if line.startswith('ok')] and not any('# SKIP' in line for line in lines), done.stdout


def records_at(place):
    """[(envelope, line or sealed bytes)] of all that is there, doubles too."""
    if isinstance(place, PostgreSqlPlace):
        rows = place.server.sql("SELECT encode(envelope, 'hex'), encode(sealed, 'hex') FROM daily_cup.record", DATABASE)
        return [tuple(map(bytes.fromhex, row.split('|'))) for row in rows.split()]
    found = []
    for path in sorted(place.root.rglob('*.jsonl')):
        for line in records_in(path.read_bytes()).values():
            parts = {key: base64.b64decode(text) for key, text in json.loads(line).items()}
            found.append((parts['envelope'], parts['sealed']))
    return found


class ReceiptKey:
    """The office's, by minisign and EXCHANGE.md alone."""

    def __init__(self):
        self.folder = folder('receipt-key')
        self.run('-G', '-W', '-p', 'public', '-s', 'secret')
        self.public = (self.folder / 'public').read_text().split('\n')[1]

    def run(self, *words):
        subprocess.run(['minisign', *words], cwd=self.folder, check=True, stdin=subprocess.DEVNULL, capture_output=True)

    def sign(self, envelopes):
        """The line of a receipt for records of one queue."""
        first = json.loads(envelopes[0])
        entries = [{key: json.loads(envelope)[key] for key in ('id', 'sealed_sha256')} for envelope in envelopes]
        said = json.dumps({'v': 1, **{key: first[key] for key in ('campaign', 'tablet', 'queue')}, 'count': len(entries),
                           'records': entries}, separators=(',', ':')).encode()
        (self.folder / 'm').write_bytes(b'daily-cup/receipt/1\n' + said)
        self.run('-S', '-s', 'secret', '-m', 'm', '-x', 'signature')
        parts = {'receipt': said, 'signature': (self.folder / 'signature').read_bytes()}
        return json.dumps({key: base64.b64encode(part).decode() for key, part in parts.items()},
                          separators=(',', ':')).encode() + b'\n'

    def leave(self, place):
        """For all that is there, as the office does after it has opened it."""
        seen = {json.loads(envelope)['id']: envelope for envelope, _ in records_at(place)}
        queues = collections.defaultdict(list)
        for envelope in seen.values():
            queues[json.loads(envelope)['queue']].append(envelope)
        for envelopes in queues.values():
            place.put_receipt(json.loads(envelopes[0]), self.sign(envelopes))
