#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No file longer than 800 lines, 9 functions in 10 under 30, and at least
eight lines of tests for ten of the program."""

import re

import tree
from tree import tap

LONGEST_FILE = 800
LONG_FUNCTION = 30
SHORT_SHARE = 0.9
TESTS_TO_SOURCE = 0.8

CODE = ('.c', '.h', '.py', '.sh', '.css', '.ui', '.sql')


def long_files(top):
    return [f'{tree.where(top, path)}: {count} lines, at most {LONGEST_FILE}'
            for path in tree.files(top, *CODE, under=('src', 'tests', 'ui'))
            if (count := len((tree.text_of(path) or '').splitlines())) > LONGEST_FILE]


def functions(top):
    """(lines in the body, "file:line name") of each function of src."""
    for path in tree.files(top, '.c', under=('src',)):
        begin, name = None, ''
        for number, line in enumerate(path.read_text().split('\n'), 1):
            if match := re.match(r'([a-zA-Z_]\w*) \(', line):
                name = match[1]
            if line == '{':
                begin = number
            elif line == '}' and begin is not None:
                yield number - begin - 1, f'{tree.where(top, path, begin)} {name}'
                begin = None


def long_functions(top):
    every = sorted(functions(top), reverse=True)
    long = [entry for entry in every if entry[0] >= LONG_FUNCTION]
    if not every or len(every) - len(long) >= SHORT_SHARE * len(every):
        return []
    return [f'{len(long)} of {len(every)} functions have {LONG_FUNCTION} lines or more'] + \
        [f'{where}: {count} lines' for count, where in long]


def code_lines(paths):
    return sum(1 for path in paths for line in (tree.text_of(path) or '').split('\n') if line.strip())


def few_tests(top):
    """Code against code: headers, which are mostly prose, count on neither
    side, and the lints and the corpora are no tests of what the program does."""
    source = code_lines(tree.files(top, '.c', under=('src',)))
    tests = code_lines(path for path in tree.files(top, '.c', '.py', '.sh', under=('tests',))
                       if path.relative_to(top).parts[1] != 'lint')
    if tests >= TESTS_TO_SOURCE * source:
        return []
    return [f'{tests} lines of tests for {source} of source: {tests / source:.2f}, '
            f'at least {TESTS_TO_SOURCE}']


def function(name, count):
    return f'static void\n{name} (void)\n{{\n' + '  a ();\n' * count + '}\n'


tree.clean(f'no file is longer than {LONGEST_FILE} lines', long_files)
tree.clean('nine functions in ten are short', long_functions)
tree.clean('the tests are at least 0.8 of the source', few_tests)

tree.planted('finds a file too long', long_files,
             {'src/a/a.c': 'x\n' * 801, 'src/a/b.c': 'x\n' * 800}, ['src/a/a.c: 801'])
tree.planted('finds too many long functions', long_functions,
             {'src/a/a.c': ''.join(function(f'f{n}', 29) for n in range(8)) + function('long_one', 30)},
             ['1 of 9', 'long_one: 30'])
tree.planted('takes one long function in ten', long_functions,
             {'src/a/a.c': ''.join(function(f'f{n}', 29) for n in range(9)) + function('long_one', 90)}, [])
tree.planted('finds tests missing', few_tests,
             {'src/a/a.c': 'x\n' * 100, 'tests/a/a.c': 'x\n' * 79, 'tests/lint/b.py': 'x\n' * 99},
             ['79 lines of tests for 100'])
tree.planted('takes tests enough', few_tests,
             {'src/a/a.c': 'x\n' * 100, 'tests/a/a.c': 'x\n' * 80}, [])

tap.main()
