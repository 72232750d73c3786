# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stall goes on when no promise can be kept: codes only, by itself, on a
disk that is really full, and back as soon as there is room."""

import contextlib
import os
import unittest

import codes
import mounts
import records
import steps
import tap
from flowlib import Kiosk
from needles import Needles
from stage import Stage
from steps import Donor
from words import Words

DISK = '9m'
DONOR = Donor('Aurélie', 'Quesnel-Full', email='aurelie.full@example.org')
FULL = 'The disk is full.'


class SmallDisk:
    """A file system of the test @case's own, to fill up."""

    def __init__(self, case, path):
        self.path = mounts.mount(case, path, DISK)
        self.filler = self.path / 'filler'

    def fill(self):
        """To the last byte, and what the program gives up too."""
        with open(self.filler, 'ab', buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b'\0' * 4096)
        with open(self.filler, 'ab', buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b'\0')

    def free(self):
        self.filler.unlink()


class ScanOnly(unittest.TestCase):
    def setUp(self):
        mounts.require(self)
        self.words = Words('en')
        self.gift = self.words.monthly(18)
        stage = Stage('600x960')
        self.addCleanup(stage.close)
        self.disk = SmallDisk(self, stage.directory / 'disk')
        self.kiosk = Kiosk(stage, state=self.disk.path / 'state')
        self.addCleanup(self.kiosk.kill)

    def offers_to_write(self):
        return self.kiosk.find('Write to me later', 'push button') is not None

    def assert_codes_work(self):
        """From the choice of how to give to the code and back."""
        self.kiosk.click('Give now with my phone')
        self.kiosk.wait('Point your camera here.', 'heading')
        link = codes.on_screen(self.kiosk, 'Code that opens give.example.org on your phone',
                               'scan').decode()
        self.assertEqual(link, codes.giving_link(self.words, '18', 'monthly',
                                                 link.rpartition('/')[2]))
        self.kiosk.click('Back')

    def test_a_disk_that_fills_up_leaves_the_codes_and_room_brings_the_form_back(self):
        self.kiosk.start()
        steps.choose_amount(self.kiosk, self.words, self.gift)
        self.assertTrue(self.offers_to_write())
        self.disk.fill()
        self.kiosk.click('Back')
        self.kiosk.click('Continue')
        self.kiosk.wait_gone('Write to me later')
        self.assert_codes_work()
        self.assertFalse(self.offers_to_write())

        # Nobody needs to do anything on the tablet.
        self.disk.free()
        self.kiosk.wait('Write to me later', 'push button', patience=60)
        self.kiosk.click('Write to me later')
        steps.fill_in(self.kiosk, self.words, DONOR)
        steps.go_to_check(self.kiosk, self.words)
        steps.send(self.kiosk, self.words, self.gift)
        steps.thanks(self.kiosk, self.words, DONOR)
        self.assertEqual(len(records.rows(self.kiosk.state)), 1)

    def test_staff_read_it_in_one_sentence(self):
        self.kiosk.start()
        steps.open_staff_page(self.kiosk)
        self.kiosk.click('Back to the stall')
        self.kiosk.wait('Give', 'push button')
        self.disk.fill()
        steps.choose_amount(self.kiosk, self.words, self.gift)
        self.kiosk.wait_gone('Write to me later')
        self.kiosk.click('Not today')
        steps.finish(self.kiosk, self.words)
        steps.open_staff_page(self.kiosk)
        self.assertTrue(any(name.startswith(FULL) for name in self.kiosk.names()))

    def test_a_promise_that_finds_no_room_is_not_thanked_for_and_not_kept(self):
        self.kiosk.start()
        steps.go_to_details(self.kiosk, self.words, self.gift)
        steps.fill_in(self.kiosk, self.words, DONOR)
        steps.go_to_check(self.kiosk, self.words)
        self.disk.fill()
        steps.send(self.kiosk, self.words, self.gift)
        self.kiosk.wait('We could not save your promise on this tablet, and nothing about you is '
                        'stored. You can still give with your phone.')
        self.assertIsNone(self.kiosk.find('Thank you, Aurélie.', 'heading'))
        self.kiosk.click('Give now with my phone')
        self.kiosk.wait('Point your camera here.', 'heading')
        self.kiosk.kill()
        self.disk.free()
        self.assertEqual(records.rows(self.kiosk.state), [])
        self.assertEqual(Needles(*DONOR.typed().values()).in_folder(
            self.kiosk.state, self.kiosk.home), [])

    def test_a_start_on_a_full_disk_shows_the_appeal_and_its_codes(self):
        self.disk.fill()
        self.kiosk.start()
        self.kiosk.wait('Give', 'push button')
        steps.choose_amount(self.kiosk, self.words, self.gift)
        self.assertFalse(self.offers_to_write())
        self.assert_codes_work()
        self.disk.free()
        self.kiosk.wait('Write to me later', 'push button', patience=60)

        # The demonstration's PINs, which found no room either.
        self.kiosk.click('Not today')
        steps.finish(self.kiosk, self.words)
        steps.open_staff_page(self.kiosk)

    def test_a_full_disk_loses_no_promise_that_was_kept(self):
        self.kiosk.start()
        reference = steps.pledge(self.kiosk, self.words, self.gift, DONOR)
        steps.finish(self.kiosk, self.words)
        self.disk.fill()
        steps.choose_amount(self.kiosk, self.words, self.gift)
        self.kiosk.wait_gone('Write to me later')
        self.kiosk.kill()
        os.sync()
        row, = records.rows(self.kiosk.state)
        self.assertEqual(records.open_row(row)[1]['reference'], reference)


if __name__ == '__main__':
    mounts.enter()
    tap.main()
