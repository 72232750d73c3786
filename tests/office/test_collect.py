#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tablets handed over comes into the ledger once, whatever happens on the
way; a receipt goes back that minisign takes; nothing that a donor typed is on
the office's disk."""

import base64
import contextlib
import os
import pathlib
import shutil
import signal
import sqlite3
import sys
import tempfile

from desk import Desk, hash_of, read_receipts, shelf
from made import Office, Tablet, compact, database, identity
from officelib import SOURCE, files, make_keys, run
import tap

sys.path.insert(0, str(SOURCE / 'tests' / 'faults'))
from authority import Authority
from webdav import Apache


def folder():
    return tempfile.TemporaryDirectory(prefix='daily-cup-collect-')


def collect(office, *arguments, **more):
    return run('collect', '--office', str(office.folder), *map(str, arguments), **more)


def ledger(office, sql='SELECT count (*) FROM record'):
    with contextlib.closing(sqlite3.connect(f'{office.folder}/ledger.db')) as connection:
        return connection.execute(sql).fetchall()


def content(office):
    """All that the ledger says of records, in one order."""
    return ledger(office, 'SELECT hex (digest), hex (sealed), gone, receipt IS NOT NULL, reference FROM record ORDER BY 1')


def statement(tablet, number, delivered, campaign='migrants-day'):
    said = compact({
        'v': 1, 'campaign': campaign, 'tablet': tablet.key, 'queue': tablet.queue, 'pack': '07' * 32, 'number': number,
        'time': {'utc': '2026-12-18T17:45:00.000000Z', 'offset_minutes': 60, 'boot': '8f3c2b1a-0d4e-4f5a-9b6c-7d8e9fa0b1c2',
                 'monotonic_us': 5, 'clock': 'synchronised'}, 'max_seq': delivered, 'set_aside': 0, 'codes_shown': 0,
        'rows': [{'kind': 'pledge', 'state': 'delivered', 'taken_back': False, 'shift': None, 'currency': 'CHF',
                  'frequency': 'monthly', 'count': delivered, 'sum': 1800}]})
    parts = {'statement': said, 'signature': tablet.sign(b'daily-cup/statement/1\n' + said)}
    return compact({key: base64.b64encode(part).decode() for key, part in parts.items()}) + b'\n'


@tap.case('collected twice, and from two places, a record is there once')
def _():
    with folder() as top:
        tablet = Tablet('once')
        office = Office(top, tablet.key)
        lines = [tablet.line() for _ in range(3)]
        stick = pathlib.Path(top, 'stick')
        shelf(stick, tablet, lines)
        status, _, errors = collect(office, stick)
        assert status == 0 and 'new in the ledger: 3' in errors, errors
        before = content(office)
        status, _, errors = collect(office, stick, tablet.journal(top, lines))
        assert status == 0 and 'new in the ledger: 0' in errors and 'in the ledger already: 6' in errors, errors
        assert content(office) == before
        assert len(ledger(office, 'SELECT name FROM place')) == 2


@tap.case('a queue that a tablet set aside is collected too')
def _():
    with folder() as top:
        tablet = Tablet('aside')
        office = Office(top, tablet.key)
        aside = pathlib.Path(top, 'set-aside')
        aside.mkdir()
        database(aside, [tablet.parts(), None, tablet.parts()])
        assert collect(office, aside)[0] == 0 and ledger(office) == [(2,)]


@tap.case('nothing that a donor typed is in the folder of the office')
def _():
    with folder() as top:
        tablet = Tablet('secret')
        office = Office(top, tablet.key)
        shelf(top, tablet, [tablet.line(donor={'family_name': 'Needleworth', 'email': 'needle@example.org'})])
        assert collect(office, top)[0] == 0
        for name in files(office.folder):
            data = (office.folder / name).read_bytes()
            assert b'eedlewor' not in data and b'needle@' not in data, name


@tap.case('one damaged record costs that record, and says where it was')
def _():
    with folder() as top:
        tablet = Tablet('damage')
        office = Office(top, tablet.key)
        lines = [tablet.line() for _ in range(3)]
        lines[1] = lines[1][:900] + b'A' * 40 + lines[1][940:]
        path = shelf(top, tablet, lines)
        status, _, errors = collect(office, top)
        assert status == 1 and f'{path.name}:2: ' in errors and 'damaged: 1' in errors, errors
        assert ledger(office) == [(2,)]


@tap.case('two records with one id are both kept, and said until somebody decides')
def _():
    with folder() as top:
        tablet = Tablet('conflict')
        office = Office(top, tablet.key)
        lines = [tablet.line(id='ab' * 16), tablet.line(id='ab' * 16)]
        shelf(top, tablet, lines)
        for _ in range(2):
            status, _, errors = collect(office, top)
            assert status == 1 and 'say that they are ' + 'ab' * 16 in errors, errors
        assert ledger(office) == [(2,)]


