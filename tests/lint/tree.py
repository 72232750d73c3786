# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lints share: the files of the tree, and trees with a planted fault.

A lint is a program that speaks TAP. It holds functions that take the top of a
tree and return findings ("file:line: what is wrong"). Each is run over the
real tree, where it must find nothing, and over a small tree in which its very
fault was planted, where it must find that: a lint that cannot fail is none.
"""

import os
import pathlib
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / 'tests' / 'lib'))

import tap      # noqa: E402  pylint: disable=wrong-import-position

SKIPPED = {'.git', '__pycache__', '.cache'}


def files(top, *suffixes, under=('',)):
    """The files below the folders @under of @top, sorted, without what is
    built; those that end in one of @suffixes, or all."""
    for folder in under:
        for path, folders, names in os.walk(pathlib.Path(top) / folder):
            folders[:] = sorted(name for name in folders
                                if name not in SKIPPED and not name.startswith(('build', '_build')))
            for name in sorted(set(names) - SKIPPED):
                if not suffixes or name.endswith(suffixes):
                    yield pathlib.Path(path) / name


def text_of(path):
    """The text of @path, or None where it is no text."""
    data = path.read_bytes()
    if b'\0' in data:
        return None
    try:
        return data.decode('utf-8')
    except UnicodeDecodeError:
        return None


def interpreter(path):
    """"bash" for a file that begins with #!/bin/bash; else ''."""
    with open(path, 'rb') as file:
        line = file.readline(200)
    if not line.startswith(b'#!'):
        return ''
    words = line[2:].decode('utf-8', 'replace').split()
    name = os.path.basename(words[0]) if words else ''
    return os.path.basename(words[-1]) if name == 'env' else name


def python_files(top):
    return [path for path in files(top)
            if path.suffix == '.py' or interpreter(path).startswith('python')]


def shell_files(top):
    return [path for path in files(top)
            if path.suffix == '.sh' or interpreter(path) in ('sh', 'bash', 'dash')]


def where(top, path, line=None):
    name = path.relative_to(top)
    return f'{name}:{line}' if line else f'{name}'


def lines(top, *suffixes, under=('',)):
    """(path, number, line) of each line of the text files."""
    for path in files(top, *suffixes, under=under):
        text = text_of(path)
        for number, line in enumerate((text or '').split('\n'), 1):
            yield path, number, line


def clean(name, check):
    """A case: @check finds nothing in the real tree."""
    @tap.case(name)
    def _():
        found = check(TOP)
        assert not found, '\n'.join(found)


def planted(name, check, tree, expected):
    """A case: in a tree of just these files ({path: text}), @check finds
    exactly the texts of @expected, one finding each."""
    @tap.case(name)
    def _():
        with tempfile.TemporaryDirectory() as folder:
            top = pathlib.Path(folder)
            for path, text in tree.items():
                (top / path).parent.mkdir(parents=True, exist_ok=True)
                (top / path).write_bytes(text if isinstance(text, bytes) else text.encode())
            found = check(top)
        assert len(found) == len(expected), f'{len(expected)} expected, found: {found}'
        for wanted in expected:
            assert any(wanted in line for line in found), f'{wanted!r} not in {found}'
