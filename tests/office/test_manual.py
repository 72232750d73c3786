#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program teaches itself, in three languages, and the manual says the same."""

import os
import re
import subprocess
import tempfile

from officelib import BUILD, SOURCE, Sitting, run
import tap

MANUAL = SOURCE / 'data' / 'man' / 'daily-cup-office.1'


def commands():
    return re.findall(r'^  ([a-z]+(?: [a-z]+)?)  ', run('--help')[1], re.M)


def manual():
    """The manual as text, without what troff needs."""
    return re.sub(r'\\f[BIRP]|\\&', '', MANUAL.read_text().replace('\\-', '-').replace('\\(aq', "'"))


@tap.case('lists the commands in the order of first use, and says how to begin')
def _():
    assert commands()[:4] == ['campaign new', 'keys new', 'campaign check', 'campaign sign'], commands()
    assert 'To begin:' in run('--help')[1]
    status, output, errors = run()
    assert status == 2 and output == '' and 'To begin:' in errors


@tap.case('each command teaches itself with an example that names it')
def _():
    for command in commands():
        status, output, _ = run(*command.split(), '--help')
        assert status == 0 and f'Example: daily-cup-office {command}' in output, output


@tap.case('says its version')
def _():
    assert re.fullmatch(r'daily-cup-office \d+\.\d+\.\d+\n', run('--version')[1])


@tap.case('what is not understood does nothing and ends with 2')
def _():
    for arguments in (['nonsense'], ['keys'], ['campaign', 'show'], ['campaign', 'show', 'a', 'b'],
                      ['campaign', 'show', '--nonsense', 'a'], ['campaign', 'sign', 'a'], ['keys', 'check'],
                      ['keys', 'replace', '--pack', 'a', '--key', 'b'], ['keys', 'replace', '--desk'],
                      ['campaign', 'sign', '--key', 'a', '--serial', '-1', 'b'],
                      ['keys', 'new', '--printer', 'a', '--sheet', 'b']):
        status, output, errors = run(*arguments)
        assert status == 2 and output == '' and '--help' in errors, (arguments, status, errors)


@tap.case('the manual has every command and every option')
def _():
    text = manual()
    for command in commands():
        assert re.search(rf'^\.SS {command}$', text, re.M), f'no section on {command}'
        section = text.split(f'.SS {command}\n')[1].split('.SS ')[0].split('.SH ')[0]
        for option in re.findall(r'^  --([a-z-]+)', run(*command.split(), '--help')[1], re.M):
            assert f'--{option}' in section or option in ('office', 'passphrase-fd'), f'{command}: no --{option}'
    for option in ('--office', '--passphrase-fd', '--help', '--version'):
        assert option in text
    for code in range(4):
        assert re.search(rf'^\.B {code}$', text, re.M), f'no exit status {code}'


@tap.case('the manual has no option and no command that the program lacks')
def _():
    text = manual()
    for command in re.findall(r'^\.SS (.*)$', text, re.M):
        assert command in commands(), command
        known = run(*command.split(), '--help')[1]
        section = text.split(f'.SS {command}\n')[1].split('.SS ')[0].split('.SH ')[0]
        for option in re.findall(r'--[a-z][a-z-]+', section):
            assert option in known, f'{command}: {option}'


@tap.case('mandoc and man have nothing to say of the manual')
def _():
    done = subprocess.run(['mandoc', '-T', 'lint', '-W', 'warning', MANUAL], stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0 and not done.stdout, done.stdout
    done = subprocess.run(['man', '--warnings', '-l', MANUAL], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8', 'MANROFFSEQ': '', 'MANWIDTH': '80'}, text=True, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr


@tap.case('the sheet and the questions are in the language of the desk')
def _():
    for language, question, warning in (
            ('fr', 'Phrase secrète', 'Si l’ordinateur et ce papier sont tous deux perdus'),
            ('es', 'Frase secreta', 'Si se pierden tanto el portátil como este papel')):
        env = {'LANGUAGE': language, 'LC_ALL': 'en_US.UTF-8' if has_locale('en_US') else 'C.UTF-8',
               'DAILY_CUP_LOCALEDIR': str(BUILD / 'po')}
        with tempfile.TemporaryDirectory() as top:
            with Sitting('keys', 'new', '--keys', f'{top}/keys', '--sheet', f'{top}/sheet.pdf', env=env) as sitting:
                sitting.secret(question, 'une phrase secrète assez longue')
                sitting.expect('\n')
                sitting.wait_quiet()
                sitting.type('une phrase secrète assez longue')
                sitting.expect('AGE-SECRET-KEY-1')
                text = subprocess.run(['pdftotext', f'{top}/sheet.pdf', '-'], stdout=subprocess.PIPE, check=True)
                words = re.sub(r'\s+', ' ', text.stdout.decode())
                assert warning in words, words
                sitting.type(re.search(r'AGE-SECRET-KEY-1 ([A-Z0-9]{4})', words)[1])
            assert sitting.status == 0, sitting.screen


def has_locale(name):
    return name in subprocess.run(['locale', '-a'], stdout=subprocess.PIPE, text=True, check=True).stdout


tap.main()
