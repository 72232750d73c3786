# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The coordinator hands the promises over to a folder. What lies there opens by
age and by the office's own program; what the office signs for leaves the tablet.
A folder that goes away costs nothing, and the stall goes on meanwhile."""

import base64
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import unittest

import records
import steps
import tap
from flowlib import BUILD, PACK, PROGRAM, SOURCE, Kiosk
from stage import Stage, until
from steps import Donor
from words import Campaign, Words

sys.path.insert(0, str(SOURCE / 'tests' / 'office'))
from made import Office
from officelib import PASSPHRASE, make_keys, run

LONG = os.environ.get('DAILY_CUP_LONG') == '1'
SENDER = BUILD / 'src' / 'send' / 'daily-cup-send'
DONOR = Donor('Aurélie', email='aurelie@example.org')
GONE = 'The folder where the promises go is not there. Call the office.'


class Desk:
    """The office: keys of its own, and the appeal signed by it, which hands over
    to a folder."""

    def __init__(self, top, folder):
        self.top, self.keys, self.pack = top, top / 'keys', top / 'pack'
        shutil.copytree(PACK, self.pack, ignore=shutil.ignore_patterns('demo-keys', 'manifest*', '*.pub', 'recipients*'))
        self.spare = make_keys(str(self.keys), '--pack', str(self.pack))
        (self.pack / 'destination.ini').write_text(f'[Destination]\nKind=folder\nName=The desk\nPath={folder}\n')
        status, _, errors = run('campaign', 'sign', '--key', str(self.keys / 'pack.key'), str(self.pack),
                                passphrase=PASSPHRASE)
        assert status == 0, errors

    def enrol(self, tablet):
        self.office = Office(self.top, tablet)

    def run(self, command, *arguments, **more):
        status, output, errors = run(command, '--office', str(self.office.folder), *map(str, arguments), **more)
        assert status == 0, (command, output, errors)
        return output + errors

    def spare_file(self):
        path = self.top / 'spare.txt'
        path.write_text(self.spare + '\n')
        return path


class Sync(unittest.TestCase):
    def setUp(self):
        self.words = Words('en')
        self.stage = Stage('600x960')
        self.addCleanup(self.stage.close)
        self.folder = self.stage.directory / 'desk'
        self.folder.mkdir()
        self.desk = Desk(self.stage.directory, self.folder)
        self.hold = self.stage.directory / 'hold'
        self.kiosk = Kiosk(self.stage, pack=self.desk.pack, program=self.programs()).start()
        self.addCleanup(self.kiosk.kill)

    def programs(self):
        """Both programs in a folder, as they are installed; the one that hands
        over can be held back before it begins."""
        folder = self.stage.directory / 'bin'
        folder.mkdir()
        shutil.copy2(PROGRAM, folder)
        sender = folder / 'daily-cup-send'
        sender.write_text(f'#!/bin/sh\nwhile [ -e {self.hold} ]; do sleep 0.05; done\nexec {SENDER} "$@"\n')
        sender.chmod(0o755)
        return folder / PROGRAM.name

    def rows(self):
        return records.rows(self.kiosk.state)

    def pledge(self, francs=18):
        steps.pledge(self.kiosk, self.words, self.words.monthly(francs), DONOR)
        steps.finish(self.kiosk, self.words)

    def open_page(self):
        steps.open_pin_page(self.kiosk)
        steps.type_pin(self.kiosk, Campaign(self.desk.pack).get('Demo', 'CoordinatorPin'))
        self.kiosk.click('Open: Hand over the promises')
        self.kiosk.wait('Hand over the promises', 'heading')

    def leave(self):
        self.kiosk.click('Back to the stall')
        self.kiosk.wait('Give', 'push button')

    def sync(self, handed_over, need_attention, left):
        self.kiosk.click('Sync')
        self.wait_outcome(handed_over, need_attention, left)

    def wait_outcome(self, handed_over, need_attention, left):
        needs = self.words.plural('%u needs attention', '%u need attention', need_attention)
        self.kiosk.wait(f'{handed_over} handed over, {needs.replace("%u", str(need_attention))}, '
                        f'{left} on this tablet.')

    def wait_says(self, sentence):
        """Until a text on the page begins with that sentence."""
        until(lambda: f'“{sentence}” is not among {self.kiosk.names()}',
              lambda: any(name.startswith(sentence) for name in self.kiosk.names()))

    def lines(self):
        """The records that lie in the folder."""
        found = [json.loads(line) for path in sorted(self.folder.rglob('*.jsonl'))
                 for line in path.read_bytes().splitlines()]
        return [line for line in found if 'sealed' in line]


class TheWholeWay(Sync):
    def test_from_the_donor_to_the_office_and_back(self):
        self.pledge()
        row, = self.rows()
        self.open_page()
        self.wait_says('1 promise waits on this tablet')
        self.sync(1, 0, 0)
        self.assertEqual(self.rows()[0]['state'], 'delivered')

        # What lies there is what the donor typed, by age and by the office.
        line, = self.lines()
        sealed = base64.b64decode(line['sealed'])
        self.assertEqual(sealed, row['sealed'])
        spare = self.desk.spare_file()
        plain = subprocess.run(['age', '--decrypt', '-i', str(spare)], input=sealed, capture_output=True,
                               check=True).stdout
        self.assertEqual(json.loads(plain)['donor']['email'], DONOR.email)
        self.desk.enrol(json.loads(row['envelope'])['tablet'])
        opened = self.desk.run('open', '--identity', spare, '--format', 'json', *self.folder.rglob('*.jsonl'))
        self.assertIn(DONOR.email, opened)

        # The office takes it, and signs for it; the tablet lets go of it.
        self.assertIn('new in the ledger: 1', self.desk.run('collect', self.folder))
        said = self.desk.run('receipts', '--keys', self.desk.keys, '--pack', self.desk.pack, self.folder,
                             passphrase=PASSPHRASE)
        self.assertIn('Receipts put back: 1.', said)
        self.sync(0, 0, 0)
        self.kiosk.wait('The office confirmed 1 promise, which is now deleted here.')
        row, = self.rows()
        self.assertEqual((row['state'], row['sealed']), ('receipted', None))
        until(lambda: f'{steps.figures(self.kiosk)}',
              lambda: any(name.startswith('Confirmed by the office') for name in self.kiosk.names()))


class OnTheWay(Sync):
    def test_the_stall_takes_a_promise_while_a_run_goes_on(self):
        self.pledge(18)
        self.open_page()
        self.wait_says('1 promise waits on this tablet')
        self.hold.touch()
        self.kiosk.click('Sync')
        self.kiosk.wait('Stop', 'push button')
        self.leave()
        self.pledge(54)
        self.assertEqual([row['state'] for row in self.rows()], ['waiting', 'waiting'])
        self.hold.unlink()
        until('nothing was handed over', lambda: len(self.lines()) == 2)
        until('not known to be there', lambda: {row['state'] for row in self.rows()} == {'delivered'})

    def test_a_folder_that_goes_away_half_way(self):
        self.pledge()
        self.open_page()
        self.wait_says(f'{self.folder}\nIt can be reached.')
        self.hold.touch()
        self.kiosk.click('Sync')
        self.kiosk.wait('Stop', 'push button')
        away = self.folder.rename(self.folder.with_name('pulled'))
        self.hold.unlink()
        self.wait_outcome(0, 0, 1)
        self.wait_says(GONE)
        away.rename(self.folder)
        self.sync(1, 0, 0)
        self.assertEqual(len(self.lines()), 1)

    def test_what_was_refused_is_shown_and_tried_again(self):
        self.pledge()
        self.assertEqual(self.kiosk.terminate(), 0)
        # As a server leaves it that would not have it.
        path, = records.databases(self.kiosk.state)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE record SET state = 'refused', reason = 'over quota'")
            connection.commit()
        self.kiosk.start()
        self.open_page()
        self.kiosk.click('Open: Need attention')
        self.kiosk.wait('The place did not accept it: “over quota”')
        self.kiosk.click('Try all again')
        self.kiosk.wait('1 promise waits again, and goes with the next Sync.')
        self.kiosk.click('Back')
        self.kiosk.wait('Hand over the promises', 'heading')
        self.sync(1, 0, 0)


# What can go wrong on the way is the long form's.
if not LONG:
    del OnTheWay

if __name__ == '__main__':
    tap.main()
