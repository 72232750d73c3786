#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the tablet to the office and back, by the three programs that ship: what
a queue handed over is collected, opened and signed for; the next run of that
queue erases it, and nothing else makes it do so."""

import base64
import contextlib
import hashlib
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[2]
for below in 'lib', 'office':
    sys.path.insert(0, str(ROOT / 'tests' / below))
import tap
from desk import Desk
from officelib import PASSPHRASE, run
from places import AUTHORITY, SECRET, TABLET, TOP, FolderPlace, folder, postgresql, webdav
from postgresql import DATABASE

# One of the two that run-queue's records are sealed to (tests/store/dc-store-test.c).
IDENTITY = TOP / 'desk.txt'
IDENTITY.write_text('AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX\n')
DESK = Desk(TOP, TABLET)
TALLY = {'waiting': 0, 'delivered': 0, 'refused': 0, 'receipted': 0, 'withdrawn': 0}


class Round:
    """An office of its own, whose appeal names @place."""

    def __init__(self, place, user=None, password=None):
        self.folder = folder('office')
        shutil.copy(DESK.office.folder / 'tablets.ini', self.folder)
        self.pack, self.credential, self.stick = DESK.pack, [], [place.folder] if place.folder else []
        if place.setup:
            self.pack = folder('appeal') / 'pack'
            shutil.copytree(DESK.pack, self.pack)
            (self.pack / 'destination.ini').write_text(place.setup)
            shutil.copy(AUTHORITY.trust, self.pack / 'ca.pem')
            status, _, errors = run('campaign', 'sign', '--key', str(DESK.keys / 'pack.key'), str(self.pack),
                                    passphrase=PASSPHRASE)
            assert status == 0, errors
            who = self.folder / 'who.ini'
            address = (place.setup.split('Address=')[1].split('\n')[0] if 'Address=' in place.setup
                       else f'postgresql://127.0.0.1:{place.proxy.port}/{DATABASE}')
            who.write_text(f'[Credential]\nAddress={address}\nUser={user}\nPassword={password}\n')
            self.credential = ['--credential-file', str(who)]

    def ask(self, command, *arguments, **more):
        status, output, errors = run(command, '--office', str(self.folder), '--pack', str(self.pack), *self.credential,
                                     *arguments, *map(str, self.stick), **more)
        assert status == 0, (command, output, errors)
        return output + errors

    def collect(self):
        return self.ask('collect')

    def receipts(self):
        return self.ask('receipts', '--identity', str(IDENTITY), '--receipt-key', str(DESK.keys / 'receipt.key'),
                        passphrase=PASSPHRASE)


def there_and_back(place, office):
    with place.tablet() as tablet:
        tablet.do('receipt-key', DESK.receipt)
        tablet.save(1, 2, 3)
        assert tablet.run()['handed_over'] == 3
        assert 'new in the ledger: 3' in office.collect()
        # Before the office has signed, nothing is erased.
        assert tablet.run()['erased'] == 0 and tablet.tally() == TALLY | {'delivered': 3}
        tablet.save(4)
        assert 'Records signed for: 3.' in office.receipts()
        outcome = tablet.run()
        assert outcome['confirmed'] == outcome['erased'] == 3 and outcome['unread_receipts'] == 0, outcome
        assert tablet.tally() == TALLY | {'receipted': 3, 'delivered': 1}
        # The same again signs for what is new alone, and nothing twice.
        assert 'new in the ledger: 1' in office.collect() and 'Records signed for: 1.' in office.receipts()
        assert tablet.run()['erased'] == 1 and tablet.run()['confirmed'] == 0
        assert tablet.tally() == TALLY | {'receipted': 4}
    with contextlib.closing(sqlite3.connect(office.folder / 'ledger.db')) as connection:
        assert connection.execute('SELECT count (*), count (receipt), count (DISTINCT receipt) FROM record').fetchall() == [(4, 4, 2)]
        assert connection.execute('SELECT count (*) > 0 FROM statement').fetchall() == [(1,)]


@tap.case('a folder: handed over, collected, signed for, erased on the tablet')
def _():
    place = FolderPlace()
    there_and_back(place, Round(place))


@tap.case('WebDAV over TLS: handed over, collected, signed for, erased on the tablet')
def _():
    with webdav() as place:
        there_and_back(place, Round(place, place.user, place.password))


@tap.case('PostgreSQL over TLS, the office with a login of its own: the same')
def _():
    with postgresql() as place:
        place.server.sql(f"CREATE ROLE desk LOGIN PASSWORD '{SECRET}' IN ROLE daily_cup_office", DATABASE)
        office = Round(place, 'desk', SECRET)
        there_and_back(place, office)
        assert place.server.sql("SELECT count (*) FROM daily_cup.note WHERE kind = 'receipt'", DATABASE) == '2'
        # A tablet's login is none for the office: it may neither read records nor sign.
        office.credential[1] = str(office.folder / 'other.ini')
        text = (office.folder / 'who.ini').read_text().replace('User=desk', f'User={place.user}')
        pathlib.Path(office.credential[1]).write_text(text)
        assert run('collect', '--office', str(office.folder), '--pack', str(office.pack), *office.credential)[0] == 3


def sign(said, key, password='\n'):
    """As minisign does; @key: a secret key without a passphrase."""
    work = folder('sign')
    (work / 'm').write_bytes(b'daily-cup/receipt/1\n' + said)
    subprocess.run(['minisign', '-S', '-s', key, '-m', work / 'm', '-x', work / 's'], input=password, text=True,
                   capture_output=True, check=True)
    parts = {'receipt': said, 'signature': (work / 's').read_bytes()}
    return json.dumps({name: base64.b64encode(part).decode() for name, part in parts.items()}).encode() + b'\n'


def put(shelf, line):
    (shelf / f'receipt-{hashlib.sha256(line).hexdigest()[:16]}.json').write_bytes(line)


@tap.case('a receipt that is forged, truncated, for other bytes, or of another tablet, queue or appeal erases nothing')
def _():
    place = FolderPlace()
    subprocess.run(['minisign', '-G', '-W', '-p', TOP / 'ours.pub', '-s', TOP / 'ours.key'], capture_output=True, check=True)
    subprocess.run(['minisign', '-G', '-W', '-p', TOP / 'theirs.pub', '-s', TOP / 'theirs.key'], capture_output=True,
                   check=True)
    with place.tablet() as tablet:
        tablet.do('receipt-key', (TOP / 'ours.pub').read_text().split('\n')[1])
        tablet.save(1, 2)
        assert tablet.run()['handed_over'] == 2
        (bundle,) = place.folder.rglob('*.jsonl')
        envelopes = [json.loads(base64.b64decode(json.loads(line)['envelope']))
                     for line in bundle.read_bytes().splitlines()[:2]]
        entries = [{key: envelope[key] for key in ('id', 'sealed_sha256')} for envelope in envelopes]
        whose = {key: envelopes[0][key] for key in ('campaign', 'tablet', 'queue')}

        def receipt(key='ours', records=entries, **other):
            said = {'v': 1} | whose | {'count': len(records), 'records': records} | other
            return sign(json.dumps(said, separators=(',', ':')).encode(), TOP / f'{key}.key')

        good = receipt(records=entries[:1])
        swapped = [entries[0] | {'sealed_sha256': entries[1]['sealed_sha256']}]
        altered = json.loads(good)
        altered['receipt'] = json.loads(receipt())['receipt']
        bad = {
            'by another key': receipt('theirs'),
            'the signature of another receipt': json.dumps(altered).encode() + b'\n',
            'truncated': good[:len(good) // 2],
            'without its end': good[:-30] + b'\n',
            'for other bytes of the same id': receipt(records=swapped),
            'of another tablet': receipt(tablet='07' * 32),
            'of another queue': receipt(queue='07' * 16),
            'of another appeal': receipt(campaign='summer'),
            'with more than it counts': receipt(count=1),
            'of another version': receipt(v=2),
        }
        for name, line in bad.items():
            put(bundle.parent, line)
            outcome = tablet.run()
            assert outcome['confirmed'] == outcome['erased'] == 0, (name, outcome)
            assert tablet.tally() == TALLY | {'delivered': 2}, name
        # One for a part erases that part, however often it comes, and keeps the rest.
        put(bundle.parent, good)
        assert tablet.run()['erased'] == 1 and tablet.tally() == TALLY | {'delivered': 1, 'receipted': 1}
        shutil.copy(next(bundle.parent.glob('receipt-*')), bundle.parent / 'receipt-0123456789abcdef.json')
        put(bundle.parent, good + b' ')
        assert tablet.run()['erased'] == 0 and tablet.tally() == TALLY | {'delivered': 1, 'receipted': 1}


tap.main()
