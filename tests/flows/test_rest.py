# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tablet that nobody touches sleeps: while nothing moves on the welcome page,
no thread of the program wakes up more than once a second, and together they
work 0.00 s in half a minute. The appeal is one of a single story, since several
take turns; its keys have not been tried, so the look every 30 seconds whether
the tablet could take promises is in it too."""

import pathlib
import re
import time
import unittest

import tap
from flowlib import Kiosk
from live import LivePack
from stage import Stage

SECONDS = 30
# Until the first page has been drawn and what the start began is over.
SETTLED = 6


class OneStory(LivePack):
    def _make_live(self):
        super()._make_live()
        path = self.folder / 'campaign.ini'
        path.write_text(re.sub(r'(?m)^\[Story [2-9]\]\n(?:(?!\[).*\n)*', '', path.read_text(encoding='utf-8')),
                        encoding='utf-8')


def threads(pid):
    """{thread: (its name, times it went to sleep, nanoseconds it ran)}"""
    found = {}
    for task in pathlib.Path(f'/proc/{pid}/task').iterdir():
        try:
            sleeps = re.search(r'^voluntary_ctxt_switches:\s+(\d+)', (task / 'status').read_text(), re.M)
            found[task.name] = ((task / 'comm').read_text().strip(), int(sleeps[1]),
                                int((task / 'schedstat').read_text().split()[0]))
        except FileNotFoundError:     # it ended meanwhile
            pass
    return found


def between(before, after):
    """(wake-ups, seconds of processor time) of all, and a line of who it was."""
    wakes = work = 0
    said = []
    for task, (name, sleeps, ran) in after.items():
        _, sleeps_before, ran_before = before.get(task, (name, 0, 0))
        if sleeps > sleeps_before:
            said.append(f'{name} {sleeps - sleeps_before} ({(ran - ran_before) / 1e6:.1f} ms)')
        wakes += sleeps - sleeps_before
        work += (ran - ran_before) / 1e9
    return wakes, work, ', '.join(said)


class AtRest(unittest.TestCase):
    def start(self, **options):
        stage = Stage('600x960')
        self.addCleanup(stage.close)
        kiosk = Kiosk(stage, animations=True, **options)
        self.addCleanup(kiosk.kill)
        kiosk.start().wait('Give', 'push button')
        return kiosk

    def test_the_welcome_page_sleeps(self):
        folder = Stage('600x960')
        self.addCleanup(folder.close)
        still = self.start(pack=OneStory(folder.directory / 'pack').folder)
        moving = self.start()      # five stories that take turns: the measure sees them
        time.sleep(SETTLED)
        before = [threads(kiosk.process.pid) for kiosk in (still, moving)]
        time.sleep(SECONDS)
        after = [threads(kiosk.process.pid) for kiosk in (still, moving)]

        wakes, work, said = between(before[0], after[0])
        print(f'# at rest, {SECONDS} s: {wakes} wake-ups, {work:.4f} s of processor time: {said}', flush=True)
        moved, moved_work, _ = between(before[1], after[1])
        print(f'# stories that take turns: {moved} wake-ups, {moved_work:.4f} s', flush=True)
        self.assertGreater(moved, SECONDS)
        self.assertLessEqual(wakes, SECONDS)
        self.assertLess(work, 0.005)


if __name__ == '__main__':
    tap.main()
