#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which branches the tests took, folder by folder of src, as gcovr counts.

    coverage.py SOURCE BUILD [--write BASE]
    coverage.py --tests BUILD

Where a pledge is sealed, kept and opened, less than 95 % of the branches is a
failed test, for tally.py to add up by BASE.json; each branch that is open is
then listed. --tests lists the tests of these folders and what each is built
from, "NAME TARGET" a line.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys

GATED = {'store': 95, 'seal': 95, 'open': 95, 'record': 95}

# A check that can only fail by a mistake of the caller is no branch that a
# test could take without a critical warning.
NO_LINES = r'.*\b(g_return_if_fail|g_return_val_if_fail|g_assert\w*|G_DEFINE_\w+|G_OBJECT_WARN\w+) \(.*'
# The compiler's own: the clean-up at the end of a declaration's scope, where
# no condition stands, and the NULL checks inside macros of GLib.
NO_BRANCHES = r'\s*(g_auto(ptr|free)?\b[^?&|]*;|g_clear_\w+ \(.*|G_DECLARE_\w+ .*|g_task_set_source_tag .*)$'


def measure(source, build):
    """gcovr's files: each with its lines, each with its branches."""
    result = subprocess.run(
        ['gcovr', '--root', source, '--object-directory', build, '--filter', f'{source}/src/',
         '--exclude-lines-by-pattern', NO_LINES, '--exclude-branches-by-pattern', NO_BRANCHES,
         '--exclude-unreachable-branches', '--json', '-', build],
        stdout=subprocess.PIPE, check=True)
    return json.loads(result.stdout)['files']


def lines_of(entry):
    """(number, whether it ran, branches taken, branches) of each line that counts."""
    for line in entry['lines']:
        if line.get('gcovr/noncode') or line.get('gcovr/excluded'):
            continue
        branches = [branch['count'] for branch in line['branches'] if not branch.get('gcovr/excluded')]
        yield line['line_number'], line['count'] > 0, sum(count > 0 for count in branches), len(branches)


def add_up(files):
    """{folder: [lines run, lines, branches taken, branches]}, 'all' too."""
    sums = collections.defaultdict(lambda: [0, 0, 0, 0])
    for entry in files:
        folder = pathlib.PurePath(entry['file']).parts[1]
        for _, ran, taken, branches in lines_of(entry):
            for name in folder, 'all':
                for index, count in enumerate([ran, 1, taken, branches]):
                    sums[name][index] += count
    return sums


def share(part, whole):
    return 100 * part / max(whole, 1)


def print_table(sums):
    print(f'{"src/":14}{"lines":>16}{"branches":>18}')
    for name in sorted(sums, key=lambda name: (name == 'all', name)):
        lines, of_lines, taken, branches = sums[name]
        print(f'{name:14}{lines:7} {share(lines, of_lines):6.1f} %{taken:9} {share(taken, branches):6.1f} %')


def print_open(source, files, folder):
    for entry in files:
        if pathlib.PurePath(entry['file']).parts[1] != folder:
            continue
        text = (pathlib.Path(source) / entry['file']).read_text(encoding='utf-8').split('\n')
        for number, _, taken, branches in lines_of(entry):
            if taken < branches:
                print(f'{entry["file"]}:{number}: {taken} of {branches}: {text[number - 1].strip()}')


def judge(source, files, write):
    """Lists what is open in a folder below its goal; BASE.json as meson writes it."""
    sums, verdicts = add_up(files), []
    print_table(sums)
    for folder, goal in GATED.items():
        if folder not in sums:
            continue
        reached = share(*sums[folder][2:])
        verdicts.append({'name': f'{goal} % of the branches of src/{folder}',
                         'result': 'OK' if reached >= goal else 'FAIL'})
        if reached < goal:
            print(f'\nsrc/{folder}: {reached:.1f} % of its branches were taken, at least {goal} %. Not taken:')
            print_open(source, files, folder)
    if write:
        pathlib.Path(f'{write}.json').write_text(''.join(json.dumps(line) + '\n' for line in verdicts),
                                                 encoding='utf-8')


def list_tests(build):
    result = subprocess.run(['meson', 'introspect', build, '--tests'], stdout=subprocess.PIPE, check=True)
    for test in json.loads(result.stdout):
        program = os.path.relpath(test['cmd'][0], build)
        parts = pathlib.PurePath(program).parts
        if parts[0] == 'tests' and parts[1] in GATED and 'daily-cup:unit' in test['suite']:
            print(test['name'], program)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('--tests', metavar='BUILD')
    parser.add_argument('--write', metavar='BASE')
    parser.add_argument('folders', nargs='*', metavar='SOURCE BUILD')
    options = parser.parse_args()
    if options.tests:
        list_tests(options.tests)
    elif len(options.folders) == 2:
        source, build = options.folders
        judge(source, measure(source, build), options.write)
    else:
        parser.error('SOURCE and BUILD are needed')


if __name__ == '__main__':
    sys.exit(main())
