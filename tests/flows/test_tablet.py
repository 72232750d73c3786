# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program under the real cage, with nothing but a finger: from a cold
start to a record that the office opens, and one donor after the other.

Usage: test_tablet.py LANGUAGE SIZE | donors | visits. The long form has 20
donors instead of 3; there is no other of "visits": 200, times DAILY_CUP_SCALE."""

import contextlib
import os
import pathlib
import random
import sys
import unittest

import records
import steps
import tablet
import tap
from stage import NotFound, until
from steps import Donor
from tablet import Tablet, TouchedKiosk
from words import Words

LONG = os.environ.get('DAILY_CUP_LONG') == '1'
SCALE = float(os.environ.get('DAILY_CUP_SCALE') or 1)
SEED = int(os.environ.get('DAILY_CUP_SEED') or 1)
# After so many visits all pages have been there, and memory must stay so.
WARM = 10
ALLOWED_KB = 5 * 1024

DONORS = {
    'en': Donor('Siân', "O'Brien-Núñez", email='sian_7+cup@ab.org', consents=('views', 'newsletter')),
    'fr': Donor('Zoë', 'd’Été-L’Œuvre', email='zoe.ete@ab.ch'),
    'es': Donor('Íñigo', 'Muñoz Peña', contact='phone', phone='+34 915 550 1'),
}


class OnATablet(unittest.TestCase):
    """Has a Tablet, and the program on it, new for each test."""

    size = '600x960'

    def setUp(self):
        reason = tablet.missing()
        if reason:
            self.skipTest(reason)
        self.stage = Tablet(self.size)
        self.addCleanup(self.stage.close)

    def begin(self, *arguments):
        self.kiosk = TouchedKiosk(self.stage, arguments=arguments)
        self.addCleanup(self.kiosk.kill)
        self.kiosk.start()

    def speak(self, language):
        self.words = self.kiosk.words = Words(language)

    def assert_all_is_well(self):
        self.assertEqual(self.kiosk.terminate(), 0)
        self.assertEqual(self.kiosk.said(), '')
        self.assertIsNone(self.stage.cage.poll())


class ADonor(OnATablet):
    language = 'en'

    def test_leaves_a_record_that_the_office_opens(self):
        self.begin()
        self.speak(self.language)
        frame = next(node for node in self.kiosk.tree() if node.role == 'frame')
        self.assertEqual(self.kiosk.extents(frame)[2:], (self.stage.width, self.stage.height))
        donor, gift = DONORS[self.language], self.words.monthly(18)
        reference = steps.pledge(self.kiosk, self.words, gift, donor)
        steps.finish(self.kiosk, self.words)
        self.assert_all_is_well()
        row, = records.rows(self.kiosk.state)
        _, pledge = records.open_row(row)
        self.assertEqual(pledge['donor'], donor.record())
        self.assertEqual((pledge['amount'], pledge['frequency'], pledge['language'],
                          pledge['reference']), (1800, 'monthly', self.language, reference))
        self.assertEqual({consent['purpose'] for consent in pledge['consents'] if consent['given']},
                         set(donor.consents))


class Donors(OnATablet):
    """One after the other; some promise, some walk away from what they typed."""

    def count(self):
        return max(3, round(20 * SCALE)) if LONG else 3

    def assert_nothing_of(self, texts):
        """On the page, whoever reads it: a screen reader, or the next donor."""
        seen = '\n'.join(self.kiosk.names())
        for text in texts:
            self.assertNotIn(text, seen)

    def assert_empty_fields(self):
        for caption in ('first_name', 'family_name', 'email'):
            self.assertEqual(self.kiosk.text(self.words(steps.CAPTIONS[caption])), '')
        for purpose in ('views', 'newsletter'):
            self.assertFalse(self.kiosk.is_checked(self.words.consent(purpose)))

    def welcome(self):
        self.kiosk.wait('Give', 'push button')
        until('the warning is still there',
              lambda: not self.kiosk.find(self.words('I need more time'), 'push button'))
        return self.stage.screenshot('welcome').read_bytes()

    def test_none_sees_what_another_typed(self):
        self.begin('--second', '80')
        self.speak('en')
        first_sight, texts, thanked = self.welcome(), [], 0
        for i in range(self.count()):
            self.speak(('fr', 'en', 'es')[i % 3])
            name, email = 'Qx' + 'abcdefghij'[i % 10] + 'z', f'k{i}w@ab.ch'
            gift = self.words.once(50)
            steps.go_to_details(self.kiosk, self.words, gift)
            self.assert_nothing_of(texts)
            self.assert_empty_fields()
            steps.fill_in(self.kiosk, self.words, Donor(name, email=email))
            if i % 2 == 0:
                steps.go_to_check(self.kiosk, self.words)
                steps.send(self.kiosk, self.words, gift)
                steps.thanks(self.kiosk, self.words, Donor(name))
                thanked += 1
            texts += [name, email]
            # Nobody touches it any more.
            self.kiosk.wait(self.words('I need more time'), 'push button')
            self.assertEqual(self.welcome(), first_sight, f'the welcome page after donor {i + 1}')
            self.assert_nothing_of(texts)
        self.assert_all_is_well()
        self.assertEqual(len(records.rows(self.kiosk.state)), thanked)


class Visits(OnATablet):
    """Many, at random: pages looked at, codes shown, promises half made."""

    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)

    def choose_language(self):
        """Who takes too long for it finds the first language again."""
        for _ in range(5):
            self.kiosk.click(steps.OWN_NAMES[self.words.language])
            with contextlib.suppress(NotFound):
                self.kiosk.wait(self.words('Give'), 'push button', patience=3)
                return

    def look(self):
        steps.choose_amount(self.kiosk, self.words, self.gift)
        self.kiosk.click(self.words('Back'))
        self.kiosk.click(self.words('Back'))

    def scan(self):
        steps.choose_amount(self.kiosk, self.words, self.gift)
        self.kiosk.click(self.words('Give now with my phone'))
        self.kiosk.click(self.words('I have scanned it'))
        self.kiosk.click(self.words('Finish'))

    def promise(self):
        donor = Donor('Li', email='a@b.ch')
        steps.pledge(self.kiosk, self.words, self.gift, donor)
        steps.finish(self.kiosk, self.words)

    def turn_away(self):
        steps.choose_amount(self.kiosk, self.words, self.gift)
        self.kiosk.click(self.words('Not today'))

    def tap_anywhere(self):
        for _ in range(12):
            self.stage.pointer('mousemove', self.random.randrange(self.stage.width),
                               self.random.randrange(120, self.stage.height), 'click', 1)

    def weight(self):
        """(kilobytes of its own, open files) of the program."""
        process = pathlib.Path('/proc', str(self.kiosk.process.pid))
        lines = (process / 'smaps_rollup').read_text(encoding='ascii').splitlines()
        own = sum(int(line.split()[1]) for line in lines if line.startswith('Private_'))
        return own, len(list((process / 'fd').iterdir()))

    def test_leave_memory_and_files_as_they_were(self):
        self.begin('--second', '150')
        ways = (self.look, self.scan, self.scan, self.turn_away, self.promise, self.tap_anywhere)
        count = max(WARM + 5, round(200 * SCALE))
        warm = None
        print(f'# DAILY_CUP_SEED={SEED}: {count} visits', flush=True)
        for i in range(count):
            self.speak(self.random.choice(('en', 'fr', 'es')))
            self.gift = self.words.monthly(18)
            self.choose_language()
            self.random.choice(ways)()
            self.kiosk.wait('Give', 'push button')
            if i == WARM:
                warm = self.weight()
        last = self.weight()
        print(f'# kB and files after {WARM} visits {warm}, after {count} {last}', flush=True)
        self.assertLess(last[0], warm[0] + ALLOWED_KB)
        self.assertLessEqual(last[1], warm[1])
        self.assert_all_is_well()


if __name__ == '__main__':
    wanted = sys.argv.pop(1)
    if wanted in DONORS:
        ADonor.language, OnATablet.size = wanted, sys.argv.pop(1)
    sys.argv[1:] = [{'donors': 'Donors', 'visits': 'Visits'}.get(wanted, 'ADonor')]
    tap.main()
