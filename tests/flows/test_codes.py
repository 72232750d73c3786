# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every code on the screen, read back from a picture of the screen byte for
byte, on a telephone, a tablet and a large screen, in three languages."""

import unittest

import codes
import steps
import tap
from flowlib import Kiosk
from stage import Stage
from steps import Donor
from words import Words

SCREENS = [('600x960', 'en', 18), ('1280x800', 'fr', 54), ('360x720', 'es', 127)]
DONOR = Donor('Ana', email='ana@example.org')


class ReadsBackByteForByte(unittest.TestCase):
    def setUp(self):
        self.maxDiff = None

    def on(self, size, language):
        stage = Stage(size)
        self.addCleanup(stage.close)
        kiosk = Kiosk(stage).start()
        self.addCleanup(kiosk.kill)
        words = Words(language)
        steps.choose_language(kiosk, words)
        return kiosk, words

    def giving_code(self, kiosk, words, picture):
        name = words('Code that opens %s on your phone').replace(
            '%s', words.of('Giving', 'Address'))
        return codes.on_screen(kiosk, name, picture).decode('ascii')

    def shown_reference(self, link):
        """The reference at the end of a link, once it is a valid one."""
        reference = link.rpartition('/')[2]
        self.assertRegex(reference, '^RF[0-9]{2}[PS]?[0-9A-Z]+$')
        turned = reference[4:] + reference[:4]
        self.assertEqual(int(''.join(str(int(c, 36)) for c in turned)) % 97, 1)
        return reference

    def screen(self, size, language, amount):
        kiosk, words = self.on(size, language)
        gift = words.monthly(amount)

        # The welcome page asks for nothing yet.
        self.assertEqual(self.giving_code(kiosk, words, 'welcome'), codes.giving_link(words))
        # The whole picture holds no second code.
        self.assertEqual(codes.read(kiosk.stage.screenshot('whole')).decode(),
                         codes.giving_link(words))

        steps.choose_amount(kiosk, words, gift)
        kiosk.click(words('Give now with my phone'))
        kiosk.wait(words('Point your camera here.'), 'heading')
        link = self.giving_code(kiosk, words, 'scan')
        scanned = self.shown_reference(link)
        self.assertEqual(link, codes.giving_link(words, str(amount), 'monthly', scanned))
        self.assertEqual(scanned[4], 'S')
        kiosk.click(words('Back'))

        kiosk.click(words('Not today'))
        kiosk.wait(words('Share hope'), 'heading')
        for name, key in (('Code that opens the appeal on your phone', 'Appeal'),
                          ('Code that opens the film on your phone', 'Film')):
            self.assertEqual(codes.on_screen(kiosk, words(name), key).decode('ascii'),
                             codes.appeal_link(words, key))
        kiosk.click(words('Back'))

        kiosk.click(words('Write to me later'))
        steps.fill_in(kiosk, words, DONOR)
        steps.go_to_check(kiosk, words)
        steps.send(kiosk, words, gift)
        reference = steps.thanks(kiosk, words, DONOR)
        self.assertEqual(self.giving_code(kiosk, words, 'thanks'),
                         codes.giving_link(words, str(amount), 'monthly', reference))
        self.assertNotEqual(reference, scanned)

    def test_on_a_tablet_held_upright_in_english(self):
        self.screen(*SCREENS[0])

    def test_on_a_tablet_lying_in_french(self):
        self.screen(*SCREENS[1])

    def test_on_a_telephone_in_spanish(self):
        self.screen(*SCREENS[2])

    def test_with_a_new_reference_for_each_donor(self):
        kiosk, words = self.on('600x960', 'en')
        seen = set()
        for _ in range(3):
            steps.choose_amount(kiosk, words, words.once(50))
            kiosk.click(words('Give now with my phone'))
            kiosk.wait(words('Point your camera here.'), 'heading')
            link = self.giving_code(kiosk, words, 'scan')
            seen.add(self.shown_reference(link))
            self.assertEqual(link, codes.giving_link(words, '50', 'once', link.rpartition('/')[2]))
            kiosk.click(words('I have scanned it'))
            kiosk.wait(words('Thank you. The rest happens on your phone.'), 'heading')
            steps.finish(kiosk, words)
        self.assertEqual(len(seen), 3)


if __name__ == '__main__':
    tap.main()
