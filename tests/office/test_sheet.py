#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end-of-day sheet adds up, says what is missing, and names no donor."""

import os
import pathlib
import re
import subprocess
import tempfile

from made import PLEDGE, Office, Tablet, identity
from officelib import BUILD, run
import tap


def folder():
    return tempfile.TemporaryDirectory(prefix='daily-cup-office-')


def pages(path):
    """What a person reads on each page, its rows as “label | value”."""
    text = subprocess.run(['pdftotext', '-layout', path, '-'], stdout=subprocess.PIPE, check=True).stdout.decode()
    return [re.sub(r'[^\S\n]{3,}', ' | ', page) for page in text.split('\f')[:-1]]


def rows(page):
    return dict(re.findall(r'^ *(?:\| )?(\S.*?) \| (\S.*)$', page, re.M))


def make(office, top, *options, **more):
    path = pathlib.Path(top, 'sheet.pdf')
    status, output, errors = office.run('sheet', '--force', '--output', path, *options, key=None, **more)
    assert output == '', output
    return status, (pages(path) if status < 2 else []), errors


@tap.case('taken is waiting, delivered, signed for, refused and undone together')
def _():
    with folder() as top:
        tablet = Tablet('sums')
        office = Office(top, tablet.key)
        lines = [tablet.line() for _ in range(5)]
        tablet.seq = 15
        states = {'waiting': 1, 'delivered': 2, 'receipted': 3, 'refused': 4, 'withdrawn': 5}
        office.take(lines, [tablet.statement(states, codes_shown=57, set_aside=1)])
        status, (page,), errors = make(office, top)
        found = rows(page)
        assert status == 0, errors
        assert found['Waiting on the tablet'] == '1' and found['Not accepted, still on the tablet'] == '4'
        assert found['Handed over'] == '2' and found['Deleted by the donor at once'] == '5'
        assert found['Arrived at the office'] == '3' and found['Taken: all of these together'] == '15'
        assert found['CHF, each month (promises: 10)'].replace('\xa0', ' ') == 'CHF 180', found
        assert found['Left the tablet, as it says'] == found['Are at the office'] == '5'
        assert found['Codes shown to give at once, without a promise'] == '57'
        assert found['Lists of records that this tablet had to put aside'] == '1'
        assert found['Numbers that are not at the office'] == '6–15'
        assert 'Some promises are still on it' in re.sub(r'\s+', ' ', page)


@tap.case('the latest statement counts; practice and what was taken back are told apart')
def _():
    with folder() as top:
        tablet = Tablet('latest')
        office = Office(top, tablet.key)
        lines = [tablet.line(), tablet.line(kind='practice'), tablet.line()]
        lines.append(tablet.line(kind='withdrawal', about=identity(lines[2])))
        old = tablet.statement({'waiting': 99}, number=1)
        new = tablet.statement([tablet.row(state='delivered', count=1),
                                tablet.row(state='delivered', count=1, taken_back=True),
                                tablet.row(state='delivered', count=1, kind='practice'),
                                tablet.row(state='delivered', count=1, kind='withdrawal')], number=12)
        office.take(lines, [new, old])
        status, (page,), _ = make(office, top)
        found = rows(page)
        assert status == 0 and found['Taken: all of these together'] == '2', page
        assert found['Of these, taken back by the donor later'] == '1'
        assert found['Practice and tests of the keys, not counted above'] == '1'
        assert found['CHF, each month (promises: 1)'].replace('\xa0', ' ') == 'CHF 18'
        assert 'Everything that this tablet took is at the office.' in page and '(statement 12)' in page


@tap.case('what left the tablet and is not here is said on the sheet and at the terminal')
def _():
    with folder() as top:
        tablet = Tablet('missing')
        office = Office(top, tablet.key)
        lines = [tablet.line() for _ in range(6)]
        statement = tablet.statement({'delivered': 6})
        office.take([lines[0], lines[2], lines[5]], [statement])
        status, (page,), errors = make(office, top)
        assert status == 1 and 'tablet “stall 1” and are not here: 3. Collect again.' in errors, errors
        assert 'are not at the office: 3' in re.sub(r'\s+', ' ', page)
        assert rows(page)['Numbers that are not at the office'] == '2, 4–5'
        office.take([lines[1], lines[3], lines[4], tablet.line()])
        status, (page,), _ = make(office, top)
        assert status == 0 and 'Numbers that' not in page and rows(page)['Came after this statement'] == '1'


