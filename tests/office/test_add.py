#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was written on paper is taken in once, whole and sealed, as if a tablet
had sent it; a mistake is named, and nothing of it kept."""

import contextlib
import csv
import datetime
import io
import json
import os
import pathlib
import re
import sqlite3
import tempfile

from desk import Desk, read_receipts
from made import Office, Tablet, reference
from officelib import EXAMPLE, PASSPHRASE, Sitting, run
import tap

ONE, TWO, THREE = (reference(digits) for digits in ('K7Q29WXM4T', '0123456789', 'ZZZZZZZZZZ'))
GOOD = {'reference': ONE, 'amount': '18', 'frequency': 'monthly', 'first_name': 'Zoë', 'email': 'zoe@example.org',
        'of_age': 'yes', 'consent_views': 'yes'}
DEMO_KEY = EXAMPLE / 'demo-keys' / 'desk.txt'


def folder():
    return tempfile.TemporaryDirectory(prefix='daily-cup-add-')


class Paper:
    """An office that was sent forms of the demonstration."""

    def __init__(self, top):
        self.top = pathlib.Path(top)
        self.office = Office(top)

    def arguments(self, *arguments):
        return ['add', '--office', str(self.office.folder), '--pack', str(EXAMPLE), *arguments]

    def table(self, *rows, text=None, delimiter=','):
        """Takes in a table of @rows, or the bytes @text."""
        path = self.top / 'forms.csv'
        if text is None:
            names = list(dict.fromkeys(name for row in rows for name in row))
            with path.open('w', encoding='utf-8', newline='') as file:
                writer = csv.DictWriter(file, names, restval='', delimiter=delimiter)
                writer.writeheader()
                writer.writerows(rows)
        else:
            path.write_bytes(text)
        return run(*self.arguments('--csv', str(path)))

    def opened(self):
        """What a key finds in the ledger, by reference."""
        status, output, errors = run('export', '--office', str(self.office.folder), '--identity', str(DEMO_KEY))
        assert status == 0, errors
        return {row['reference']: row for row in csv.DictReader(io.StringIO(output))}

    def count(self):
        path = self.office.folder / 'ledger.db'
        if not path.exists():
            return 0
        with contextlib.closing(sqlite3.connect(path)) as connection:
            return connection.execute('SELECT count (*) FROM record').fetchone()[0]

    def holds(self, text):
        return any(text.encode() in path.read_bytes() for path in self.office.folder.rglob('*') if path.is_file())


def wrong(problem, *rows, **more):
    """A table of which nothing is taken, and the sentence that says why."""
    with folder() as top:
        paper = Paper(top)
        status, output, errors = paper.table(*rows, **more)
        assert status == 3 and output == '' and problem in errors, (problem, status, output, errors)
        assert paper.count() == 0
        for private in ('Zoë', 'zoe@example.org', '4111'):
            assert private not in errors


@tap.case('a table of forms is sealed into the ledger, and exported with all that it said, marked as paper')
def _():
    with folder() as top:
        paper = Paper(top)
        other = {'reference': TWO, 'language': 'fr', 'amount': '20,50', 'frequency': 'once', 'first_name': 'Iñaki',
                 'family_name': 'Ruiz', 'street': 'Rue Basse 1', 'postcode': '1204', 'town': 'Genève',
                 'country': 'Suisse', 'tax_certificate': 'x', 'of_age': 'x', 'consent_views': 'x',
                 'consent_post': 'x', 'day': '2026-11-20', 'volunteer': 'b7'}
        status, output, errors = paper.table(GOOD, other)
        assert status == 0 and errors == '' and 'Forms taken in: 2' in output, (status, errors)
        found = paper.opened()
        one, two = found[ONE], found[TWO]
        assert (one['amount'], one['currency'], one['frequency']) == ('18', 'CHF', 'monthly'), one
        assert one['channel'] == two['channel'] == 'paper' and one['tablet'] == 'paper', one
        assert (one['first_name'], one['email'], one['language']) == ('Zoë', 'zoe@example.org', 'en')
        assert one['day'] == datetime.date.today().isoformat()
        assert (two['amount'], two['frequency'], two['day'], two['volunteer']) == ('20.50', 'once', '2026-11-20', 'B7')
        assert (two['town'], two['country'], two['language']) == ('Genève', 'Suisse', 'fr')
        assert not paper.holds('zoe@example.org') and not paper.holds('Iñaki')


@tap.case('semicolons, a byte order mark, quotes and empty rows are as a spreadsheet writes them')
def _():
    with folder() as top:
        paper = Paper(top)
        text = ('\ufeffreference;amount;frequency;first_name;phone;of_age;consent_views\r\n;;;;;;\r\n'
                f'"{TWO[:4]} {TWO[4:8].lower()} {TWO[8:]}";18;monthly;"Ana ""Nita""";+41 22 555 01 02;yes;yes')
        assert paper.table(text=text.encode())[0] == 0
        assert paper.opened()[TWO]['first_name'] == 'Ana "Nita"'


