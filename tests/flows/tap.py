# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the test cases of a program and says each result as TAP."""

import atexit
import os
import signal
import sys
import unittest


class Result(unittest.TestResult):
    """One line a test; what went wrong follows as comments."""

    def __init__(self):
        super().__init__(descriptions=False)
        self.count = 0
        self.in_parts = set()

    def line(self, good, test, note='', trace=''):
        self.count += 1
        name = test.id().partition('.')[2].replace('.', '/').replace('_', '-')
        print('ok' if good else 'not ok', self.count, '-', name + note, flush=True)
        for text in trace.splitlines():
            print('#', text, flush=True)

    def addSuccess(self, test):
        if test not in self.in_parts:
            self.line(True, test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.line(False, test, trace=self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self.line(False, test, trace=self.errors[-1][1])

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.line(True, test, f' # SKIP {reason}')

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.in_parts.add(test)
            self.line(False, test, trace=(self.failures + self.errors)[-1][1])


def stop(*_):
    atexit._run_exitfuncs()
    os._exit(143)


def main():
    # Asked to leave, a test still takes its screen and its folder with it.
    signal.signal(signal.SIGTERM, stop)
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules['__main__'])
    names = sys.argv[1:]
    if names:
        suite = unittest.defaultTestLoader.loadTestsFromNames(names, sys.modules['__main__'])
    result = Result()
    suite.run(result)
    print(f'1..{result.count}')
    sys.exit(0 if result.wasSuccessful() and result.count > 0 else 1)
