# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A coordinator copies the promises to a stick: what is on it opens with age, and
the screen says that it may be removed when the kernel has let it go, not
before. The stick is a file system of its own, in a name space of mounts that
ends with this process. (Torn out, full, locked: kiosk/test-stick-page.c.)"""

import base64
import json
import pathlib
import unittest

import mounts
import records
import steps
import tap
from flowlib import Kiosk
from stage import Stage
from steps import Donor
from words import Campaign, Words

COORDINATOR = Campaign().get('Demo', 'CoordinatorPin')
STICK = pathlib.Path('/media/KINGSTON')
COPY = 'Copy to “KINGSTON”'
MAY_REMOVE = 'You may remove the stick.'
BUSY = ('Something still uses the stick. Wait a little, and try again. If that does not help, switch the '
        'tablet off before you take the stick out.')
DONOR = Donor('Aurélie', 'Quesnel-Ibáñez', email='aurelie.quesnel@example.org')


def lines():
    return [json.loads(line) for path in STICK.glob('*/*/*/*.jsonl')
            for line in path.read_bytes().splitlines() if b'"sealed"' in line]


class Stick(unittest.TestCase):
    def setUp(self):
        mounts.require(self)
        self.words = Words('en')
        mounts.mount(self, STICK.parent, '1m')
        mounts.mount(self, STICK, '1m')
        stage = Stage('600x960')
        self.addCleanup(stage.close)
        self.kiosk = Kiosk(stage).start()
        self.addCleanup(self.kiosk.kill)
        steps.pledge(self.kiosk, self.words, self.words.monthly(18), DONOR)
        steps.finish(self.kiosk, self.words)

    def open_page(self):
        steps.open_pin_page(self.kiosk)
        steps.type_pin(self.kiosk, COORDINATOR)
        self.kiosk.click('Open: Hand over the promises')
        self.kiosk.wait('Hand over the promises', 'heading')
        self.kiosk.click('Copy to a USB stick')
        self.kiosk.wait('Copy to a USB stick', 'heading')

    def is_mounted(self):
        return f' {STICK} ' in pathlib.Path('/proc', str(self.kiosk.process.pid), 'mountinfo').read_text()

    def state_of_promise(self):
        row, = records.rows(self.kiosk.state)
        return row['state']

    def test_is_copied_to_and_may_be_removed_when_nothing_uses_it(self):
        self.open_page()
        with open(STICK / 'somebody reads', 'wb'):
            self.kiosk.click(COPY)
            self.kiosk.wait(BUSY)
            self.assertIsNone(self.kiosk.find(MAY_REMOVE))
            self.assertTrue(self.is_mounted())
            (line,), (row,) = lines(), records.rows(self.kiosk.state)
            for name in ('envelope', 'signature', 'sealed'):
                self.assertEqual(base64.b64decode(line[name]), row[name])
            self.assertEqual(json.loads(records.decrypt(base64.b64decode(line['sealed'])))['donor']['email'],
                             DONOR.email)
        self.assertEqual(self.state_of_promise(), 'delivered')

        self.kiosk.click('Take the stick out')
        self.kiosk.wait(MAY_REMOVE)
        self.assertFalse(self.is_mounted())
        self.kiosk.click('Back to the stall')
        self.kiosk.wait('Give', 'push button')


if __name__ == '__main__':
    mounts.enter()
    tap.main()
