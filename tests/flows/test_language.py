# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The donor's language: at the donor's choice, on any page, at once, keeping
what was typed and leaving no word of English behind."""

import re
import unittest

import steps
import tap
from accessibility import plain
from flowlib import Kiosk
from stage import Stage
from steps import Donor
from words import Campaign, Words

DONOR = Donor('Zoë', 'Núñez-O’Hara', email='zoe@example.org', street='Rue Basse 1',
              postcode='1204', town='Genève', country='Suisse', tax_certificate=True,
              consents=('views', 'post'))


def expression(text):
    """A sentence with its placeholders open."""
    parts = re.split(r'%(?:\d+\$)?0?\d*[a-z]', plain(text))
    return re.compile('.+?'.join(map(re.escape, parts)))


class English:
    """Whatever the program or the campaign says in English and says otherwise
    in another language."""

    def __init__(self, words):
        entries = words.catalogue._catalog.items()
        pairs = [(key if isinstance(key, str) else key[0], value) for key, value in entries]
        self.program = [expression(english) for english, other in pairs
                        if english and plain(english) != plain(other)
                        and re.search('[A-Za-z]{2}', re.sub('%[^a-z]*[a-z]', '', english))]
        campaign = Campaign()
        self.campaign = {
            plain(section[key]) for section in campaign.file.values() for key in section
            if f'{key}[{words.language}]' in section
            and section[key] != section[f'{key}[{words.language}]']}

    def among(self, names):
        """Those names that are a whole sentence of English."""
        names = {plain(name) for name in names}
        return sorted(name for name in names
                      if name in self.campaign
                      or any(english.fullmatch(name) for english in self.program))


class Language(unittest.TestCase):
    def setUp(self):
        stage = Stage('600x960')
        self.addCleanup(stage.close)
        self.kiosk = Kiosk(stage).start()
        self.addCleanup(self.kiosk.kill)
        self.english = Words('en')

    def switch(self, language, heading):
        words = Words(language)
        self.kiosk.click(steps.OWN_NAMES[language])
        self.kiosk.wait(words(heading), 'heading')
        return words

    def test_changes_in_the_middle_of_typing_and_keeps_what_was_typed(self):
        steps.go_to_details(self.kiosk, self.english, self.english.monthly(18))
        steps.fill_in(self.kiosk, self.english, DONOR)
        self.kiosk.click('First name', 'text')
        for language in ('fr', 'es', 'en', 'fr'):
            words = self.switch(language, 'Where may we write to you?')
            for name, text in DONOR.typed().items():
                self.assertEqual(self.kiosk.text(words(steps.CAPTIONS[name])), text)
            for purpose in DONOR.consents:
                self.assertTrue(self.kiosk.is_checked(words.consent(purpose)))
            self.assertFalse(self.kiosk.is_checked(words.consent('newsletter')))
            self.assertTrue(self.kiosk.is_checked(steps.of_age(words)))
            self.assertTrue(self.kiosk.is_checked(words('I would like a tax certificate.')))
        steps.go_to_check(self.kiosk, words)
        steps.send(self.kiosk, words, words.monthly(18))
        steps.thanks(self.kiosk, words, DONOR)

    def walk(self, words):
        """Stops on every page of a donor's, one after the other."""
        gift = words.monthly(18)
        yield 'welcome'
        self.kiosk.click(words('Give'))
        self.kiosk.wait(words('Continue'), 'push button')
        yield 'amount'
        self.kiosk.click(words('Another amount every month'))
        self.kiosk.wait(words('Choose this amount'), 'push button')
        yield 'other amount'
        self.kiosk.click(words('Back'))
        self.kiosk.click(gift)
        self.kiosk.wait(gift, 'heading')
        yield 'amount chosen'
        self.kiosk.click(words('Continue'))
        for choice, heading in (('Give now with my phone', 'Point your camera here.'),
                                ('Not today', 'Share hope')):
            self.kiosk.wait(words('How would you like to give?'), 'heading')
            yield 'how'
            self.kiosk.click(words(choice))
            self.kiosk.wait(words(heading), 'heading')
            yield heading
            self.kiosk.click(words('Back'))
        self.kiosk.click(words('Write to me later'))
        self.kiosk.wait(words('Where may we write to you?'), 'heading')
        self.kiosk.click(words('Continue'))
        yield 'details, all wrong'
        self.kiosk.click(words('Read everything about your details'))
        self.kiosk.wait(words('I have read this'), 'push button')
        yield 'notice'
        self.kiosk.click(words('I have read this'))
        steps.fill_in(self.kiosk, words, DONOR)
        yield 'details'
        steps.go_to_check(self.kiosk, words)
        yield 'check'
        steps.send(self.kiosk, words, gift)
        steps.thanks(self.kiosk, words, DONOR)
        yield 'thanks'
        steps.undo(self.kiosk, words)
        yield 'deleted'

    def no_english_in(self, language):
        words = Words(language)
        english = English(words)
        self.assertGreater(len(english.program), 150)
        self.assertGreater(len(english.campaign), 40)
        self.assertNotEqual(english.among(self.kiosk.names()), [], 'English is not recognised')
        self.kiosk.click(steps.OWN_NAMES[language])
        self.kiosk.wait(words('Give'), 'push button')
        for page in self.walk(words):
            with self.subTest(page=page):
                self.assertEqual(english.among(self.kiosk.names()), [], page)

    def test_leaves_no_english_on_any_page_in_french(self):
        self.no_english_in('fr')

    def test_leaves_no_english_on_any_page_in_spanish(self):
        self.no_english_in('es')

    def test_changes_on_the_thank_you_page_without_a_second_promise(self):
        steps.pledge(self.kiosk, self.english, self.english.once(50),
                     Donor('Ana', email='ana@example.org'))
        reference = steps.reference(self.kiosk)
        words = Words('es')
        self.kiosk.click('Español')
        self.kiosk.wait(words('Thank you, %s.').replace('%s', 'Ana'), 'heading')
        self.assertEqual(steps.reference(self.kiosk), reference)
        steps.finish(self.kiosk, words)
        steps.open_staff_page(self.kiosk)
        self.assertEqual(steps.figures(self.kiosk)['Promises'], '1')


if __name__ == '__main__':
    tap.main()
