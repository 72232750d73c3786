# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bored teenager with a keyboard and a mouse. Each attack is made at the real
program, full screen under a window manager, and has to leave the screen as it
was, to the pixel; and at a window of GTK that nobody locked (open_window.py),
where it has to show, or it would prove nothing."""

import hashlib
import pathlib
import subprocess
import sys
import time
import unittest

from gi.repository import Gio, GLib

import steps
import tap
from flowlib import Kiosk
from stage import Stage, until
from steps import Donor
from words import Words

OPEN_WINDOW = pathlib.Path(__file__).with_name('open_window.py')
# Of the window manager's own keys the one that matters, and no decorations to
# drag: what a session could have.
OPENBOX = '''<openbox_config xmlns="http://openbox.org/3.4/rc">
<keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
<applications><application class="*"><decor>no</decor><position force="yes"><x>0</x><y>0</y>
</position></application></applications></openbox_config>'''
MENUS = {
    'the context menu by its key': ['key', 'Menu'],
    'the context menu by shift and F10': ['key', 'shift+F10'],
    'the context menu by the right button': ['click', '3'],
}
KEYS = {
    'the inspector': ['key', 'ctrl+shift+d'],
    'the inspector by its other key': ['key', 'ctrl+shift+i'],
    'emoji by full stop': ['key', 'ctrl+period'],
    'emoji by semicolon': ['key', 'ctrl+semicolon'],
    'a letter by its number': ['key', 'ctrl+shift+u'],
    'quitting': ['key', 'ctrl+q'],
    'closing': ['key', 'ctrl+w'],
    'help': ['key', 'F1'],
    'the menu bar': ['key', 'F10'],
    'leaving the full screen': ['key', 'F11'],
}
# Nothing is drawn for so long after an attack that nothing will be.
QUIET = 0.6
# After so long a bar that showed where the page is has gone.
SCROLL_BAR = 3


class Screen(Stage):
    """An X server with a window manager, and the program on all of it."""

    windowed = False

    def _start(self):
        super()._start()
        config = self.directory / 'rc.xml'
        config.write_text(OPENBOX, encoding='utf-8')
        self._spawn(['openbox', '--config-file', str(config)])
        until('openbox does not come', lambda: subprocess.run(
            ['xprop', '-root', '_NET_SUPPORTING_WM_CHECK'], env=self.environment, check=True,
            capture_output=True, text=True).stdout.count('window id'))

    def pixels(self):
        picture = self.screenshot('now')
        raw = self.run('convert', str(picture), 'rgb:-').stdout
        return hashlib.sha256(raw).hexdigest()

    def resting(self):
        """The screen once two looks at it are the same."""
        last = []

        def rests():
            last.append(self.pixels())
            time.sleep(0.15)
            return len(last) > 1 and last[-1] == last[-2]
        until('the screen does not come to rest', rests)
        return last[-1]

    def windows(self, pid):
        """Those of that program that can be seen."""
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(pid)], check=False,
                               env=self.environment, capture_output=True, text=True)
        return found.stdout.split()

    def changed_by(self, before, words):
        """Whether the screen is another after these words to xdotool."""
        self.pointer(*words)
        time.sleep(QUIET)
        return self.pixels() != before


class OpenWindow:
    """The window that nobody locked."""

    def __init__(self, stage, environment=None):
        self.stage = stage
        self.environment = {**stage.environment, **(environment or {})}
        self.process = None

    def __enter__(self):
        with open(self.stage.directory / 'open.txt', 'ab') as output:
            self.process = subprocess.Popen([sys.executable, str(OPEN_WINDOW)], env=self.environment,
                                            stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        until('the open window does not come', self.frames)
        return self

    def frames(self):
        bus = self.stage.reader.program(self.process.pid)
        try:
            return [node for node in self.stage.reader.tree(bus) if node.role == 'frame'] if bus else []
        except GLib.Error:      # it is still beginning
            return []

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()

    def focus(self):
        """Into the first field, where the pointer then stays."""
        self.stage.pointer('mousemove', 100, 17, 'click', 1)
        return self.stage.resting()


class Attacks(unittest.TestCase):
    def setUp(self):
        self.stage = Screen('600x960')
        self.addCleanup(self.stage.close)
        self.words = Words('en')

    def begin(self, **options):
        self.kiosk = Kiosk(self.stage, **options)
        self.addCleanup(self.kiosk.kill)
        self.kiosk.start()

    def focus(self):
        """Into the first field of the details page; keys of a keyboard put the
        one on the screen away."""
        steps.go_to_details(self.kiosk, self.words, self.words.monthly(18))
        self.kiosk.type('First name', 'Ana')
        self.kiosk.key('End')
        self.stage.pointer('mousemove', *self.kiosk.where('First name', 'text'))
        time.sleep(SCROLL_BAR)
        return self.stage.resting()

    def assert_works_where_nobody_locked(self, attacks):
        for name, words in attacks.items():
            with self.subTest(open=name), OpenWindow(self.stage) as window:
                self.assertTrue(self.stage.changed_by(window.focus(), words),
                                f'{name} does nothing at all')

    def assert_refused(self, attacks):
        before = self.focus()
        for name, words in attacks.items():
            with self.subTest(locked=name):
                self.assertFalse(self.stage.changed_by(before, words), name)
        self.assertEqual(self.kiosk.text('First name'), 'Ana')
        self.assertIsNone(self.kiosk.process.poll())
        self.assertEqual(self.kiosk.said(), '')

    def test_keys_lead_nowhere(self):
        self.begin()
        self.assert_refused(KEYS)
        self.kiosk.kill()
        self.assert_works_where_nobody_locked(KEYS)

    def test_no_menu_comes_up(self):
        self.begin()
        self.assert_refused(MENUS)
        self.kiosk.kill()
        self.assert_works_where_nobody_locked(MENUS)

    def test_no_menu_comes_up_anywhere_on_the_page(self):
        self.begin()
        self.focus()
        for x, y in ((60, 40), (300, 190), (60, 440), (300, 560), (500, 840), (300, 940)):
            with self.subTest(x=x, y=y):
                self.stage.pointer('mousemove', x, y)
                time.sleep(SCROLL_BAR)
                before = self.stage.resting()
                self.assertFalse(self.stage.changed_by(before, ['click', 3]), (x, y))

    def test_the_window_manager_cannot_close_it(self):
        self.begin()
        before = self.focus()
        self.assertFalse(self.stage.changed_by(before, ['key', 'alt+F4']))
        self.assertIsNone(self.kiosk.process.poll())
        self.kiosk.kill()
        with OpenWindow(self.stage) as window:
            window.focus()
            self.stage.pointer('key', 'alt+F4')
            until('the open window was not closed', lambda: window.process.poll() is not None)

    def test_the_mouse_s_other_buttons_and_two_clicks_do_nothing(self):
        self.begin()
        before = self.focus()
        for words in (['click', 8], ['click', 9], ['click', '--repeat', 2, 2]):
            self.assertFalse(self.stage.changed_by(before, words), words)
        self.stage.pointer('mousemove', 300, 2)
        before = self.stage.resting()
        self.assertFalse(self.stage.changed_by(before, ['click', '--repeat', 2, 1]))

    def test_no_link_is_on_any_page_of_the_donor(self):
        self.begin()
        seen = []

        def look():
            seen.extend(node for node in self.kiosk.tree() if node.role in ('link', '88'))
        look()
        steps.choose_amount(self.kiosk, self.words, self.words.monthly(18))
        look()
        self.kiosk.click('Write to me later')
        self.kiosk.wait('Where may we write to you?', 'heading')
        look()
        self.kiosk.click('Read everything about your details')
        self.kiosk.wait_gone('First name', 'text')
        look()
        self.assertEqual(seen, [])
        self.kiosk.kill()
        with OpenWindow(self.stage) as window:
            bus = self.stage.reader.program(window.process.pid)
            self.assertTrue([node for node in self.stage.reader.tree(bus) if node.role == '88'])

    def test_the_next_donor_finds_no_text_to_paste_or_bring_back(self):
        self.begin()
        secret = 'Zsigmondy'
        steps.go_to_details(self.kiosk, self.words, self.words.monthly(18))
        self.kiosk.type('First name', secret)
        self.kiosk.key('ctrl+a', 'ctrl+c')
        self.kiosk.click('Family name', 'text')
        self.kiosk.key('ctrl+v')
        until('within a visit pasting works', lambda: self.kiosk.text('Family name') == secret)
        self.kiosk.key('ctrl+a', 'ctrl+c')
        self.kiosk.type('E-mail address', 'z@example.org')
        steps.fill_in(self.kiosk, self.words, Donor(secret, email='z@example.org'))
        steps.go_to_check(self.kiosk, self.words)
        steps.send(self.kiosk, self.words, self.words.monthly(18))
        steps.thanks(self.kiosk, self.words, Donor(secret))
        steps.finish(self.kiosk, self.words)
        steps.go_to_details(self.kiosk, self.words, self.words.monthly(18))
        x, y = self.kiosk.where('First name', 'text')
        self.stage.pointer('mousemove', x, y, 'click', 1, 'key', 'ctrl+v', 'key', 'shift+Insert',
                           'key', 'ctrl+z', 'key', 'ctrl+shift+z', 'click', 2)
        time.sleep(QUIET)
        self.assertEqual(self.kiosk.text('First name'), '')
        self.assertNotIn(secret, '\n'.join(self.kiosk.names()))

    def test_nothing_in_the_environment_opens_it(self):
        debug = {'GTK_DEBUG': 'interactive', 'GTK_THEME': 'Adwaita:dark',
                 'GDK_DEBUG': 'misc', 'GSK_DEBUG': 'renderer', 'G_MESSAGES_DEBUG': 'all'}
        self.begin()
        plain = self.focus()
        self.kiosk.kill()
        self.begin(environment=debug)
        self.assertEqual(self.focus(), plain)
        self.assertEqual(len(self.stage.windows(self.kiosk.process.pid)), 1)
        self.assertEqual(self.kiosk.said(), '')
        self.kiosk.kill()
        with OpenWindow(self.stage) as window:
            plain = window.focus()
        with OpenWindow(self.stage, {'GTK_THEME': debug['GTK_THEME']}) as window:
            self.assertNotEqual(window.focus(), plain)
        with OpenWindow(self.stage, {'GTK_DEBUG': debug['GTK_DEBUG']}) as window:
            until('the inspector does not open',
                  lambda: len(self.stage.windows(window.process.pid)) > 1)

    def actions(self, pid):
        """What any program of the session could make that one do, by D-Bus."""
        connection, self.places = self.stage.reader.session, []
        names, = self.stage.reader.call_on(connection, 'org.freedesktop.DBus', '/',
                                           'org.freedesktop.DBus', 'ListNames')
        for name in names:
            owner, = self.stage.reader.call_on(
                connection, 'org.freedesktop.DBus', '/', 'org.freedesktop.DBus',
                'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)))
            if owner == pid:
                self.look_below(connection, name, '/')
        return [action for name, path in self.places for action in self.stage.reader.call_on(
            connection, name, path, 'org.gtk.Actions', 'List')[0]]

    def look_below(self, connection, name, path):
        """Notes where @name could have actions, below @path."""
        try:
            text, = self.stage.reader.call_on(connection, name, path,
                                              'org.freedesktop.DBus.Introspectable', 'Introspect')
        except GLib.Error:
            return
        node = Gio.DBusNodeInfo.new_for_xml(text)
        if any(interface.name == 'org.gtk.Actions' for interface in node.interfaces):
            self.places.append((name, path))
        for child in node.nodes:
            self.look_below(connection, name, path.rstrip('/') + '/' + child.path)

    def test_no_other_program_of_the_session_can_steer_it(self):
        self.begin()
        before = self.focus()
        self.assertEqual(self.actions(self.kiosk.process.pid), [])
        for name, path in self.places:
            for interface, method, arguments in (
                    ('org.gtk.Application', 'Activate', GLib.Variant('(a{sv})', ({},))),
                    ('org.gtk.Application', 'Open', GLib.Variant('(assa{sv})', ([], '', {}))),
                    ('org.gtk.Actions', 'Activate', GLib.Variant('(sava{sv})', ('kiosk.finish', [], {})))):
                try:
                    self.stage.reader.call_on(self.stage.reader.session, name, path, interface, method,
                                              arguments)
                except GLib.Error:
                    pass
        time.sleep(QUIET)
        self.assertEqual(self.stage.pixels(), before)
        self.kiosk.kill()
        with OpenWindow(self.stage) as window:
            self.assertIn('quit', self.actions(window.process.pid))

    def test_tab_reaches_nothing_of_the_staff_s(self):
        """Neither from the welcome page nor by all the keys that press a button."""
        self.begin()
        self.kiosk.wait('Give', 'push button')
        for _ in range(12):
            self.kiosk.key('Tab')
            self.kiosk.key('Menu')
            self.assertIsNone(self.kiosk.find('PIN for staff', 'heading'))
        self.assertIsNone(self.kiosk.process.poll())


if __name__ == '__main__':
    tap.main()