@tap.case('a tablet that is not enrolled is kept apart, in words')
def _():
    with folder() as top:
        known, stranger = Tablet('known'), Tablet('stranger')
        office = Office(top, known.key)
        shelf(top, known, [known.line()])
        shelf(top, stranger, [stranger.line(), stranger.line()])
        status, _, errors = collect(office, top)
        assert status == 1 and f'“{stranger.fingerprint()}” is not enrolled; its records: 2.' in errors, errors


@tap.case('a copied tablet is noticed: one number for two records, one list of two tablets')
def _():
    with folder() as top:
        one, copy, other = Tablet('one'), Tablet('one'), Tablet('other')
        other.queue = one.queue
        office = Office(top, one.key, other.key)
        shelf(top, one, [one.line()])
        assert collect(office, top)[0] == 0
        shelf(top, copy, [copy.line()])
        status, _, errors = collect(office, top)
        assert status == 1 and '“stall 1” gave the number 1 to two records' in errors, errors
        shelf(top, other, [other.line()])
        status, _, errors = collect(office, top)
        assert status == 1 and '“stall 2” and another one write the same list' in errors, errors


@tap.case('numbers that never came are named; what a tablet says it handed over and is not here, too')
def _():
    with folder() as top:
        tablet = Tablet('gaps')
        office = Office(top, tablet.key)
        lines = [tablet.line() for _ in range(5)]
        place = shelf(top, tablet, [lines[0], lines[4]]).parent
        status, _, errors = collect(office, top)
        assert status == 0 and '“stall 1”: the numbers 2 to 4 are not here.' in errors, errors
        (place / 'statement-0123456789abcdef.json').write_bytes(statement(tablet, 3, 5))
        (place / 'statement-0123456789abcde0.json').write_bytes(statement(tablet, 2, 50))
        status, _, errors = collect(office, top)
        assert status == 1 and 'handed over 3 more records than are here' in errors, errors
        assert 'New statements of tablets: 2' in errors
        shelf(top, tablet, lines)
        assert collect(office, top)[0] == 0


@tap.case('a statement that its tablet did not sign is refused')
def _():
    with folder() as top:
        tablet, thief = Tablet('real'), Tablet('thief')
        office = Office(top, tablet.key)
        thief.key, thief.queue = tablet.key, tablet.queue
        place = shelf(top, tablet, [tablet.line()]).parent
        (place / 'statement-0123456789abcdef.json').write_bytes(statement(thief, 9, 1))
        status, _, errors = collect(office, top)
        assert status == 1 and 'Statements that no tablet signed so: 1' in errors, errors
        assert ledger(office, 'SELECT count (*) FROM statement') == [(0,)]


@tap.case('without a source, or with one that is not there, nothing is done')
def _():
    with folder() as top:
        office = Office(top)
        assert collect(office)[0] == 2
        status, _, errors = collect(office, f'{top}/nowhere')
        assert status == 3 and 'nowhere' in errors, (status, errors)


@tap.case('another program’s ledger.db is not touched')
def _():
    with folder() as top:
        office = Office(top)
        with contextlib.closing(sqlite3.connect(f'{office.folder}/ledger.db')) as connection:
            connection.execute('CREATE TABLE mine (x)')
            connection.commit()
        before = (office.folder / 'ledger.db').read_bytes()
        status, _, errors = collect(office, top)
        assert status == 3 and 'ledger.db: found application' in errors, errors
        assert (office.folder / 'ledger.db').read_bytes() == before or ledger(office, 'SELECT * FROM mine') == []


@tap.case('killed at any write, collecting again gives the same ledger')
def _():
    with folder() as top:
        tablet = Tablet('killed')
        office = Office(top, tablet.key)
        shelf(top, tablet, [tablet.line() for _ in range(4)])
        assert collect(office, top)[0] == 0
        wanted = content(office)
        died = 0
        for number in (1, 2, 4, 8, 16, 24, 32, 40, 48):
            for path in office.folder.glob('ledger.db*'):
                path.unlink()
            status = collect(office, top, wrapper=['strace', '-D', '-qq', '-o', '/dev/null', '-e', 'trace=pwrite64,fdatasync',
                             '-e', f'inject=pwrite64,fdatasync:signal=KILL:when={number}'])[0]
            died += status == -signal.SIGKILL
            assert collect(office, top)[0] == 0 and content(office) == wanted, number
        assert died >= 3, died


