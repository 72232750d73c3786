#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far the units are closed, as systemd itself counts it ("systemd-analyze
security": 0 is shut, 10 is open), and who may do what. Arguments: the units."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'lib'))

import tap      # noqa: E402  pylint: disable=wrong-import-position

UNITS = {pathlib.Path(path).name: pathlib.Path(path) for path in sys.argv[1:]}
del sys.argv[1:]

KIOSK, SENDER, SCREEN = 'daily-cup.service', 'daily-cup-send@.service', 'daily-cup-cage.service'
SOCKET = 'daily-cup-send.socket'
GOALS = {KIOSK: 0.5, SENDER: 1.3, SCREEN: 1.0}


def judge(name, text):
    """systemd's figure for a unit of that text, and what it said besides."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / name
        path.write_text(text, encoding='utf-8')
        done = subprocess.run(['systemd-analyze', 'security', '--offline=true', '--no-pager',
                               f'--threshold={round(GOALS[name] * 10)}', str(path)],
                              capture_output=True, text=True, check=False)
    found = re.search(r'Overall exposure level for \S+: ([0-9.]+)', done.stdout)
    assert found, done.stdout + done.stderr
    return float(found[1]), done.returncode == 0, done.stderr


def text_of(name):
    return UNITS[name].read_text(encoding='utf-8')


def values(name, key):
    return [line.partition('=')[2] for line in text_of(name).splitlines()
            if line.startswith(key + '=')]


def exposure(name):
    @tap.case(f'{name} is exposed by no more than {GOALS[name]}')
    def _():
        figure, within, complaints = judge(name, text_of(name))
        print(f'# {figure}')
        assert within and figure <= GOALS[name], figure
        assert not complaints, complaints


for unit in GOALS:
    exposure(unit)


@tap.case('a kiosk with a network is found out')
def _():
    figure, within, _ = judge(KIOSK, text_of(KIOSK).replace('PrivateNetwork=yes\n', ''))
    assert not within and figure > GOALS[KIOSK], figure


@tap.case('the kiosk has no network and no device, and the sender has no device')
def _():
    assert values(KIOSK, 'PrivateNetwork') == ['yes']
    assert values(KIOSK, 'RestrictAddressFamilies') == ['AF_UNIX']
    for name in (KIOSK, SENDER):
        assert values(name, 'PrivateDevices') == ['yes'], name
        assert not values(name, 'DeviceAllow'), name


@tap.case('the sender sees neither the screen nor the bus')
def _():
    assert not values(SENDER, 'SupplementaryGroups')
    hidden = ' '.join(values(SENDER, 'InaccessiblePaths')).split()
    assert {'-/run/daily-cup-screen', '-/run/dbus'} <= set(hidden), hidden


@tap.case('the three are of three users, each of whom the package makes')
def _():
    users = [values(name, 'User')[0] for name in GOALS]
    assert len(set(users)) == 3 and 'root' not in users, users
    made = (UNITS[SOCKET].parent / 'daily-cup.sysusers.conf').read_text(encoding='utf-8')
    for user in users:
        assert re.search(rf'(?m)^u {user} ', made), user


@tap.case('the way to the sender is the kiosk\'s alone')
def _():
    assert values(SOCKET, 'SocketMode') == ['0600']
    assert values(SOCKET, 'SocketUser') == values(KIOSK, 'User')
    path = values(SOCKET, 'ListenStream')[0]
    assert f'--sender-socket {path} ' in values(KIOSK, 'ExecStart')[0]
    assert values(SENDER, 'StandardInput') == values(SENDER, 'StandardOutput') == ['socket']


@tap.case('no key switches the virtual terminal')
def _():
    command = values(SCREEN, 'ExecStart')[0].split(' -- ')[0].split()
    assert command[0] == '/usr/bin/cage' and '-s' not in command, command


@tap.case('a hang is found out and mended within five seconds')
def _():
    def seconds(key):
        number, kind = re.fullmatch(r'(\d+)(ms)?', values(KIOSK, key)[0]).groups()
        return int(number) / (1000 if kind else 1)
    assert values(KIOSK, 'Restart') == ['always']
    assert values(KIOSK, 'StartLimitIntervalSec') == ['0']
    assert values(KIOSK, 'WatchdogSignal') == ['SIGKILL']
    # what is left is for the start itself, which tests/bench measures
    assert seconds('WatchdogSec') + seconds('RestartSec') <= 3.5


@tap.case('the units are as systemd wants them')
def _():
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder)
        for name, path in UNITS.items():
            text = re.sub(r'(?m)^(ExecStart=)\S+', r'\1/bin/true', path.read_text(encoding='utf-8'))
            (top / name).write_text(re.sub(r'(?m)^Documentation=.*\n', '', text), encoding='utf-8')
        shutil.copy(top / SENDER, top / 'daily-cup-send@1.service')
        done = subprocess.run(['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no',
                               str(top / KIOSK), str(top / SOCKET), str(top / SCREEN),
                               str(top / 'daily-cup-send@1.service')],
                              capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if 'daily-cup' in line]
    assert not ours, '\n'.join(ours)


tap.main()
