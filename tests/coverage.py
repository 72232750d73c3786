#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which branches the tests took, folder by folder of src, as gcovr counts.

    coverage.py SOURCE BUILD
"""

import collections
import json
import pathlib
import subprocess
import sys


def measure(source, build):
    result = subprocess.run(
        ['gcovr', '--root', source, '--object-directory', build, '--filter', f'{source}/src/',
         # A check that can only fail by a mistake of the caller is no branch
         # that a test could take without a critical warning.
         '--exclude-lines-by-pattern', r'.*\b(g_return_if_fail|g_return_val_if_fail|g_assert\w*|G_DEFINE_\w+) \(.*',
         '--exclude-unreachable-branches', '--json-summary', '-', build],
        stdout=subprocess.PIPE, check=True)
    return json.loads(result.stdout)['files']


def report(files):
    sums = collections.defaultdict(lambda: [0, 0, 0, 0])
    for entry in files:
        folder = pathlib.PurePath(entry['filename']).parts[1]
        for name in folder, 'all':
            for index, key in enumerate(['line_covered', 'line_total', 'branch_covered', 'branch_total']):
                sums[name][index] += entry[key]
    print(f'{"src/":14}{"lines":>16}{"branches":>18}')
    for name in sorted(sums, key=lambda name: (name == 'all', name)):
        lines, of_lines, branches, of_branches = sums[name]
        print(f'{name:14}{lines:7} {100 * lines / max(of_lines, 1):6.1f} %'
              f'{branches:9} {100 * branches / max(of_branches, 1):6.1f} %')


if __name__ == '__main__':
    report(measure(sys.argv[1], sys.argv[2]))
