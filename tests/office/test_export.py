#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledger becomes a table: what was asked for, each once, and what must not
be written to any more is named."""

import csv
import io
import json
import pathlib
import tempfile

from made import GOLDEN_TABLET, SPARE, Office, Tablet, golden, identity
import tap


def folder():
    return tempfile.TemporaryDirectory(prefix='daily-cup-office-')


def ids(output):
    return [row['id'] for row in csv.DictReader(io.StringIO(output, newline=''))]


def duplicates(output):
    return [row['possible_duplicate_of'] for row in csv.DictReader(io.StringIO(output, newline=''))]


def traces(office, *texts):
    """The files of the office's folder in which one of @texts stands."""
    return [path.name for path in office.folder.rglob('*') if path.is_file()
            and any(text.encode() in path.read_bytes() for text in texts)]


@tap.case('an export has what “open” has of the same records, and one column more')
def _():
    with folder() as top:
        office = Office(top, GOLDEN_TABLET)
        lines = [golden('pledge'), golden('rich')]
        office.take(lines)
        pathlib.Path(top, 'b.jsonl').write_bytes(b''.join(lines))
        _, opened, _ = office.open('--all', f'{top}/b.jsonl')
        status, output, errors = office.run('export', '--all')
        rows = [line.rsplit(',', 1) for line in output.split('\r\n')[:-1]]
        assert status == 0 and [row[0] for row in rows] == opened.split('\r\n')[:-1], errors
        assert [row[1] for row in rows] == ['possible_duplicate_of', '', '']
        assert 'Records in the ledger: 2, of these:\n  written out: 2\n' in errors, errors


@tap.case('practice, tests and what was taken back are left out unless asked for, and counted')
def _():
    with folder() as top:
        tablet = Tablet('kinds')
        office = Office(top, tablet.key)
        kept, gone = tablet.line(), tablet.line()
        practice, back = tablet.line(kind='practice'), tablet.line(kind='withdrawal', about=identity(gone))
        office.take([kept, gone, practice, back])
        status, output, errors = office.run('export')
        assert status == 0 and ids(output) == [identity(kept)], errors
        assert '  taken back by their donors, and left out: 1\n' in errors
        assert '  made for practice or for a test, and left out: 1\n' in errors
        assert ids(office.run('export', '--all')[1]) == [identity(kept), identity(practice)]


@tap.case('filters by appeal and day, and says how many were not asked for')
def _():
    with folder() as top:
        tablet = Tablet('filters')
        office = Office(top, tablet.key)
        lines = [tablet.line(), tablet.line(day='2026-12-19'), tablet.line(campaign='winter')]
        office.take(lines)
        for options, wanted in ((['--day', '2026-12-19'], lines[1:2]), (['--campaign', 'winter'], lines[2:]),
                                (['--campaign', 'winter', '--day', '2026-12-19'], []), ([], lines)):
            status, output, errors = office.run('export', *options)
            assert status == 0 and sorted(ids(output)) == sorted(map(identity, wanted)), (options, errors)
            left = len(lines) - len(wanted)
            assert ('not asked for, and left out' in errors) == (left > 0), errors


@tap.case('filters by tablet, which is the stall: a record bears no name of an event')
def _():
    with folder() as top:
        one, two = Tablet('here'), Tablet('there')
        office = Office(top, one.key, two.key)
        lines = [one.line(), two.line()]
        office.take([lines[0]])
        office.take([lines[1]])
        status, output, errors = office.run('export', '--tablet', 'stall 2')
        assert status == 0 and ids(output) == [identity(lines[1])] and 'not asked for, and left out: 1' in errors, errors
        assert ids(office.run('export', '--tablet', 'stall 3')[1]) == []


@tap.case('--since-last writes each promise once, whatever came between')
def _():
    with folder() as top:
        tablet = Tablet('since')
        office = Office(top, tablet.key)
        first, second = tablet.line(), tablet.line(day='2026-12-19')
        office.take([first, second])
        assert ids(office.run('export', '--since-last', '--day', '2026-12-18')[1]) == [identity(first)]
        assert ids(office.run('export', '--since-last')[1]) == [identity(second)]
        third = tablet.line()
        office.take([third])
        assert ids(office.run('export', '--since-last')[1]) == [identity(third)]
        assert ids(office.run('export', '--since-last')[1]) == []
        assert len(ids(office.run('export')[1])) == 3


@tap.case('an export that cannot be written marks nothing, and writes over nothing')
def _():
    with folder() as top:
        tablet = Tablet('unwritten')
        office = Office(top, tablet.key)
        line = tablet.line()
        office.take([line])
        there = pathlib.Path(top, 'there.csv')
        there.write_text('mine', encoding='utf-8')
        for output in (there, f'{top}/no/such/folder.csv', '/dev/full/x'):
            status, _, errors = office.run('export', '--since-last', '--output', output)
            assert status == 3 and str(output) in errors, errors
        assert there.read_text(encoding='utf-8') == 'mine'
        assert office.run('export', '--since-last', '--force', '--output', there)[0] == 0
        assert ids(there.read_text(encoding='utf-8')) == [identity(line)] and there.stat().st_mode & 0o777 == 0o600
        assert ids(office.run('export', '--since-last')[1]) == []


