# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A donor who walks away is asked, then forgotten, whole. Time runs faster
here, by --second; each wait is as long in the program's own seconds."""

import unittest

import steps
import tap
from flowlib import Kiosk
from needles import Needles
from stage import Stage, until
from steps import Donor
from words import Words

DONOR = Donor('Hélène', 'Walked-Away', email='helene.walked@example.org',
              consents=('views', 'newsletter'))


class Idle(unittest.TestCase):
    def begin(self, language, second_ms):
        stage = Stage('600x960')
        self.addCleanup(stage.close)
        self.words = Words(language)
        self.kiosk = Kiosk(stage, arguments=['--second', str(second_ms)]).start()
        self.addCleanup(self.kiosk.kill)

    def wait_for_warning(self):
        self.kiosk.wait(self.words('I need more time'), 'push button')

    def wait_for_welcome(self):
        """In the first language, whatever the last donor spoke."""
        self.kiosk.wait('Give', 'push button')

    def fill_in(self):
        steps.go_to_details(self.kiosk, self.words, self.words.monthly(18))
        steps.fill_in(self.kiosk, self.words, DONOR)

    def test_more_time_keeps_everything_on_the_page(self):
        self.begin('es', 120)
        self.fill_in()
        self.wait_for_warning()
        warned = self.words.plural(
            'In %u second this page closes and everything on it is forgotten.',
            'In %u seconds this page closes and everything on it is forgotten.', 20)
        self.assertTrue(any(name.startswith(warned.split('%u')[0]) for name in self.kiosk.names()))
        self.kiosk.click(self.words('I need more time'))
        self.kiosk.wait_gone(self.words('I need more time'), 'push button')
        for name, text in DONOR.typed().items():
            self.assertEqual(self.kiosk.text(self.words(steps.CAPTIONS[name])), text)
        for purpose in DONOR.consents:
            self.assertTrue(self.kiosk.is_checked(self.words.consent(purpose)))
        steps.go_to_check(self.kiosk, self.words)
        steps.send(self.kiosk, self.words, self.words.monthly(18))
        steps.thanks(self.kiosk, self.words, DONOR)

    def test_no_answer_resets_everything(self):
        self.begin('fr', 100)
        self.fill_in()
        self.kiosk.click(self.words('Hide what I type'))
        self.wait_for_warning()
        self.wait_for_welcome()
        english = Words('en')
        steps.go_to_details(self.kiosk, english, english.once(20))
        for name in DONOR.typed():
            self.assertEqual(self.kiosk.text(steps.CAPTIONS[name]), '')
        for purpose in DONOR.consents:
            self.assertFalse(self.kiosk.is_checked(english.consent(purpose)))
        self.assertFalse(self.kiosk.is_checked(steps.of_age(english)))
        self.assertIsNotNone(self.kiosk.find('Hide what I type', 'push button'))
        self.assertEqual(Needles(*DONOR.typed().values()).in_folder(self.kiosk.home), [])

    def test_what_was_deleted_in_a_field_cannot_be_brought_back(self):
        self.begin('en', 100)
        self.fill_in()
        self.wait_for_warning()
        self.wait_for_welcome()
        steps.go_to_details(self.kiosk, self.words, self.words.once(20))
        self.kiosk.click('First name', 'text')
        self.kiosk.key('ctrl+z', 'ctrl+z', 'ctrl+shift+z', 'ctrl+v', 'shift+Insert')
        self.assertEqual(self.kiosk.text('First name'), '')

    def test_every_page_of_the_donor_goes_back_to_the_first(self):
        self.begin('en', 60)
        gift = self.words.once(50)
        reach = {
            'Continue': lambda: self.kiosk.click('Give'),
            'How would you like to give?': lambda: steps.choose_amount(self.kiosk, self.words,
                                                                       gift),
            'Share hope': lambda: (steps.choose_amount(self.kiosk, self.words, gift),
                                   self.kiosk.click('Not today')),
        }
        for name, go in reach.items():
            go()
            self.kiosk.wait(name)
            self.wait_for_warning()
            self.wait_for_welcome()

    def test_a_language_chosen_on_the_welcome_page_is_given_up_without_a_word(self):
        self.begin('fr', 60)
        self.kiosk.click('Français')
        self.kiosk.wait(self.words('Give'), 'push button')
        self.assertIsNone(self.kiosk.find('Give', 'push button'))
        self.wait_for_welcome()

    def test_moving_a_finger_is_a_sign_of_life(self):
        self.begin('en', 40)
        self.kiosk.click('Give')
        self.kiosk.wait('Continue', 'push button')
        moves = iter(range(10000))

        def moved():
            step = next(moves)
            self.kiosk.stage.pointer('mousemove', 300 + step % 7, 700)
            self.assertIsNone(self.kiosk.find('I need more time', 'push button'))
            return step > 60
        until('the pointer did not move', moved)
        self.wait_for_warning()


if __name__ == '__main__':
    tap.main()