@tap.case('the key of the desk is made once, its owner’s alone, and enrolled as paper')
def _():
    with folder() as top:
        paper = Paper(top)
        paper.table(GOOD)
        key = (paper.office.folder / 'paper.key').read_bytes()
        paper.table({**GOOD, 'reference': TWO})
        assert (paper.office.folder / 'paper.key').read_bytes() == key
        assert os.stat(paper.office.folder / 'paper.key').st_mode & 0o777 == 0o600
        text = (paper.office.folder / 'tablets.ini').read_text(encoding='utf-8')
        assert len(re.findall(r'(?m)^Name=paper$', text)) == 1 and 'Paper=true' in text
        with contextlib.closing(sqlite3.connect(paper.office.folder / 'ledger.db')) as connection:
            assert connection.execute('SELECT seq FROM record ORDER BY seq').fetchall() == [(1,), (2,)]


@tap.case('a form is taken once: not twice in a table, not again later, not after it was erased')
def _():
    wrong('line 3: The form of line 2 is here once more.', GOOD, GOOD)
    with folder() as top:
        paper = Paper(top)
        assert paper.table(GOOD)[0] == 0
        status, _, errors = paper.table({**GOOD, 'reference': TWO}, GOOD)
        assert status == 3 and 'line 3: This form was taken in before.' in errors and paper.count() == 1, errors
        status, output, errors = run('erase', '--yes', '--office', str(paper.office.folder), '--identity', str(DEMO_KEY), ONE)
        assert status == 0 and 'Records erased: 1.' in output, errors
        status, _, errors = paper.table(GOOD)
        assert status == 3 and 'This form was taken in before.' in errors and paper.opened() == {}, errors


@tap.case('every line with a mistake is named with its column, and nothing of the table is taken')
def _():
    tomorrow = (datetime.date.today() + datetime.timedelta(1)).isoformat()
    wrong('line 3, email: It does not look like one', GOOD, {**GOOD, 'reference': TWO, 'email': 'zoe@@example.org'})
    for change, problem in (
            ({'reference': 'RF00K7Q29WXM4T'}, 'reference: This is not the reference of a form'),
            ({'reference': reference('S123456789')}, 'reference: This is not the reference of a form'),
            ({'reference': ''}, 'reference: This is not'),
            ({'language': 'xx'}, 'language: The appeal does not speak'),
            ({'amount': '4.99'}, 'amount: An amount is a number from 5 to 5000.'),
            ({'amount': '5000.01'}, 'amount: An amount'), ({'amount': '-18'}, 'amount: An amount'),
            ({'amount': '1e3'}, 'amount: An amount'), ({'frequency': 'yearly'}, 'frequency: Type “monthly” or “once”.'),
            ({'first_name': ''}, 'first_name: It is needed.'), ({'email': ''}, 'email: It is needed.'),
            ({'first_name': 'Z' * 1000}, 'first_name: It is too long.'),
            ({'first_name': '4111 1111 1111 1111'}, 'first_name: It looks like the number of a payment card'),
            ({'tax_certificate': 'yes'}, 'family_name: It is needed.'),
            ({'day': '2026-02-30'}, 'day: A day is written'), ({'day': tomorrow}, 'day: A day is written'),
            ({'day': '18.12.2026'}, 'day: A day is written'),
            ({'volunteer': 'Mariana'}, 'volunteer: A volunteer’s code is short'),
            ({'of_age': 'no'}, 'of_age: Without this tick'), ({'of_age': 'perhaps'}, 'of_age: Type “yes” or “no”.'),
            ({'consent_views': ''}, 'consent_views: Without this tick no detail of the form may be kept.')):
        wrong(f'line 2, {problem}', {**GOOD, **change})
    with folder() as top:
        status, _, errors = Paper(top).table({**GOOD, 'amount': '1'}, {**GOOD, 'reference': TWO, 'of_age': 'no'})
        assert status == 3 and 'line 2, amount' in errors and 'line 3, of_age' in errors, errors


