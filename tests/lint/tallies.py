#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/tally.py counts right, on what the real meson writes down."""

import pathlib
import subprocess
import sys
import tempfile

import tree
from tree import tap

TALLY = tree.TOP / 'tests' / 'tally.py'

# name: (speaks TAP, script)
PROGRAMS = {
    'two-good': (True, 'echo 1..2; echo ok 1 - a; echo ok 2 - b'),
    'one-bad': (True, 'echo 1..2; echo ok 1 - a; echo not ok 2 - b'),
    'crash': (True, 'echo 1..3; echo ok 1 - a; kill -SEGV $$'),
    'stops-early': (True, 'echo 1..3; echo ok 1 - a'),
    'leaks': (True, 'echo 1..1; echo ok 1 - a; exit 23'),
    'one-skipped': (True, 'echo 1..2; echo ok 1 - a; echo "ok 2 - b # SKIP no display"'),
    'all-skipped': (True, 'echo "1..0 # SKIP nothing here"'),
    'plain': (False, 'true'),
    'plain-bad': (False, 'exit 1'),
    'plain-skip': (False, 'exit 77'),
    'hangs': (False, 'sleep 30'),
}


def run(folder, names, *options, suite=''):
    """Runs meson on these programs, then tally.py."""
    top = pathlib.Path(folder)
    lines = ["project('p')", "sh = find_program('sh')"]
    for name in names:
        is_tap, script = PROGRAMS[name]
        (top / f'{name}.sh').write_text(script + '\n')
        lines.append(f"test('{name}', sh, args: files('{name}.sh'), timeout: 2, suite: '{suite}'"
                     + (", protocol: 'tap'" if is_tap else '') + ')')
    (top / 'meson.build').write_text('\n'.join(lines) + '\n')
    subprocess.run(['meson', 'setup', 'build'], cwd=top, stdout=subprocess.DEVNULL, check=True)
    subprocess.run(['meson', 'test', '-C', 'build'], cwd=top, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=False)
    return tally(*options, f'{top}/build/meson-logs/testlog')


def tally(*arguments):
    result = subprocess.run([sys.executable, str(TALLY), *map(str, arguments)],
                            stdout=subprocess.PIPE, text=True, check=False)
    return result.returncode, result.stdout.rstrip('\n').split('\n')


def expect(got, code, last, *lines):
    assert got[0] == code and got[1][-1] == last, f'{got}, not {code}, {last!r}'
    for line in lines:
        assert line in got[1], f'{line!r} not in {got[1]}'


@tap.case('counts the lines of TAP and the programs that speak none')
def _():
    with tempfile.TemporaryDirectory() as folder:
        expect(run(folder, ['two-good', 'plain']), 0, '3 passed, 0 failed, 0 skipped')
    with tempfile.TemporaryDirectory() as folder:
        expect(run(folder, ['two-good', 'plain'], suite='unit'), 0, '3 passed, 0 failed, 0 skipped')


@tap.case('counts a crash, a leak, an early end and a hang as failed')
def _():
    with tempfile.TemporaryDirectory() as folder:
        expect(run(folder, ['two-good', 'one-bad', 'crash', 'stops-early', 'leaks', 'plain-bad', 'hangs']),
               1, '6 passed, 6 failed, 0 skipped', 'failed: hangs (timeout)', 'failed: plain-bad (fail)')


@tap.case('counts what is skipped, whole programs too')
def _():
    with tempfile.TemporaryDirectory() as folder:
        expect(run(folder, ['one-skipped', 'all-skipped', 'plain-skip']), 0, '1 passed, 0 failed, 3 skipped',
               'skipped: plain-skip', 'skipped: all-skipped')


@tap.case('a run that left nothing behind has failed')
def _():
    with tempfile.TemporaryDirectory() as folder:
        expect(tally(f'{folder}/testlog'), 1, '0 passed, 1 failed, 0 skipped')


@tap.case('nothing passed is no success')
def _():
    with tempfile.TemporaryDirectory() as folder:
        expect(run(folder, ['plain-skip']), 1, '0 passed, 0 failed, 1 skipped')


@tap.case('adds up, and refuses a skip that has no reason in the list')
def _():
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder)
        for part, names in [('a', ['one-skipped']), ('b', ['two-good', 'plain-skip'])]:
            (top / part).mkdir()
            run(top / part, names, '--write', top / f'{part}.json')
        sums = ['--sum', top / 'a.json', top / 'b.json']
        expect(tally(*sums), 0, '3 passed, 0 failed, 2 skipped')
        (top / 'skips').write_text('# none\n')
        expect(tally(*sums, '--allowed-skips', top / 'skips'), 1, '3 passed, 2 failed, 0 skipped')
        (top / 'skips').write_text('plain-skip  # the machine has no such thing\n')
        expect(tally(*sums, '--allowed-skips', top / 'skips'), 1, '3 passed, 1 failed, 1 skipped')
        (top / 'skips').write_text('plain-skip\n')
        assert tally(*sums, '--allowed-skips', top / 'skips')[0] != 0, 'a skip without a reason was taken'


tap.main()
