#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up what meson wrote down about its test runs.

    tally.py [--write FILE] [LABEL=]BASE ...
    tally.py --sum FILE ... [--allowed-skips FILE]

BASE names BASE.json and BASE.junit.xml. A test case is one TAP line, or the
whole program where it speaks no TAP. A program that crashes, leaks, stops
early or overruns its time counts as one failed case more, however many of its
lines said "ok" before.

The second form adds up what --write wrote, for a machine that may skip
nothing but what the file lists ("NAME  # reason", one a line).
"""

import argparse
import collections
import json
import os
import sys
import xml.etree.ElementTree as ET

GOOD = {'OK', 'EXPECTEDFAIL'}


def read_cases(path):
    """{program: [(case, verdict)]} of the programs that speak TAP, and
    {program: verdict} of all others."""
    tap, plain = collections.defaultdict(list), {}
    if not os.path.exists(path):
        return tap, plain
    for suite in ET.parse(path).getroot().iter('testsuite'):
        name = suite.get('name')
        for case in suite.iter('testcase'):
            kinds = {child.tag for child in case}
            verdict = ('failed' if kinds & {'failure', 'error'} else
                       'skipped' if 'skipped' in kinds else 'passed')
            if '.' in name:
                tap[name.split('.', 1)[1]].append((case.get('name'), verdict))
            else:
                plain[case.get('name')] = verdict
    return tap, plain


def read_programs(path):
    """[(program, meson's result)]: what each program came to as a whole."""
    if not os.path.exists(path):
        return None
    with open(path, encoding='utf-8') as file:
        return [(entry['name'], entry['result']) for entry in map(json.loads, file)]


def tally(base):
    """[(name, verdict)] of one run of meson."""
    programs = read_programs(base + '.json')
    if programs is None:
        return [(f'{os.path.basename(base)} (nothing ran)', 'failed')]
    tap, _ = read_cases(base + '.junit.xml')
    cases = []
    for program, result in programs:
        mine = tap.get(program, [])
        program = program.split(' / ', 1)[-1]       # without project and suite
        cases += [(f'{program} {case}', verdict) for case, verdict in mine]
        if result == 'SKIP':
            if not mine:
                cases.append((program, 'skipped'))
        elif result in GOOD:
            if not mine:
                cases.append((program, 'passed'))
        elif not any(verdict == 'failed' for _, verdict in mine):
            cases.append((f'{program} ({result.lower()})', 'failed'))
    return cases


def report(cases, write=None):
    count = collections.Counter(verdict for _, verdict in cases)
    for verdict in 'skipped', 'failed':
        for name, _ in (case for case in cases if case[1] == verdict):
            print(f'{verdict}: {name}')
    if write:
        with open(write, 'w', encoding='utf-8') as file:
            json.dump(cases, file)
    print(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 0 if count['passed'] and not count['failed'] else 1


def read_allowed(path):
    allowed = set()
    with open(path, encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            name, _, reason = line.partition('#')
            if not name.strip():
                continue
            if not reason.strip():
                raise SystemExit(f'{path}:{number}: a skip needs a reason')
            allowed.add(name.strip())
    return allowed


def forbid_skips(cases, allowed):
    return [(name if verdict != 'skipped' or name in allowed else f'{name} (skipped)',
             'failed' if verdict == 'skipped' and name not in allowed else verdict)
            for name, verdict in cases]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--write')
    parser.add_argument('--sum', action='store_true')
    parser.add_argument('--allowed-skips')
    parser.add_argument('results', nargs='*')
    options = parser.parse_args()
    cases = []
    for result in options.results:
        if options.sum:
            with open(result, encoding='utf-8') as file:
                cases += [tuple(case) for case in json.load(file)]
        else:
            label, _, base = result.rpartition('=')
            cases += [(f'{label}: {name}' if label else name, verdict)
                      for name, verdict in tally(base)]
    if options.allowed_skips:
        cases = forbid_skips(cases, read_allowed(options.allowed_skips))
    return report(cases, options.write)


if __name__ == '__main__':
    sys.exit(main())
