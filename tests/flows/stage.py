# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen, a keyboard and a session bus of a test's own."""

import atexit
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import accessibility

# Everything that the machine may be slow at is waited for this long.
PATIENCE = 30 * float(os.environ.get('DAILY_CUP_PATIENCE', '1'))

# Letters of the tests that no key of the plain keyboard has, two a key.
LETTERS = 'éÉèÈêÊëËàÀâÂçÇîÎïÏôÔùÙûÛœŒñÑáÁíÍóÓúÚüÜ¿¡’‘'


class NotFound(AssertionError):
    """Something that should have been on the screen was not."""


def until(what, probe, patience=PATIENCE):
    """Waits until probe () gives something true, and gives it back."""
    end = time.monotonic() + patience
    while True:
        found = probe()
        if found:
            return found
        if time.monotonic() > end:
            raise NotFound(what() if callable(what) else what)
        time.sleep(0.04)


def keymap():
    """A keyboard that has LETTERS too, for xkbcomp."""
    keys = []
    for i in range(0, len(LETTERS), 2):
        symbols = ', '.join(f'U{ord(letter):04X}' for letter in LETTERS[i:i + 2])
        keys.append(f'key <I{200 + i // 2}> {{ type = "TWO_LEVEL", [ {symbols} ] }};')
    codes = ' '.join(f'<I{200 + i}> = {200 + i};' for i in range(len(LETTERS) // 2))
    return ('xkb_keymap { xkb_keycodes { include "evdev+aliases(qwerty)" ' + codes + ' };'
            'xkb_types { include "complete" }; xkb_compat { include "complete" };'
            'xkb_symbols { include "pc+us" ' + ' '.join(keys) + ' }; };')


class Stage:
    """A display and a session bus, used by one test process at a time."""

    windowed = True     # the program is given a window instead of the screen

    def __init__(self, size):
        self.size = size
        self.width, self.height = map(int, size.split('x'))
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix='daily-cup-flow-'))
        self.processes = []
        atexit.register(self.close)      # where a test was stopped half-way
        runtime = self.directory / 'run'
        runtime.mkdir(mode=0o700)
        self.environment = {
            'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', 'GDK_BACKEND': 'x11',
            'HOME': str(self.directory), 'XDG_RUNTIME_DIR': str(runtime),
            'GSK_RENDERER': 'cairo', 'G_SLICE': 'always-malloc',
        }
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def _start(self):
        ready, display = os.pipe()
        # The server resets when its last client leaves, and would forget the keys.
        self._spawn(['Xvfb', '-displayfd', str(display), '-screen', '0', self.size + 'x24',
                     '-nolisten', 'tcp', '-noreset'], pass_fds=[display])
        os.close(display)
        with os.fdopen(ready) as pipe:
            self.environment['DISPLAY'] = ':' + pipe.readline().strip()
        self._start_bus()
        subprocess.run(['xkbcomp', '-w', '0', '-', self.environment['DISPLAY']], check=True,
                       input=keymap(), text=True, env=self.environment,
                       stderr=subprocess.DEVNULL)

    def _start_bus(self):
        bus = self._spawn(['dbus-daemon', '--session', '--nofork', '--print-address'],
                          stdout=subprocess.PIPE, text=True)
        address = bus.stdout.readline().strip()
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = address
        self.reader = accessibility.Reader(address)

    def _spawn(self, command, **options):
        process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, **options)
        self.processes.append(process)
        return process

    def run(self, *command):
        return subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def pointer(self, *command):
        self.run('xdotool', *map(str, command))

    def screenshot(self, name):
        path = self.directory / f'{name}.png'
        self.run('import', '-window', 'root', str(path))
        return path

    def close(self):
        while self.processes:
            process = self.processes.pop()
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:    # Xvfb can sleep through it
                process.kill()
                process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()
