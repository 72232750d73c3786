# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stage like a tablet: cage, the compositor of the session, with a screen in
memory and a touch screen (cage/fingers.c). What a test does with a pointer is
done with a finger here, and what it types is typed on the screen."""

import atexit
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time

from finger import Finger
from flowlib import BUILD, Kiosk
from stage import PATIENCE, Stage, until

FINGERS = BUILD / 'tests' / 'flows' / 'cage' / 'fingers.so'
# How long a finger stays, and how fast it slides: seconds.
TAP, SLIDE = 0.03, 0.02


def missing():
    """Why there can be no tablet on this machine; None where there can."""
    if not FINGERS.exists():
        return 'the touch screen is written for wlroots 0.15, which is not here'
    if not shutil.which('cage'):
        return 'there is no cage'
    return None


class Tablet(Stage):
    """A Stage that is touched: width x height pixels, no window manager but
    cage. The program is a client of it as in its session, full screen."""

    windowed = False

    def _start(self):
        self.place = (0, 0)
        self.is_down = False
        self._start_bus()
        self._start_cage()

    def _start_cage(self):
        """cage will not run as root, so in a folder that is another user's."""
        screen = pathlib.Path(tempfile.mkdtemp(prefix='daily-cup-cage-'))
        atexit.register(shutil.rmtree, screen, ignore_errors=True)
        shutil.copy(FINGERS, screen / FINGERS.name)
        os.mkfifo(screen / 'fingers')
        self.environment |= {'GDK_BACKEND': 'wayland', 'WAYLAND_DISPLAY': str(screen / 'wayland-0')}
        other = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam('nobody')
            other = {'user': nobody.pw_uid, 'group': nobody.pw_gid, 'extra_groups': []}
            for path in (screen, *screen.iterdir()):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
        self.said = self.directory / 'cage.txt'
        with open(self.said, 'wb') as output:
            self.cage = subprocess.Popen(
                ['cage', '-d', '--', 'sleep', 'infinity'], stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, cwd=screen, **other, env={
                    'PATH': os.environ['PATH'], 'HOME': str(screen), 'XDG_RUNTIME_DIR': str(screen),
                    'WLR_BACKENDS': 'headless', 'WLR_LIBINPUT_NO_DEVICES': '1',
                    'WLR_RENDERER': 'pixman', 'LD_PRELOAD': str(screen / FINGERS.name),
                    'DAILY_CUP_FINGERS': str(screen / 'fingers'), 'DAILY_CUP_OUTPUT': self.size})
        self.processes.append(self.cage)
        until(lambda: f'cage has no socket: {self.said.read_text(errors="replace")}',
              (screen / 'wayland-0').exists)
        self.line = os.open(screen / 'fingers', os.O_WRONLY)

    def tell(self, *words):
        os.write(self.line, (' '.join(map(str, words)) + '\n').encode())

    def pointer(self, *command):
        """The words of xdotool, by a finger: one that is not down moves in the
        air, and the wheel is a finger that pushes the page."""
        words = list(map(str, command))
        while words:
            word = words.pop(0)
            if word == 'mousemove':
                self.place = int(words.pop(0)), int(words.pop(0))
                if self.is_down:
                    self.tell('move', *self.place)
            elif word == 'mousedown':
                words.pop(0)
                self.down()
            elif word == 'mouseup':
                words.pop(0)
                self.up()
            elif word == 'click':
                self.click(words.pop(0))
            else:
                raise ValueError(f'a finger cannot {word}')

    def down(self):
        self.tell('down', *self.place)
        self.is_down = True

    def up(self):
        self.tell('up')
        self.is_down = False

    def click(self, button):
        if button in ('4', '5'):
            self.push(60 if button == '4' else -60)
            return
        self.down()
        time.sleep(TAP)
        self.up()

    def push(self, by):
        """Slides the page by that many pixels, and stops before it lets go."""
        x, y = self.place
        y = min(max(y, 100), self.height - 100)
        self.tell('down', x, y)
        for step in range(1, 9):
            time.sleep(SLIDE)
            self.tell('move', x, y + by * step // 8)
        time.sleep(0.15)
        self.tell('up')
        time.sleep(0.1)

    def screenshot(self, name):
        """Two pictures that are the same: cage draws when it comes to it."""
        path = self.directory / f'{name}.png'
        before, end = None, time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.run('grim', str(path))
            now = path.read_bytes()
            if now == before:
                break
            before = now
            time.sleep(0.1)
        return path


class TouchedKiosk(Kiosk):
    """The program on a Tablet. @words are those of the donor's language."""

    words = None

    def type(self, name, text):
        """On the keyboard of the screen, a key at a time."""
        self.click(name, 'text')
        until(f'“{name}” is not empty', lambda: self.text(name) == '')
        Finger(self, self.words).write(name, text)

    def key(self, *keys):
        raise ValueError('there is no keyboard on a table')
