# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What volunteers and the coordinator do at the stall itself, by hand: a shift,
practice, typing for a donor, the page of help; and a tablet that is deleted."""

import os
import unittest

import steps
import tap
from flowlib import Kiosk
from stage import Stage
from steps import Donor
from words import Campaign, Words

COORDINATOR = Campaign().get('Demo', 'CoordinatorPin')
DONOR = Donor('Ana', email='ana@example.org')


class Stall(unittest.TestCase):
    def setUp(self):
        self.words = Words('en')
        self.stage = Stage('600x960')
        self.addCleanup(self.stage.close)
        self.kiosk = Kiosk(self.stage).start()
        self.addCleanup(self.kiosk.kill)
        self.gift = self.words.monthly(18)

    def row(self, title):
        """Presses the button of that row of the staff's page."""
        self.kiosk.click(f'{title}: Begin' if self.kiosk.find(f'{title}: Begin') else title)

    def open_coordinator_page(self):
        steps.open_pin_page(self.kiosk)
        steps.type_pin(self.kiosk, COORDINATOR)
        self.kiosk.wait('Coordinator', 'heading')

    def waiting(self):
        steps.open_staff_page(self.kiosk)
        figures = steps.figures(self.kiosk)
        self.kiosk.click('Back to the stall')
        self.kiosk.wait('Give', 'push button')
        return figures
