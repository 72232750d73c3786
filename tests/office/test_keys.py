#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys are made in one sitting or not at all, and are of the standard kind:
age opens with them, minisign takes what they sign."""

import os
import pathlib
import re
import signal
import subprocess
import tempfile

from officelib import (PASSPHRASE, Sitting, environment, files, killed_before_rename, make_keys, run,
                       spare_key)
import tap

ALL = ['desk.age', 'for-the-pack/keys.ini', 'for-the-pack/pack.pub', 'for-the-pack/recipients.txt',
       'pack.key', 'receipt.key', 'receipt.pub']


def folder():
    return tempfile.TemporaryDirectory(prefix='daily-cup-office-')


def recipients(path):
    return [line for line in pathlib.Path(path).read_text().split('\n') if line.startswith('age1')]


def age_on_a_terminal(arguments, passphrase):
    """age asks on /dev/tty too."""
    import pty
    pid, tty = pty.fork()
    if pid == 0:
        os.execvpe('age', ['age', *arguments], environment())
    output = b''
    while b'passphrase' not in output.lower():
        output += os.read(tty, 4096)
    os.write(tty, passphrase.encode() + b'\n')
    try:
        while data := os.read(tty, 4096):
            output += data
    except OSError:
        pass
    os.close(tty)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), output.decode()


@tap.case('makes four keys in one sitting, private to who made them')
def _():
    with folder() as top:
        make_keys(f'{top}/keys')
        assert files(f'{top}/keys') == ALL, files(f'{top}/keys')
        for name in ('desk.age', 'pack.key', 'receipt.key'):
            assert os.stat(f'{top}/keys/{name}').st_mode & 0o777 == 0o600, name
        assert os.stat(f'{top}/keys').st_mode & 0o777 == 0o700


@tap.case('age opens the desk key by its passphrase, and with it what was sealed')
def _():
    with folder() as top:
        make_keys(f'{top}/keys')
        desk, spare = recipients(f'{top}/keys/for-the-pack/recipients.txt')
        subprocess.run(['age', '-r', desk, '-r', spare, '-o', f'{top}/sealed'], input=b'a promise', check=True)
        status, output = age_on_a_terminal(['-d', '-i', f'{top}/keys/desk.age', '-o', f'{top}/opened', f'{top}/sealed'],
                                           PASSPHRASE)
        assert status == 0, output
        assert pathlib.Path(f'{top}/opened').read_bytes() == b'a promise'
        status, output = age_on_a_terminal(['-d', '-o', f'{top}/desk.txt', f'{top}/keys/desk.age'], PASSPHRASE)
        assert status == 0, output
        public = subprocess.run(['age-keygen', '-y', f'{top}/desk.txt'], stdout=subprocess.PIPE, check=True)
        assert public.stdout.decode().strip() == desk


@tap.case('age opens with the spare key as it was copied from the screen')
def _():
    with folder() as top:
        spare = make_keys(f'{top}/keys')
        _, recipient = recipients(f'{top}/keys/for-the-pack/recipients.txt')
        sealed = subprocess.run(['age', '-r', recipient], input=b'a promise', stdout=subprocess.PIPE, check=True).stdout
        pathlib.Path(f'{top}/spare.txt').write_text(spare + '\n')
        opened = subprocess.run(['age', '-d', '-i', f'{top}/spare.txt'], input=sealed, stdout=subprocess.PIPE, check=True)
        assert opened.stdout == b'a promise'


@tap.case('the spare key is in no file, on a screen of its own, and gone from it in the end')
def _():
    with folder() as top:
        with Sitting('keys', 'new', '--keys', f'{top}/keys') as sitting:
            sitting.secret('Passphrase:', PASSPHRASE)
            sitting.secret('once more:', PASSPHRASE)
            sitting.expect('first group of four')
            spare = spare_key(sitting.screen)
            shown = sitting.screen.rindex('\x1b[?1049h')
            assert sitting.screen.index('AGE-SECRET-KEY-1') > shown
            assert '▀' in sitting.screen and '\x1b[38;5;16;48;5;231m' in sitting.screen, 'no code'
            assert 'nobody can read the pledges still waiting. We cannot help.' in sitting.screen
            sitting.type(spare[16:20].lower())
        assert sitting.screen.rindex('\x1b[?1049l') > sitting.screen.rindex('▀')
        assert sitting.status == 0
        for name in files(top):
            data = pathlib.Path(top, name).read_bytes()
            assert spare.encode() not in data and spare[16:24].encode() not in data, name


@tap.case('a small terminal shows the key without the code')
def _():
    with folder() as top:
        with Sitting('keys', 'new', '--keys', f'{top}/keys', rows=24) as sitting:
            sitting.secret('Passphrase:', PASSPHRASE)
            sitting.secret('once more:', PASSPHRASE)
            sitting.expect('first group of four')
            assert '▀' not in sitting.screen
            sitting.type(spare_key(sitting.screen)[16:20])
        assert sitting.status == 0


@tap.case('the spare key typed back wrong is asked for again, then taken')
def _():
    with folder() as top:
        with Sitting('keys', 'new', '--keys', f'{top}/keys') as sitting:
            sitting.secret('Passphrase:', PASSPHRASE)
            sitting.secret('once more:', PASSPHRASE)
            sitting.expect('first group of four')
            spare = spare_key(sitting.screen)
            sitting.type('XXXX')
            sitting.expect('That is not it')
            assert not files(top), 'made before it was typed back'
            sitting.type('AGE-SECRET-KEY-1 ' + spare[16:20])
        assert sitting.status == 0
        assert files(f'{top}/keys') == ALL


@tap.case('the spare key never typed back leaves nothing behind')
def _():
    with folder() as top:
        with Sitting('keys', 'new', '--keys', f'{top}/keys', '--sheet', f'{top}/sheet.pdf') as sitting:
            sitting.secret('Passphrase:', PASSPHRASE)
            sitting.secret('once more:', PASSPHRASE)
            for _ in range(5):
                sitting.expect('first group of four')
                assert files(top) == ['sheet.pdf']
                sitting.type('nope')
        assert sitting.status == 3
        assert files(top) == [], files(top)


@tap.case('interrupted at any question, nothing is left and the terminal is as it was')
def _():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        with folder() as top:
            with Sitting('keys', 'new', '--keys', f'{top}/keys') as sitting:
                sitting.secret('Passphrase:', PASSPHRASE)
                sitting.expect('once more:')
                sitting.wait_quiet()
                sitting.kill(number)
                sitting.expect('interrupted')
                assert sitting.echoes(), 'the terminal stays silent'
            assert sitting.status == 3, sitting.status
            assert files(top) == []


@tap.case('interrupted while the spare key is shown, the screen is cleared')
def _():
    with folder() as top:
        with Sitting('keys', 'new', '--keys', f'{top}/keys') as sitting:
            sitting.secret('Passphrase:', PASSPHRASE)
            sitting.secret('once more:', PASSPHRASE)
            sitting.expect('first group of four')
            sitting.kill(signal.SIGINT)
            sitting.expect(re.escape('\x1b[?1049l'))
        assert sitting.status == 3 and files(top) == []


@tap.case('killed outright while the spare key is shown, nothing was made')
def _():
    with folder() as top:
        with Sitting('keys', 'new', '--keys', f'{top}/keys') as sitting:
            sitting.secret('Passphrase:', PASSPHRASE)
            sitting.secret('once more:', PASSPHRASE)
            sitting.expect('first group of four')
            sitting.kill(signal.SIGKILL)
        assert sitting.status == -signal.SIGKILL and files(top) == []


@tap.case('killed while it writes, the next sitting finishes it, or removes what is left and says what to do')
def _():
    for number, finished in ((4, False), (10, True)):
        with folder() as top:
            with Sitting('keys', 'new', '--keys', f'{top}/keys', wrapper=killed_before_rename(number)) as sitting:
                sitting.secret('Passphrase:', PASSPHRASE)
                sitting.secret('once more:', PASSPHRASE)
                sitting.expect('first group of four')
                spare = spare_key(sitting.screen)
                sitting.type(spare[16:20])
            assert sitting.status == -signal.SIGKILL, sitting.screen
            if finished:
                status, output, errors = run('keys', 'new', '--keys', f'{top}/keys')
                assert status == 0 and 'its paper with the spare key is the right one' in ' '.join(output.split()), errors
            else:
                status, output, _ = run('keys', 'new', '--keys', f'{top}/keys', passphrase=PASSPHRASE)
                assert status == 3 and 'Destroy the paper' in output and files(top) == [], output
                spare = make_keys(f'{top}/keys')
            assert files(f'{top}/keys') == ALL, files(f'{top}/keys')
            _, recipient = recipients(f'{top}/keys/for-the-pack/recipients.txt')
            sealed = subprocess.run(['age', '-r', recipient], input=b'a promise', stdout=subprocess.PIPE, check=True).stdout
            pathlib.Path(f'{top}/spare.txt').write_text(spare + '\n')
            subprocess.run(['age', '-d', '-i', f'{top}/spare.txt'], input=sealed, stdout=subprocess.DEVNULL, check=True)


@tap.case('six words are suggested, and taken as people type them')
def _():
    with folder() as top:
        with Sitting('keys', 'new', '--keys', f'{top}/keys') as sitting:
            words = sitting.expect(r'\n\s+((?:[a-z]{3,8} ){5}[a-z]{3,8})\s')[1]
            sitting.secret('Passphrase:', '')
            sitting.secret('once more:', words.upper().replace(' ', '-'))
            sitting.expect('first group of four')
            sitting.type(spare_key(sitting.screen)[16:20])
        assert sitting.status == 0, sitting.screen
        status, output = age_on_a_terminal(['-d', '-o', f'{top}/desk.txt', f'{top}/keys/desk.age'], words)
        assert status == 0, output


@tap.case('a passphrase that is easy to guess is refused, and one typed differently')
def _():
    with folder() as top:
        for weak in ('short', 'aaaaaaaaaaaaaaaaaaaaaaaa', 'abababababababababab'):
            with Sitting('keys', 'new', '--keys', f'{top}/keys') as sitting:
                sitting.secret('Passphrase:', weak)
                sitting.expect('too easy to guess')
            assert sitting.status == 3
        with Sitting('keys', 'new', '--keys', f'{top}/keys') as sitting:
            sitting.secret('Passphrase:', PASSPHRASE)
            for _ in range(3):
                sitting.secret('once more:', PASSPHRASE + '!')
            sitting.expect('differently three times')
        assert sitting.status == 3 and files(top) == []
        assert PASSPHRASE not in sitting.screen


@tap.case('never writes over a key, and says which is there')
def _():
    with folder() as top:
        make_keys(f'{top}/keys')
        before = {name: pathlib.Path(top, name).read_bytes() for name in files(top)}
        status, _, errors = run('keys', 'new', '--keys', f'{top}/keys', passphrase=PASSPHRASE)
        assert status == 3 and 'desk.age: found a file' in errors, errors
        os.unlink(f'{top}/keys/desk.age')
        status, _, errors = run('keys', 'new', '--keys', f'{top}/keys', passphrase=PASSPHRASE)
        assert status == 3 and 'receipt.key: found a file' in errors, errors
        assert {name: pathlib.Path(top, name).read_bytes() for name in files(top)} == \
            {name: data for name, data in before.items() if not name.endswith('desk.age')}


@tap.case('says so where the pack key lies on the same disk as the others')
def _():
    with folder() as top, tempfile.TemporaryDirectory(dir='/dev/shm') as stick:
        with Sitting('keys', 'new', '--keys', f'{top}/a') as sitting:
            sitting.secret('Passphrase:', PASSPHRASE)
            sitting.secret('once more:', PASSPHRASE)
            sitting.expect('first group of four')
            sitting.type(spare_key(sitting.screen)[16:20])
            sitting.expect('on the same disk')
        with Sitting('keys', 'new', '--keys', f'{top}/b', '--pack-key', stick) as sitting:
            sitting.secret('Passphrase:', PASSPHRASE)
            sitting.secret('once more:', PASSPHRASE)
            sitting.expect('first group of four')
            sitting.type(spare_key(sitting.screen)[16:20])
        assert 'on the same disk' not in sitting.screen
        assert files(stick) == ['pack.key']


@tap.case('without a terminal nothing is made')
def _():
    with folder() as top:
        status, _, errors = run('keys', 'new', '--keys', f'{top}/keys', passphrase=PASSPHRASE)
        assert status == 3 and '/dev/tty' in errors, errors
        assert files(top) == []


@tap.case('a printer that is not there is told, and nothing is made')
def _():
    with folder() as top:
        bin_folder = pathlib.Path(top, 'bin')
        bin_folder.mkdir()
        lp = bin_folder / 'lp'
        lp.write_text('#!/bin/sh\necho "$@" > "$0.arguments"\ncat > "$0.pdf"\n[ "$2" != gone ]\n')
        lp.chmod(0o755)
        path = {'PATH': f'{bin_folder}:{os.environ["PATH"]}'}
        with Sitting('keys', 'new', '--keys', f'{top}/keys', '--printer', 'gone', env=path) as sitting:
            sitting.secret('Passphrase:', PASSPHRASE)
            sitting.secret('once more:', PASSPHRASE)
            sitting.expect('could not be printed')
        assert sitting.status == 3 and not pathlib.Path(top, 'keys').exists()
        with Sitting('keys', 'new', '--keys', f'{top}/keys', '--printer', 'office', env=path) as sitting:
            sitting.secret('Passphrase:', PASSPHRASE)
            sitting.secret('once more:', PASSPHRASE)
            sitting.expect('first group of four')
            pdf = pathlib.Path(f'{lp}.pdf').read_bytes()
            sitting.type(sheet_text(pdf)[1])
        assert sitting.status == 0, sitting.screen
        assert pathlib.Path(f'{lp}.arguments').read_text().startswith('-d office')


def sheet_text(pdf):
    """(the words on a sheet, the first group on it)"""
    text = subprocess.run(['pdftotext', '-layout', '-', '-'], input=pdf, stdout=subprocess.PIPE, check=True).stdout.decode()
    return text, re.search(r'AGE-SECRET-KEY-1\s+([A-Z0-9]{4})', text)[1]


tap.main()
