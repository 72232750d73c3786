#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random lives of a tablet and an office at a real destination: starts it behind
proxies, and the program that lives them (test-real-schedules.c), whose commands
it carries out.

    real.py PROGRAM [apache|folder|nginx|postgresql]

Without a place the seed draws one. DAILY_CUP_SEED and DAILY_CUP_SCHEDULE, at the
same place, repeat a schedule: all that is drawn is the same, the moments at which
processes meet are not.
"""

import functools
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys

# Power cuts are tested elsewhere; here a sync may cost nothing.
if os.path.isdir('/dev/shm') and shutil.disk_usage('/dev/shm').free > 1 << 30:
    os.environ['TMPDIR'] = '/dev/shm'

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'faults'))
import places       # pylint: disable=wrong-import-position
from places import tap
from worlds import WORLDS

PROGRAM = sys.argv[1]
SEED = os.environ.setdefault('DAILY_CUP_SEED', str(random.SystemRandom().randrange(1 << 32)))
PLACE = sys.argv[2] if len(sys.argv) > 2 else sorted(WORLDS)[int(SEED) % len(WORLDS)]
# How many, every day and in the long form.
WORTH = {'apache': (3, 130), 'folder': (6, 200), 'nginx': (3, 130), 'postgresql': (2, 80)}[PLACE]
STAGE = places.folder('world')


def key_file(values):
    def escape(text):
        return str(text).replace('\\', '\\\\').replace('\n', '\\n')

    return '[World]\n' + ''.join(f'{key}={escape(value)}\n' for key, value in values.items())


def write(name, text):
    """Whole or not at all: a tablet may be reading it."""
    path, new = STAGE / name, STAGE / (name + '.new')
    new.write_text(text)
    new.rename(path)
    return path


def carry_out(world, words):
    answer = getattr(world, words[0])(*words[1:])
    if words[0] == 'contents':
        return write('contents', answer)
    return write('world', key_file(world.describe()))


def serve(world, channel):
    """Until the program ends; what went wrong here, which ends it."""
    with channel.makefile('r') as lines:
        for line in lines:
            try:
                answer = f'ok {carry_out(world, line.split())}'
            except BaseException as problem:    # pylint: disable=broad-except
                channel.sendall(f'failed {line.strip()}: {problem!r}'.replace('\n', ' ').encode() + b'\n')
                raise
            channel.sendall(answer.encode() + b'\n')


@functools.cache
def the_world():
    return WORLDS[PLACE]()


def live(case):
    """One case of the program, at the place."""
    world = the_world()
    ours, theirs = socket.socketpair()
    with ours, open(STAGE / 'output', 'w+', encoding='utf-8') as output:
        process = subprocess.Popen([PROGRAM, os.environ['DAILY_CUP_SEND'], '-p', f'/schedules/real/{case}'],
                                   pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                   env={**os.environ, 'DAILY_CUP_WORLD': str(theirs.fileno()),
                                        'DAILY_CUP_WORLD_DAY': str(WORTH[0]), 'DAILY_CUP_WORLD_LONG': str(WORTH[1]),
                                        'G_DEBUG': 'fatal-criticals'})
        theirs.close()
        try:
            serve(world, ours)
        finally:
            ours.shutdown(socket.SHUT_RDWR)
            status = process.wait(30)
            world.settle()
            output.seek(0)
            said = [line.strip('# \n') for line in output]
            told = [line for line in said if 'DAILY_CUP_SEED' in line or 'held, in' in line or 'found at' in line]
            print(f'# {PLACE}: ' + '; '.join(told), flush=True)
        assert status == 0, '\n'.join(said[-40:])


for name, text in (('what-was-promised-holds', 'what was promised holds'),
                   ('control/what-was-not-proven-is-found-out', 'a tablet that believes without proof is found out'),
                   ('control/a-destination-that-forgets-is-found-out', 'a destination that forgets is found out')):
    # Every day the control that is found out soon, where it takes no time.
    if 'control' not in name or (PLACE == 'folder' and 'forgets' in name) or os.environ.get('DAILY_CUP_LONG'):
        tap.case(f'{PLACE}: {text}')(lambda name=name: live(name))

del sys.argv[1:]
tap.main()
