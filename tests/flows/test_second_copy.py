# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A card that the coordinator chose takes each promise when its donor has
gone, and none that was undone. The card is a file system of its own, in a name
space of mounts that ends with this process."""

import base64
import json
import pathlib
import subprocess
import time
import unittest

import mounts
import records
import steps
import tap
from flowlib import Kiosk
from stage import Stage, until
from steps import Donor
from words import Campaign, Words

COORDINATOR = Campaign().get('Demo', 'CoordinatorPin')
CARD = pathlib.Path('/media/CARD')
DONOR = Donor('Aurélie', 'Quesnel-Ibáñez', email='aurelie.quesnel@example.org',
              consents=('views', 'newsletter'))


def lines():
    return [json.loads(line) for path in CARD.glob('daily-cup/*.jsonl')
            for line in path.read_bytes().splitlines()]


class SecondCopy(unittest.TestCase):
    def setUp(self):
        mounts.require(self)
        self.words = Words('en')
        mounts.mount(self, CARD.parent, '1m')
        mounts.mount(self, CARD, '1m')
        stage = Stage('600x960')
        self.addCleanup(stage.close)
        self.kiosk = Kiosk(stage).start()
        self.addCleanup(self.kiosk.kill)
        self.choose()

    def choose(self):
        steps.open_pin_page(self.kiosk)
        steps.type_pin(self.kiosk, COORDINATOR)
        self.kiosk.click('Choose: Second copy')
        self.kiosk.click('Keep the second copy on “CARD”')
        self.kiosk.wait('It stands on the card, up to date.')
        self.kiosk.click('Back to the stall')
        self.kiosk.wait('Give', 'push button')

    def pledge(self, francs):
        steps.pledge(self.kiosk, self.words, self.words.monthly(francs), DONOR)

    def test_is_written_when_the_donor_has_gone(self):
        self.pledge(54)
        time.sleep(1)
        self.assertEqual(lines(), [])

        steps.finish(self.kiosk, self.words)
        until('nothing was copied', lines)
        (line,), (row,) = lines(), records.rows(self.kiosk.state)
        for name in ('envelope', 'signature', 'sealed'):
            self.assertEqual(base64.b64decode(line[name]), row[name])
        self.assertEqual(json.loads(records.decrypt(row['sealed']))['donor']['email'],
                         DONOR.email)

    def test_never_holds_what_was_undone(self):
        self.pledge(54)
        steps.undo(self.kiosk, self.words)
        steps.finish(self.kiosk, self.words)
        self.pledge(18)
        steps.finish(self.kiosk, self.words)
        until('nothing was copied', lines)
        undone, kept = records.rows(self.kiosk.state)
        self.assertEqual(undone['state'], 'withdrawn')
        self.assertEqual([base64.b64decode(line['envelope']) for line in lines()],
                         [kept['envelope']])

    def test_tells_staff_when_the_card_is_gone_and_holds_up_nobody(self):
        subprocess.run(['umount', '-l', CARD], check=True)
        self.pledge(54)
        steps.finish(self.kiosk, self.words)
        steps.open_staff_page(self.kiosk)
        self.kiosk.wait('The card is not there. Please put it back into this tablet.')
        self.assertEqual(steps.figures(self.kiosk)['Still to be copied to the card'], '1')
        self.assertEqual(list(CARD.iterdir()), [])


if __name__ == '__main__':
    mounts.enter()
    tap.main()
