#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tablet's test of the keys is answered in words, and enrols the tablet."""

import base64
import configparser
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import tempfile

import made
from made import DESK, RECIPIENTS, SPARE, Office, Tablet, words_of
from officelib import PASSPHRASE, PROGRAM, Sitting, environment, make_keys, run
import tap


def folder():
    return tempfile.TemporaryDirectory(prefix='daily-cup-office-')


def answer(line, key):
    """By FORMAT.md, with age."""
    plain = subprocess.run(['age', '-d', '-i', key], input=base64.b64decode(json.loads(line)['sealed']),
                           stdout=subprocess.PIPE, check=True).stdout
    return words_of(hashlib.sha256(b'daily-cup/drill/1\n' + plain).digest(), 4)


def shown(output):
    """What stands on lines of its own: the tablet's words, and the answers."""
    return re.findall(r'^    ([a-z]+(?: [a-z]+)+)$', output, re.M)


def tablets(office):
    parser = configparser.ConfigParser()
    parser.optionxform = str
    parser.read(office.folder / 'tablets.ini', encoding='utf-8')
    return {section: dict(parser[section]) for section in parser.sections()}


@tap.case('each key answers its own record, in the words of the format, and the tablet is enrolled')
def _():
    with folder() as top:
        office, tablet = Office(top), Tablet('drill')
        path = tablet.drill(pathlib.Path(top, 'drill.jsonl'))
        lines = path.read_bytes().splitlines()
        today = datetime.date.today().isoformat()
        for key, line in ((DESK, lines[0]), (SPARE, lines[1])):
            status, output, errors = office.drill('--name', 'stall 3', path, key=key)
            assert status == 0 and shown(output) == [tablet.fingerprint(), answer(line, key)], (output, errors)
            assert 'Records for other keys: 1.' in output
        assert tablets(office) == {tablet.key: {'Name': 'stall 3', 'Enrolled': today, 'Words': tablet.fingerprint(),
                                                'Campaign': 'migrants-day', 'DeskTried': today}}
        assert os.stat(office.folder / 'tablets.ini').st_mode & 0o777 == 0o600


@tap.case('the desk key by its passphrase, the spare key from its paper: both are remembered')
def _():
    with folder() as top:
        office, tablet = Office(top), Tablet('paper')
        spare = make_keys(office.folder / 'keys')
        recipients = re.findall(r'^age1.*$', (office.folder / 'keys/for-the-pack/recipients.txt').read_text(), re.M)
        path = tablet.drill(pathlib.Path(top, 'drill.jsonl'), recipients=recipients)
        status, output, _ = run('drill', '--office', str(office.folder), str(path), passphrase=PASSPHRASE)
        assert status == 0 and len(shown(output)) == 2
        assert 'SpareTried' not in tablets(office)[tablet.key]
        with Sitting('drill', '--office', office.folder, '--spare', path) as sitting:
            sitting.secret('The spare key from its paper', spare)
            sitting.expect('Type these words into the tablet')
        assert sitting.status == 0 and spare not in sitting.screen
        assert {'DeskTried', 'SpareTried'} <= set(tablets(office)[tablet.key])
        assert tablets(office)[tablet.key]['Name'] == f'tablet {tablet.key[:8]}'
        done = subprocess.run([PROGRAM, 'drill', '--office', office.folder, '--spare', path], input=spare.encode(),
                              capture_output=True, env=environment(), check=False)
        assert done.returncode == 0, done.stderr


@tap.case('done again it says the same and changes nothing but the name that is given')
def _():
    with folder() as top:
        office, tablet = Office(top, Tablet('before').key), Tablet('again')
        path = tablet.drill(pathlib.Path(top, 'drill.jsonl'))
        first = office.drill('--name', 'stall 3', path)
        before = (office.folder / 'tablets.ini').read_bytes()
        assert office.drill(path) == first and (office.folder / 'tablets.ini').read_bytes() == before
        assert office.drill('--name', 'the hall', path)[0] == 0
        assert {group['Name'] for group in tablets(office).values()} == {'stall 1', 'the hall'}


@tap.case('what a tablet sends is opened once it is enrolled, and not before')
def _():
    with folder() as top:
        office, tablet = Office(top), Tablet('then')
        journal = tablet.journal(top, [tablet.line()])
        assert office.open(journal)[0] == 1
        assert office.drill(tablet.drill(pathlib.Path(top, 'drill.jsonl')))[0] == 0
        status, output, _ = office.open(journal)
        assert status == 0 and output.count('\r\n') == 2


@tap.case('a test for other keys is told in plain words, and enrols nobody')
def _():
    with folder() as top:
        office, tablet = Office(top), Tablet('others')
        other = subprocess.run(['age-keygen'], capture_output=True, text=True, check=True).stdout
        path = tablet.drill(pathlib.Path(top, 'drill.jsonl'), recipients=[re.search('age1.*', other)[0]])
        status, output, errors = office.drill(path)
        assert status == 3 and output == '' and 'the appeal on the tablet has other keys' in errors, errors
        assert tablets(office) == {}


@tap.case('a file that is no test, not one test, or not whole enrols nobody')
def _():
    with folder() as top:
        office, tablet, other = Office(top), Tablet('one'), Tablet('two')
        good = tablet.drill(pathlib.Path(top, 'good.jsonl')).read_bytes()
        mixed = good + other.drill(pathlib.Path(top, 'other.jsonl')).read_bytes()
        again = good + tablet.drill(pathlib.Path(top, 'again.jsonl')).read_bytes()
        pledge = tablet.line()
        liar = tablet.line(recipients=RECIPIENTS[:1], kind='drill', inside={'seq': 77})
        altered = bytearray(good)
        altered[len(altered) // 4] ^= 1
        for what, data, expected in (
                ('nothing', b'', 'no record'), ('a pledge', pledge, 'not a test file'),
                ('two tablets', mixed, 'not a test file'), ('two tests', again, 'not a test file'),
                ('altered', bytes(altered), ':1: '), ('another inside', liar, 'seq'),
                ('noise', os.urandom(4096) + b'\n', ':1: ')):
            path = pathlib.Path(top, 'bad.jsonl')
            path.write_bytes(data)
            status, output, errors = office.drill(path)
            assert status == 3 and output == '' and expected in errors, (what, status, errors)
            assert tablets(office) == {}, what


@tap.case('a name is of letters that can be read, and a list that was damaged is not written over')
def _():
    with folder() as top:
        office, tablet = Office(top), Tablet('name')
        path = tablet.drill(pathlib.Path(top, 'drill.jsonl'))
        for name in ('', 'a' * 65, 'two\nlines', '\x1b[31m'):
            assert office.drill('--name', name, path)[0] == 2, name
        assert office.drill('--name', 'Étal n° 3 = « café »', path)[0] == 0
        assert tablets(office)[tablet.key]['Name'] == 'Étal n° 3 = « café »'
        office.folder.joinpath('tablets.ini').write_text('[abc]\nName=x\n')
        status, _, errors = office.drill(path)
        assert status == 3 and 'tablets.ini: group 1' in errors
        assert office.folder.joinpath('tablets.ini').read_text() == '[abc]\nName=x\n'


@tap.case('what is not understood answers nothing')
def _():
    for arguments in ([], ['a', 'b'], ['--spare', '--identity', 'a', 'b']):
        assert run('drill', *arguments)[0] == 2, arguments
    assert made.GOLDEN_TABLET not in run('drill', '/nonexistent')[1]


tap.main()