@tap.case('a promise that was taken back after it was exported is named until it is no longer in the ledger')
def _():
    with folder() as top:
        tablet = Tablet('late')
        office = Office(top, tablet.key)
        line = tablet.line()
        office.take([line])
        assert office.run('export')[0] == 0
        office.take([tablet.line(kind='withdrawal', about=identity(line))])
        for _ in range(2):
            status, output, errors = office.run('export', '--since-last')
            assert status == 1 and ids(output) == [], errors
            assert f'Taken back by its donor after it was exported: {identity(line)}.' in errors, errors


@tap.case('says which promises may be of one person: by e-mail in any case, by telephone however written')
def _():
    with folder() as top:
        tablet = Tablet('twice')
        office = Office(top, tablet.key)
        nobody = {'email': None}
        donors = [{'email': 'Ana@Example.org'}, {'email': 'ana@example.org'}, {'email': 'bea@example.org'},
                  nobody | {'phone': '+41 22 555 01 23'}, nobody | {'phone': '022 555 01 23'},
                  nobody | {'phone': '022 555 01 24'}, {'email': 'ANA@example.org', 'phone': '+41 22 555 01 25'}]
        lines = [tablet.line(donor=donor) for donor in donors]
        elsewhere = tablet.line(donor={'email': 'ana@example.org'}, campaign='winter')
        office.take([*lines, elsewhere])
        status, output, errors = office.run('export', '--campaign', 'migrants-day')
        one, two = identity(lines[0]), identity(lines[3])
        assert status == 0 and duplicates(output) == ['', one, '', '', two, '', one], (output, errors)
        assert 'with the e-mail or telephone of another: 3' in errors, errors
        # The first of them was exported; the second is still known to resemble it.
        assert duplicates(office.run('export', '--campaign', 'winter')[1]) == ['']


@tap.case('JSON is what the tablet sealed, and possible_duplicate_of')
def _():
    with folder() as top:
        tablet = Tablet('json')
        office = Office(top, tablet.key)
        lines = [tablet.line(), tablet.line()]
        office.take(lines)
        _, output, _ = office.run('export', '--format', 'json')
        found = json.loads(output)
        assert [one.pop('possible_duplicate_of') for one in found] == [None, identity(lines[0])]
        assert [one['id'] for one in found] == list(map(identity, lines)) and found[0]['donor']['first_name'] == 'Ana'


@tap.case('of two records with one id neither is exported, nor what a stranger sent, and it is said')
def _():
    with folder() as top:
        tablet, stranger = Tablet('mine'), Tablet('theirs')
        office = Office(top, tablet.key)
        good, one = tablet.line(), tablet.line(id='ab' * 16)
        tablet.seq = 1
        office.take([good, one, tablet.line(id='ab' * 16, amount=99), stranger.line()])
        status, output, errors = office.run('export')
        assert status == 1 and ids(output) == [identity(good)], errors
        assert 'of tablets that are not enrolled: 1' in errors and 'with the id of another' in errors, errors


@tap.case('a record that is damaged in the ledger is named, and keeps no other back')
def _():
    import contextlib
    import sqlite3
    with folder() as top:
        tablet = Tablet('hurt')
        office = Office(top, tablet.key)
        bad, good = tablet.line(), tablet.line()
        office.take([bad, good])
        with contextlib.closing(sqlite3.connect(office.folder / 'ledger.db')) as ledger, ledger:
            ledger.execute("UPDATE record SET sealed = x'00' WHERE number = 1")
        status, output, errors = office.run('export')
        assert status == 1 and ids(output) == [identity(good)], errors
        assert f'ledger.db:1: record {identity(bad)}: ' in errors and '  damaged: 1\n' in errors, errors


@tap.case('the spare key exports too, another key nothing, and no donor stays in the office’s folder')
def _():
    with folder() as top:
        tablet = Tablet('keys')
        office = Office(top, tablet.key)
        office.take([tablet.line(donor={'first_name': 'Needle', 'email': 'needle@example.org'})])
        assert len(ids(office.run('export', key=SPARE)[1])) == 1
        other = pathlib.Path(top, 'other.key')
        other.write_text('AGE-SECRET-KEY-1' + 'Q' * 58 + '\n', encoding='ascii')
        status, output, _ = office.run('export', key=other)
        assert status != 0 and 'Needle' not in output
        assert office.run('export', '--output', f'{top}/out.csv')[0] == 0
        assert traces(office, 'Needle', 'needle@') == []
        assert b'Needle' in pathlib.Path(top, 'out.csv').read_bytes()


@tap.case('killed before the table has its name, the next export has everything')
def _():
    from officelib import killed_before_rename
    with folder() as top:
        tablet = Tablet('killed')
        office = Office(top, tablet.key)
        line = tablet.line()
        office.take([line])
        target = pathlib.Path(top, 'out.csv')
        status, _, _ = office.run('export', '--since-last', '--force', '--output', target,
                                  wrapper=killed_before_rename(1))
        assert status == -9 and not target.exists(), status
        assert office.run('export', '--since-last', '--force', '--output', target)[0] == 0
        assert ids(target.read_text(encoding='utf-8')) == [identity(line)]


@tap.case('what is not understood opens nothing')
def _():
    with folder() as top:
        office = Office(top)
        for wrong in (['--day', 'monday'], ['--day', '2026-02-30'], ['--format', 'xml'], ['--spare'], ['more']):
            status, output, errors = office.run('export', *wrong)
            assert status == 2 and output == '' and '--help' in errors, (wrong, errors)


tap.main()
