#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the contract of destinations on a WebDAV server that it starts:

    contract.py apache|share|nginx PROGRAM [ARGUMENT…]
"""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / 'faults'))
from authority import Authority
from webdav import Apache, Nginx, ReadAndCreate

KINDS = {'apache': (Apache, 'all'), 'share': (ReadAndCreate, 'create'), 'nginx': (Nginx, 'all')}


def main(kind, program, *arguments):
    server_of, rights = KINDS[kind]
    with tempfile.TemporaryDirectory(prefix='daily-cup-contract-') as stage:
        authority = Authority(stage)
        with server_of(authority.issue()) as server:
            return subprocess.run([program, f'webdav-{kind}', *arguments], check=False, env={
                **os.environ,
                'CONTRACT_ADDRESS': server.address,
                'CONTRACT_AUTHORITY': str(authority.trust),
                'CONTRACT_PASSWORD': server.password,
                'CONTRACT_RIGHTS': rights,
                'CONTRACT_ROOT': str(server.root),
                'CONTRACT_USER': server.user_name,
            }).returncode


sys.exit(main(*sys.argv[1:]))
