#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The WebDAV servers of these tests answer as such servers do; curl asks."""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'lib'))
import tap
from authority import Authority
from server import answers
from webdav import Apache, Nginx, ReadAndCreate

STAGE = tempfile.TemporaryDirectory(prefix='daily-cup-faults-')
tap.at_end(STAGE.cleanup)
AUTHORITY = Authority(pathlib.Path(STAGE.name, 'authority'))
KINDS = (Apache, ReadAndCreate, Nginx)


def ask(server, method, name='', *more, user=None, trust=AUTHORITY.trust):
    """curl's exit status, and the answer's."""
    user = user if user is not None else f'{server.user_name}:{server.password}'
    done = subprocess.run(['curl', '--silent', '--max-time', '30', '--cacert', trust, '--user', user, '--request',
                           method, '--output', '/dev/null', '--write-out', '%{http_code}', *more,
                           server.address + name], capture_output=True, text=True, check=False)
    return done.returncode, int(done.stdout)


def put(server, name, text, *more):
    return ask(server, 'PUT', name, '--data-binary', text, *more)[1]


def case(kind, says):
    """A case with a server of its own."""
    def add(function):
        @tap.case(f'{kind.__name__}: {says}')
        def _():
            with kind(AUTHORITY.issue()) as server:
                function(server)
        return function
    return add


def each(says):
    def add(function):
        for kind in KINDS:
            case(kind, says)(function)
        return function
    return add


@each('takes a file and gives it back, lists a folder, makes one')
def _(server):
    assert ask(server, 'MKCOL', 'a/')[1] == 201
    assert put(server, 'a/one', 'text') == 201
    assert (server.root / 'a/one').read_text() == 'text'
    assert ask(server, 'GET', 'a/one') == (0, 200)
    assert ask(server, 'GET', 'a/two')[1] == 404
    assert ask(server, 'PROPFIND', 'a/', '--header', 'Depth: 1')[1] == 207
    assert 'PUT /dav/a/one 201' in server.requests()


@each('asks for a password, and for another once it was changed')
def _(server):
    assert ask(server, 'GET', user='tablet:wrong')[1] == 401
    before = server.password
    server.set_password('another')
    assert ask(server, 'PROPFIND', '', '--header', 'Depth: 0', user=f'tablet:{before}')[1] == 401
    assert ask(server, 'PROPFIND', '', '--header', 'Depth: 0')[1] == 207


@each('is believed by who trusts its authority and by nobody else')
def _(server):
    stranger = Authority(server.folder / 'stranger')
    assert ask(server, 'OPTIONS', trust=stranger.trust) == (60, 0)
    assert ask(server, 'OPTIONS')[0] == 0


@each('keeps its files when it is killed, and leaves no folder when it is closed')
def _(server):
    assert put(server, 'one', 'text') == 201
    server.kill()
    assert ask(server, 'GET', 'one')[0] == 7    # nobody there
    server.start()
    assert ask(server, 'GET', 'one') == (0, 200)
    server.restart()
    assert ask(server, 'GET', 'one') == (0, 200)
    folder, port = server.folder, server.port
    server.close()
    assert not os.path.exists(folder) and not answers(port)


@case(Apache, 'replaces, moves without replacing, and removes')
def _(server):
    assert put(server, 'one', 'text') == 201
    assert put(server, 'one', 'other') == 204
    assert put(server, 'one', 'third', '--header', 'If-None-Match: *') == 412
    move = ('--header', f'Destination: {server.address}two', '--header', 'Overwrite: F')
    assert ask(server, 'MOVE', 'one', *move)[1] == 201
    assert put(server, 'one', 'again') == 201
    assert ask(server, 'MOVE', 'one', *move)[1] == 412
    assert ask(server, 'DELETE', 'two')[1] == 204


@case(ReadAndCreate, 'replaces, moves and removes nothing')
def _(server):
    assert put(server, 'one', 'text', '--header', 'If-None-Match: *') == 201
    assert put(server, 'one', 'other', '--header', 'If-None-Match: *') == 412
    assert put(server, 'one', 'other') == 403
    move = ('--header', f'Destination: {server.address}two')
    for method in ('MOVE', 'COPY', 'DELETE', 'PROPPATCH', 'LOCK'):
        assert ask(server, method, 'one', *move)[1] == 403, method
    assert (server.root / 'one').read_text() == 'text' and not (server.root / 'two').exists()


@case(Nginx, 'replaces whatever If-None-Match says, so that it must be asked before')
def _(server):
    assert put(server, 'one', 'text') == 201
    assert put(server, 'one', 'other', '--header', 'If-None-Match: *') == 204
    assert (server.root / 'one').read_text() == 'other'
    assert ask(server, 'MOVE', 'one', '--header', f'Destination: {server.address}two', '--header',
               'Overwrite: F')[1] == 204


@case(Nginx, 'refuses more than a mebibyte')
def _(server):
    large = server.folder / 'large'
    large.write_bytes(bytes(2000000))
    assert put(server, 'large', f'@{large}', '--header', 'Expect:') == 413
    assert not (server.root / 'large').exists()


tap.main()
