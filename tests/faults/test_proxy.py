#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The proxy does each harm that it is told, and none that it is not: curl asks
Apache through it."""

import contextlib
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'lib'))
import messages
import replies
import tap
from authority import Authority
from fault import Fault
from proxy import HttpProxy
from server import wait_for
from webdav import PASSWORD, USER, Apache

STAGE = tempfile.TemporaryDirectory(prefix='daily-cup-faults-')
tap.at_end(STAGE.cleanup)
AUTHORITY = Authority(pathlib.Path(STAGE.name, 'authority'))
GOOD = AUTHORITY.issue()
SERVER = Apache(GOOD).start()
tap.at_end(SERVER.close)
TEXT = 'some text that is put and read again\n' * 100

# curl's exit statuses
REFUSED, PARTIAL, TIMEOUT, EMPTY, SEND, RECEIVE, TLS = 7, 18, 28, 52, 55, 56, 60


class Answer:
    def __init__(self, status, code, body, seconds):
        self.status, self.code, self.body, self.seconds = status, code, body, seconds


def ask(proxy, method='GET', name='one', *more, limit=20):
    begun = time.monotonic()
    done = subprocess.run(['curl', '--silent', '--http1.1', '--max-time', str(limit), '--cacert',
                           AUTHORITY.trust, '--user', f'{USER}:{PASSWORD}', '--request', method, '--header', 'Expect:',
                           '--write-out', '\n%{http_code}', *more, f'https://127.0.0.1:{proxy.port}/dav/{name}'],
                          capture_output=True, check=False)
    body, _, code = done.stdout.rpartition(b'\n')
    return Answer(done.returncode, int(code), body, time.monotonic() - begun)


def put(proxy, name, text=TEXT, *more):
    return ask(proxy, 'PUT', name, '--data-binary', text, *more)


def stored(name):
    path = SERVER.root / name
    return path.read_text() if path.exists() else None


@contextlib.contextmanager
def proxy_with(*faults):
    with HttpProxy(SERVER.port, GOOD, AUTHORITY.trust) as proxy:
        proxy.set(*faults)
        yield proxy


(SERVER.root / 'one').write_text(TEXT)


@tap.case('without a fault nothing is changed')
def _():
    with proxy_with() as proxy:
        direct = subprocess.run(['curl', '--silent', '--cacert', AUTHORITY.trust, '--user', f'{USER}:{PASSWORD}',
                                 SERVER.address + 'one'], capture_output=True, check=True).stdout
        answer = ask(proxy)
        assert (answer.status, answer.code, answer.body) == (0, 200, direct)
        assert put(proxy, 'unharmed').code == 201 and stored('unharmed') == TEXT
        assert ask(proxy, 'PROPFIND', '', '--header', 'Depth: 1').code == 207
        assert ask(proxy, 'HEAD', 'one', '--head').code == 200
        assert put(proxy, 'expected', TEXT, '--header', 'Expect: 100-continue').code == 201
        assert put(proxy, 'chunks', TEXT, '--header', 'Transfer-Encoding: chunked').code == 201
        assert stored('chunks') == stored('expected') == TEXT
        assert proxy.answered == len(proxy.requests) == 6 and proxy.resets == 0
        assert proxy.received > 3 * len(TEXT) and proxy.sent > len(TEXT)


@tap.case('many requests share one connection')
def _():
    with proxy_with() as proxy:
        answer = ask(proxy, 'GET', '[1-20]')
        assert answer.code == 404 and len(proxy.requests) == 20, len(proxy.requests)
        assert proxy.connections == 1, proxy.connections


@tap.case('a fault is for the requests that it names, and for so many')
def _():
    with proxy_with(Fault(reply=replies.status(500), method='PUT', path='faulty', times=2, after=1)) as proxy:
        codes = [put(proxy, f'faulty{n}').code for n in range(4)]
        assert codes == [201, 500, 500, 201], codes
        assert ask(proxy).code == 200 and put(proxy, 'sound').code == 201
        assert stored('faulty1') is None and proxy.answered == 4


@tap.case('a fault is for the bodies that it names; those that it spares arrive as they were')
def _():
    with proxy_with(Fault(reply=replies.status(413), method='PUT', holds=lambda body: b'poison' in body)) as proxy:
        codes = [put(proxy, f'drink{n}', text).code for n, text in enumerate(('water', 'poison', TEXT))]
        assert codes == [201, 413, 201], codes
        assert (stored('drink0'), stored('drink1'), stored('drink2')) == ('water', None, TEXT)
        assert put(proxy, 'chunked', TEXT, '--header', 'Transfer-Encoding: chunked').code == 201 and stored('chunked') == TEXT


@tap.case('a request that is cut does not reach the server whole')
def _():
    with proxy_with(Fault(cut_request_after=600, times=1)) as proxy:
        assert put(proxy, 'cut').status in (EMPTY, SEND, RECEIVE)
        assert stored('cut') is None and proxy.answered == 0
        assert put(proxy, 'cut').code == 201
    with proxy_with(Fault(cut_request_after=0)) as proxy:
        assert ask(proxy).status == EMPTY and proxy.answered == 0


@tap.case('a reply that is lost was given: what was put is there')
def _():
    with proxy_with(Fault(cut_reply_after=0, method='PUT')) as proxy:
        assert put(proxy, 'lost').status == EMPTY
        assert stored('lost') == TEXT and proxy.answered == 1 and proxy.sent == 0


@tap.case('a reply is cut after so many bytes, and curl finds it by the length and by the chunks')
def _():
    with proxy_with(Fault(cut_reply_after=1000)) as proxy:
        assert ask(proxy).status == PARTIAL and proxy.sent == 1000
    with proxy_with(Fault(cut_reply_after=1000, rewrite=messages.chunked)) as proxy:
        assert ask(proxy).status in (PARTIAL, RECEIVE) and proxy.sent == 1000
    with proxy_with(Fault(rewrite=messages.chunked)) as proxy:
        assert ask(proxy).body.decode() == TEXT
    with proxy_with(Fault(rewrite=messages.until_close)) as proxy:
        assert ask(proxy).body.decode() == TEXT
    # Nobody can find this one, but by what is in it.
    with proxy_with(Fault(cut_reply_after=1000, rewrite=messages.until_close)) as proxy:
        answer = ask(proxy)
        assert len(answer.body) < len(TEXT) and TEXT.startswith(answer.body.decode())


@tap.case('a connection is reset where that is asked for')
def _():
    with proxy_with(Fault(cut_reply_after=0, reset=True)) as proxy:
        assert ask(proxy).status == RECEIVE


@tap.case('one byte is corrupted, on the way there and on the way back')
def _():
    with proxy_with(Fault(corrupt_reply_at=2000, method='GET')) as proxy:
        body = ask(proxy).body.decode()
        assert len(body) == len(TEXT) and sum(a != b for a, b in zip(body, TEXT)) == 1
        proxy.set(Fault(corrupt_request_at=2000))
        assert put(proxy, 'corrupted').code == 201
        assert sum(a != b for a, b in zip(stored('corrupted'), TEXT)) == 1


@tap.case('a delay, a slow reply and a slow request take their time')
def _():
    with proxy_with(Fault(delay=1)) as proxy:
        assert ask(proxy).seconds > 1
        proxy.set(Fault(reply_rate=4000))
        answer = ask(proxy)
        assert answer.body.decode() == TEXT and answer.seconds > 0.8
        proxy.set(Fault(request_rate=4000))
        assert put(proxy, 'slow').seconds > 0.8 and stored('slow') == TEXT


@tap.case('a stall lasts until the program gives up')
def _():
    for fault in Fault(stall_reply_after=0), Fault(stall_reply_after=500), Fault(stall_request_after=0), \
            Fault(stall_request_after=100):
        with proxy_with(fault) as proxy:
            answer = ask(proxy, limit=2)
            assert answer.status == TIMEOUT and 1.9 < answer.seconds < 6
            assert proxy.sent == (fault.stall_reply_after or 0)
            wait_for(lambda: proxy.open == 0, 'the connection stays')


@tap.case('portals, gateways and servers in trouble answer as they do')
def _():
    cases = [(replies.login_page(), 200), (replies.busy(429, 30), 429), (replies.busy(503, 'Wed, 21 Oct 2099 07:28:00 GMT'), 503)]
    cases += [(replies.redirect(code), code) for code in (301, 302, 303, 307, 308)]
    cases += [(replies.status(code), code) for code in (401, 403, 407, 500, 502, 503, 507, 511)]
    with proxy_with() as proxy:
        for reply, code in cases:
            proxy.set(Fault(reply=reply))
            answer = put(proxy, 'never')
            assert answer.code == code and b'<html>' in answer.body, code
        assert stored('never') is None and proxy.answered == 0
        proxy.set(Fault(reply=replies.status(502), forward=True))
        assert put(proxy, 'behind').code == 502 and stored('behind') == TEXT and proxy.answered == 1


@tap.case('a redirect names another place')
def _():
    with proxy_with(Fault(reply=replies.redirect(302))) as proxy:
        assert b'\r\nLocation: https://login.hotel.example/\r\n' in ask(proxy, 'GET', 'one', '--include').body


@tap.case('replies come twice, and late')
def _():
    with proxy_with(Fault(twice=True)) as proxy:
        assert ask(proxy).body.decode() == TEXT and proxy.sent > 2 * len(TEXT)
    with proxy_with(Fault(stale=True)) as proxy:
        (SERVER.root / 'n1').write_text('first')
        (SERVER.root / 'n2').write_text('second')
        answer = ask(proxy, 'GET', 'n[1-2]')
        assert answer.body == b'first\n200first', answer.body


@tap.case('what is huge, endless, deep or packed comes as long as it is taken')
def _():
    for reply in replies.huge(64), replies.endless(), replies.endless_head(), replies.interim():
        with proxy_with(Fault(reply=reply)) as proxy:
            answer = ask(proxy, 'GET', 'one', '--max-filesize', '100000000', '--output', '/dev/null', limit=2)
            assert answer.status != 0 or proxy.sent > 64 << 20
            assert proxy.sent > 10000
            wait_for(lambda: proxy.open == 0, 'it goes on for nobody')
    with proxy_with(Fault(reply=replies.gzip_bomb(32))) as proxy:
        answer = ask(proxy, 'GET', 'one', '--compressed')
        assert len(answer.body) == 32 << 20 and proxy.sent < 1 << 17
    with proxy_with(Fault(reply=replies.deep_json(1000))) as proxy:
        assert ask(proxy).body == b'[' * 1000
    for reply in replies.deep_xml(10), replies.entity_bomb(), replies.json('{}', code=207):
        with proxy_with(Fault(reply=reply)) as proxy:
            assert ask(proxy).code == 207
    with proxy_with(Fault(reply=replies.GARBAGE)) as proxy:
        assert ask(proxy).status != 0


@tap.case('each certificate that must be refused is refused, and a good one again taken')
def _():
    with proxy_with() as proxy:
        for certificate in (AUTHORITY.expired(), AUTHORITY.not_yet_valid(), AUTHORITY.of_another_host(),
                            AUTHORITY.by_a_stranger()):
            proxy.show(certificate)
            answer = ask(proxy)
            assert answer.status == TLS and proxy.requests == [], answer.status
        proxy.show(GOOD)
        assert ask(proxy).code == 200


@tap.case('without TLS where it is expected nothing is asked')
def _():
    with HttpProxy(SERVER.port, None, AUTHORITY.trust) as proxy:
        answer = ask(proxy)
        assert answer.status == 35 and proxy.requests == [], answer.status


@tap.case('refuses connections, and takes them again on the same port')
def _():
    with proxy_with() as proxy:
        proxy.refuse()
        assert ask(proxy).status == REFUSED
        proxy.refuse(False)
        assert ask(proxy).code == 200


@tap.case('counts what arrives, so that it shows when a program has stopped')
def _():
    with proxy_with() as proxy:
        large = pathlib.Path(STAGE.name, 'large')
        large.write_bytes(bytes(4 << 20))
        curl = subprocess.Popen(['curl', '--silent', '--cacert', AUTHORITY.trust, '--user', f'{USER}:{PASSWORD}',
                                 '--header', 'Expect:', '--limit-rate', '200k', '--upload-file', large,
                                 f'https://127.0.0.1:{proxy.port}/dav/large'])
        wait_for(lambda: proxy.received > 100000, 'nothing comes')
        assert not proxy.quiet_for(2), 'a program that sends is taken for a quiet one'
        curl.kill()
        curl.wait()
        wait_for(lambda: proxy.open == 0, 'the connection stays')
        assert proxy.quiet_for(0.5) and proxy.received < 4 << 20 and stored('large') is None


@tap.case('tells a reset from an orderly end')
def _():
    with HttpProxy(SERVER.port, None, AUTHORITY.trust) as proxy:
        for reset in False, True:
            line = socket.create_connection(('127.0.0.1', proxy.port))
            line.sendall(b'PUT /dav/x HTTP/1.1\r\nContent-Length: 1000\r\n\r\nsome')
            wait_for(lambda: proxy.requests, 'the head did not come')
            if reset:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
            line.close()
            wait_for(lambda: proxy.open == 0, 'the connection stays')
            assert proxy.resets == reset
            proxy.requests.clear()
        assert stored('x') is None


@tap.case('nothing of the servers and proxies is left')
def _():
    folder = SERVER.folder
    SERVER.close()
    assert not folder.exists()


tap.main()
