#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The leave to choose new PINs is for one tablet, new each time, and minisign
takes it as signed with the pack key."""

import pathlib
import subprocess
import tempfile

from made import Office, Tablet
from officelib import EXAMPLE, run
import tap

KEY = EXAMPLE / 'demo-keys/pack.key'


def sitting(top, *tablets):
    stick = pathlib.Path(top, 'stick')
    stick.mkdir()
    return Office(top, *(tablet.key for tablet in tablets)), stick


def pins(office, stick, which, key=KEY, pack=EXAMPLE):
    return run('pins', '--office', str(office.folder), '--pack', str(pack), '--key', str(key), '--tablet', which,
               str(stick))


def verified(path):
    return subprocess.run(['minisign', '-V', '-q', '-p', EXAMPLE / 'pack.pub', '-m', path], check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def folder():
    return tempfile.TemporaryDirectory(prefix='daily-cup-office-')


@tap.case('two files for the tablet of that name, which minisign takes')
def _():
    with folder() as top:
        tablet, other = Tablet('one'), Tablet('two')
        office, stick = sitting(top, tablet, other)
        status, output, errors = pins(office, stick, 'stall 1')
        assert status == 0, errors
        name = f'daily-cup-pins-{tablet.key[:8]}'
        assert sorted(path.name for path in stick.iterdir()) == [name, name + '.minisig']
        head, key, number = (stick / name).read_text(encoding='ascii').splitlines()
        assert (head, key) == ('daily-cup-pins/1', f'tablet {tablet.key}') and len(number) == len('id ') + 32
        assert verified(stick / name)
        assert tablet.fingerprint() in output and 'It works once.' in output


@tap.case('by the digits that the tablet shows too; and each time another')
def _():
    with folder() as top:
        tablet = Tablet('one')
        office, stick = sitting(top, tablet, Tablet('two'))
        path, seen = stick / f'daily-cup-pins-{tablet.key[:8]}', set()
        for _ in range(3):
            assert pins(office, stick, tablet.key[:8])[0] == 0
            assert verified(path)
            seen.add(path.read_bytes())
        assert len(seen) == 3


@tap.case('a tablet that is not enrolled, or not the only one, gets none')
def _():
    with folder() as top:
        tablet = Tablet('one')
        office, stick = sitting(top, tablet, Tablet('two'))
        for which in ('stall 3', Tablet('three').key[:8], tablet.key[:7], ''):
            status, _, errors = pins(office, stick, which)
            assert status == 3 and f'No tablet “{which}” is enrolled here.' in errors, errors
        table = (office.folder / 'tablets.ini').read_text().replace('stall 2', 'stall 1')
        (office.folder / 'tablets.ini').write_text(table)
        status, _, errors = pins(office, stick, 'stall 1')
        assert status == 3 and 'More than one tablet is called “stall 1”.' in errors, errors
        assert not list(stick.iterdir())


@tap.case('a key that the tablets do not know signs nothing')
def _():
    with folder() as top:
        office, stick = sitting(top, Tablet('one'))
        other = pathlib.Path(top, 'other.key')
        subprocess.run(['minisign', '-G', '-W', '-p', pathlib.Path(top, 'other.pub'), '-s', other], check=True,
                       stdout=subprocess.DEVNULL)
        assert pins(office, stick, 'stall 1', key=other)[0] == 3
        assert pins(office, stick, 'stall 1', key=EXAMPLE / 'pack.pub')[0] == 3
        assert pins(office, stick, 'stall 1', pack=top)[0] == 3
        assert not list(stick.iterdir())


@tap.case('what is missing on the command line is named')
def _():
    with folder() as top:
        office, stick = sitting(top, Tablet('one'))
        given = {'--pack': str(EXAMPLE), '--key': str(KEY), '--tablet': 'stall 1'}
        for missing in given:
            rest = [word for option, value in given.items() if option != missing for word in (option, value)]
            status, _, errors = run('pins', '--office', str(office.folder), *rest, str(stick))
            assert status == 2 and f'{missing} is missing.' in errors, errors
        status, _, errors = pins(office, stick / 'nothing', 'stall 1')
        assert status == 2 and 'must be a folder' in errors, errors


tap.main()
