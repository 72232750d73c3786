# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One program a tablet: a second start says so and leaves the first alone.
A campaign that is wrong is refused on the screen, with what is wrong."""

import shutil
import subprocess
import unittest

import records
import steps
import tap
from flowlib import PACK, Kiosk
from stage import Stage, until
from steps import Donor
from words import Words


class Starting(unittest.TestCase):
    def setUp(self):
        self.stage = Stage('600x960')
        self.addCleanup(self.stage.close)

    def start(self, **options):
        kiosk = Kiosk(self.stage, **options)
        self.addCleanup(kiosk.kill)
        return kiosk.start()

    def names(self, kiosk):
        return until(f'an empty window: {kiosk.said()}',
                     lambda: [node.name for node in kiosk.tree() if node.role == 'label'])


class ASecondStart(Starting):
    def test_says_so_and_the_first_goes_on(self):
        first = self.start()
        words = Words('en')
        steps.go_to_details(first, words, words.monthly(18))
        second = self.start(state=first.state)
        second.wait('Daily Cup is already running on this tablet.')
        self.assertIsNone(second.find('Give', 'push button'))
        self.assertRegex(second.said(), r'(?m)^daily-cup: .*')
        self.assertNotEqual(second.terminate(), 0)

        donor = Donor('Ana', email='ana@example.org')
        steps.fill_in(first, words, donor)
        steps.go_to_check(first, words)
        steps.send(first, words, words.monthly(18))
        steps.thanks(first, words, donor)
        self.assertEqual(first.terminate(), 0)
        self.assertEqual(len(records.rows(first.state)), 1)

    def test_with_another_state_directory_is_another_tablet(self):
        first, second = self.start(), self.start()
        for kiosk in (first, second):
            kiosk.wait('Give', 'push button')
            self.assertEqual(kiosk.terminate(), 0)

    def test_after_the_first_has_gone_is_a_first(self):
        first = self.start()
        first.kill()
        second = self.start(state=first.state)
        second.wait('Give', 'push button')


class AWrongCampaign(Starting):
    def changed(self, name, change):
        pack = self.stage.directory / 'pack'
        shutil.copytree(PACK, pack, symlinks=True)
        path = pack / name
        path.write_bytes(change(path.read_bytes()))
        return pack

    def sign(self, pack):
        subprocess.run([str(PACK.parent / 'sign-demo'), str(pack)], check=True,
                       capture_output=True)

    def assert_refused(self, pack, culprit):
        kiosk = self.start(pack=pack)
        kiosk.wait('This tablet is not ready. Please call your coordinator.')
        self.assertIsNone(kiosk.find('Give', 'push button'))
        self.assertTrue(any(culprit in name for name in self.names(kiosk)), self.names(kiosk))
        self.assertIn(culprit, kiosk.said())
        self.assertNotEqual(kiosk.terminate(), 0)
        self.assertEqual(records.databases(kiosk.state), [])

    def test_with_other_recipients_than_were_signed_is_refused(self):
        pack = self.changed('recipients.txt',
                            lambda old: b'age1' + b'q' * 58 + b'\n' + old)
        self.assert_refused(pack, 'recipients.txt')

    def test_whose_recipients_are_none_is_refused_though_its_signature_is_right(self):
        pack = self.changed('recipients.txt', lambda old: b'age1' + b'q' * 58 + b'\n')
        self.sign(pack)
        self.assert_refused(pack, 'recipients.txt')

    def test_with_another_sum_is_shown_once_it_is_signed_anew(self):
        pack = self.changed('campaign.ini', lambda old: old.replace(b'Amount=20\n',
                                                                    b'Amount=30\n'))
        self.sign(pack)
        kiosk = self.start(pack=pack)
        kiosk.click('Give')
        kiosk.wait('CHF 30 once', 'push button')

    def test_with_one_letter_changed_is_refused(self):
        pack = self.changed('campaign.ini', lambda old: old.replace(b'CupPrice=4.20',
                                                                    b'CupPrice=4.21'))
        self.assert_refused(pack, 'campaign.ini')

    def test_without_a_signature_of_its_own_is_refused(self):
        pack = self.changed('manifest', lambda old: old.replace(b'serial ', b'serial 1'))
        self.assert_refused(pack, 'manifest')

    def test_that_is_not_there_is_refused(self):
        self.assert_refused(self.stage.directory / 'nothing', 'nothing')


if __name__ == '__main__':
    tap.main()
