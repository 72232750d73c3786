# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Test cases in Python that meson counts one by one (TAP, version 12).

    @tap.case('finds a planted violation')
    def _():
        assert ...

    tap.main()

A case fails when it raises, is skipped when it raises tap.Skip(reason).
"""

import os
import sys
import traceback

_cases = []
_at_end = []


class Skip(Exception):
    """Raised by a case that cannot run here."""


def case(name):
    def add(function):
        _cases.append((name, function))
        return function
    return add


def at_end(function):
    """To be called after the last case: what atexit would do, main () passes over."""
    _at_end.append(function)


def _run(number, name, function):
    try:
        function()
    except Skip as reason:
        print(f'ok {number} - {name} # SKIP {reason}', flush=True)
        return True
    except BaseException as problem:    # pylint: disable=broad-except
        print(f'not ok {number} - {name}', flush=True)
        text = str(problem) if isinstance(problem, AssertionError) and str(problem) \
            else traceback.format_exc()
        for line in text.rstrip().split('\n'):
            print(f'# {line}', flush=True)
        if isinstance(problem, KeyboardInterrupt):
            raise
        return False
    print(f'ok {number} - {name}', flush=True)
    return True


def main():
    """Runs the cases whose names hold every argument, and exits."""
    chosen = [(name, function) for name, function in _cases
              if all(word in name for word in sys.argv[1:])]
    print(f'1..{len(chosen)}', flush=True)
    good = [_run(number, name, function)
            for number, (name, function) in enumerate(chosen, 1)]
    for function in reversed(_at_end):
        function()
    sys.stdout.flush()
    # Threads of a broken test must not keep the program from ending.
    os._exit(0 if all(good) else 1)
