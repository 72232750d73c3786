# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A live tablet shows codes only until each key of the office has opened what
it sealed, and the coordinator has said so. The office is played by age and
SHA-256, by src/record/FORMAT.md, and once by the office's own program."""

import json
import pathlib
import re
import subprocess
import unittest

import live
import records
import steps
import tap
from flowlib import BUILD, Kiosk
from stage import Stage, until
from steps import Donor
from words import Words

OFFICE = BUILD / 'src' / 'office' / 'daily-cup-office'
COORDINATOR, VOLUNTEER = '805371', '7193'
ANSWER = '2. Type the four words of the answer'
UNTRIED = 'The keys of the office have not been tried on this tablet.'
CODES_ONLY = 'This tablet is set to codes only.'
GOOD, AWAITED, UNTRIED_KEY = 'tried and good', 'answer awaited', 'not tried yet'


class Drill(unittest.TestCase):
    def setUp(self):
        self.words = Words('en')
        self.stage = Stage('600x960')
        self.addCleanup(self.stage.close)
        self.pack = live.LivePack(self.stage.directory / 'pack')
        self.drills = self.stage.directory / 'sticks'
        self.kiosk = Kiosk(self.stage, pack=self.pack.folder,
                           arguments=['--drill', str(self.drills)]).start()
        self.addCleanup(self.kiosk.kill)

    def choose_pins(self):
        steps.hold_emblem(self.kiosk)
        for pin, heading in ((COORDINATOR, 'Choose a PIN for the coordinator'),
                             (VOLUNTEER, 'Choose a PIN for the volunteers')):
            self.kiosk.wait(heading, 'heading')
            steps.type_pin(self.kiosk, pin)
            self.kiosk.wait('Type the same PIN again', 'heading')
            steps.type_pin(self.kiosk, pin)
        self.kiosk.wait('PIN for staff', 'heading')

    def come_in(self):
        """To the coordinator's page; from wherever the kiosk is at its start."""
        steps.open_pin_page(self.kiosk)
        steps.type_pin(self.kiosk, COORDINATOR)
        self.kiosk.wait('Coordinator', 'heading')

    def open_drill(self):
        self.kiosk.click('Begin: Try the keys')
        self.kiosk.wait('Try the keys', 'heading')

    def write(self):
        """A new test file; its path."""
        before = set(self.drills.glob('*')) if self.drills.exists() else set()
        self.kiosk.click('Write to the folder “sticks”')
        return until('no test file', lambda: next(
            (path for path in set(self.drills.glob('*.jsonl')) - before), None))

    def answer(self, words):
        self.kiosk.type(ANSWER, words)
        self.kiosk.click('Check the words')

    def wait_keys(self, desk, spare):
        until(lambda: f'{steps.figures(self.kiosk)}', lambda: {
            'Desk key': desk, 'Spare key': spare}.items() <= steps.figures(self.kiosk).items())

    def back(self):
        self.kiosk.click('Back')
        self.kiosk.wait('Coordinator', 'heading')

    def go_live(self):
        self.kiosk.click('Go live: Take promises')
        self.kiosk.wait('From now on donors can leave a promise with their name and address.')
        self.kiosk.click('Go live')
        self.kiosk.wait('This tablet is live. Donors can leave a promise.')

    def says(self, sentence):
        until(lambda: f'“{sentence}” is not among {self.kiosk.names()}',
              lambda: any(name.startswith(sentence) for name in self.kiosk.names()))

    def test_opens_the_tablet_when_each_key_has_answered(self):
        self.choose_pins()
        steps.type_pin(self.kiosk, COORDINATOR)
        self.kiosk.wait('Coordinator', 'heading')
        self.kiosk.wait('Codes only, until each key has been tried.')

        self.kiosk.click('Go live: Take promises')
        self.kiosk.wait('This tablet cannot go live yet: try each key first.')
        self.open_drill()
        self.wait_keys(UNTRIED_KEY, UNTRIED_KEY)
        path = self.write()
        self.wait_keys(AWAITED, AWAITED)
        self.assertEqual([path], list(self.drills.iterdir()))

        desk, spare = (live.answers(self.pack, path, name) for name in live.NAMES)
        self.assertEqual((list(desk), list(spare)), ([0], [1]))
        self.answer(spare[1])
        self.wait_keys(AWAITED, GOOD)

        # The other answer comes by telephone the next day.
        self.assertEqual(self.kiosk.terminate(), 0)
        self.kiosk.start()
        self.come_in()
        self.open_drill()
        self.answer(' '.join(word[:4].capitalize() for word in desk[0].split()))
        self.wait_keys(GOOD, GOOD)
        self.back()
        self.kiosk.wait('Codes only. Each key is tried and good: this tablet can go live.')
        self.go_live()
        self.kiosk.wait('Everything works. Promises can be taken.')

        self.kiosk.click('Back to the stall')
        donor = Donor('Ana', email='ana@example.org')
        reference = steps.pledge(self.kiosk, self.words, self.words.monthly(18), donor)
        row, = records.rows(self.kiosk.state)
        plaintext = self.pack.decrypt(row['sealed'], 'desk')
        self.assertEqual(json.loads(plaintext)['reference'], reference)
        self.assertEqual(self.pack.decrypt(row['sealed'], 'spare'), plaintext)

    def test_says_which_word_is_none_and_how_often_one_may_still_try(self):
        self.choose_pins()
        steps.type_pin(self.kiosk, COORDINATOR)
        self.open_drill()
        self.write()
        self.answer('cup coffee taza day')
        self.says('Word 3 is not in the list of words.')
        self.answer('cup coffee')
        self.says('The answer has four words. These are 2 words.')
        for left in range(9, 1, -1):
            self.answer('cup coffee day hope')
            self.says(f'These are not the words of any key. {left} tries left.')
        self.answer('cup coffee day hope')
        self.says('These are not the words of any key. 1 try left.')
        self.answer('cup coffee day hope')
        self.says('That was wrong too often. Please write a new test file.')
        self.wait_keys(UNTRIED_KEY, UNTRIED_KEY)

    def office(self, path, *arguments):
        """(the tablet's words, the answer), as the office's program prints them."""
        done = subprocess.run([OFFICE, 'drill', '--office', self.stage.directory / 'office', *arguments, path],
                              capture_output=True, text=True, check=True, env=self.stage.environment)
        tablet, answer = re.findall(r'^    ((?:[a-z]+ ){3,7}[a-z]+)$', done.stdout, re.M)
        return tablet, answer

    def test_takes_the_words_of_the_offices_own_program(self):
        self.choose_pins()
        steps.type_pin(self.kiosk, COORDINATOR)
        self.open_drill()
        path = self.write()
        for name, states in zip(live.NAMES, ((GOOD, AWAITED), (GOOD, GOOD))):
            tablet, answer = self.office(path, '--identity', self.pack.keys / name)
            self.answer(answer)
            self.wait_keys(*states)
        self.back()
        self.says(tablet)
        self.go_live()

    def test_codes_only_offers_a_donor_no_form(self):
        self.kiosk.click('Give')
        self.kiosk.click(self.words.monthly(18))
        self.kiosk.wait(self.words.monthly(18), 'heading')
        self.kiosk.click('Continue')
        until('neither way to give', lambda: self.kiosk.find('Give now with my phone')
              or self.kiosk.find('Point your camera here.', 'heading'))
        self.assertIsNone(self.kiosk.find('Write to me later'))
        self.assertEqual(records.rows(self.kiosk.state), [])
        self.assertFalse(pathlib.Path(self.kiosk.state, 'drill.ini').exists())


if __name__ == '__main__':
    tap.main()
