#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server for bench-frames.c: Apache's WebDAV over TLS, and a line of 2 MB/s
before it.

    frames.py WITH-DISPLAY BENCH-FRAMES DAILY-CUP-SEND
"""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'faults'))
from authority import Authority
from fault import Fault
from proxy import HttpProxy
from webdav import Apache

BYTES_A_SECOND = 2e6


def main():
    with tempfile.TemporaryDirectory(prefix='daily-cup-frames-') as stage:
        authority = Authority(pathlib.Path(stage, 'authority'))
        certificate = authority.issue()
        with Apache(certificate) as server, HttpProxy(server.port, certificate, authority.trust) as proxy:
            proxy.set(Fault(request_rate=BYTES_A_SECOND, reply_rate=BYTES_A_SECOND))
            done = subprocess.run(sys.argv[1:], check=False, env={
                **os.environ, 'BENCH_ADDRESS': f'https://127.0.0.1:{proxy.port}/dav/',
                'BENCH_AUTHORITY': str(authority.trust), 'BENCH_USER': server.user_name,
                'BENCH_PASSWORD': server.password})
    return done.returncode


if __name__ == '__main__':
    sys.exit(main())
