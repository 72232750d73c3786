# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A coordinator gives a live tablet its access to a real WebDAV server, typed or
from the set-up stick: what the server says of it stands on the screen, and the
password stands in daily-cup-send's own folder alone."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'faults'))
import live
import mounts
import steps
import tap
from authority import Authority
from flowlib import Kiosk
from stage import Stage, until
from webdav import Apache

COORDINATOR, VOLUNTEER = '805371', '7193'
AGAIN = 'Type the same PIN again'
PIN_PAGES = (('Choose a PIN for the coordinator', COORDINATOR), (AGAIN, COORDINATOR),
             ('Choose a PIN for the volunteers', VOLUNTEER), (AGAIN, VOLUNTEER), ('PIN for staff', COORDINATOR))
STICK = pathlib.Path('/media/OFFICE')
TAKEN = 'The place answers, and takes this name and password.'
WRONG = 'The name or the password is wrong'
MAY_DELETE = 'With this name and password one could also delete there. Ask the office for one that cannot.'
ERASE = 'Now erase the file on the office’s stick: whoever has the stick has the password.'
SETUP = '[Credential]\nAddress={}\nUser={}\nPassword={}\n'


class Credential(unittest.TestCase):
    def setUp(self):
        self.stage = Stage('600x960')
        self.addCleanup(self.stage.close)
        self.authority = Authority(self.stage.directory / 'authority')

    def start(self, make):
        """A server, and a kiosk whose pack names it, on the page for the access."""
        self.server = make(self.authority.issue()).start()
        self.addCleanup(self.server.close)
        pack = live.LivePack(self.stage.directory / 'pack')
        (pack.folder / 'ca.pem').write_bytes(pathlib.Path(self.authority.trust).read_bytes())
        (pack.folder / 'destination.ini').write_text(
            f'[Destination]\nKind=webdav\nAddress={self.server.address}\nAuthority=ca.pem\n')
        pack.sign(2)
        self.kiosk = Kiosk(self.stage, pack=pack.folder).start()
        self.addCleanup(self.kiosk.kill)
        steps.hold_emblem(self.kiosk)
        for heading, pin in PIN_PAGES:
            self.kiosk.wait(heading, 'heading')
            steps.type_pin(self.kiosk, pin)
        self.kiosk.click('Open: Hand over the promises')
        self.kiosk.click('Open: Access')
        self.kiosk.wait('Access', 'heading')

    def enter(self, user, password):
        self.kiosk.type('User name', user)
        x, y = self.kiosk.where('Password')
        self.stage.pointer('mousemove', x, y, 'click', 1, 'type', '--delay', 5, password)
        self.kiosk.click('Store and try')

    def says(self, sentence):
        until(lambda: f'“{sentence}” is not among {self.kiosk.names()}',
              lambda: any(name.startswith(sentence) for name in self.kiosk.names()))

    def holders(self, password):
        """Files below the kiosk's home that hold the password."""
        return [path for path in self.kiosk.home.rglob('*')
                if path.is_file() and password.encode() in path.read_bytes()]

    def assert_kept(self, password):
        path, = self.holders(password)
        self.assertEqual(path.parent, self.kiosk.state / 'send')
        self.assertEqual(path.stat().st_mode & 0o7777, 0o600)

    def test_is_typed_told_wrong_and_right_and_read_from_the_stick(self):
        mounts.require(self)
        self.start(Apache)
        self.enter(self.server.user_name, 'not the word')
        self.says(WRONG)
        self.assertIsNone(self.kiosk.find(MAY_DELETE))
        self.enter(self.server.user_name, self.server.password)
        self.says(TAKEN)
        self.kiosk.wait(MAY_DELETE)
        self.assertNotIn(self.server.password, ''.join(self.kiosk.names()))
        self.assert_kept(self.server.password)
        self.assertEqual(self.holders('not the word'), [])

        self.server.set_password('another word of the stall')
        mounts.mount(self, STICK.parent, '1m')
        mounts.mount(self, STICK, '1m')
        (STICK / 'daily-cup-setup.ini').write_text(
            SETUP.format(self.server.address, self.server.user_name, self.server.password))
        self.kiosk.click('Read from “OFFICE”')
        self.kiosk.wait(ERASE)
        self.says(TAKEN)
        self.assert_kept(self.server.password)


if __name__ == '__main__':
    mounts.enter()
    tap.main()
