# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program is killed (SIGKILL) at random moments while one donor after
another uses it, always in the same state directory. What was thanked for is
there; what was not confirmed, or was undone, is not; nothing typed is on the
disk.

Half of the moments are uniform over a donor's visit; the others come within
the blink after a touch on "Send" or "Delete", where it matters most.
DAILY_CUP_SEED repeats a run; DAILY_CUP_LONG=1 makes 200 rounds of 12, and
DAILY_CUP_SCALE more or fewer.
"""

import dataclasses
import math
import os
import random
import threading
import time
import unittest

import records
import steps
import tap
from flowlib import Kiosk
from needles import Needles
from stage import NotFound, Stage
from steps import Donor
from words import Words

LONG = os.environ.get('DAILY_CUP_LONG') == '1'
ROUNDS = max(3, math.ceil((200 if LONG else 12) * float(os.environ.get('DAILY_CUP_SCALE') or 1)))
SEED = os.environ.get('DAILY_CUP_SEED') or str(random.SystemRandom().randrange(10**9))
BLINK = 0.12
LETTERS = 'bcdfghjklmnpqrstvwxz'


@dataclasses.dataclass
class Visit:
    """How far one donor came before the kill, as the donor saw it."""
    donor: Donor
    undoes: bool
    confirmed: bool = False      # "Send" was touched
    thanked: bool = False        # the thank-you page was seen
    deleting: bool = False       # "Delete" was touched
    deleted: bool = False        # the page that says so was seen


class Killer:
    """Kills one program once, from a thread of its own."""

    def __init__(self, kiosk, rng, duration):
        self.kiosk = kiosk
        self.rng = rng
        self.aim = rng.choice(('anywhere', 'anywhere', 'send', 'delete'))
        self.timer = None
        # Should the aim not be met, the round still ends with a kill.
        self.arm(rng.uniform(0, duration) if self.aim == 'anywhere' else duration * 1.5)

    def arm(self, delay):
        self.disarm()
        self.timer = threading.Timer(delay, self.kiosk.process.kill)
        self.timer.start()

    def disarm(self):
        if self.timer is not None:
            self.timer.cancel()

    def about_to(self, touch):
        if touch == self.aim:
            self.arm(self.rng.uniform(0, BLINK))


class Stall:
    """The state directory, its visitors, and what became of their promises."""

    def __init__(self, stage, rng):
        self.stage = stage
        self.rng = rng
        self.kiosk = Kiosk(stage, animations=True)
        self.words = {language: Words(language) for language in ('en', 'fr', 'es')}
        self.visits = []
        self.opened = {}             # id: (row as first seen, e-mail)
        self.killed_at = []
        self.broken = {claim: [] for claim in (
            'thanked', 'unconfirmed', 'undone', 'altered', 'typed', 'restart')}

    def newcomer(self, undoes=None):
        word = ''.join(self.rng.choices(LETTERS, k=10))
        donor = Donor(f'É{word[:5]}ña', f'{word[5:]}-d’Ü', email=f'{word}@example.org')
        undoes = self.rng.random() < 0.5 if undoes is None else undoes
        self.visits.append(Visit(donor, undoes))
        return self.visits[-1]

    def receive(self, visit, killer=None):
        """One whole visit; how far it came stands in @visit."""
        words = self.words[self.rng.choice(sorted(self.words))]
        gift = words.monthly(self.rng.choice((18, 54, 127)))
        steps.go_to_details(self.kiosk, words, gift)
        steps.fill_in(self.kiosk, words, visit.donor)
        steps.go_to_check(self.kiosk, words)
        self.touch(visit, 'confirmed', words('Send my promise: %s').replace('%s', gift),
                   killer, 'send')
        steps.thanks(self.kiosk, words, visit.donor)
        visit.thanked = True
        if visit.undoes:
            self.kiosk.click(words('Undo'))
            self.touch(visit, 'deleting', words('Delete'), killer, 'delete')
            self.kiosk.wait(words('Your details are deleted.'), 'heading')
            visit.deleted = True
        steps.finish(self.kiosk, words)

    def touch(self, visit, sign, name, killer, aim):
        x, y = self.kiosk.where(name, 'push button')
        setattr(visit, sign, True)
        if killer is not None:
            killer.about_to(aim)
        self.stage.pointer('mousemove', x, y, 'click', 1)

    def measure(self):
        """A visit that nobody disturbs: how long one takes."""
        self.kiosk.start()
        begin = time.monotonic()
        self.receive(self.newcomer())
        duration = time.monotonic() - begin
        self.kiosk.kill()
        self.judge()
        return duration

    def round(self, duration):
        try:
            self.kiosk.start()
        except NotFound as error:
            self.broken['restart'].append(str(error))
            return
        killer = Killer(self.kiosk, self.rng, duration)
        try:
            while True:
                self.receive(self.newcomer(True if killer.aim == 'delete' else None), killer)
        except NotFound as error:
            if self.kiosk.process.poll() is None:
                raise AssertionError(f'seed {SEED}: stuck, not killed: {error}') from error
        finally:
            killer.disarm()
            self.kiosk.kill()
        self.killed_at.append(dataclasses.replace(self.visits[-1]))
        self.judge()

    def judge(self):
        """What the office would find now, against what the donors saw."""
        by_email = {visit.donor.email: visit for visit in self.visits}
        kept = set()
        for row in records.rows(self.kiosk.state):
            if row['state'] == 'withdrawn':
                continue
            if row['id'] not in self.opened:
                _, pledge = records.open_row(row)
                self.opened[row['id']] = (row, pledge['donor']['email'])
            first_seen, email = self.opened[row['id']]
            if row != first_seen or email in kept:
                self.broken['altered'].append(email)
            kept.add(email)
            if not by_email[email].confirmed:
                self.broken['unconfirmed'].append(email)
            if by_email[email].deleted:
                self.broken['undone'].append(email)
        self.broken['thanked'] += [
            visit.donor.email for visit in self.visits
            if visit.thanked and not visit.deleting and visit.donor.email not in kept]
        self.search(self.visits[-3:])

    def search(self, visits):
        """Whatever those donors typed, in all that the program could write."""
        needles = Needles(*(text for visit in visits for text in visit.donor.typed().values()))
        self.broken['typed'] += needles.in_folder(self.stage.directory)


class KilledAtAnyMoment(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print(f'# {ROUNDS} kills, DAILY_CUP_SEED={SEED}', flush=True)
        stage = Stage('600x960')
        cls.addClassCleanup(stage.close)
        cls.stall = Stall(stage, random.Random(SEED))
        cls.addClassCleanup(cls.stall.kiosk.kill)
        duration = cls.stall.measure()
        for _ in range(ROUNDS):
            cls.stall.round(duration)
        cls.stall.search(cls.stall.visits)

    def assert_never(self, claim):
        self.assertEqual(self.stall.broken[claim], [], f'DAILY_CUP_SEED={SEED}')

    def test_every_promise_that_was_thanked_for_is_there_and_opens(self):
        self.assert_never('thanked')

    def test_none_is_there_that_was_not_confirmed(self):
        self.assert_never('unconfirmed')

    def test_none_is_there_that_was_undone(self):
        self.assert_never('undone')

    def test_none_is_there_twice_or_has_changed(self):
        self.assert_never('altered')

    def test_nothing_typed_is_on_the_disk(self):
        self.assert_never('typed')

    def test_the_program_starts_again_each_time(self):
        self.assert_never('restart')
        self.assertEqual(len(self.stall.killed_at), ROUNDS)

    def test_the_kills_came_before_and_after_the_promise(self):
        visits = self.stall.visits
        seen = {name: sum(getattr(visit, name) for visit in visits)
                for name in ('confirmed', 'thanked', 'deleting', 'deleted')}
        cut = {name: sum(getattr(visit, name) for visit in self.stall.killed_at) for name in seen}
        print(f'# {len(visits)} visits: {seen}; among the {ROUNDS} cut short: {cut}')
        self.assertGreater(seen['thanked'], 0)
        self.assertLess(cut['confirmed'], ROUNDS)


if __name__ == '__main__':
    tap.main()
