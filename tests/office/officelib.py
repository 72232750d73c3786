# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real daily-cup-office, in front of a terminal that a test types on.

    with Sitting('keys', 'new', '--keys', folder) as sitting:
        sitting.expect('Passphrase:')
        sitting.type('')
    assert sitting.status == 0
"""

import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import struct
import sys
import fcntl
import termios
import time

SOURCE = pathlib.Path(os.environ.get('DAILY_CUP_SOURCE', pathlib.Path(__file__).parents[2]))
BUILD = pathlib.Path(os.environ.get('DAILY_CUP_BUILD', SOURCE / 'build'))
sys.path.insert(0, str(SOURCE / 'tests' / 'lib'))

PROGRAM = BUILD / 'src' / 'office' / 'daily-cup-office'
EXAMPLE = SOURCE / 'data' / 'campaigns' / 'migrants-day'
PATIENCE = 60
PASSPHRASE = 'a passphrase that a test can type'


def environment(**more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(('LC_', 'LANG'))}
    return {**clean, 'LC_ALL': 'C.UTF-8', 'TERM': 'xterm-256color', **more}


def killed_before_rename(number):
    """A command that becomes the program, which is killed before its renaming of
    a file of that number, from 1: each thing it writes takes its name so."""
    return ['strace', '-D', '-qq', '-o', '/dev/null', '-e', 'trace=/^rename',
            '-e', f'inject=/^rename:signal=KILL:when={number}']


def run(*arguments, passphrase=None, env=None, wrapper=()):
    """The program without a terminal of its own; (status, output, errors)."""
    extra, fds = [], ()
    if passphrase is not None:
        reading, writing = os.pipe()
        os.write(writing, passphrase.encode() + b'\n')
        os.close(writing)
        extra, fds = ['--passphrase-fd', str(reading)], (reading,)
    done = subprocess.run([*wrapper, PROGRAM, *arguments, *extra], pass_fds=fds, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(**(env or {})),
                          start_new_session=True, timeout=PATIENCE, check=False)
    for fd in fds:
        os.close(fd)
    # Sums are set with no-break spaces.
    return done.returncode, done.stdout.decode().replace('\xa0', ' '), done.stderr.decode()


class Sitting:
    """The program on a terminal of @rows lines; all it shows is in @screen."""

    def __init__(self, *arguments, rows=60, env=None, wrapper=()):
        self.screen, self.seen, self.status = '', 0, None
        self.pid, self.tty = pty.fork()
        if self.pid == 0:
            command = [*wrapper, str(PROGRAM), *map(str, arguments)]
            os.execvpe(command[0], command, environment(**(env or {})))
        fcntl.ioctl(self.tty, termios.TIOCSWINSZ, struct.pack('HHHH', rows, 100, 0, 0))

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def read(self):
        """More of what it shows; False at the end."""
        try:
            data = os.read(self.tty, 65536)
        except OSError:
            return False
        self.screen += data.decode(errors='replace')
        return bool(data)

    def expect(self, pattern):
        """Waits until @pattern is shown, after what was expected before."""
        end = time.monotonic() + PATIENCE
        while not (match := re.compile(pattern, re.S).search(self.screen, self.seen)):
            if not select.select([self.tty], [], [], max(0, end - time.monotonic()))[0] or not self.read():
                raise AssertionError(f'no “{pattern}” in {self.screen[self.seen:]!r}')
        self.seen = match.end()
        return match

    def echoes(self):
        return bool(termios.tcgetattr(self.tty)[3] & termios.ECHO)

    def wait_quiet(self):
        """Until it no longer echoes what is typed."""
        end = time.monotonic() + PATIENCE
        while self.echoes():
            assert time.monotonic() < end, 'it echoes'
            time.sleep(0.01)

    def type(self, text):
        os.write(self.tty, text.encode() + b'\n')

    def secret(self, prompt, text):
        self.expect(prompt)
        self.wait_quiet()
        self.type(text)

    def kill(self, number):
        os.kill(self.pid, number)

    def wait(self):
        if self.status is not None:
            return self.status
        while self.read():
            pass
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.tty)
        return self.status


def spare_key(screen):
    """The spare key, as somebody copies it from the terminal."""
    plain = re.sub(r'\x1b\[[0-9;?]*[a-zA-Z]', '', screen)
    match = re.search(r'AGE-SECRET-KEY-1\s+((?:[A-Z0-9]{2,4}\s+){15})', plain)
    assert match, f'no spare key in {plain!r}'
    return 'AGE-SECRET-KEY-1' + re.sub(r'\s', '', match[1])


def make_keys(keys, *more):
    """A whole sitting with PASSPHRASE; returns the spare key."""
    with Sitting('keys', 'new', '--keys', keys, *more) as sitting:
        sitting.secret('Passphrase:', PASSPHRASE)
        sitting.secret('once more:', PASSPHRASE)
        sitting.expect('first group of four')
        spare = spare_key(sitting.screen)
        sitting.type(spare[16:20])
    assert sitting.status == 0, sitting.screen
    return spare


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in pathlib.Path(folder).rglob('*') if path.is_file())
