#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the WebDAV destination makes of whoever answers: a portal, a gateway, a
server that is full, somebody hostile. Argument: the program attempt.c."""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).parents[2]
sys.path[:0] = [str(TESTS / 'faults'), str(TESTS / 'lib')]
import replies
import tap
from authority import Authority
from fault import Fault
from proxy import HttpProxy
from webdav import Apache, ReadAndCreate

PROGRAM = sys.argv.pop(1)
STAGE = tempfile.TemporaryDirectory(prefix='daily-cup-contract-')
tap.at_end(STAGE.cleanup)
AUTHORITY = Authority(pathlib.Path(STAGE.name, 'authority'))
CERTIFICATE = AUTHORITY.issue()
SERVER = Apache(CERTIFICATE).start()
tap.at_end(SERVER.close)


def attempt(what, port, patience=30, server=SERVER):
    """The lines that the program prints."""
    done = subprocess.run([PROGRAM, what], capture_output=True, text=True, timeout=patience, check=False, env={
        **os.environ,
        'CONTRACT_ADDRESS': f'https://127.0.0.1:{port}/dav/',
        'CONTRACT_AUTHORITY': str(AUTHORITY.trust),
        'CONTRACT_PASSWORD': server.password,
        'CONTRACT_USER': server.user_name})
    assert done.returncode == 0, done.stderr
    return [text for text in done.stdout.splitlines() if not text.startswith('#')]


def proxy(server=SERVER, certificate=CERTIFICATE):
    return HttpProxy(server.port, certificate, AUTHORITY.trust)


def meets(says, expected, *faults, what='put'):
    """A case: with these faults the program's one line is what is @expected."""
    @tap.case(f'{what}: {says}')
    def _():
        with proxy() as line:
            line.set(*faults)
            got = attempt(what, line.port)
            assert got == [expected], got


for _what in ('probe', 'put', 'read'):
    meets('a page with a 200 is a login page', 'login-page', Fault(reply=replies.login_page()), what=_what)
    meets('a redirect is a login page', 'login-page', Fault(reply=replies.redirect(302)), what=_what)
    meets('401 is the credential', 'credential', Fault(reply=replies.status(401)), what=_what)
    meets('503 is busy, and says for how long', 'busy 7', Fault(reply=replies.busy(503, 7)), what=_what)
    meets('what is not HTTP is unreadable', 'unreadable', Fault(reply=replies.GARBAGE), what=_what)
    meets('silence ends in time', 'timeout', Fault(stall_reply_after=0), what=_what)
    meets('a head without end is unreadable', 'unreadable', Fault(reply=replies.endless_head), what=_what)
for _code in (307, 407, 511):
    meets(f'{_code} is a login page', 'login-page', Fault(reply=replies.status(_code)))
meets('429 waits at most an hour', 'busy 3600', Fault(reply=replies.busy(429, 10 ** 6)))
meets('429 that does not say for how long', 'busy 0', Fault(reply=replies.status(429)))
meets('403 is a right that is missing', 'read-only', Fault(reply=replies.status(403), method='GET'))
meets('507 is full', 'full', Fault(reply=replies.status(507), method='PUT'))
meets('507 where a folder is made is full', 'full', Fault(reply=replies.status(507), method='MKCOL'))
meets('413 asks for smaller parts', 'rejected', Fault(reply=replies.status(413), method='PUT'))
meets('a page in the place of what was sent is a login page', 'login-page',
      Fault(reply=replies.login_page(), method='PUT'), Fault(reply=replies.login_page(), method='MOVE'))
meets('a "created" that nobody did is believed in nothing', 'unreadable',
      Fault(reply=replies.answer(201), method='PUT'), Fault(reply=replies.answer(201), method='MOVE', after=1))
meets('what was changed on the way is not there', 'unreadable', Fault(corrupt_request_at=900, method='PUT'))
meets('a gateway that is busy for once says nothing of the server', 'busy 3',
      Fault(reply=replies.busy(503, 3), method='MOVE'))
