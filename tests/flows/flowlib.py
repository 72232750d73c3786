# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program as a donor would, by pointer and keyboard.

A Kiosk is one program on a Stage, with a home and a state of its own. Widgets
are found by the name that a screen reader would say.
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from gi.repository import GLib

import accessibility
from accessibility import plain
from stage import PATIENCE, NotFound, until

SOURCE = pathlib.Path(os.environ.get('DAILY_CUP_SOURCE',
                                     pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get('DAILY_CUP_BUILD', SOURCE / 'build'))
PACK = SOURCE / 'data' / 'campaigns' / 'migrants-day'
PROGRAM = pathlib.Path(os.environ.get('DAILY_CUP_PROGRAM', BUILD / 'src' / 'kiosk' / 'daily-cup'))
LOCALES = BUILD / 'po'


class Kiosk:
    """The program, started on a stage, in a language's words."""

    def __init__(self, stage, state=None, pack=PACK, arguments=(), environment=None,
                 animations=False, wrapper=(), program=PROGRAM):
        self.stage = stage
        self.program = program
        self.home = pathlib.Path(tempfile.mkdtemp(prefix='home-', dir=stage.directory))
        self.state = pathlib.Path(state) if state else self.home / 'state'
        self.pack = pathlib.Path(pack)
        self.arguments = list(arguments)
        self.wrapper = list(wrapper)    # a command that becomes the program
        self.extra = dict(environment or {})
        self.output = self.home / 'output.txt'
        self.process = self.bus = None
        self._configure(animations)

    def _configure(self, animations):
        for name in ('config/gtk-4.0', 'data', 'cache', 'tmp'):
            (self.home / name).mkdir(parents=True)
        (self.home / 'config/gtk-4.0/settings.ini').write_text(
            f'[Settings]\ngtk-enable-animations={str(animations).lower()}\n', encoding='ascii')
        self.environment = {
            **self.stage.environment, 'HOME': str(self.home), 'TMPDIR': str(self.home / 'tmp'),
            'XDG_CONFIG_HOME': str(self.home / 'config'),
            'XDG_DATA_HOME': str(self.home / 'data'),
            'XDG_STATE_HOME': str(self.home / 'data'),
            'XDG_CACHE_HOME': str(self.home / 'cache'),
            'DAILY_CUP_LOCALEDIR': str(LOCALES), **self.extra,
        }

    def start(self, wait=True):
        command = [*self.wrapper, str(self.program), '--pack', str(self.pack), '--state',
                   str(self.state), *(('--window', self.stage.size) if self.stage.windowed else ()),
                   *self.arguments]
        with open(self.output, 'ab') as output:
            self.process = subprocess.Popen(command, env=self.environment, cwd=self.home,
                                            stdin=subprocess.DEVNULL, stdout=output,
                                            stderr=output)
        self.bus = None
        if wait:
            until(lambda: f'{command} shows no window: {self.said()}', self._connected)
        return self

    def _connected(self):
        if self.process.poll() is not None:
            raise NotFound(f'the program ended with {self.process.returncode}: {self.said()}')
        self.bus = self.stage.reader.program(self.process.pid)
        return self.bus and any(node.role == 'frame' for node in self.tree())

    def said(self):
        """What the program wrote on its standard output and error."""
        return self.output.read_text(encoding='utf-8', errors='replace')

    def tree(self):
        """The accessible objects now; [] while a page is being exchanged."""
        try:
            return self.stage.reader.tree(self.bus)
        except GLib.Error as error:
            if self.process.poll() is not None:
                raise NotFound(f'the program has gone: {self.said()}') from error
            return []

    def extents(self, node):
        try:
            return self.stage.reader.extents(node)
        except GLib.Error:
            return 0, 0, 0, 0

    def find(self, name, role=None):
        """The widget of that name and role now, or None. While one page fades
        into another both are there; the later one is the new one."""
        for node in reversed(self.tree()):
            if plain(node.name) == plain(name) and role in (None, node.role):
                _, _, width, height = self.extents(node)
                if width > 0 and height > 0:
                    return node
        return None

    def wait(self, name, role=None, patience=PATIENCE):
        return until(lambda: f'no {role or "widget"} “{name}” among {self.names()}',
                     lambda: self.find(name, role), patience)

    def wait_gone(self, name, role=None):
        until(f'“{name}” is still there', lambda: not self.find(name, role))

    def names(self):
        return [node.name for node in self.tree() if node.name]

    def text(self, name):
        return self.stage.reader.text(self.wait(name, 'text'))

    def is_checked(self, name):
        return self.wait(name, 'check box').is_(accessibility.CHECKED)

    def where(self, name, role=None):
        """The middle of the widget, once it has come to rest and in sight."""
        node, before = self.wait(name, role), None
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            now = self.extents(node)
            if now[2] == 0:
                node = self.wait(name, role)
            elif now == before and not self._scroll_towards(node, now):
                return now[0] + now[2] // 2, now[1] + now[3] // 2
            before = now
            time.sleep(0.03)
        raise NotFound(f'“{name}” cannot be brought into sight: {before}')

    def _scroll_towards(self, node, extents):
        """Turns the wheel once where the middle of the widget is out of sight."""
        pane = node.ancestor('scroll pane')
        if pane is None:
            return False
        x, y, width, height = self.extents(pane)
        if width == 0:          # gone: the next look finds out
            return True
        middle = extents[1] + extents[3] // 2
        if y + 24 <= middle <= y + height - 24:
            return False
        self.stage.pointer('mousemove', x + width - 6, y + height // 2, 'click',
                           '4' if middle < y + 24 else '5')
        time.sleep(0.05)
        return True

    def click(self, name, role='push button'):
        x, y = self.where(name, role)
        self.stage.pointer('mousemove', x, y, 'click', 1)

    def tick(self, name):
        self.click(name, 'check box')
        until(f'“{name}” is not ticked', lambda: self.is_checked(name))

    def hold(self, name, role=None, seconds=3.3):
        x, y = self.where(name, role)
        self.stage.pointer('mousemove', x, y, 'mousedown', 1)
        time.sleep(seconds)
        self.stage.pointer('mouseup', 1)

    def key(self, *keys):
        self.stage.pointer('key', '--delay', 25, *keys)

    def type(self, name, text):
        """Clicks the field, clears it and types, until the text stands there."""
        x, y = self.where(name, 'text')
        self.stage.pointer('mousemove', x, y, 'click', 1, 'key', '--delay', 5, 'ctrl+a', 'BackSpace',
                           *(('type', '--delay', 5, text) if text else ()))
        until(lambda: f'“{name}” holds “{self.text(name)}”, not “{text}”',
              lambda: self.text(name) == text)

    def terminate(self):
        """Asks the program to leave, as a session's end does; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self.start() if self.process is None else self

    def __exit__(self, kind, error, trace):
        self.kill()
        if kind is not None:
            sys.stderr.write(self.said())
