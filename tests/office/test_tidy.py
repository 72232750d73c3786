#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is past its time goes, from every place and for good; nothing goes that
the office does not have, has not confirmed or never wrote out; and what went is
on record."""

import base64
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import sys
import tempfile

from desk import Desk, shelf
from made import Office, Tablet, database
from officelib import PASSPHRASE, SOURCE, Sitting, run
import tap

sys.path.insert(0, str(SOURCE / 'tests' / 'faults'))
from authority import Authority
from postgresql import DATABASE, Cluster
from webdav import Apache, ReadAndCreate

DAY, LATER = '2019-12-18', '2021-01-01'
STAGE = tempfile.TemporaryDirectory(prefix='daily-cup-tidy-')
tap.at_end(STAGE.cleanup)
PAST = {'Ends=2027-12-31': 'Ends=2019-12-31', 'CopiesUntil=2028-06-30': 'CopiesUntil=2020-06-30',
        'PledgesUntil=2028-12-31': 'PledgesUntil=2020-12-31'}
KEYS = Desk(STAGE.name, keep=PAST)


def pack(top, change, destination=None, trust=None):
    """KEYS.pack with other words in it, signed anew."""
    copy = pathlib.Path(top, 'pack')
    shutil.copytree(KEYS.pack, copy)
    text = (copy / 'campaign.ini').read_text()
    for old, new in change.items():
        assert old in text, old
        text = text.replace(old, new)
    (copy / 'campaign.ini').write_text(text)
    if destination is not None:
        (copy / 'destination.ini').write_text(f'[Destination]\n{destination}\nAuthority=authority.pem\n')
        shutil.copy(trust, copy / 'authority.pem')
    status, _, errors = run('campaign', 'sign', '--key', str(KEYS.keys / 'pack.key'), str(copy), passphrase=PASSPHRASE)
    assert status == 0, errors
    return copy


class Past:
    """An office a year later: three records that came, were exported and are
    signed for, unless it is left out."""

    def __init__(self, name, receipts=True, export=True, stick=True, real=False):
        self.top = pathlib.Path(tempfile.mkdtemp(prefix=name, dir=STAGE.name))
        self.stick, self.pack = self.top / 'stick', KEYS.pack
        self.tablet, self.stranger = Tablet(name), Tablet(name + ' of others')
        self.office = Office(self.top, self.tablet.key)
        self.lines = [self.line() for _ in range(3)]
        self.stick.mkdir()
        if stick:
            self.shelf(self.lines)
            self.prepare(self.stick, receipts=receipts, export=export, real=real)

    def line(self, tablet=None, day=DAY, campaign='winter-2026', **fields):
        return (tablet or self.tablet).line(recipients=KEYS.recipients, day=day, campaign=campaign, **fields)

    def shelf(self, lines, tablet=None):
        return shelf(self.stick, tablet or self.tablet, lines, 'winter-2026')

    def command(self, command, *arguments, key=False, **more):
        keys = ['--keys', str(KEYS.keys)] if key else []
        return run(command, '--office', str(self.office.folder), *keys, *map(str, arguments),
                   **({'passphrase': PASSPHRASE} if key else {}), **more)

    def prepare(self, *sources, receipts=True, export=True, real=False):
        """@real: by the commands, which ask much of a key; else as they leave it."""
        assert self.command('collect', *sources)[0] in (0, 1)
        if not real:
            with contextlib.closing(sqlite3.connect(self.office.folder / 'ledger.db')) as connection:
                connection.executescript(
                    (f"INSERT OR IGNORE INTO receipt SELECT 1, tablet, queue, campaign, x'00' FROM record LIMIT 1; UPDATE record "
                     f"SET receipt = 1 WHERE hex (tablet) = '{self.tablet.key.upper()}';" if receipts else '')
                    + (f"INSERT OR IGNORE INTO export VALUES (1, '2019-12-20', '{self.top}/promises.csv');"
                       "INSERT OR IGNORE INTO record_export SELECT number, 1 FROM record WHERE kind = 'pledge'" if export else ''))
            return
        if receipts:
            put = self.top / 'receipts'
            put.mkdir(exist_ok=True)
            assert self.command('receipts', '--pack', self.pack, put, key=True)[0] in (0, 1)
        if export:
            status, _, errors = self.command('export', '--output', self.top / 'promises.csv', '--force', key=True)
            assert status in (0, 1), errors

    def arguments(self, *arguments):
        return ['tidy', '--office', str(self.office.folder), '--pack', str(self.pack), *map(str, arguments)]

    def tidy(self, *arguments, **more):
        return run(*self.arguments('--yes', *arguments), **more)

    def ask(self, sql):
        with contextlib.closing(sqlite3.connect(self.office.folder / 'ledger.db')) as connection:
            return connection.execute(sql).fetchall()

    def holds(self, line):
        needle = base64.b64decode(json.loads(line)['sealed'])[600:664]
        return any(needle in path.read_bytes() for path in self.office.folder.glob('ledger.db*'))

    def left(self):
        return sorted(path.name for path in self.stick.rglob('*.jsonl'))

    def record(self):
        (path,) = (self.office.folder / 'deletions').iterdir()
        return path.read_text()


@tap.case('lists first, and deletes only when the word is typed; says it once, and is done')
def _():
    past = Past('asks')
    receipts = past.stick / 'winter-2026' / past.tablet.key / past.tablet.queue / 'receipt-0123456789abcdef.json'
    receipts.write_text('kept\n')
    for answer, status in (('yes', 3), ('delete', 0)):
        with Sitting(*past.arguments(past.stick)) as sitting:
            sitting.expect(r'PledgesUntil=2020-12-31')
            sitting.expect(f'files: 1, records: 3, of the days {DAY} to {DAY}')
            sitting.expect(r'ledger.db\s+records: 3')
            sitting.expect('Type “delete”')
            assert past.left() and past.holds(past.lines[0])
            sitting.type(answer)
        assert sitting.status == status, sitting.screen
    assert past.left() == [] and not any(map(past.holds, past.lines)) and receipts.exists()
    assert past.ask('SELECT gone, count (*) FROM record') == [('kept-long-enough', 3)]
    status, output, errors = past.tidy(past.stick)
    assert status == 0 and output == 'There is nothing to delete.\n', (output, errors)


@tap.case('the record says what, when, how many, from where and by which rule; no donor, and it stays')
def _():
    past = Past('record', real=True)
    place = next(past.stick.rglob('*.jsonl'))
    status, output, _ = past.tidy(past.stick)
    text = past.record()
    assert status == 0 and 'Deleted: files 1, records in the ledger 3.' in output and 'promises.csv' in output, output
    assert 'Appeal: winter-2026\nRule: campaign.ini: [Keep] PledgesUntil=2020-12-31 (serial 1)' in text, text
    assert f'{past.stick}\n  {place}\n    records: 3, of the days {DAY} to {DAY}; deleted\n' in text, text
    assert 'ledger.db\n' in text and 'Needle' not in text and 'example' not in text
    assert past.ask('SELECT state, records FROM tidied ORDER BY place') == [('deleted', 3)] * 2
    assert past.ask('SELECT what, count, why FROM deletion') == [('records', 3, 'kept-long-enough')]
    assert past.tidy(past.stick)[0] == 0 and past.record() == text


@tap.case('cards and queues that were set aside go as well, with all that lies beside them')
def _():
    past = Past('cards', stick=False)
    parts = [past.tablet.parts(recipients=KEYS.recipients, day=DAY, campaign='winter-2026') for _ in range(2)]
    card = past.tablet.journal(past.stick, past.lines)
    aside = past.top / 'set-aside' / '20191218T120000Z-1'
    aside.mkdir(parents=True)
    database(aside, [*parts, None])
    for name in ('ballast', 'queue-v1.db', 'queue-v1.db-wal', 'notes'):
        (aside / name).write_bytes(b'')
    past.prepare(card, aside)
    status, output, errors = past.tidy(past.stick, aside)
    assert status == 0 and 'files 2, records in the ledger 5.' in output, (output, errors)
    assert not card.exists() and [path.name for path in aside.iterdir()] == ['notes']


@tap.case('the queue that a tablet works with is never touched')
def _():
    past = Past('works', stick=False)
    queue = past.top / 'state' / 'queue'
    queue.mkdir(parents=True)
    (past.top / 'state' / 'tablet.key').write_text('')
    database(queue, [past.tablet.parts(recipients=KEYS.recipients, day=DAY, campaign='winter-2026')])
    past.prepare(queue)
    status, _, errors = past.tidy(queue)
    assert status == 1 and 'the queue that a tablet works with' in errors and (queue / 'queue.db').exists(), errors


def kept(name, says, prepare, *arguments, **more):
    """@prepare makes a second bundle, which stays, and says so, while the first goes."""
    @tap.case(f'{name} is kept, and what may go goes all the same')
    def _():
        past = Past('kept')
        prepare(past)
        status, output, errors = past.tidy(past.stick, *arguments, **more)
        assert status == 1 and says in errors, (output, errors)
        assert len(past.left()) == 1, past.left()


kept('what the ledger does not hold', 'not in the ledger. Collect them first', lambda past: past.shelf([past.line()]))
kept('what has no receipt', 'without a receipt. Run “receipts” first',
     lambda past: (past.shelf([past.line()]), past.prepare(past.stick, receipts=False)))
kept('what was never exported', 'never exported. Export them first',
     lambda past: (past.shelf([past.line()]), past.prepare(past.stick, export=False)))
kept('what a tablet sent that is not enrolled', 'a tablet that is not enrolled',
     lambda past: (past.shelf([past.line(past.stranger)], past.stranger), past.prepare(past.stick)))
kept('what is damaged', 'nobody knows what it held',
     lambda past: past.shelf([past.lines[0], past.lines[1][:900] + b'AAAA' + past.lines[1][904:]]))
kept('of two records with one id, each', 'without a receipt',
     lambda past: (past.shelf([past.line(id='ab' * 16), past.line(id='ab' * 16)]), past.prepare(past.stick, real=True)))


@tap.case('what is of a later day or another appeal is not past, and is not spoken of')
def _():
    past = Past('later')
    past.shelf([past.lines[0], past.line(day=LATER)])
    past.shelf([past.line(campaign='summer')])
    past.prepare(past.stick)
    status, output, errors = past.tidy(past.stick)
    assert status == 0 and 'files 1, records in the ledger 3.' in output and errors == '', (output, errors)
    assert len(past.left()) == 2 and past.ask('SELECT count (*) FROM record WHERE gone IS NULL') == [(2,)]


@tap.case('with --unexported what no export had goes too; what was taken back needs none')
def _():
    past = Past('unexported', export=False)
    status, _, errors = past.tidy(past.stick)
    assert status == 1 and 'Kept in the ledger, never exported: 3' in errors and past.left(), errors
    status, output, errors = past.tidy('--unexported', past.stick)
    assert status == 0 and not past.left() and '(serial 1) --unexported' in output, (output, errors)
    past = Past('withdrawn', stick=False)
    pledge = past.line(id='cd' * 16)
    past.shelf([pledge, past.line(kind='withdrawal', about='cd' * 16), past.line(kind='practice')])
    past.prepare(past.stick, export=False, real=True)
    status, _, errors = past.tidy(past.stick)
    assert status == 0 and not past.left(), errors


@tap.case('when only the days of copies are over, the ledger keeps its own')
def _():
    past = Past('copies')
    past.pack = pack(past.top, {'PledgesUntil=2020-12-31': 'PledgesUntil=2999-12-31'})
    status, output, errors = past.tidy(past.stick)
    assert status == 0 and 'CopiesUntil=2020-06-30' in output and not past.left(), (output, errors)
    assert all(map(past.holds, past.lines))


@tap.case('before the day, or where the appeal gives none, nothing is deleted')
def _():
    past = Past('before')
    past.pack = pack(past.top, {'PledgesUntil=2020-12-31': 'PledgesUntil=2999-12-31',
                                'CopiesUntil=2020-06-30': 'CopiesUntil=2999-06-30'})
    status, output, _ = past.tidy(past.stick)
    assert status == 0 and 'CopiesUntil=2999-06-30\n' in output and 'Nothing is past its time.' in output, output
    shutil.rmtree(past.pack)
    past.pack = pack(past.top, {'PledgesUntil=2020-12-31\n': '', 'CopiesUntil=2020-06-30\n': ''})
    status, _, errors = past.tidy(past.stick)
    assert status == 3 and '[Keep] PledgesUntil=' in errors and past.left(), errors
    assert run('tidy', '--office', str(past.office.folder))[0] == 2


@tap.case('a card that was written to after it was listed is kept')
def _():
    past = Past('written', stick=False)
    card = past.tablet.journal(past.stick, past.lines)
    past.prepare(card)
    with Sitting(*past.arguments(past.stick)) as sitting:
        sitting.expect('Type “delete”')
        with open(card, 'ab') as file:
            file.write(past.line(day=LATER))
        sitting.type('delete')
    assert sitting.status == 1 and 'no longer as it was listed' in sitting.screen and card.exists(), sitting.screen
    assert past.ask('SELECT place FROM tidied') == [('ledger.db',)]


@tap.case('what cannot be deleted is named, stays off the record, and goes another time')
def _():
    past = Past('fails')
    status, _, errors = past.tidy(past.stick, wrapper=['strace', '-D', '-qq', '-o', '/dev/null', '-e', 'trace=unlink',
                                  '-e', f'inject=unlink:error=EROFS:when=1', '-P', str(next(past.stick.rglob('*.jsonl')))])
    assert status == 1 and 'Could not be deleted' in errors and 'Read-only' in errors and past.left(), errors
    assert past.ask('SELECT place FROM tidied') == [('ledger.db',)]
    status, output, _ = past.tidy(past.stick)
    assert status == 0 and not past.left(), output
    assert past.ask('SELECT count (*) FROM tidied') == [(2,)]


@tap.case('killed at any step, the next run brings it to its end, and the record has all of it')
def _():
    died = 0
    steps = [('unlink', 1), ('unlink', 3), ('fdatasync', 5)]
    if os.environ.get('DAILY_CUP_LONG') == '1':
        steps = [(call, number) for call in ('rename', 'unlink', 'fsync', 'fdatasync', 'pwrite64', 'ftruncate')
                 for number in range(1, 12)]
    for calls, number in steps:
        past = Past('killed', stick=False)
        aside = past.top / 'aside'
        aside.mkdir()
        database(aside, [past.tablet.parts(recipients=KEYS.recipients, day=DAY, campaign='winter-2026')])
        past.shelf(past.lines)
        past.prepare(past.stick, aside)
        status = past.tidy(past.stick, aside, wrapper=['strace', '-D', '-qq', '-o', '/dev/null', '-e', f'trace={calls}',
                           '-e', f'inject={calls}:signal=KILL:when={number}'])[0]
        died += status < 0
        status, output, errors = past.tidy(past.stick, aside)
        assert status == 0, (calls, number, output, errors)
        assert past.left() == [] and list(aside.iterdir()) == [] and not any(map(past.holds, past.lines)), (calls, number)
        assert past.ask("SELECT count (*), sum (records) FROM tidied WHERE state != 'begun'") == [(3, 8)], (calls, number)
        assert past.ask('SELECT finished IS NULL FROM tidying') == [(0,)] and past.record().count('records: ') == 3
        shutil.rmtree(past.top)
    assert died >= 3, died


@tap.case('what is not known of a run that was cut off is said until its place is tidied')
def _():
    past = Past('unknown')
    past.tidy(past.stick, wrapper=['strace', '-D', '-qq', '-o', '/dev/null', '-e', 'trace=unlink', '-e',
                                   'inject=unlink:signal=KILL:when=1', '-P', str(next(past.stick.rglob('*.jsonl')))])
    for _ in range(2):
        status, _, errors = past.tidy()
        assert status == 1 and 'not known to be deleted; tidy its place again' in errors, errors
        assert 'not known to be deleted' in past.record()
    status, _, errors = past.tidy(past.stick)
    assert status == 0 and not past.left() and 'not known' not in past.record(), errors


@tap.case('nobody is sent any more to a place that was tidied')
def _():
    past = Past('sent')
    past.tidy(past.stick)
    identity = json.loads(base64.b64decode(json.loads(past.lines[0])['envelope']))['id']
    status, output, _ = past.command('erase', '--yes', identity)
    assert status == 0 and '.jsonl' not in output and 'promises.csv' in output, output


def at_server(past, server, authority, destination, user, password):
    past.pack = pack(past.top, {}, destination, authority.trust)
    who = past.top / 'who.ini'
    address = destination.split('Address=')[1] if 'Address=' in destination else server
    who.write_text(f'[Credential]\nAddress={address}\nUser={user}\nPassword={password}\n')
    return ['--credential-file', who]


@tap.case('at a WebDAV server: what its credential may not delete is named, what it may is deleted')
def _():
    authority = Authority(pathlib.Path(STAGE.name, 'authority'))
    for kind, status in ((ReadAndCreate, 1), (Apache, 0)):
        past = Past('webdav', stick=False)
        with kind(authority.issue()) as server:
            who = at_server(past, None, authority, f'Kind=webdav\nAddress={server.address}', server.user_name, server.password)
            path = shelf(server.root, past.tablet, past.lines, 'winter-2026')
            for each in server.root.rglob('*'):
                os.chown(each, server.root.stat().st_uid, server.root.stat().st_gid)
            past.prepare('--pack', past.pack, *who)
            found, output, errors = past.tidy(*who)
            assert found == status and path.exists() == bool(status), (output, errors)
            assert (f'Could not be deleted; whoever has the rights there can do it:\n  {server.address}' in errors) == bool(status)
            assert not any(map(past.holds, past.lines)) and past.ask('SELECT count (*) FROM tidied') == [(2 - status,)]
        # Switched off, it keeps nobody from tidying elsewhere.
        assert past.tidy(*who)[0] == 1


@tap.case('at a PostgreSQL server the office’s login deletes what is past, and nothing else')
def _():
    authority = Authority(pathlib.Path(STAGE.name, 'authority-2'))
    past = Past('postgresql', stick=False)
    with Cluster(authority.issue()) as cluster:
        cluster.sql((SOURCE / 'data/postgresql/schema.sql').read_text(), DATABASE)
        cluster.sql("CREATE ROLE desk LOGIN PASSWORD 'word' IN ROLE daily_cup_office;", DATABASE)
        later = past.line(day=LATER)
        for number, line in enumerate([*past.lines, later]):
            part = {key: f"decode('{text}', 'base64')" for key, text in json.loads(line).items()}
            said = json.loads(base64.b64decode(json.loads(line)['envelope']))
            cluster.sql(f"INSERT INTO daily_cup.record VALUES (decode('{said['id']}', 'hex'), {1 + number // 3}, "
                        f"'{said['campaign']}', decode('{said['tablet']}', 'hex'), decode('{said['queue']}', 'hex'), "
                        f"{said['seq']}, {part['envelope']}, {part['signature']}, {part['sealed']}, 'postgres')", DATABASE)
        where = f'postgresql://127.0.0.1:{cluster.port}/{DATABASE}'
        who = at_server(past, where, authority,
                        f'Kind=postgresql\nHost=127.0.0.1\nPort={cluster.port}\nDatabase={DATABASE}', 'desk', 'word')
        past.prepare('--pack', past.pack, *who)
        assert past.ask('SELECT count (*) FROM record') == [(4,)]
        status, output, errors = past.tidy(*who)
        assert status == 0 and 'files 1, records in the ledger 3.' in output, (output, errors)
        assert cluster.sql('SELECT count (*), max (seq) FROM daily_cup.record', DATABASE) == '1|4'


@tap.case('a ledger of the version before is brought to this one')
def _():
    top = pathlib.Path(tempfile.mkdtemp(prefix='old', dir=STAGE.name))
    office = Office(top)
    with contextlib.closing(sqlite3.connect(office.folder / 'ledger.db')) as connection:
        connection.executescript((SOURCE / 'src/office/sql/0001-ledger.sql').read_text())
        connection.executescript("PRAGMA user_version = 1; INSERT INTO place VALUES (7, 'kept')")
    (top / 'empty').mkdir()
    assert run('collect', '--office', str(office.folder), str(top / 'empty'))[0] == 0
    with contextlib.closing(sqlite3.connect(office.folder / 'ledger.db')) as connection:
        assert connection.execute('SELECT name FROM place').fetchall() == [('kept',)]
        assert connection.execute('PRAGMA user_version').fetchall() == [(3,)]
        assert connection.execute('SELECT count (*) FROM tidying').fetchall() == [(0,)]


tap.main()
