#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a test with the folder of the CCTV test vectors of age.

    vectors.py PROGRAM

They are the ones that age's own author keeps for every implementation
(C2SP/CCTV, folder age; 0BSD, CC0 or Unlicense). They are looked for in
$DAILY_CUP_VECTORS, then in shared/vectors/age beside the source tree, then in
the build folder, where the npm package cctv-age is unpacked when they are
nowhere else. Nothing of that package is run.
"""

import base64
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = 'cctv-age@0.2.0'
VECTOR = re.compile(r'^// \.\./testdata/(\w+)\nvar \w+ = __toBinary\("([A-Za-z0-9+/=]*)"\);$', re.MULTILINE)


def pack(folder):
    """The package's one module, as text."""
    subprocess.run(['npm', 'pack', '--silent', PACKAGE], cwd=folder, check=True, timeout=120,
                   stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    archive, = folder.glob('*.tgz')
    with tarfile.open(archive) as tar:
        return tar.extractfile('package/index.js').read().decode()


def unpack(text, folder):
    folder.mkdir()
    for name, encoded in VECTOR.findall(text):
        (folder / name).write_bytes(base64.b64decode(encoded, validate=True))


def fetched(target):
    """@target, filled; whoever comes first names it."""
    if not target.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            scratch = pathlib.Path(scratch)
            unpack(pack(scratch), scratch / 'vectors')
            try:
                (scratch / 'vectors').rename(target)
            except OSError:
                if not target.is_dir():
                    raise
    return target


def found():
    if given := os.environ.get('DAILY_CUP_VECTORS'):
        return pathlib.Path(given)
    beside = TOP.parent / 'shared' / 'vectors' / 'age'
    if beside.is_dir():
        return beside
    return fetched(pathlib.Path(os.environ.get('G_TEST_BUILDDIR', '.')) / 'cctv-age')


def main():
    try:
        folder = found()
    except (OSError, subprocess.SubprocessError) as problem:
        print(f'1..0 # SKIP no test vectors of age: {problem}')
        return
    os.execv(sys.argv[1], [sys.argv[1], str(folder), *sys.argv[2:]])


if __name__ == '__main__':
    main()
