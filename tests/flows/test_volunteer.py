# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What volunteers and the coordinator do at the stall itself, by hand: a shift,
practice, typing for a donor, the page of help; a name for the event; and a
tablet that is deleted."""

import unittest

import records
import steps
import tap
from flowlib import Kiosk
from stage import Stage, until
from steps import Donor
from words import Campaign, Words

COORDINATOR = Campaign().get('Demo', 'CoordinatorPin')
DONOR = Donor('Ana', email='ana@example.org')
WIPE = 'Delete everything on this tablet'


class Stall(unittest.TestCase):
    def setUp(self):
        self.words = Words('en')
        self.stage = Stage('600x960')
        self.addCleanup(self.stage.close)
        self.kiosk = Kiosk(self.stage).start()
        self.addCleanup(self.kiosk.kill)
        self.gift = self.words.monthly(18)

    def open_coordinator_page(self):
        steps.open_pin_page(self.kiosk)
        steps.type_pin(self.kiosk, COORDINATOR)
        self.kiosk.wait('Coordinator', 'heading')

    def back(self):
        self.kiosk.click('Back to the stall')
        self.kiosk.wait('Give', 'push button')

    def pledge(self):
        steps.pledge(self.kiosk, self.words, self.gift, DONOR)
        steps.finish(self.kiosk, self.words)

    def last_pledge(self):
        return records.open_row(records.rows(self.kiosk.state)[-1])


class Volunteers(Stall):
    def begin_shift(self, code):
        steps.open_staff_page(self.kiosk)
        self.kiosk.click('Begin: Shift')
        self.kiosk.type('Your volunteer code', code)
        self.kiosk.click('Begin the shift')
        self.kiosk.wait('Today')

    def test_a_shift_is_on_its_promises_until_it_ends(self):
        self.begin_shift('b7')
        self.back()
        self.pledge()
        shift = self.last_pledge()[1]
        self.assertEqual(shift['volunteer'], 'B7')

        steps.open_staff_page(self.kiosk)
        self.assertEqual(steps.figures(self.kiosk)['Promises in this shift'], '1')
        self.kiosk.click('Open: Shift')
        self.kiosk.click('End the shift')
        self.kiosk.wait('Begin: Shift', 'push button')
        self.back()
        self.pledge()
        self.assertIsNone(self.last_pledge()[1]['volunteer'])

    def test_practice_is_marked_and_nothing_of_it_is_kept(self):
        steps.open_staff_page(self.kiosk)
        self.kiosk.click('Practise: Practice')
        self.kiosk.wait('Practice: nothing you enter here is kept or sent.')
        steps.go_to_details(self.kiosk, self.words, self.gift)
        steps.fill_in(self.kiosk, self.words, DONOR)
        steps.go_to_check(self.kiosk, self.words)
        steps.send(self.kiosk, self.words, self.gift)
        self.kiosk.wait('Thank you, Ana.', 'heading')
        self.assertIsNotNone(self.kiosk.find('Practice: nothing you enter here is kept or sent.'))
        self.assertEqual(records.rows(self.kiosk.state), [])
        self.kiosk.click('End practice')
        self.kiosk.wait_gone('Practice: nothing you enter here is kept or sent.')
        self.pledge()
        self.assertEqual(len(records.rows(self.kiosk.state)), 1)

    def test_a_volunteer_types_and_the_donor_ticks(self):
        steps.open_staff_page(self.kiosk)
        self.kiosk.click('Begin: Type for a donor')
        steps.go_to_details(self.kiosk, self.words, self.gift)
        self.assertIsNone(self.kiosk.find(steps.of_age(self.words), 'check box'))
        for field in ('first_name', 'email'):
            self.kiosk.type(steps.CAPTIONS[field], getattr(DONOR, field))
        self.kiosk.click('Continue')
        self.kiosk.wait('Please hand the tablet to the donor.', 'heading')
        self.kiosk.tick(self.words.consent('views'))
        self.kiosk.tick(steps.of_age(self.words))
        steps.go_to_check(self.kiosk, self.words)
        steps.send(self.kiosk, self.words, self.gift)
        steps.thanks(self.kiosk, self.words, DONOR)
        self.assertEqual(self.last_pledge()[1]['channel'], 'assisted')

    def test_help_has_one_sentence_and_whom_to_call(self):
        steps.open_staff_page(self.kiosk)
        self.kiosk.click('Open: What is wrong?')
        self.kiosk.wait('Everything works. Promises can be taken.')
        self.assertIsNotNone(self.kiosk.find(Campaign().get('Organisation', 'Email')))


class Coordinators(Stall):
    def test_name_the_event_and_it_is_kept_and_counted(self):
        self.pledge()
        self.open_coordinator_page()
        self.kiosk.click('Open: The event and the tablet')
        self.kiosk.type('Name of the event', 'Peace Fair')
        self.kiosk.type('Place', 'Hall 2')
        self.kiosk.click('Keep')
        self.kiosk.wait('Kept.')
        self.back()
        self.kiosk.kill()
        self.kiosk.start()
        self.pledge()
        steps.open_staff_page(self.kiosk)
        self.assertIsNotNone(self.kiosk.find('Peace Fair · Hall 2'))
        figures = steps.figures(self.kiosk)
        self.assertEqual((figures['Promises in all'], figures['Promises at this event']),
                         ('2', '1'))

    def test_delete_everything_by_a_word_and_the_tablet_is_as_new(self):
        self.pledge()
        key = (self.kiosk.state / 'tablet.key').read_bytes()
        self.open_coordinator_page()
        self.kiosk.click(f'Open: {WIPE}')
        self.kiosk.wait('1 promise waits on this tablet and was not handed over. '
                        'Nobody else has it. Hand it over first.')
        caption = 'To delete everything, type “delete”'
        self.kiosk.type(caption, 'delete')
        self.kiosk.click('Delete everything')     # not before the tick
        self.assertEqual(len(records.rows(self.kiosk.state)), 1)
        self.kiosk.tick('I know that promises may be lost for good.')
        self.kiosk.click('Delete everything')
        until('the tablet has no new key', lambda: self.new_key(key))
        until('it does not begin anew', self.kiosk._connected)
        self.kiosk.wait('Give', 'push button')
        self.assertEqual(records.rows(self.kiosk.state), [])
        self.assertFalse((self.kiosk.state / 'wipe').exists())
        self.pledge()

    def new_key(self, before):
        try:
            return (self.kiosk.state / 'tablet.key').read_bytes() != before
        except FileNotFoundError:
            return False


if __name__ == '__main__':
    tap.main()
