# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A donor who changes their mind on the thank-you page is asked once, and
then nothing of the promise is on the tablet but a count."""

import unittest

import records
import steps
import tap
from flowlib import Kiosk
from needles import Needles
from stage import Stage
from steps import Donor
from words import Words

GIFT_IN_FRANCS = 54
DONOR = Donor('Aurélie', 'Quesnel-Ibáñez', email='aurelie.quesnel@example.org',
              consents=('views', 'newsletter'))


class Undo(unittest.TestCase):
    def setUp(self):
        self.words = Words('en')
        stage = Stage('600x960')
        self.addCleanup(stage.close)
        self.kiosk = Kiosk(stage).start()
        self.addCleanup(self.kiosk.kill)
        self.reference = steps.pledge(self.kiosk, self.words,
                                      self.words.monthly(GIFT_IN_FRANCS), DONOR)

    def rows(self):
        return records.rows(self.kiosk.state)

    def sealed_needles(self):
        """What would bring the promise back, taken while it is still there."""
        row, = self.rows()
        needles = Needles()
        needles.add_pieces(row['sealed'], 'the sealed promise')
        needles.add_pieces(row['signature'], 'the signature')
        needles.add_pieces(row['envelope'][-120:], 'the envelope', 60)
        return needles

    def test_is_asked_once_and_no_keeps_the_promise(self):
        before = self.rows()
        self.kiosk.click('Undo')
        self.kiosk.wait('Delete your details from this tablet?')
        self.assertIsNone(self.kiosk.find('Finish', 'push button'))
        self.kiosk.click('Keep my promise')
        self.kiosk.wait_gone('Delete', 'push button')
        self.assertEqual(steps.reference(self.kiosk), self.reference)
        self.assertEqual(self.rows(), before)

    def test_leaves_a_tombstone_from_which_nothing_can_be_recovered(self):
        needles = self.sealed_needles()
        self.assertNotEqual(needles.in_folder(self.kiosk.state), [],
                            'the search would not find the promise where it is')
        (before,) = self.rows()

        steps.undo(self.kiosk, self.words)

        (row,) = self.rows()
        self.assertEqual((row['seq'], row['id'], row['day'], row['state']),
                         (before['seq'], before['id'], before['day'], 'withdrawn'))
        for column in ('amount', 'currency', 'frequency', 'envelope', 'signature', 'sealed',
                       'shift', 'reason', 'receipt', 'about'):
            self.assertIsNone(row[column], column)
        self.assertEqual(needles.in_folder(self.kiosk.state, self.kiosk.home), [])

        # Nor once the program has left, and folded its journal in.
        self.assertEqual(self.kiosk.terminate(), 0)
        self.assertEqual(needles.in_folder(self.kiosk.state, self.kiosk.home), [])
        self.assertEqual(Needles(*(DONOR.typed().values())).in_folder(self.kiosk.home), [])

    def test_is_counted_for_the_staff(self):
        steps.undo(self.kiosk, self.words)
        steps.finish(self.kiosk, self.words)
        steps.open_staff_page(self.kiosk)
        figures = steps.figures(self.kiosk)
        self.assertEqual(figures['Deleted by the donor'], '1')
        self.assertEqual(figures['Waiting to be handed over'], '0')
        self.assertNotIn('Promised every month', figures)

    def test_has_no_way_back_to_what_was_typed(self):
        steps.undo(self.kiosk, self.words)
        self.assertIsNone(self.kiosk.find('Back', 'push button'))
        steps.finish(self.kiosk, self.words)
        steps.go_to_details(self.kiosk, self.words, self.words.once(20))
        for name in ('First name', 'Family name', 'E-mail address'):
            self.assertEqual(self.kiosk.text(name), '')


if __name__ == '__main__':
    tap.main()