for _says, _reply in (('a bomb of entities', replies.entity_bomb()), ('deep XML', replies.deep_xml()),
                      ('a bomb of gzip', replies.gzip_bomb(64)), ('a page of 256 MiB', replies.huge),
                      ('an answer without end', replies.endless), ('a broken list', replies.answer(207, b'<a'))):
    meets(f'{_says} is unreadable', 'unreadable', Fault(reply=_reply, method='PROPFIND'), what='read')


# libcurl repeats by itself what was closed unanswered: then it is "new", or
# "same" where the first had been carried out.
ONCE_BROKEN = 'offline', 'unreadable', 'busy 0', 'new', 'same'


@tap.case('put again: what broke once ends well, and once')
def _():
    for fault in (Fault(cut_reply_after=0, method='PUT'), Fault(cut_request_after=700, method='PUT'),
                  Fault(cut_reply_after=0, method='MOVE', after=1), Fault(cut_reply_after=10, method='GET'),
                  Fault(corrupt_request_at=900, method='PUT'), Fault(reply=replies.status(502), forward=True,
                                                                     method='MOVE', after=1)):
        with proxy() as line:
            line.set(fault.only(times=1))
            first, second = attempt('again', line.port)
            assert first in ONCE_BROKEN, (fault, first)
            assert second in ('new', 'same'), (fault, second)


@tap.case('put again, with the right to read and create alone: the same')
def _():
    with ReadAndCreate(CERTIFICATE) as server:
        for fault in (Fault(cut_reply_after=0, method='PUT'), Fault(cut_request_after=700, method='PUT'),
                      Fault(corrupt_request_at=900, method='PUT')):
            with proxy(server) as line:
                line.set(fault.only(times=1))
                first, second = attempt('again', line.port, server=server)
                assert first in ONCE_BROKEN, (fault, first)
                assert second in ('new', 'same'), (fault, second)
        assert not [path for path in server.root.rglob('*.new')]


@tap.case('put: nobody there is no network')
def _():
    with proxy() as line:
        line.refuse()
        assert attempt('put', line.port) == ['offline']


@tap.case('put: a certificate that is not in its time is the clock, any other is the certificate')
def _():
    for certificate, word in ((AUTHORITY.expired(), 'clock'), (AUTHORITY.not_yet_valid(), 'clock'),
                              (AUTHORITY.of_another_host(), 'certificate'),
                              (AUTHORITY.by_a_stranger(), 'certificate'), (None, 'certificate')):
        with proxy(certificate=certificate) as line:
            got = attempt('put', line.port)
            assert got == [word], (word, got)
            assert not line.requests    # the password went nowhere


class ReadOnly(Apache):
    rights = """  <Limit GET HEAD OPTIONS PROPFIND>
    Require valid-user
  </Limit>
  <LimitExcept GET HEAD OPTIONS PROPFIND>
    Require all denied
  </LimitExcept>"""


class DropBox(Apache):
    rights = """  <Limit GET HEAD PROPFIND MOVE DELETE>
    Require all denied
  </Limit>
  <LimitExcept GET HEAD PROPFIND MOVE DELETE>
    Require valid-user
  </LimitExcept>"""


@tap.case('put: a credential that may not create, or not read back, is told, and nothing is claimed')
def _():
    for kind in (ReadOnly, DropBox):
        with kind(CERTIFICATE) as server:
            assert attempt('put', server.port, server=server) == ['read-only'], kind
            assert not list(server.root.rglob('*.jsonl'))


@tap.case('put: an address that leads nowhere is gone')
def _():
    with Apache(CERTIFICATE) as server:
        server.root.rmdir()
        assert attempt('put', server.port, server=server) == ['gone']


@tap.case('no answer costs more than its deadline')
def _():
    with proxy() as line:
        begun = time.monotonic()
        line.set(Fault(stall_request_after=100, method='PUT'))
        assert attempt('put', line.port) == ['timeout']
        assert time.monotonic() - begun < 10


tap.main()