@tap.case('what was opened is receipted, by id and hash, once, and minisign takes the receipt')
def _():
    with folder() as top:
        tablet, other, stranger = Tablet('a'), Tablet('b'), Tablet('c')
        desk = Desk(top, tablet.key, other.key)
        stick = pathlib.Path(top, 'stick')
        lines = [tablet.line(recipients=desk.recipients, kind=kind) for kind in ('pledge', 'practice')]
        elsewhere = tablet.line()
        theirs = other.line(recipients=desk.recipients)
        shelf(stick, tablet, [*lines, elsewhere])
        shelf(stick, other, [theirs])
        shelf(stick, stranger, [stranger.line(recipients=desk.recipients)])
        collect(desk.office, stick)
        status, output, errors = desk.receipts(stick)
        assert status == 1 and 'Records signed for: 3.' in output and 'Receipts put back: 2.' in output, (output, errors)
        assert 'Not opened by this key, so the tablets keep them: 1' in errors, errors
        found = read_receipts(stick, desk)
        assert sorted(found, key=len) == [{identity(theirs): hash_of(theirs)}, {identity(line): hash_of(line) for line in lines}]
        before = files(stick)
        status, output, _ = desk.receipts(stick)
        assert status == 1 and 'Receipts put back: 0.' in output and files(stick) == before
        # A destination that lost what it had is given the same bytes again.
        kept = {path.name: path.read_bytes() for path in stick.rglob('receipt-*')}
        shutil.rmtree(stick)
        stick.mkdir()
        assert 'Receipts put back: 2.' in desk.receipts(stick)[1]
        assert {path.name: path.read_bytes() for path in stick.rglob('receipt-*')} == kept


@tap.case('two records with one id are receipted neither, and the others are')
def _():
    with folder() as top:
        tablet = Tablet('d')
        desk = Desk(top, tablet.key)
        stick = pathlib.Path(top, 'stick')
        lines = [tablet.line(recipients=desk.recipients, **more) for more in ({'id': 'ab' * 16}, {'id': 'ab' * 16}, {})]
        shelf(stick, tablet, lines)
        collect(desk.office, stick)
        status, _, errors = desk.receipts(stick)
        assert status == 1 and 'With the id of another' in errors, errors
        assert read_receipts(stick, desk) == [{identity(lines[2]): hash_of(lines[2])}]


@tap.case('a receipt key that the tablets do not take signs nothing')
def _():
    with folder() as top:
        tablet = Tablet('e')
        desk = Desk(top, tablet.key)
        make_keys(f'{top}/others')
        shelf(f'{top}/stick', tablet, [tablet.line(recipients=desk.recipients)])
        collect(desk.office, f'{top}/stick')
        status, _, errors = desk.receipts('--receipt-key', f'{top}/others/receipt.key', f'{top}/stick')
        assert status == 3 and 'receipt.key: ' in errors and not list(pathlib.Path(top).rglob('receipt-*')), errors


@tap.case('killed at any write, the receipts come all, and none differs')
def _():
    with folder() as top:
        tablet = Tablet('f')
        desk = Desk(top, tablet.key)
        line = tablet.line(recipients=desk.recipients)
        shelf(f'{top}/stick', tablet, [line])
        collect(desk.office, f'{top}/stick')
        for number in (1, 3, 5, 8):
            desk.receipts(f'{top}/stick', wrapper=['strace', '-f', '-D', '-qq', '-o', '/dev/null', '-e', 'trace=fdatasync,fsync',
                          '-e', f'inject=fdatasync,fsync:signal=KILL:when={number}'])
        assert desk.receipts(f'{top}/stick')[0] == 0
        assert read_receipts(f'{top}/stick', desk) == [{identity(line): hash_of(line)}]


@tap.case('from a WebDAV server over TLS: collected, receipted, and the receipt lies there')
def _():
    with folder() as top:
        authority = Authority(pathlib.Path(top, 'authority'))
        with Apache(authority.issue()) as server:
            tablet = Tablet('g')
            desk = Desk(top, tablet.key, destination=f'Kind=webdav\nAddress={server.address}', trust=authority.trust)
            who = pathlib.Path(top, 'who.ini')
            who.write_text(f'[Credential]\nAddress={server.address}\nUser={server.user_name}\nPassword={server.password}\n')
            lines = [tablet.line(recipients=desk.recipients) for _ in range(2)]
            place = shelf(server.root, tablet, lines).parent
            (place / 'statement-0123456789abcdef.json').write_bytes(statement(tablet, 1, 2))
            # The server runs as somebody else, and put them there itself.
            for path in server.root.rglob('*'):
                os.chown(path, server.root.stat().st_uid, server.root.stat().st_gid)
            for _ in range(2):
                status, _, errors = collect(desk.office, '--pack', desk.pack, '--credential-file', who)
                assert status == 0 and ledger(desk.office) == [(2,)], errors
            assert ledger(desk.office, 'SELECT count (*) FROM statement') == [(1,)]
            status, output, errors = desk.receipts('--credential-file', who)
            assert status == 0 and 'Receipts put back: 1.' in output, (output, errors)
            assert read_receipts(server.root, desk) == [{identity(line): hash_of(line) for line in lines}]
            who.write_text(who.read_text().replace(server.password, 'wrong'))
            assert collect(desk.office, '--pack', desk.pack, '--credential-file', who)[0] == 3


tap.main()
