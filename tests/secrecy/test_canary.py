# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a donor types is nowhere but in the form and, sealed, in the queue:
on no page, whatever the end, and after it not in the program's memory either.

Every visit is a program of its own, started by strace, in a folder of its own.
Looked through: each file in that folder (home, caches, settings, recent files,
runtime folder, output, state, the card of the second copy, the drive that a
test of the keys is written to), each file that the program has open, each byte
that it ever wrote to a file, and its memory a second after the form closed.
That it opened no file elsewhere for writing is looked at as well.

The card is a file system of its own in that folder, and so is the state where
the disk is to be full: hence the name space of mounts.

The everyday form takes one visit for each way of ending; the long one (with
DAILY_CUP_LONG=1) each page, each way and each language, or with DAILY_CUP_SCALE
below 1 that part of them, drawn by a seed that DAILY_CUP_SEED repeats.
"""

import math
import os
import pathlib
import random
import resource
import shutil
import signal
import tempfile
import time
import unittest

import canaries
import mounts
import steps
import tap
import traces
from flowlib import Kiosk
from stage import PATIENCE, Stage, until
from test_scan_only import SmallDisk
from words import Campaign, Words

SIGNALS = ('SIGTERM', 'SIGKILL', 'SIGSEGV', 'SIGABRT')
PAGES = {'details': ('idle', *SIGNALS), 'check': ('idle', 'full', *SIGNALS),
         'thanks': ('idle', 'finish', 'undo', 'staff', 'drill', *SIGNALS)}
EVERYDAY = (
    ('en', 'details', 'SIGKILL'), ('fr', 'details', 'SIGSEGV'), ('es', 'check', 'SIGABRT'),
    ('en', 'thanks', 'staff'), ('fr', 'thanks', 'undo'), ('es', 'thanks', 'drill'),
    ('fr', 'details', 'idle'), ('en', 'check', 'SIGTERM'), ('en', 'check', 'full'),
)
LONG = [(language, page, end) for language in ('en', 'fr', 'es')
        for page, ends in PAGES.items() for end in ends]
SCALE = float(os.environ.get('DAILY_CUP_SCALE') or 1)
SEED = int(os.environ.get('DAILY_CUP_SEED') or random.randrange(10 ** 6))
CARD_ID = 'c0ffee' * 5 + '01'
# Milliseconds: how long a second of the idle clock lasts where it is waited for.
QUICK_SECOND = '150'


def cores_allowed():
    """A limit that the program inherits: as large a core as it likes."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


