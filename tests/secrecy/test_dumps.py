# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program that crashes writes no core file, whatever limit it was given, and
no other process of the same user may look into it."""

import os
import pathlib
import resource
import signal
import subprocess
import unittest

import tap
from flowlib import Kiosk
from stage import Stage

PATTERN = pathlib.Path('/proc/sys/kernel/core_pattern').read_text(encoding='ascii').strip()


def allow_cores():
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    return hard


class Dumps(unittest.TestCase):
    def setUp(self):
        self.stage = Stage('600x960')
        self.addCleanup(self.stage.close)
        self.cores_possible = allow_cores() != 0
        self.kiosk = Kiosk(self.stage).start()
        self.addCleanup(self.kiosk.kill)

    def wait_status(self, process, number):
        """As the kernel tells it: whether there was a core is a bit of it."""
        os.kill(process.pid, number)
        _, status = os.waitpid(process.pid, 0)
        process.returncode = -number
        self.assertEqual(os.WTERMSIG(status), number)
        return status

    def test_none_is_written_where_another_program_writes_one(self):
        for number in (signal.SIGSEGV, signal.SIGABRT):
            kiosk = Kiosk(self.stage).start()
            self.addCleanup(kiosk.kill)
            self.assertFalse(os.WCOREDUMP(self.wait_status(kiosk.process, number)))
            self.assertEqual(list(kiosk.home.glob('core*')), [])
        # The control: here one would have been written.
        folder = self.stage.directory / 'control'
        folder.mkdir()
        with subprocess.Popen(['sleep', '60'], cwd=folder) as sleep:
            dumped = os.WCOREDUMP(self.wait_status(sleep, signal.SIGSEGV))
        print(f'# another program that crashes here: core {dumped}, pattern {PATTERN}')
        if self.cores_possible and PATTERN == 'core':
            self.assertTrue(dumped)

    def test_the_limit_is_none_and_cannot_be_raised(self):
        limits = resource.prlimit(self.kiosk.process.pid, resource.RLIMIT_CORE)
        self.assertEqual(limits, (0, 0))

    def test_its_memory_is_for_the_superuser_alone(self):
        # The kernel gives these to root where a process may not be dumped.
        owner = os.stat(f'/proc/{self.kiosk.process.pid}/mem').st_uid
        self.assertEqual(owner, 0)
        if os.geteuid() != 0:
            with self.assertRaises(PermissionError):
                open(f'/proc/{self.kiosk.process.pid}/mem', 'rb')
            return
        # Another user is let into neither; into that user's own, but for this.
        look = ['setpriv', '--reuid=65534', '--clear-groups', '--bounding-set=-all', 'head', '-c0']
        for pid, allowed in ((self.kiosk.process.pid, False), ('self', True)):
            done = subprocess.run([*look, f'/proc/{pid}/environ'], capture_output=True)
            self.assertEqual(done.returncode == 0, allowed, done.stderr)


if __name__ == '__main__':
    tap.main()
