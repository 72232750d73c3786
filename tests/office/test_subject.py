#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever asks what is held on them is told all of it, and nothing of others."""

import datetime
import json
import pathlib
import tempfile

from made import RECIPIENTS, Office, Tablet, identity, reference
import tap

ANA = {'first_name': 'Ana', 'email': 'ana@example.org', 'phone': '+41 22 555 01 23'}
BEA = {'first_name': 'Bea', 'email': 'bea@example.org', 'phone': None}
OTHER = reference('K7Q29WXM4S')


def folder():
    return tempfile.TemporaryDirectory(prefix='daily-cup-office-')


def held(office, who, *options):
    status, output, errors = office.run('subject', '--format', 'json', *options, who)
    return status, [one['envelope']['id'] for one in json.loads(output)], errors


@tap.case('finds all kinds of records by e-mail, telephone or reference, however they are written')
def _():
    with folder() as top:
        tablet, stranger = Tablet('ours'), Tablet('not ours')
        office = Office(top, tablet.key)
        pledge = tablet.line(donor=ANA, reference='RF34K7Q29WXM4T')
        practice = tablet.line(donor=ANA, kind='practice', reference=OTHER)
        back = tablet.line(kind='withdrawal', about=identity(pledge))
        foreign = stranger.line(donor=ANA, reference=OTHER)
        office.take([pledge, tablet.line(donor=BEA, reference=OTHER), practice, back, foreign])
        everything = sorted(map(identity, [pledge, practice, back, foreign]))
        for who in ('ana@example.org', ' ANA@example.ORG', '+41 22 555 01 23', '0041225550123', '022 555 01 23'):
            status, found, errors = held(office, who)
            assert status == 0 and sorted(found) == everything, (who, found, errors)
            assert 'Records on this person: 4' in errors and 'Not looked into:' in errors, errors
        for who in ('RF34K7Q29WXM4T', 'rf34 k7q2 9wxm 4t'):
            assert sorted(held(office, who)[1]) == sorted(map(identity, [pledge, back])), who
        assert held(office, 'nobody@example.org')[1] == []


@tap.case('says what was sealed, what became of it, and where it lies')
def _():
    with folder() as top:
        tablet = Tablet('facts')
        office = Office(top, tablet.key)
        stick = office.take([tablet.line(donor=ANA)])
        today = datetime.date.today().isoformat()
        assert office.run('export', '--output', f'{top}/out.csv')[0] == 0
        one, = json.loads(office.run('subject', '--format', 'json', 'ana@example.org')[1])
        assert one['record']['donor']['email'] == 'ana@example.org' and one['collected'] == today
        assert one['places'] == [f'{stick}/records.jsonl'] and one['exports'] == [f'{today} {top}/out.csv'], one
        assert (one['enrolled'], one['taken_back'], one['receipt']) == (True, False, False)
        status, text, _ = office.run('subject', 'ana@example.org')
        assert status == 0, text
        for fact in ('First name: Ana\n', 'E-mail: ana@example.org\n', 'Sum: CHF 18, monthly\n', f'Came on: {today}\n',
                     'Agreed to “newsletter”: no\n', f'Also lies in: {stick}/records.jsonl\n'):
            assert f'  {fact}' in text, (fact, text)


@tap.case('another record under the same id is not taken for theirs')
def _():
    with folder() as top:
        tablet = Tablet('twins')
        office = Office(top, tablet.key)
        one, two = tablet.line(donor=ANA, id='ab' * 16), tablet.line(donor=BEA, id='ab' * 16)
        office.take([one, two])
        _, output, _ = office.run('subject', 'ana@example.org')
        assert 'Ana' in output and 'Bea' not in output and 'bea@' not in output, output


@tap.case('what this key does not open is said, for it may be theirs')
def _():
    with folder() as top:
        tablet = Tablet('closed')
        office = Office(top, tablet.key)
        office.take([tablet.line(donor=ANA), tablet.line(donor=ANA, recipients=RECIPIENTS[1:])])
        status, found, errors = held(office, 'ana@example.org')
        assert status == 1 and len(found) == 1, errors
        assert 'does not open, and that may be on this person too: 1' in errors, errors


@tap.case('a withdrawal that does not open still belongs to the pledge that it is about')
def _():
    with folder() as top:
        tablet = Tablet('shut')
        office = Office(top, tablet.key)
        pledge = tablet.line(donor=ANA)
        back = tablet.line(kind='withdrawal', about=identity(pledge), recipients=RECIPIENTS[1:])
        office.take([pledge, back])
        status, output, errors = office.run('subject', '--format', 'json', 'ana@example.org')
        found = json.loads(output)
        assert status == 0 and found[1]['record'] is None and found[0]['taken_back'], (output, errors)
        assert found[1]['envelope']['id'] == identity(back)


@tap.case('goes to a file for its owner alone, and leaves nothing in the office’s folder')
def _():
    with folder() as top:
        tablet = Tablet('file')
        office = Office(top, tablet.key)
        office.take([tablet.line(donor=ANA)])
        target = pathlib.Path(top, 'ana.txt')
        assert office.run('subject', '--output', target, 'ana@example.org')[:2] == (0, '')
        assert 'ana@example.org' in target.read_text(encoding='utf-8') and target.stat().st_mode & 0o777 == 0o600
        assert office.run('subject', '--output', target, 'ana@example.org')[0] == 3
        for path in office.folder.rglob('*'):
            assert not path.is_file() or b'ana@' not in path.read_bytes(), path


@tap.case('what is not understood opens nothing')
def _():
    with folder() as top:
        office = Office(top)
        for wrong in ([], [''], ['a', 'b'], ['--format', 'csv', 'a'], ['--spare', 'a']):
            status, output, _ = office.run('subject', *wrong)
            assert status == 2 and output == '', wrong


tap.main()