class Visit(unittest.TestCase):
    """A donor who types all twelve, and how it ends."""

    def begin(self, language, way):
        mounts.require(self)
        stage = Stage('600x960')
        self.addCleanup(stage.close)
        self.disk = SmallDisk(self, stage.directory / 'disk') if way == 'full' else None
        # Beside the stage: strace's own file is no trace.
        logs = tempfile.mkdtemp(prefix='daily-cup-secrecy-')
        self.addCleanup(shutil.rmtree, logs)
        self.watched = traces.Watched(stage.directory, pathlib.Path(logs, 'calls'))
        self.words = Words(language)
        self.gift = self.words.monthly(18)
        # As at a stall: GLib's own caches of small blocks too, and all that
        # the libraries may have to say.
        self.drive = stage.directory / 'sticks'
        self.kiosk = Kiosk(stage, wrapper=self.watched.wrapper,
                           state=self.disk.path / 'state' if self.disk else None,
                           arguments=['--drill', str(self.drive),
                                      *(['--second', QUICK_SECOND] if way == 'idle' else [])],
                           environment={'G_SLICE': '', 'G_MESSAGES_DEBUG': 'all'})
        self.card = mounts.mount(self, stage.directory / 'card', '1m')
        self.choose_card()
        cores_allowed()
        self.addCleanup(self.kiosk.kill)
        self.kiosk.start()
        self.pid = self.kiosk.process.pid

    def choose_card(self):
        """As it is left by a coordinator who chose one (src/record/FORMAT.md)."""
        (self.card / 'daily-cup').mkdir()
        (self.card / 'daily-cup' / 'card.ini').write_text(f'[Card]\nId={CARD_ID}\n', encoding='ascii')
        self.kiosk.state.mkdir(mode=0o700)
        (self.kiosk.state / 'settings.ini').write_text(
            f'[SecondCopy]\nFolder={self.card}\nCard={CARD_ID}\n', encoding='ascii')

    def copied(self):
        """The lines of the journal on the card."""
        return [line for path in self.card.glob('daily-cup/*.jsonl')
                for line in path.read_bytes().splitlines()]

    def look_at_files(self, when):
        alive = self.kiosk.process.poll() is None
        found = self.watched.traces(canaries.of_files(), self.pid if alive else None)
        self.assertEqual(found, [], f'{when}: found in what was written')

    def look_at_memory(self, when):
        time.sleep(1)
        found = traces.in_memory(self.pid, canaries.of_memory())
        self.assertEqual(found, [], f'{when}: found in memory')

    def find_the_form(self):
        """The control: while it is open, the search does find all of it."""
        found = traces.in_memory(self.pid, canaries.of_form(), writable=True)
        self.assertEqual({place.rpartition(': ')[2] for place in found}, set(canaries.KEPT))

    def go_to(self, page):
        steps.go_to_details(self.kiosk, self.words, self.gift)
        canaries.type_all(self.kiosk, self.words)
        self.find_the_form()
        self.look_at_files('while typing')
        if page != 'details':
            steps.go_to_check(self.kiosk, self.words)
            self.look_at_files('on the page that asks whether all is right')
        if page == 'thanks':
            steps.send(self.kiosk, self.words, self.gift)
            steps.thanks(self.kiosk, self.words, canaries.DONOR)
            self.look_at_files('on the page that thanks')

    def change_language(self):
        """The same page from the same visit, in other words."""
        self.words = Words('es' if self.words.language == 'fr' else 'fr')
        self.kiosk.click(steps.OWN_NAMES[self.words.language])
        self.kiosk.wait(self.words('Continue'), 'push button')
        self.look_at_files('after another language was chosen')

    def find_no_room(self):
        """The promise cannot be kept: codes only, from there to the end."""
        self.disk.fill()
        steps.send(self.kiosk, self.words, self.gift)
        self.kiosk.wait(self.words('Give now with my phone'), 'push button')
        self.look_at_files('on the page that says that nothing is stored')
        self.kiosk.click(self.words('Give now with my phone'))
        self.kiosk.click(self.words('I have scanned it'))

    def write_test_file(self):
        """A test of the keys, on a drive."""
        steps.open_pin_page(self.kiosk)
        steps.type_pin(self.kiosk, Campaign().get('Demo', 'CoordinatorPin'))
        self.kiosk.click('Begin: Try the keys')
        self.kiosk.click('Write to the folder “sticks”')
        until('no test file', lambda: list(self.drive.glob('daily-cup-drill-*.jsonl')))
        self.look_at_files('after a test file was written')
        self.look_at_memory('on the page that tries the keys')

    def end(self, page, way):
        if way in SIGNALS:
            self.kiosk.process.send_signal(getattr(signal, way))
            self.kiosk.process.wait(PATIENCE)
            return
        if way == 'idle' and page == 'details':
            self.change_language()
        elif way == 'full':
            self.find_no_room()
        elif way == 'undo':
            steps.undo(self.kiosk, self.words)
            self.look_at_files('on the page that says that all is deleted')
        if way != 'idle':
            self.kiosk.click(self.words('Finish'))
        self.kiosk.wait('Give', 'push button')
        self.look_at_memory('after the visit')
        if page == 'thanks' and way != 'undo':
            until('nothing was copied to the card', self.copied)
        if way == 'staff':
            steps.open_staff_page(self.kiosk)
            self.look_at_memory('on the page for staff')
        elif way == 'drill':
            self.write_test_file()
        self.assertEqual(self.kiosk.terminate(), 0)

    def visit(self, language, page, way):
        self.begin(language, way)
        self.go_to(page)
        self.end(page, way)
        self.look_at_files('at the end')
        self.assertEqual(self.watched.strayed(), [])
        # The control: the files that it does write were seen.
        written = {os.path.basename(path).removesuffix('.new')
                   for _, path, _ in self.watched.calls()}
        self.assertIn('queue.db', written)
        copies = [path.name for path in self.card.glob('daily-cup/*.jsonl')]
        self.assertEqual(len(copies), page == 'thanks' and way not in ('undo', *SIGNALS))
        self.assertLessEqual({*copies, *(path.name for path in self.drive.glob('*'))}, written)
        self.assertEqual([path.name for path in self.kiosk.home.rglob('core*')
                          if path.is_file()], [])


def chosen(half):
    """Of every other visit, those of this run."""
    if not os.environ.get('DAILY_CUP_LONG'):
        return EVERYDAY[half::2]
    every = LONG[half::2]
    return random.Random(SEED).sample(every, min(len(every), math.ceil(SCALE * len(every))))


def add_cases():
    print(f'# seed {SEED}', flush=True)
    for half, case in enumerate((Visits, MoreVisits)):
        for language, page, way in chosen(half):
            def run(self, language=language, page=page, way=way):
                self.visit(language, page, way)
            setattr(case, f'test_{language}_{page}_{way}', run)


class Visits(Visit):
    """Every other visit: two programs run them side by side."""


class MoreVisits(Visit):
    """The others."""


if __name__ == '__main__':
    mounts.enter()
    add_cases()
    tap.main()
