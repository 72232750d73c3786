#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program tells systemd: that its first page stands, and that it lives.
A program that hangs says nothing, and that is what has it started anew."""

import os
import pathlib
import signal
import socket
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'flows'))

import tap      # noqa: E402  pylint: disable=wrong-import-position
from flowlib import Kiosk   # noqa: E402  pylint: disable=wrong-import-position
from stage import PATIENCE, Stage, until   # noqa: E402  pylint: disable=wrong-import-position

ALLOWED = 0.9       # seconds between two signs of life


class Listening(unittest.TestCase):
    def setUp(self):
        self.stage = Stage('600x960')
        self.addCleanup(self.stage.close)
        self.path = self.stage.directory / 'notify'
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.socket.close)
        self.socket.bind(str(self.path))

    def start(self, **environment):
        kiosk = Kiosk(self.stage, environment={'NOTIFY_SOCKET': str(self.path), **environment})
        self.addCleanup(kiosk.kill)
        return kiosk.start(wait=False)

    def hear(self, patience=PATIENCE):
        """The next thing that is said, or None."""
        self.socket.settimeout(patience)
        try:
            return self.socket.recv(4096).decode()
        except TimeoutError:
            return None

    def silence(self, seconds):
        """Whether nothing is said any more, once what was on its way has come."""
        while self.hear(0.05):
            pass
        return self.hear(seconds) is None


class AProgramThatIsWatched(Listening):
    def start(self, **environment):
        return super().start(WATCHDOG_USEC=str(int(ALLOWED * 1e6)), **environment)

    def test_is_ready_when_its_first_page_stands(self):
        kiosk = self.start()
        self.assertEqual(self.hear(), 'READY=1')
        until(kiosk.said, kiosk._connected)
        kiosk.wait('Give', 'push button')

    def test_says_in_time_that_it_lives_until_it_hangs_and_again_after(self):
        kiosk = self.start()
        self.assertEqual(self.hear(), 'READY=1')
        before = time.monotonic()
        for _ in range(6):
            self.assertEqual(self.hear(), 'WATCHDOG=1')
        self.assertLess(time.monotonic() - before, 6 * ALLOWED)

        kiosk.process.send_signal(signal.SIGSTOP)
        self.assertTrue(self.silence(2 * ALLOWED))
        kiosk.process.send_signal(signal.SIGCONT)
        self.assertEqual(self.hear(ALLOWED), 'WATCHDOG=1')

    def test_that_is_not_meant_says_nothing_of_its_life(self):
        self.start(WATCHDOG_PID=str(os.getpid()))
        self.assertEqual(self.hear(), 'READY=1')
        self.assertTrue(self.silence(ALLOWED))


class AProgramThatIsNotWatched(Listening):
    def test_is_ready_and_no_more(self):
        self.start()
        self.assertEqual(self.hear(), 'READY=1')
        self.assertTrue(self.silence(1))

    def test_that_is_refused_is_ready_too_so_that_its_reason_stays_on_the_screen(self):
        kiosk = Kiosk(self.stage, pack=self.stage.directory / 'nothing',
                      environment={'NOTIFY_SOCKET': str(self.path)})
        self.addCleanup(kiosk.kill)
        kiosk.start()
        kiosk.wait('This tablet is not ready. Please call your coordinator.')
        self.assertEqual(self.hear(), 'READY=1')


if __name__ == '__main__':
    tap.main()
