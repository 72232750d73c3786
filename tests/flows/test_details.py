# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page where a donor types: what it refuses, what it only questions, and
what it hides from whoever stands behind."""

import json
import unittest

import records
import steps
import tap
from flowlib import Kiosk
from stage import Stage
from steps import Donor
from words import Words

CARD = '4111 1111 1111 1111'
IBAN = 'CH93 0076 2011 6238 5295 7'
CARD_WORDS = 'This looks like a card number. Please remove it: we never ask for one here.'


class Details(unittest.TestCase):
    def setUp(self):
        self.words = Words('en')
        self.gift = self.words.monthly(18)
        stage = Stage('600x960')
        self.addCleanup(stage.close)
        self.kiosk = Kiosk(stage).start()
        self.addCleanup(self.kiosk.kill)
        steps.go_to_details(self.kiosk, self.words, self.gift)

    def go_on(self):
        self.kiosk.click('Continue')

    def opened(self):
        self.assertEqual(self.kiosk.terminate(), 0)
        (row,) = records.rows(self.kiosk.state)
        return records.open_row(row)[1]

    def send(self, donor):
        steps.go_to_check(self.kiosk, self.words)
        steps.send(self.kiosk, self.words, self.gift)
        steps.thanks(self.kiosk, self.words, donor)


class ACardNumber(Details):
    def test_is_refused_in_a_name_and_nothing_is_kept(self):
        donor = Donor('Ana', CARD, email='ana@example.org')
        steps.fill_in(self.kiosk, self.words, donor)
        self.go_on()
        self.kiosk.wait(CARD_WORDS)
        self.assertIsNone(self.kiosk.find('Is everything right?', 'heading'))
        self.kiosk.type('Family name', 'Pérez')
        self.kiosk.wait_gone(CARD_WORDS)
        self.send(donor)
        self.assertNotIn('4111', json.dumps(self.opened()))

    def test_is_refused_as_soon_as_the_field_is_left(self):
        self.kiosk.type('First name', CARD.replace(' ', ''))
        self.kiosk.click('E-mail address', 'text')
        self.kiosk.wait(CARD_WORDS)

    def test_is_refused_in_an_address_too(self):
        self.kiosk.click('Post')
        self.kiosk.type('Street and number', CARD.replace(' ', '-'))
        self.kiosk.click('Town', 'text')
        self.kiosk.wait(CARD_WORDS)

    def test_is_something_else_than_an_iban(self):
        donor = Donor('Ana', IBAN, email='ana@example.org')
        steps.fill_in(self.kiosk, self.words, donor)
        self.send(donor)
        self.assertEqual(self.opened()['donor']['family_name'], IBAN)


class AnAddressThatLooksMistyped(Details):
    QUESTION = 'Did you mean ana@gmail.com?'
    DONOR = Donor('Ana', email='ana@gmial.com')

    def test_is_questioned_and_a_touch_takes_the_other_spelling(self):
        steps.fill_in(self.kiosk, self.words, self.DONOR)
        self.kiosk.click(self.QUESTION)
        self.kiosk.wait_gone(self.QUESTION)
        self.assertEqual(self.kiosk.text('E-mail address'), 'ana@gmail.com')
        self.send(self.DONOR)
        self.assertEqual(self.opened()['donor']['email'], 'ana@gmail.com')

    def test_may_stay_as_it_is(self):
        steps.fill_in(self.kiosk, self.words, self.DONOR)
        self.kiosk.wait(self.QUESTION)
        self.send(self.DONOR)
        self.assertEqual(self.opened()['donor']['email'], 'ana@gmial.com')

    def test_that_cannot_be_one_is_refused(self):
        steps.fill_in(self.kiosk, self.words, Donor('Ana', email='ana at example'))
        self.go_on()
        self.kiosk.wait('This does not look like an e-mail address: name@example.org')
        self.assertIsNone(self.kiosk.find('Is everything right?', 'heading'))


class WithoutWhatIsNeeded(Details):
    def assert_stays(self, problem):
        self.go_on()
        self.kiosk.wait(problem)
        self.assertIsNone(self.kiosk.find('Is everything right?', 'heading'))

    def test_the_page_says_what_is_missing_and_goes_on_once_it_is_there(self):
        donor = Donor('Ana', email='ana@example.org')
        self.assert_stays('Please tell us your first name, so that we know how to greet you.')
        self.kiosk.type('First name', donor.first_name)
        self.kiosk.type('E-mail address', donor.email)
        self.assert_stays('Please tick that you are old enough. If you are not there yet, thank '
                          'you all the same: an adult can give with you.')
        self.kiosk.tick(steps.of_age(self.words))
        self.assert_stays('Without the consent marked as needed, we may not keep your details. '
                          'You can still give with your phone.')
        self.kiosk.tick(self.words.consent('views'))
        self.send(donor)


class WhatIsHidden(Details):
    DONOR = Donor('Aurélie', 'Quesnel', email='aurelie@example.org',
                  street='Rue Basse 1', postcode='1204', town='Genève', country='Suisse',
                  tax_certificate=True)

    def look_of(self, name):
        """The pixels of a field, whose caret is elsewhere."""
        where = self.kiosk.where(name, 'text')
        x, y, width, height = self.kiosk.extents(self.kiosk.find(name, 'text'))
        self.assertTrue(y <= where[1] <= y + height)
        picture = self.kiosk.stage.screenshot('field')
        return self.kiosk.stage.run('convert', str(picture), '-crop',
                                    f'{width}x{height}+{x}+{y}', '+repage', 'rgb:-').stdout

    def looks_of(self, *texts):
        found = []
        for text in texts:
            self.kiosk.type('First name', text)
            self.kiosk.type('E-mail address', '')
            found.append(self.look_of('First name'))
        return found

    def test_looks_the_same_whatever_was_typed(self):
        shown = self.looks_of('Aurélie', 'Mwangi!', 'Aurélie')
        self.assertEqual(shown[0], shown[2])
        self.assertNotEqual(shown[0], shown[1])
        self.kiosk.click('Hide what I type')
        self.kiosk.wait('Show what I type', 'push button')
        hidden = self.looks_of('Aurélie', 'Mwangi!', 'Ana')
        self.assertEqual(hidden[0], hidden[1])
        self.assertNotIn(hidden[0], shown)
        self.assertNotEqual(hidden[0], hidden[2], 'nothing is drawn at all')

    def test_is_dots_on_the_next_page_and_whole_in_the_record(self):
        steps.fill_in(self.kiosk, self.words, self.DONOR)
        self.kiosk.click('Hide what I type')
        self.kiosk.wait('Show what I type', 'push button')
        steps.go_to_check(self.kiosk, self.words)
        shown = '\n'.join(self.kiosk.names())
        for text in self.DONOR.typed().values():
            self.assertNotIn(text, shown)
        self.assertIn('••••••', shown)
        steps.send(self.kiosk, self.words, self.gift)
        steps.thanks(self.kiosk, self.words, self.DONOR)
        self.assertEqual(self.opened()['donor'], self.DONOR.record())

    def test_can_be_typed_unseen_and_shown_again(self):
        self.kiosk.click('Hide what I type')
        self.kiosk.click('First name', 'text')
        self.kiosk.stage.pointer('type', '--delay', 12, 'Ana')
        self.kiosk.click('Show what I type')
        self.kiosk.wait('Hide what I type', 'push button')
        self.assertEqual(self.kiosk.text('First name'), 'Ana')


class TheCheckPage(Details):
    def test_shows_every_field_and_the_sum_of_a_year(self):
        donor = WhatIsHidden.DONOR
        steps.fill_in(self.kiosk, self.words, donor)
        steps.go_to_check(self.kiosk, self.words)
        shown = '\n'.join(self.kiosk.names())
        for text in donor.typed().values():
            self.assertIn(text, shown)
        self.assertIn(self.words('%s in a year').replace('%s', self.words.money(216)), shown)
        self.assertIn('Tax certificate', shown)
        self.assertIn(self.words.consent('views'), shown)
        self.assertNotIn(self.words.consent('newsletter'), shown)

    def test_leads_back_to_what_is_to_be_changed(self):
        donor = Donor('Ana', email='ana@example.org')
        steps.fill_in(self.kiosk, self.words, donor)
        steps.go_to_check(self.kiosk, self.words)
        self.kiosk.click('Change: Name')
        self.kiosk.type('First name', 'Anaïs')
        self.send(Donor('Anaïs'))
        self.assertEqual(self.opened()['donor']['first_name'], 'Anaïs')


if __name__ == '__main__':
    tap.main()
