#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a donor asks to be forgotten leaves the ledger, byte for byte, and does
not come back; what the office must still see to is said."""

import base64
import contextlib
import json
import pathlib
import sqlite3
import tempfile

from made import DESK, Office, Tablet, identity
from officelib import Sitting, run
import tap


def folder():
    return tempfile.TemporaryDirectory(prefix='daily-cup-erase-')


class Desk:
    """An office that has collected three records of one tablet from a card."""

    def __init__(self, top):
        self.tablet = Tablet('erase')
        self.office = Office(top, self.tablet.key)
        self.lines = [self.tablet.line(reference='RF34K7Q29WXM4T'), self.tablet.line()]
        self.lines.append(self.tablet.line(kind='withdrawal', about=identity(self.lines[0])))
        self.card = self.tablet.journal(top, self.lines)
        self.collect()

    def collect(self):
        return run('collect', '--office', str(self.office.folder), str(self.card))

    def arguments(self, *arguments):
        return ['erase', '--office', str(self.office.folder), *map(str, arguments)]

    def erase(self, *arguments, **more):
        return run(*self.arguments('--yes', *arguments), **more)

    def holds(self, line):
        """Whether a part of its sealed bytes is anywhere in the folder."""
        needle = base64.b64decode(json.loads(line)['sealed'])[600:664]
        return any(needle in path.read_bytes() for path in self.office.folder.iterdir())

    def gone(self):
        with contextlib.closing(sqlite3.connect(f'{self.office.folder}/ledger.db')) as connection:
            return dict(connection.execute('SELECT seq, gone FROM record').fetchall())


@tap.case('by its id, a record leaves no byte, nor does what is about it; the others stay')
def _():
    with folder() as top:
        desk = Desk(top)
        assert desk.holds(desk.lines[0])
        status, output, errors = desk.erase(identity(desk.lines[0]))
        assert status == 0 and 'Records erased: 2.' in output, (output, errors)
        assert not desk.holds(desk.lines[0]) and not desk.holds(desk.lines[2]) and desk.holds(desk.lines[1])


@tap.case('erased, it is never taken again')
def _():
    with folder() as top:
        desk = Desk(top)
        desk.erase(identity(desk.lines[0]))
        other = desk.tablet.line(id=identity(desk.lines[0]))
        about = desk.tablet.line(kind='withdrawal', about=identity(desk.lines[0]))
        desk.card.write_bytes(b''.join([*desk.lines, other, about]))
        _, _, errors = desk.collect()
        assert 'asked to be forgotten, and not kept: 2' in errors, errors
        assert not desk.holds(desk.lines[0]) and not desk.holds(other) and not desk.holds(about)
        assert desk.gone() == {1: 'erased', 2: None, 3: 'erased', 4: 'erased', 5: 'erased'}


@tap.case('it says which places and exported files it cannot reach')
def _():
    with folder() as top:
        desk = Desk(top)
        with contextlib.closing(sqlite3.connect(f'{desk.office.folder}/ledger.db')) as connection:
            connection.executescript("INSERT INTO export VALUES (7, '2026-12-20', '/srv/promises.csv');"
                                     'INSERT INTO record_export SELECT number, 7 FROM record WHERE seq = 1')
        _, output, _ = desk.erase(identity(desk.lines[0]))
        assert f'\n  {desk.card}\n' in output and '\n  2026-12-20 /srv/promises.csv\n' in output, output
        assert 'Backups' in output and 'The tablet keeps its sealed copy' in output


@tap.case('a reference that no key has opened yet is found by opening, in memory')
def _():
    with folder() as top:
        desk = Desk(top)
        other = desk.tablet.line(reference='RF18539007547034')
        desk.card.write_bytes(b''.join([*desk.lines, other]))
        desk.collect()
        status, output, errors = desk.erase('--identity', DESK, 'RF18539007547034')
        assert status == 0 and 'Records erased: 1.' in output, (output, errors)
        assert not desk.holds(other) and desk.holds(desk.lines[0])


@tap.case('it asks first, and another answer than the word erases nothing')
def _():
    with folder() as top:
        desk = Desk(top)
        for answer, status in (('y', 3), ('erase', 0)):
            with Sitting(*desk.arguments(identity(desk.lines[0]))) as sitting:
                sitting.expect('Records to erase for good: 2')
                sitting.type(answer)
            assert sitting.status == status and desk.holds(desk.lines[0]) == (answer == 'y'), sitting.screen


@tap.case('what is not there is said, and nothing is erased')
def _():
    with folder() as top:
        desk = Desk(top)
        status, _, errors = desk.erase('ab' * 16)
        assert status == 3 and 'Collect first.' in errors
        assert desk.erase()[0] == 2 and desk.gone() == {1: None, 2: None, 3: None}


@tap.case('killed at any write, erasing again leaves nothing')
def _():
    with folder() as top:
        desk = Desk(top)
        for number in (1, 2, 3, 5, 8):
            desk.erase(identity(desk.lines[0]), wrapper=[
                'strace', '-D', '-qq', '-o', '/dev/null', '-e', 'trace=pwrite64,fdatasync,ftruncate',
                '-e', f'inject=pwrite64,fdatasync,ftruncate:signal=KILL:when={number}'])
        assert desk.erase(identity(desk.lines[0]))[0] == 0
        assert not desk.holds(desk.lines[0]) and desk.holds(desk.lines[1])
        assert desk.gone() == {1: 'erased', 2: None, 3: 'erased'}


tap.main()