@tap.case('the event, its place and what was found before it are in the head')
def _():
    with folder() as top:
        tablet = Tablet('event')
        office = Office(top, tablet.key)
        office.take([], [tablet.statement({'waiting': 1}, number=1)])
        _, (page,), _ = make(office, top)
        assert 'This tablet was not checked before the event.' in page
        office.take([], [tablet.statement({'waiting': 1}, number=2, event='Fête de la paix', place='Genève',
                                          ready_at=1797588000, ready='ggarggggggga')])
        _, (page,), _ = make(office, top)
        text = re.sub(r'\s+', ' ', page)
        assert 'Fête de la paix, Genève' in text, text
        assert '2026-12-18 11:00: 9 good, 2 to take note of, 1 to be mended.' in text, text


@tap.case('each shift has its sums, and what was taken outside one')
def _():
    with folder() as top:
        tablet = Tablet('shifts')
        office = Office(top, tablet.key)
        tablet.seq = 6
        office.take([], [tablet.statement([
            tablet.row(state='waiting', count=1, shift='Morning-7F'),
            tablet.row(state='refused', count=2, shift='Morning-7F'),
            tablet.row(state='withdrawn', count=9, shift='Morning-7F'),
            tablet.row(state='waiting', count=1, shift='Noon-1', frequency='once', sum=5000),
            tablet.row(state='waiting', count=1)])])
        _, (page,), _ = make(office, top)
        found = {label: value.replace('\xa0', ' ') for label, value in rows(page).items()}
        assert found['Shift Morning-7F: CHF, each month (promises: 3)'] == 'CHF 54', found
        assert found['Shift Noon-1: CHF, once (promises: 1)'] == 'CHF 50', found
        assert found['Outside a shift: CHF, each month (promises: 1)'] == 'CHF 18', found
        assert found['CHF, each month (promises: 4)'] == 'CHF 72', found


@tap.case('many gaps are cut short, not off the page')
def _():
    with folder() as top:
        tablet = Tablet('holes')
        office = Office(top, tablet.key)
        lines = []
        for number in range(20):
            tablet.seq = 2 * number
            lines.append(tablet.line())
        tablet.seq = 41
        office.take(lines, [tablet.statement({'delivered': 41})])
        _, (page,), _ = make(office, top)
        assert '2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, …' in re.sub(r'\s+', ' ', page), page


@tap.case('a page for each tablet, by name; those that said nothing are named, strangers have none')
def _():
    with folder() as top:
        one, two, silent, stranger = (Tablet(name) for name in ('one', 'two', 'silent', 'stranger'))
        office = Office(top, two.key, one.key, silent.key)
        office.take([], [tablet.statement({'waiting': 1}) for tablet in (one, two, stranger)])
        status, found, errors = make(office, top)
        assert status == 1 and ['stall 1' in found[0], 'stall 2' in found[1], len(found)] == [True, True, 2], found
        assert two.fingerprint() in found[0] and one.fingerprint() in found[1]
        assert 'The tablet “stall 3” left no statement' in errors and 'Sheets: 2' in errors, errors
        status, found, errors = make(office, top, '--tablet', 'stall 2')
        assert status == 0 and len(found) == 1 and 'stall 2' in found[0], errors
        assert make(office, top, '--campaign', 'other')[0] == 3
        assert make(office, top, '--tablet', 'stall 3')[0] == 3


