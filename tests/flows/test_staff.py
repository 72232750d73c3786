# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The staff's door: hold the emblem, type a PIN, read the figures. Who
guesses waits, whatever they switch off and on."""

import time
import unittest

import steps
import tap
from flowlib import Kiosk
from stage import Stage
from steps import Donor
from words import Campaign, Words

VOLUNTEER = Campaign().get('Demo', 'VolunteerPin')
COORDINATOR = Campaign().get('Demo', 'CoordinatorPin')
LOCKED = 'Too many tries. Please wait 1 minute.'
EMBLEM = Campaign().get('Organisation', 'Name')


class Staff(unittest.TestCase):
    def setUp(self):
        self.words = Words('en')
        self.stage = Stage('600x960')
        self.addCleanup(self.stage.close)
        self.kiosk = Kiosk(self.stage).start()
        self.addCleanup(self.kiosk.kill)


class TheDoor(Staff):
    def test_does_not_open_to_a_touch_nor_to_a_short_hold(self):
        self.kiosk.hold(EMBLEM, seconds=0.1)
        self.kiosk.hold(EMBLEM, seconds=2)
        time.sleep(1.5)
        self.assertIsNone(self.kiosk.find('PIN for staff', 'heading'))
        self.assertIsNotNone(self.kiosk.find('Give', 'push button'))

    def test_opens_to_three_seconds_and_the_volunteer_s_pin(self):
        steps.open_staff_page(self.kiosk)
        self.assertIsNotNone(self.kiosk.find('Today'))
        self.kiosk.click('Back to the stall')
        self.kiosk.wait('Give', 'push button')

    def test_leads_the_coordinator_to_a_page_of_their_own(self):
        steps.open_pin_page(self.kiosk)
        steps.type_pin(self.kiosk, COORDINATOR)
        self.kiosk.wait('Coordinator', 'heading')
        self.kiosk.click('What this tablet holds')
        self.kiosk.wait('Promises in all')

    def test_never_shows_a_digit(self):
        steps.open_pin_page(self.kiosk)
        for digit in VOLUNTEER:
            self.kiosk.click(digit)
        self.kiosk.wait('••••')
        self.assertFalse(any(VOLUNTEER in name for name in self.kiosk.names()
                             if 'PINs:' not in name))


class Guessing(Staff):
    def guess(self, left):
        """Wrong PINs until so many tries are left of those before the wait."""
        steps.open_pin_page(self.kiosk)
        for now_left in left:
            steps.type_pin(self.kiosk, '8642')
            self.kiosk.wait(LOCKED if now_left == 0 else self.words.plural(
                'That is not the PIN. %u try left.', 'That is not the PIN. %u tries left.',
                now_left).replace('%u', str(now_left)))

    def test_locks_the_door_after_five_tries_to_the_right_pin_too(self):
        self.guess((4, 3, 2, 1, 0))
        steps.type_pin(self.kiosk, VOLUNTEER)
        self.kiosk.wait(LOCKED)
        self.assertIsNone(self.kiosk.find('Promises'))

    def test_is_counted_and_locked_beyond_a_restart(self):
        self.guess((4, 3, 2))
        self.kiosk.kill()
        self.kiosk.start()
        self.guess((1, 0))
        self.kiosk.kill()
        self.kiosk.start()
        steps.open_pin_page(self.kiosk)
        self.kiosk.wait(LOCKED)
        steps.type_pin(self.kiosk, VOLUNTEER)
        self.kiosk.wait(LOCKED)
        self.assertIsNone(self.kiosk.find('Promises'))


class Figures(Staff):
    def scan(self, gift):
        steps.choose_amount(self.kiosk, self.words, gift)
        self.kiosk.click('Give now with my phone')
        self.kiosk.wait('Point your camera here.', 'heading')
        self.kiosk.click('I have scanned it')
        steps.finish(self.kiosk, self.words)

    def test_never_add_monthly_and_single_gifts_together(self):
        donor = Donor('Ana', email='ana@example.org')
        for gift in (self.words.monthly(18), self.words.monthly(54), self.words.once(50)):
            steps.pledge(self.kiosk, self.words, gift, donor)
            steps.finish(self.kiosk, self.words)
        self.scan(self.words.monthly(127))
        self.scan(self.words.once(100))

        steps.open_staff_page(self.kiosk)
        figures = steps.figures(self.kiosk)
        self.assertEqual({name: figures.get(name) for name in (
            'Promises', 'Promised every month', 'Promised once', 'Codes shown',
            'Deleted by the donor', 'Waiting to be handed over', 'Promises in all')}, {
                'Promises': '3', 'Promised every month': 'CHF 72', 'Promised once': 'CHF 50',
                'Codes shown': '2', 'Deleted by the donor': '0',
                'Waiting to be handed over': '3', 'Promises in all': '3'})
        self.assertRegex(figures['Free disk space'], r'^[0-9.]+ [kMGT]B$')
        self.assertRegex(figures['Clock'], r'^[0-2][0-9]:[0-5][0-9], ')

    def test_stay_after_a_restart(self):
        steps.pledge(self.kiosk, self.words, self.words.monthly(18),
                     Donor('Ana', email='ana@example.org'))
        self.kiosk.kill()
        self.kiosk.start()
        steps.open_staff_page(self.kiosk)
        self.assertEqual(steps.figures(self.kiosk)['Promises'], '1')


if __name__ == '__main__':
    tap.main()
