# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A donor with nothing but a finger: every letter comes from the keyboard on
the screen, down to the accents."""

import unittest

import records
import steps
import tap
from finger import Finger
from flowlib import Kiosk
from stage import Stage, until
from steps import Donor
from words import Words

class ByTouchAlone(unittest.TestCase):
    def begin(self, size, language):
        stage = Stage(size)
        self.addCleanup(stage.close)
        self.words = Words(language)
        self.kiosk = Kiosk(stage).start()
        self.addCleanup(self.kiosk.kill)
        self.gift = self.words.monthly(18)
        steps.go_to_details(self.kiosk, self.words, self.gift)
        return Finger(self.kiosk, self.words)

    def fields(self):
        return [self.words(steps.CAPTIONS[name]) for name in ('first_name', 'family_name', 'email')]

    def tick_and_send(self, donor):
        self.kiosk.click(self.words('Hide the keyboard'))
        self.kiosk.wait_gone(self.words('Space'), 'push button')
        for purpose in donor.consents:
            self.kiosk.tick(self.words.consent(purpose))
        self.kiosk.tick(steps.of_age(self.words))
        steps.go_to_check(self.kiosk, self.words)
        steps.send(self.kiosk, self.words, self.gift)
        steps.thanks(self.kiosk, self.words, donor)
        self.assertEqual(self.kiosk.terminate(), 0)
        row, = records.rows(self.kiosk.state)
        self.assertEqual(records.open_row(row)[1]['donor'], donor.record())

    def test_on_a_telephone_in_french_with_accents(self):
        finger = self.begin('360x720', 'fr')
        first, family, email = self.fields()
        self.kiosk.click(first, 'text')
        finger.type(first, 'Z', 'o', ('e', 'ë'))
        finger.next()
        finger.type(family, 'L', 'é', 'v', ('e', 'ê'), '-', "'", 'X')
        finger.next()
        finger.type(email, *'zoe@ab.ch')
        self.tick_and_send(Donor('Zoë', "Lévê-'X", email='zoe@ab.ch'))

    def test_on_a_tablet_in_spanish(self):
        finger = self.begin('600x960', 'es')
        first, family, email = self.fields()
        self.kiosk.click(first, 'text')
        finger.type(first, ('I', 'Í'), 'ñ', 'i', 'g', 'o')
        finger.next()
        finger.type(family, 'D', 'e', ' ', 'P', ('a', 'á'), 'z')
        finger.next()
        finger.type(email, *'i-p@ab.es')
        self.tick_and_send(Donor('Íñigo', 'De Páz', email='i-p@ab.es'))

    def test_a_touch_on_delete_takes_the_last_letter_back(self):
        finger = self.begin('600x960', 'en')
        self.kiosk.click('First name', 'text')
        finger.type('First name', 'A', 'n', 'n')
        self.kiosk.click('Delete')
        until('nothing was taken back', lambda: self.kiosk.text('First name') == 'An')


if __name__ == '__main__':
    tap.main()