@tap.case('several currencies and frequencies each have a row')
def _():
    with folder() as top:
        tablet = Tablet('currencies')
        office = Office(top, tablet.key)
        tablet.seq = 6
        office.take([], [tablet.statement([
            tablet.row(state='waiting', count=1, shift='A'), tablet.row(state='waiting', count=1, shift='B'),
            tablet.row(state='waiting', count=1, frequency='once', sum=5000),
            tablet.row(state='refused', count=1, frequency='yearly', sum=12050),
            tablet.row(state='waiting', count=2, currency='JPY', frequency='once', sum=1000)])])
        _, found, _ = make(office, top)
        page = '\n'.join(found)
        found = {label: value.replace('\xa0', ' ') for label, value in rows(page).items()}
        assert found['CHF, each month (promises: 2)'] == 'CHF 36' and found['CHF, once (promises: 1)'] == 'CHF 50'
        assert found['CHF, each year (promises: 1)'] == 'CHF 120.50', found
        assert found['JPY, once (promises: 2)'] == 'JPY 1,000', found


@tap.case('is in the language of the desk, on A4, and has lines to sign on')
def _():
    with folder() as top:
        tablet = Tablet('languages')
        office = Office(top, tablet.key)
        office.take([tablet.line()], [tablet.statement({'delivered': 1})])
        for language, words in (('fr', ['Fin de journée', 'Tout ce que cette tablette a recueilli est au bureau.',
                                        'CHF, chaque mois', '18 CHF', 'Pour le stand']),
                                ('es', ['Cierre del día', 'Todo lo que recogió esta tableta está en la oficina.',
                                        'CHF, cada mes', '18 CHF', 'Por el puesto'])):
            env = {'LANGUAGE': language, 'LC_ALL': 'en_US.UTF-8', 'DAILY_CUP_LOCALEDIR': str(BUILD / 'po')}
            status, (page,), errors = make(office, top, env=env)
            text = re.sub(r'\s+', ' ', page.replace('\xa0', ' ').replace(' | ', ' '))
            assert status == 0 and all(word in text for word in words), (text, errors)
        facts = subprocess.run(['pdfinfo', f'{top}/sheet.pdf'], stdout=subprocess.PIPE, check=True).stdout.decode()
        assert '(A4)' in facts


@tap.case('names no donor, needs no key, and is readable for its owner alone')
def _():
    with folder() as top:
        tablet = Tablet('nobody')
        office = Office(top, tablet.key)
        office.take([tablet.line(donor={'first_name': 'Needle'})], [tablet.statement({'delivered': 1})])
        _, (page,), _ = make(office, top)
        assert not any(str(value) in page for value in PLEDGE['donor'].values() if value) and 'Needle' not in page
        path = pathlib.Path(top, 'sheet.pdf')
        assert path.stat().st_mode & 0o777 == 0o600
        status, _, errors = office.run('sheet', '--output', path, key=None)
        assert status == 3 and str(path) in errors


@tap.case('goes to the printer that is named, and says when it does not get there')
def _():
    with folder() as top:
        tablet = Tablet('printer')
        office = Office(top, tablet.key)
        office.take([], [tablet.statement({'waiting': 1})])
        lp = pathlib.Path(top, 'bin', 'lp')
        lp.parent.mkdir()
        lp.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {top}/arguments\ncat > {top}/printed.pdf\n', encoding='utf-8')
        lp.chmod(0o755)
        env = {'PATH': f'{lp.parent}:{os.environ["PATH"]}'}
        assert office.run('sheet', '--printer', 'office', key=None, env=env)[0] == 0
        assert 'stall 1' in pages(f'{top}/printed.pdf')[0]
        assert '-d\noffice\n' in pathlib.Path(top, 'arguments').read_text(encoding='utf-8')
        lp.write_text('#!/bin/sh\nexit 1\n', encoding='utf-8')
        assert office.run('sheet', '--printer', 'office', key=None, env=env)[0] == 3


@tap.case('without a statement there is no sheet, and what is not understood makes none')
def _():
    with folder() as top:
        office = Office(top, Tablet('none').key)
        status, output, errors = office.run('sheet', key=None)
        assert status == 3 and output == '' and 'collect first' in errors, errors
        status, _, _ = office.run('sheet', '--printer', 'a', '--output', 'b', key=None)
        assert status == 2 and run('sheet', 'more')[0] == 2


tap.main()