@tap.case('what is no such table is refused as a whole, by its line')
def _():
    wrong('Found “name” there', {**GOOD, 'name': 'Zoë'})
    wrong('The table has no row below its first.', text=b'reference,amount\n')
    wrong('The table has no row below its first.', text=b'')
    wrong('line 2: found 1 fields, expected 2', text=b'reference,amount\nRF\n')
    wrong('line 2: found a quote that is not closed', text=b'reference,amount\n"RF,1\n')
    wrong('found bytes that are not UTF-8 text', text='reference\nZoë\n'.encode('latin-1'))
    wrong('found bytes that are not UTF-8 text', text=b'reference\nR\0F\n')
    wrong('Found “amount” there, once too often', text=b'amount,amount\n1,2\n')


@tap.case('at a terminal each form is asked field by field; what is wrong is asked again; it is read over, and taken')
def _():
    with folder() as top:
        paper = Paper(top)
        answers = (('Reference', ONE.lower()), ('Language', 'fr'), ('Amount, in CHF', '4'), ('from 5 to 5000.*Amount', '18'),
                   ('How often', 'monthly'), ('First name', 'Zoë'), ('Family name', ''), ('E-mail address', 'zoe@'),
                   ('does not look like one.*E-mail', 'zoe@example.org'), ('Telephone', ''), ('Street', ''),
                   ('Postcode', ''), ('Town', ''), ('Country', ''), ('Tax certificate', ''), ('Day', '2026-11-20'),
                   ('code', 'B7'), ('Ticked', 'yes'), ('opinions', ''), ('Ticked', 'yes'), ('Ticked', ''), ('Ticked', ''),
                   ('Without this tick.*leave this form out.*Ticked', 'yes'), ('Take it in', ''))
        with Sitting(*paper.arguments()) as sitting:
            for prompt, answer in answers:
                sitting.expect(prompt)
                sitting.type(answer)
            sitting.expect('Taken in and sealed.*Reference')
            sitting.type('')
            sitting.expect('Forms taken in: 1')
        assert sitting.wait() == 0
        row = paper.opened()[ONE]
        assert (row['first_name'], row['email'], row['volunteer'], row['day']) == ('Zoë', 'zoe@example.org', 'B7', '2026-11-20')


@tap.case('a form can be left out at any question, and after it was read over; one that is here is not asked')
def _():
    with folder() as top:
        paper = Paper(top)
        paper.table(GOOD)
        with Sitting(*paper.arguments()) as sitting:
            for prompt, answer in (('Reference', ONE), ('taken in before.*Left out.*Reference', TWO), ('Language', ''),
                                   ('Amount', '.'), ('Left out.*Reference', THREE), ('Language', ''), ('Amount', '18'),
                                   ('How often', 'once'), ('First name', 'Zoë'), ('Family', ''), ('E-mail', 'zoe@example.org'),
                                   *((prompt, '') for prompt in ('Tele', 'Street', 'Postcode', 'Town', 'Country', 'Tax',
                                                                 'Day', 'code')),
                                   ('older', 'yes'), ('expressly', 'yes'), ('news', ''), ('call', ''), ('post', ''),
                                   ('first_name +Zoë.*Take it in', 'no'), ('Left out.*Reference', '')):
                sitting.expect(prompt)
                sitting.type(answer)
        assert sitting.wait() == 0 and 'Forms taken in: 0' in sitting.screen
        assert list(paper.opened()) == [ONE]


@tap.case('receipts are signed for paper as for any tablet, and the end-of-day sheet asks it for no statement')
def _():
    with folder() as top:
        desk = Desk(top, Tablet('one').key)
        table = pathlib.Path(top, 'forms.csv')
        table.write_text(','.join(GOOD) + '\n' + ','.join(GOOD.values()) + '\n', encoding='utf-8')
        where = ['--office', str(desk.office.folder)]
        assert run('add', *where, '--pack', str(desk.pack), '--csv', str(table))[0] == 0
        stick = pathlib.Path(top, 'stick')
        stick.mkdir()
        status, _, errors = desk.receipts(stick)
        assert status == 0, errors
        assert sum(map(len, read_receipts(stick, desk))) == 1
        status, output, errors = run('export', *where, '--keys', str(desk.keys), passphrase=PASSPHRASE)
        assert status == 0 and ONE in output, errors
        errors = run('sheet', *where, '--output', str(pathlib.Path(top, 'sheet.pdf')))[2]
        assert '“stall 1” left no statement' in errors and 'paper' not in errors, errors


@tap.case('what a person holds is found on paper too')
def _():
    with folder() as top:
        paper = Paper(top)
        paper.table(GOOD)
        status, output, errors = run('subject', '--office', str(paper.office.folder), '--identity', str(DEMO_KEY),
                                     '--format', 'json', 'zoe@example.org')
        assert status == 0 and ONE in json.dumps(json.loads(output)), (output, errors)


if __name__ == '__main__':
    tap.main()
