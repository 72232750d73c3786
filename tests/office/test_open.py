#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tablets bring home becomes a table, one damaged record costs that
record alone, and what is said at the end is true."""

import concurrent.futures
import csv
import hashlib
import io
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile

import made
from made import DESK, GOLDEN_TABLET, SPARE, Office, Tablet, bundle, database, golden, identity
from officelib import PASSPHRASE, PROGRAM, environment, make_keys, run
import tap


def folder():
    return tempfile.TemporaryDirectory(prefix='daily-cup-office-')


def counts(errors):
    """{what: how many} of the lines that end the program, which add up."""
    found = re.search(r'Files read: (\d+)\. Records found: (\d+), of these:\n((?:  .*: \d+\n)*)', errors)
    assert found, errors
    fates = {what: int(count) for what, count in re.findall(r'  (.*): (\d+)\n', found[3])}
    assert sum(fates.values()) == int(found[2]), errors
    return fates


def rows(output):
    return list(csv.DictReader(io.StringIO(output, newline='')))


@tap.case('the golden records are opened by either key, and what was taken back is left out')
def _():
    with folder() as top:
        office = Office(top, GOLDEN_TABLET)
        path = bundle(pathlib.Path(top, 'b.jsonl'), [golden('pledge'), golden('rich'), golden('withdrawal')])
        for key in (DESK, SPARE):
            status, output, errors = office.open('--all', path, key=key)
            row, = rows(output)
            assert status == 0 and row['id'] == 'ffeeddccbbaa99887766554433221100', (errors, output)
            assert row['first_name'] == 'Zoë "la \\ grande" O’Brien' and row['kind'] == 'practice'
            assert row['street'] == 'Rue de Varembé 1, c/o «Maison» 🏠' and row['country'] == ''
            assert row['consents'] == 'newsletter=yes post=no phone=yes' and row['tablet'] == 'stall 1'
            assert (row['amount'], row['currency'], row['time']) == ('5', 'JPY', '1969-12-31T23:59:59Z')
            assert counts(errors) == {'written out': 1, 'taken back by their donors, and left out': 1,
                                      'notes that a donor took a pledge back': 1}
        status, output, errors = office.open(path)
        assert status == 0 and rows(output) == []
        assert counts(errors)['made for practice or for a test, and left out'] == 1


@tap.case('the table has every column of a pledge, and lines that end as RFC 4180 has it')
def _():
    with folder() as top:
        office = Office(top, GOLDEN_TABLET)
        _, output, _ = office.open(bundle(pathlib.Path(top, 'b.jsonl'), [golden('pledge')]))
        row, = rows(output)
        assert row == {
            'kind': 'pledge', 'id': '000102030405060708090a0b0c0d0e0f', 'about': '', 'tablet': 'stall 1',
            'queue': '51ee9a0c3f6b4c2d8e7a10b2c3d4e5f6', 'seq': '1', 'campaign': 'migrants-day', 'day': '2026-12-18',
            'time': '2026-12-18T10:11:12Z', 'clock': 'set', 'amount': '18', 'currency': 'CHF', 'frequency': 'monthly',
            'cups': '1', 'cups_period': 'week', 'channel': 'self', 'language': 'fr', 'reference': 'RF34K7Q29WXM4T',
            'first_name': 'Ana', 'family_name': '', 'email': 'ana@example.org', 'phone': '', 'street': '',
            'postcode': '', 'town': '', 'country': '', 'tax_certificate': 'no', 'consents': 'newsletter=no views=yes',
            'notice_version': '1', 'notice_language': 'fr', 'minimum_age': '18', 'shift': '', 'volunteer': ''}, row
        assert output.count('\r\n') == output.count('\n') == 2 and not output.startswith('\ufeff')


@tap.case('no field is a formula to a spreadsheet, and none loses a character')
def _():
    with folder() as top:
        tablet = Tablet('formulas')
        names = ['=1+1', '+41 22 555 01 23', '-2', '@SUM(A1)', '\tx', '\r=1', 'a,b', 'a "b"', 'two\nlines', ' =1', '']
        office = Office(top, tablet.key)
        path = tablet.journal(top, [tablet.line(donor={'family_name': name}) for name in names])
        status, output, errors = office.open(path)
        found = [row['family_name'] for row in rows(output)]
        assert status == 0, errors
        assert found == ["'" + name if name[:1] in tuple('=+-@\t\r') else name for name in names], found


@tap.case('JSON holds what the tablet sealed, exactly')
def _():
    with folder() as top:
        office = Office(top, GOLDEN_TABLET)
        path = bundle(pathlib.Path(top, 'b.jsonl'), [golden('pledge'), golden('rich')])
        status, output, _ = office.json('--all', path)
        assert status == 0
        assert output == [json.loads(made.VECTORS.joinpath(f'{name}.plaintext').read_text(encoding='utf-8'))
                          for name in ('pledge', 'rich')]
        empty = bundle(pathlib.Path(top, 'w.jsonl'), [golden('rich')])
        assert office.json(empty)[1] == []


@tap.case('a tablet that is not enrolled is kept apart, in words, and its records as they came')
def _():
    with folder() as top:
        known, stranger = Tablet('known'), Tablet('stranger')
        office = Office(top, known.key)
        mine, theirs = known.line(), [stranger.line(), stranger.line(id='00' * 16)]
        path = bundle(pathlib.Path(top, 'b.jsonl'), [theirs[0], mine, theirs[1]])
        kept = pathlib.Path(top, 'kept.jsonl')
        status, output, errors = office.json('--not-enrolled', kept, path)
        assert status == 1 and [one['id'] for one in output] == [identity(mine)]
        assert f'“{stranger.fingerprint()}” is not enrolled; its records: 2' in errors, errors
        assert counts(errors) == {'written out': 1, 'of tablets that are not enrolled': 2}
        assert kept.read_bytes() == b''.join(theirs) and kept.stat().st_mode & 0o777 == 0o600
        # Enrolled since, they are opened from there.
        os.rename(kept, pathlib.Path(top, f'{stranger.key[:8]}-{stranger.queue}.jsonl'))
        status, output, _ = Office(top, known.key, stranger.key).json(top)
        assert status == 0 and sorted(one['id'] for one in output) == sorted(map(identity, [mine, *theirs]))


@tap.case('a stranger takes no pledge of ours away, whatever id it bears')
def _():
    with folder() as top:
        known, other, stranger = Tablet('known'), Tablet('other'), Tablet('stranger')
        office = Office(top, known.key, other.key)
        line = known.line()
        lines = [stranger.line(id=identity(line)), line, stranger.line(kind='withdrawal', about=identity(line)),
                 other.line(kind='withdrawal', about=identity(line))]
        status, output, errors = office.json(bundle(pathlib.Path(top, 'b.jsonl'), lines))
        assert status == 1 and [one['id'] for one in output] == [identity(line)]
        assert 'Pledges taken back that are not among these files: 1' in errors, errors


@tap.case('the same record twice counts once, and one id with two texts is not used')
def _():
    with folder() as top:
        tablet = Tablet('twice')
        office = Office(top, tablet.key)
        one, two = tablet.line(), tablet.line()
        other = tablet.line(id=identity(two))
        bundle(pathlib.Path(top, 'a.jsonl'), [one, two])
        bundle(pathlib.Path(top, 'b.jsonl'), [one, other, one])
        status, output, errors = office.json(top)
        assert status == 1 and [item['id'] for item in output] == [identity(one)]
        assert counts(errors) == {'written out': 1, 'the same as another among them': 2,
                                  'with the id of another and other contents': 2}
        assert re.search(rf'b\.jsonl:2: record {identity(two)}: found other bytes than in \S*a\.jsonl:2', errors), errors


@tap.case('a record that says one thing outside and another inside is named, and not written out')
def _():
    with folder() as top:
        tablet = Tablet('liar')
        office = Office(top, tablet.key)
        lines = [tablet.line(inside={'amount': 1}), tablet.line()]
        status, output, errors = office.json(tablet.journal(top, lines))
        assert status == 1 and [one['id'] for one in output] == [identity(lines[1])]
        assert re.search(rf':1: record {identity(lines[0])}: .*amount', errors), errors
        assert counts(errors) == {'written out': 1, 'whole, and not opened by this key': 1}


@tap.case('records sealed to other keys are named, and the others opened')
def _():
    with folder() as top:
        tablet = Tablet('two keys')
        office = Office(top, tablet.key)
        lines = [tablet.line(recipients=made.RECIPIENTS[1:]), tablet.line()]
        path = tablet.journal(top, lines)
        status, output, errors = office.json(path)
        assert status == 1 and len(output) == 1 and f':1: record {identity(lines[0])}: ' in errors, errors
        status, output, _ = office.open('--format', 'json', path, key=SPARE)
        assert status == 0 and len(json.loads(output)) == 2


@tap.case('folders are gone through to their end, links are not, and other files are counted')
def _():
    with folder() as top:
        tablet = Tablet('folders')
        office = Office(top, tablet.key)
        deep = pathlib.Path(top, 'in', 'migrants-day', tablet.key[:8], tablet.queue)
        deep.mkdir(parents=True)
        line = tablet.line()
        bundle(deep / '000001.jsonl', [line])
        tablet.journal(deep.parent, [line, tablet.line()])
        deep.joinpath('notes.txt').write_text('hello')
        deep.joinpath('away').symlink_to(top)
        os.mkfifo(deep / 'pipe.jsonl')
        status, output, errors = office.json(f'{top}/in')
        assert status == 0 and len(output) == 2, errors
        assert 'Files read: 2. Records found: 3, of these:' in errors and 'Other files, passed over: 3' in errors, errors


@tap.case('a journal that was cut off loses nothing but the line that was being written')
def _():
    with folder() as top:
        tablet = Tablet('journal')
        office = Office(top, tablet.key)
        path = tablet.journal(top, [tablet.line(), tablet.line()])
        path.write_bytes(path.read_bytes()[:-20])
        status, output, _ = office.json(path)
        assert status == 0 and len(output) == 1
        cut = bundle(pathlib.Path(top, 'b.jsonl'), [tablet.line(), tablet.line()])
        cut.write_bytes(cut.read_bytes()[:-50])
        status, output, errors = office.json(cut)
        assert status == 1 and len(output) == 2 and 'Files that are not as the tablet wrote them: 1' in errors, errors


@tap.case('of a thousand bundles with one bit flipped none loses more than the record that was hit')
def _():
    with folder() as top:
        tablet = Tablet('flips')
        office = Office(top, tablet.key)
        lines = [tablet.line() for _ in range(4)]
        whole = bundle(pathlib.Path(top, 'whole'), lines).read_bytes()
        ends = [sum(map(len, lines[:n + 1])) - 1 for n in range(4)]
        chance = random.Random(4)
        places = ends + [chance.randrange(len(whole)) for _ in range(996)]

        def flip(number):
            at = places[number]
            path = pathlib.Path(top, f'{number}.jsonl')
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1:])
            status, output, errors = office.json(path)
            hit = [] if at in ends or at > ends[-1] else [sum(at > end for end in ends)]
            left = [identity(line) for n, line in enumerate(lines) if n not in hit]
            assert [one['id'] for one in output] == left, (at, errors)
            # A letter of base64 has spare bits at its end, and a last line feed may go.
            assert status == 1 or at == len(whole) - 1, (at, errors)
            assert not hit or re.search(rf'{number}\.jsonl:{hit[0] + 1}: ', errors), (at, errors)
            path.unlink()

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(flip, range(len(places))))


@tap.case('a queue that was cut off is read with its log, and not a byte of it changes')
def _():
    with folder() as top:
        tablet = Tablet('queue')
        office = Office(top, tablet.key)
        aside = pathlib.Path(top, '20261218T101500Z-1')
        aside.mkdir()
        records = [tablet.parts(), None, tablet.parts()]
        path = database(aside, records)
        assert (aside / 'queue.db-wal').stat().st_size > 0
        before = {file.name: (hashlib.sha256(file.read_bytes()).digest(), file.stat().st_mtime_ns)
                  for file in aside.iterdir()}
        copies = pathlib.Path(top, 'copies')
        copies.mkdir()
        os.environ['TMPDIR'] = str(copies)
        for given in (aside, path):
            status, output, errors = office.json(given)
            assert status == 0 and [one['seq'] for one in output] == [1, 2], errors
        del os.environ['TMPDIR']
        assert before == {file.name: (hashlib.sha256(file.read_bytes()).digest(), file.stat().st_mtime_ns)
                          for file in aside.iterdir()}
        assert not os.listdir(copies), 'a copy was left behind'


@tap.case('a queue with a damaged page gives all that stands elsewhere, and says how much is lost')
def _():
    with folder() as top:
        tablet = Tablet('page')
        office = Office(top, tablet.key)
        aside = pathlib.Path(top, 'aside')
        aside.mkdir()
        parts = [tablet.parts() for _ in range(12)]
        path = database(aside, parts, journal_mode='DELETE')
        data = bytearray(path.read_bytes())
        # A page of the table's tree, found by the envelope that stands on it.
        page = data.index(parts[6][0]) // 4096 * 4096
        data[page:page + 4096] = b'\xff' * 4096
        path.write_bytes(data)
        status, output, errors = office.json(aside)
        fates = counts(errors)
        assert status == 1 and 0 < fates['damaged'] < 6, errors
        assert fates['written out'] + fates['damaged'] == 12 == len(output) + fates['damaged'], errors
        assert {1, 12} <= {one['seq'] for one in output}, output
        assert re.search(rf'queue\.db: {len(output)} rows were read, {fates["damaged"]} could not be', errors), errors


@tap.case('a database that is none is told, and stops nothing else')
def _():
    with folder() as top:
        tablet = Tablet('none')
        office = Office(top, tablet.key)
        aside = pathlib.Path(top, 'aside')
        aside.mkdir()
        aside.joinpath('queue.db').write_bytes(random.Random(1).randbytes(20000))
        status, _, errors = office.open(aside)
        assert status == 3 and 'aside/queue.db: ' in errors, errors
        tablet.journal(aside, [tablet.line()])
        status, output, errors = office.json(aside)
        assert status == 1 and len(output) == 1 and 'not to their end: 1' in errors, errors


@tap.case('the copy from before a later version is read where the queue does not open, and said to be')
def _():
    with folder() as top:
        tablet = Tablet('copied')
        office = Office(top, tablet.key)
        aside = pathlib.Path(top, 'aside')
        aside.mkdir()
        kept, undone = tablet.parts(), tablet.parts()
        database(aside, [kept, undone], journal_mode='DELETE').rename(aside / 'queue-v1.db')
        aside.joinpath('queue-v1.db-journal').write_bytes(b'')
        before = hashlib.sha256(aside.joinpath('queue-v1.db').read_bytes()).digest()
        said = 'aside/queue-v1.db: read in place of queue.db'
        # Without a queue; with one that is none, or is empty.
        for data in (None, random.Random(1).randbytes(20000), b''):
            if data is not None:
                aside.joinpath('queue.db').write_bytes(data)
            status, output, errors = office.json(aside)
            assert [one['seq'] for one in output] == [1, 2] and said in errors, errors
            assert (status == 0) == (data is None), errors
            assert data is None or 'aside/queue.db: ' in errors and 'not to their end: 1' in errors, errors
        # The latest of several, and one before it where that is none.
        database(aside, [kept], journal_mode='DELETE').rename(aside / 'queue-v10.db')
        assert [one['seq'] for one in office.json(aside)[1]] == [1]
        aside.joinpath('queue-v10.db').write_bytes(b'no database')
        assert [one['seq'] for one in office.json(aside)[1]] == [1, 2]
        # A queue that opens has the last word: in the copy is what was undone since.
        aside.joinpath('queue-v10.db').unlink()
        database(aside, [kept, None], journal_mode='DELETE')
        status, output, errors = office.json(aside)
        assert status == 0 and [one['seq'] for one in output] == [1], errors
        assert said not in errors and 'Other files, passed over: 1' in errors, errors
        # By its own name it is read whatever lies beside it.
        assert [one['seq'] for one in office.json(aside / 'queue-v1.db')[1]] == [1, 2]
        assert before == hashlib.sha256(aside.joinpath('queue-v1.db').read_bytes()).digest()


@tap.case('what is written is whole, for its owner alone, and never in the place of another file')
def _():
    with folder() as top:
        tablet = Tablet('output')
        office = Office(top, tablet.key)
        path = tablet.journal(top, [tablet.line()])
        output = pathlib.Path(top, 'promises.csv')
        status, said, _ = office.open('--output', output, path)
        assert status == 0 and said == '' and output.stat().st_mode & 0o777 == 0o600
        assert len(rows(output.read_text(encoding='utf-8'))) == 1
        output.write_text('mine')
        status, said, errors = office.open('--output', output, path)
        assert status == 3 and said == '' and 'promises.csv: found a file' in errors and output.read_text() == 'mine'
        assert office.open('--output', output, '--force', path)[0] == 0
        assert len(rows(output.read_text(encoding='utf-8'))) == 1
        assert office.open('--output', f'{top}/none/promises.csv', path)[0] == 3
        assert office.open('--output', '-', path)[1] != ''


@tap.case('the desk key is opened by its passphrase, and the spare key comes through a pipe')
def _():
    with folder() as top:
        office, tablet = pathlib.Path(top, 'office'), Tablet('keys')
        spare = make_keys(office / 'keys')
        recipients = re.findall(r'^age1.*$', (office / 'keys/for-the-pack/recipients.txt').read_text(), re.M)
        Office(top, tablet.key)
        path = tablet.journal(top, [tablet.line(recipients=recipients)])
        for more in ([], ['--keys', f'{office}/keys']):
            status, output, errors = run('open', '--office', str(office), *more, str(path), passphrase=PASSPHRASE)
            assert status == 0 and len(rows(output)) == 1, errors
        status, output, errors = run('open', '--office', str(office), str(path), passphrase=PASSPHRASE + '!')
        assert status == 3 and output == '' and 'desk.age' in errors, errors
        grouped = ' '.join(re.findall('.{1,4}', spare))
        for text, expected in ((spare, 0), (grouped, 0), (spare[:-1], 3), ('', 3)):
            done = subprocess.run([PROGRAM, 'open', '--office', office, '--spare', path], input=text.encode(),
                                  capture_output=True, env=environment(), check=False)
            assert done.returncode == expected, (text, done.stderr)
            assert not text or text.encode() not in done.stdout + done.stderr


@tap.case('a list of tablets that was damaged is told, and nobody is kept out in silence')
def _():
    with folder() as top:
        tablet = Tablet('list')
        office = Office(top, tablet.key, 'abc')
        status, output, errors = office.open(tablet.journal(top, [tablet.line()]))
        assert status == 3 and output == '' and 'tablets.ini: group 2' in errors, errors


@tap.case('what is not understood opens nothing')
def _():
    for arguments in ([], ['--format', 'xml', 'a'], ['--spare', '--keys', 'a', 'b']):
        status, output, errors = run('open', *arguments)
        assert status == 2 and output == '' and '--help' in errors, (arguments, errors)
    with folder() as top:
        status, output, errors = Office(top).open(f'{top}/nothing\x1b[31m.jsonl')
        assert status == 3 and output == '' and '\x1b' not in errors, errors


tap.main()
