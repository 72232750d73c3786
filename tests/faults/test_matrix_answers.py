#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault matrix, the answers: what busy servers, gateways, login pages,
strangers and attackers say to daily-cup-send. No answer is believed without its
proof, costs 20 MB of memory or more than its deadline; and once the right server
answers, every promise is there once. The long form asks each kind of server."""

import email.utils
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'lib'))
import messages
import replies
import tap
from fault import Fault
from matrix import BUNDLE, LONG, Life, hostile, kinds, kinds_of_webdav
from places import AUTHORITY, DATABASE, GOOD, LOGIN, SECRET, TOP, postgresql, webdav
from proxy import HttpProxy
from authority import Certificate

# What a run asks first, sends and looks for; over WebDAV each is a request of its own.
ASKED = ('probe', None), ('put', None), ('receipts', None)
METHODS = ('probe', 'GET'), ('put', 'PUT'), ('receipts', 'PROPFIND')
EVERYWHERE = METHODS + (('put', 'GET'),) if LONG else METHODS
LISTED = 207


def every(enemy, reply, *errors, where=METHODS, **more):
    """This reply to each of what is asked."""
    for what, method in where:
        enemy.meets(Fault(reply=reply, method=method), *errors, what=what, **more)


def raising(sqlstate):
    return f"BEGIN RAISE EXCEPTION 'No.' USING ERRCODE = '{sqlstate}'; END"


def in_a_date(seconds):
    return email.utils.formatdate(time.time() + seconds, usegmt=True)


@tap.case('row 10: 429 and how long to wait, WebDAV: as it asks, an hour at most, whatever it says')
def _():
    for make in kinds_of_webdav():
        with make() as place:
            with hostile(place) as enemy:
                for says, least, most in (('7', 7, 7), (in_a_date(100), 60, 100), ('9' * 30, 0, 3600), ('86400', 3600, 3600),
                                          ('soon', 0, 0), ('-5', 0, 0), ('0', 0, 0), (in_a_date(-1000), 0, 0)):
                    answer = enemy.meets(Fault(reply=replies.busy(429, says), method='GET'), 'busy', what='probe')
                    assert least <= answer.wait <= most, (says, answer)
                enemy.meets(Fault(reply=replies.status(429)), 'busy')
            place.clear()
            with Life(place) as life:
                life.save(1, 2).meets(Fault(reply=replies.busy(429, 1), method='PUT', times=1), '')
                begun = time.monotonic()
                life.save(3).meets(Fault(reply=replies.busy(429, 86400), method='PUT'), 'busy')
                assert time.monotonic() - begun < 10
                life.ends()


@tap.case('row 10: too many at once, PostgreSQL: busy, and the next run hands over')
def _():
    with postgresql() as place, Life(place) as life:
        life.save(1, 2)
        place.server.sql(f'ALTER ROLE {LOGIN} CONNECTION LIMIT 0')
        try:
            life.meets(None, 'busy')
        finally:
            place.server.sql(f'ALTER ROLE {LOGIN} CONNECTION LIMIT -1')
        life.ends()


@tap.case('row 11: 500, 502, 503 and 504 with a page, WebDAV: busy; the page is not read')
def _():
    for make in kinds_of_webdav():
        with make() as place:
            with hostile(place) as enemy:
                for code in (500, 502, 503, 504) if LONG else (503,):
                    every(enemy, replies.status(code), 'busy', where=EVERYWHERE)
            place.clear()
            with Life(place) as life:
                life.save(1, 2, 3).meets(Fault(reply=replies.status(503)), 'busy')
                life.meets(Fault(reply=replies.status(500), method='PUT'), 'busy')
                life.ends()


@tap.case('row 11: the server has it, and a gateway says 502, WebDAV: the retry finds it, one copy')
def _():
    with webdav() as place, Life(place) as life:
        for number, method in enumerate(('PUT', 'MOVE', 'GET', 'MKCOL') if LONG else ('PUT', 'MOVE'), 1):
            life.save(number).meets(Fault(reply=replies.status(502), forward=True, method=method), 'busy', '')
        life.ends()


@tap.case('row 11: an error of the server’s own, PostgreSQL: nothing is stored, and the next run hands over')
def _():
    with postgresql() as place:
        states = ('58030', '57P03', '40001', '53200', '55P03') if LONG else ('58030', '57P03')
        for function in ('identity', 'submit', 'notes', 'put_note') if LONG else ('submit',):
            place.clear()
            with Life(place) as life:
                life.save(1, 2)
                for sqlstate in states:
                    with place.with_function(function, raising(sqlstate)):
                        life.meets(None, 'busy')
                life.ends()


@tap.case('row 12: a login page with a 200, WebDAV: a login page, wherever it stands')
def _():
    for make in kinds_of_webdav():
        with make() as place:
            with hostile(place) as enemy:
                # Where only the sending is answered so, what is not there afterwards says it.
                every(enemy, replies.login_page(), 'login-page', 'unreadable')
                enemy.meets(Fault(reply=replies.login_page()), 'login-page')
            place.clear()
            with Life(place) as life:
                life.save(1, 2, 3).meets(Fault(reply=replies.login_page()), 'login-page')
                life.meets(Fault(reply=replies.login_page(), after=3), 'login-page')
                life.ends()


@tap.case('row 12: a page where PostgreSQL should answer: a login page; the password stays here')
def _():
    with postgresql() as place:
        with hostile(place) as enemy:
            enemy.meets(Fault(reply=replies.login_page()), 'login-page', what='probe')
            enemy.meets(Fault(reply=replies.login_page()), 'login-page')
        place.clear()
        with Life(place) as life:
            life.save(1).meets(Fault(reply=replies.login_page()), 'login-page')
            life.ends()


def redirected(codes):
    """Nobody follows where these lead, and the credential does not either."""
    for make in kinds_of_webdav():
        with make() as place, HttpProxy(place.server.port, GOOD, AUTHORITY.trust) as trap:
            target = f'https://127.0.0.1:{trap.port}/dav/'
            with hostile(place) as enemy:
                for code in codes:
                    every(enemy, replies.redirect(code, target), 'login-page', where=EVERYWHERE)
            place.clear()
            with Life(place) as life:
                life.save(1, 2)
                for code in codes:
                    life.meets(Fault(reply=replies.redirect(code, target)), 'login-page')
                    life.meets(Fault(reply=replies.redirect(code, target), method='PUT'), 'login-page')
                life.ends()
            assert trap.connections == 0


@tap.case('row 13: 301, 302 and 303, WebDAV: a login page, followed by nobody')
def _():
    redirected((301, 302, 303) if LONG else (302, 303))


@tap.case('row 14: 307 and 308, WebDAV: a login page, followed by nobody')
def _():
    redirected((307, 308) if LONG else (307,))


@tap.case('row 15: 511, 407, 401 and 403, WebDAV: each by its word, and the queue stays')
def _():
    for make in kinds_of_webdav():
        with make() as place:
            with hostile(place) as enemy:
                every(enemy, replies.status(511), 'login-page')
                every(enemy, replies.status(407, Proxy_Authenticate='Basic realm="hotel"'), 'login-page')
                every(enemy, replies.status(401), 'credential')
                enemy.meets(Fault(reply=replies.status(403), method='GET'), 'read-only', what='probe')
                enemy.meets(Fault(reply=replies.status(403), method='PUT'), 'read-only')
            place.clear()
            with Life(place) as life:
                life.save(1, 2, 3)
                for code, word in ((511, 'login-page'), (407, 'login-page'), (401, 'credential'), (403, 'read-only')):
                    life.meets(Fault(reply=replies.status(code), method='PUT'), word)
                life.ends()


@tap.case('row 15: a credential that was revoked, WebDAV and PostgreSQL: told; a new one drains the queue')
def _():
    with webdav() as place, Life(place) as life:
        before = place.server.password
        life.save(1).meets(None, '')
        try:
            place.server.set_password('another word')
            life.save(2).meets(None, 'credential')
            life.tablet.do('credential', place.user, 'another word')
            life.ends()
        finally:
            place.server.set_password(before)
    with postgresql() as place, Life(place) as life:
        life.save(1).meets(None, '')
        try:
            place.server.sql(f"ALTER ROLE {LOGIN} PASSWORD 'another word'")
            life.save(2).meets(None, 'credential')
            life.tablet.do('credential', LOGIN, 'another word')
            life.meets(None, '')
            place.server.sql(f"SELECT daily_cup.revoke('{LOGIN}')", DATABASE)
            life.save(3).meets(None, 'credential')
        finally:
            place.server.sql(f"ALTER ROLE {LOGIN} PASSWORD '{SECRET}'")
            place.server.sql(f"UPDATE daily_cup.tablet SET revoked = NULL WHERE login = '{LOGIN}'", DATABASE)
        life.tablet.do('credential', LOGIN, SECRET)
        life.ends()


def self_signed():
    key, chain = TOP / 'self.key', TOP / 'self.pem'
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days',
                    '30', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', chain],
                   check=True, capture_output=True)
    return Certificate(chain, key)


def refused_certificates(*certificates, word='certificate'):
    """The tablet says so, hands nothing over and asks for nothing; then drains."""
    for make in kinds():
        with make() as place, Life(place) as life:
            life.save(1, 2)
            asked = len(getattr(place.proxy, 'requests', ()))
            for certificate in certificates:
                place.show(certificate)
                try:
                    life.meets(None, word)
                finally:
                    if make is postgresql or certificate is certificates[-1]:
                        place.show(GOOD)
            assert len(getattr(place.proxy, 'requests', ())) == asked and not place.stored()
            life.ends()


@tap.case('row 16: self-signed, or by an authority that the pack does not name, WebDAV and PostgreSQL: refused')
def _():
    refused_certificates(AUTHORITY.by_a_stranger(), self_signed())


@tap.case('row 16: a server without TLS, WebDAV and PostgreSQL: refused, and nothing is said to it')
def _():
    with webdav(certificate=None) as place, Life(place) as life:
        life.save(1).meets(None, 'certificate')
        assert not place.proxy.requests and not place.stored()
    with postgresql() as place, Life(place) as life:
        life.save(1).meets(Fault(reply=b'N'), 'certificate')
        life.meets(Fault(reply=b'S' + replies.GARBAGE), 'certificate', 'offline')
        life.ends()


@tap.case('row 18: the certificate of another host, WebDAV and PostgreSQL: refused')
def _():
    refused_certificates(AUTHORITY.of_another_host(), AUTHORITY.issue('localhost'))


@tap.case('row 19: huge, endless and bombs, WebDAV: 20 MB at most, at once')
def _():
    attacks = [('probe', 'GET', replies.huge), ('probe', 'GET', replies.endless), ('probe', 'GET', replies.endless_head),
               ('put', 'GET', replies.endless), ('put', 'PUT', replies.endless), ('receipts', 'PROPFIND', replies.huge),
               ('receipts', 'PROPFIND', replies.gzip_bomb(64))]
    if LONG:
        attacks += [(what, method, reply) for what, method in EVERYWHERE
                    for reply in (replies.huge, replies.endless, replies.endless_head, replies.interim,
                                  replies.gzip_bomb(256), lambda: replies.endless(LISTED), lambda: replies.huge(256, LISTED))]
    for make in kinds_of_webdav():
        with make() as place:
            with hostile(place) as enemy:
                for what, method, reply in attacks:
                    place.proxy.set(Fault(reply=reply, method=method))
                    answer = enemy.ask(what)
                    # Some of what is asked needs no body: of these what comes behind the head is left there.
                    assert answer.seconds < 10, (what, method, answer)
                    assert answer.error or (what, method) in (('put', 'MKCOL'), ('put', 'PUT'), ('put', 'MOVE'),
                                                              ('probe', 'DELETE'), ('probe', 'GET')), (what, method, answer)
                    assert not answer.notes
            place.clear()
            with Life(place) as life:
                life.save(1, 2).meets(Fault(reply=replies.endless, method='GET'), 'unreadable')
                life.ends()


@tap.case('row 19: huge and endless, PostgreSQL: 20 MB at most, at once')
def _():
    much = f"repeat('x', {100000000 if LONG else 40000000})"
    rows, width = (1000000, 1) if LONG else (40, 1000000)
    attacks = [
        ('put', 'submit', f"BEGIN id := '\\x00'; verdict := 'refused'; reason := {much}; RETURN NEXT; END", ('unreadable',)),
        ('put', 'submit', f"BEGIN RETURN QUERY SELECT decode(md5(n::text), 'hex'), 'new', repeat('x', {width}) "
                          f'FROM generate_series(1, {rows}) AS n; END', ('unreadable',)),
        ('put', 'submit', f'BEGIN RAISE EXCEPTION USING MESSAGE = {much}; END', ('unreadable', 'rejected')),
        ('probe', 'identity', f'BEGIN RAISE NOTICE USING MESSAGE = {much}; END', ('unreadable',)),
        ('receipts', 'notes', f"BEGIN RETURN QUERY SELECT 1::bigint, {much}::bytea; END", ('unreadable',))]
    with postgresql() as place:
        for what, function, body, errors in attacks if LONG else attacks[:2] + attacks[4:]:
            with hostile(place) as enemy, place.with_function(function, body):
                enemy.meets(None, *errors, 'offline', what=what)
        with hostile(place) as enemy:
            enemy.meets(Fault(reply=lambda: iter(lambda: b'x' * 65536, b'')), 'login-page', what='probe')
            enemy.meets(Fault(reply=lambda: iter(lambda: b'E' * 65536, b'')), 'busy', 'offline', 'unreadable', what='probe')
            enemy.meets(Fault(reply=lambda: iter(lambda: b'S' * 65536, b'')), 'certificate', 'offline', what='probe')
        place.clear()
        with Life(place) as life:
            life.save(1, 2)
            with place.with_function('identity', attacks[3][2]):
                life.meets(None, 'unreadable', 'offline')
            life.ends()


def listing(*hrefs):
    body = '<?xml version="1.0"?><multistatus xmlns="DAV:">' + ''.join(
        f'<response><href>{href}</href></response>' for href in hrefs) + '</multistatus>'
    return replies.answer(LISTED, body.encode(), Content_Type='application/xml')


@tap.case('row 20: no HTTP, broken or deep answers, wrong bytes, WebDAV: unreadable, and nothing is believed')
def _():
    other = replies.answer(200, b'{"bundle":1}\n', Content_Type='application/octet-stream')
    for make in kinds_of_webdav():
        with make() as place:
            with hostile(place) as enemy:
                every(enemy, replies.GARBAGE, 'unreadable', where=EVERYWHERE)
                for reply in (replies.deep_xml(), replies.entity_bomb(), replies.answer(LISTED, b'<a'), replies.answer(LISTED),
                              replies.answer(LISTED, b'\0' * 1000), replies.json('[]', LISTED)):
                    enemy.meets(Fault(reply=reply, method='PROPFIND'), 'unreadable', what='receipts')
                for reply in other, replies.deep_json(), replies.answer(200), replies.answer(200, BUNDLE.content[:-1]):
                    enemy.meets(Fault(reply=reply, method='GET'), 'unreadable')
                # An identity that is none is made anew; it is then not the one that was asked for.
                for text in ('{"v":1,"id":"00","epoch":"11"}', '[' * 100, '{"v":2}', '') if LONG else ('{"v":2}',):
                    enemy.meets(Fault(reply=replies.json(text), method='GET'), 'unreadable', what='probe')
                # What a list names and is none of ours is asked for by nobody.
                place.proxy.set(Fault(reply=listing('../../../etc/passwd', '/receipt-%2e%2e%2f.json', 'x' * 5000, '%00', '//'),
                                      method='PROPFIND'))
                before = len(place.proxy.requests)
                answer = enemy.ask('receipts')
                assert answer.error == '' and not answer.notes, answer
                assert all(request.method == 'PROPFIND' for request in place.proxy.requests[before:])
            place.clear()
            with Life(place) as life:
                life.save(1, 2)
                faults = (Fault(corrupt_request_at=900, method='PUT'), Fault(corrupt_reply_at=900, method='GET', after=2),
                          Fault(reply=replies.GARBAGE), Fault(reply=other, method='GET'))
                for fault in faults if LONG else faults[:2]:
                    life.meets(fault, 'unreadable', '')
                # What came over a line that changes bytes may lie there beside what is right.
                life.ends(copies=3)


@tap.case('row 20: ids that were not sent, twice or none, no verdict, PostgreSQL: unreadable, and nothing is believed')
def _():
    first = f"'\\x{BUNDLE.ids[0]}'::bytea"
    wrong = [f"SELECT decode(md5('x'), 'hex'), 'new', NULL", f"SELECT {first}, 'new', NULL UNION ALL SELECT {first}, 'new', NULL",
             f"SELECT {first}, 'perhaps', NULL", f"SELECT '\\x00'::bytea, 'new', NULL", "SELECT NULL::bytea, 'new', NULL",
             f'SELECT {first}, NULL, NULL']
    with postgresql() as place:
        with hostile(place) as enemy:
            for query in wrong:
                with place.with_function('submit', f'BEGIN RETURN QUERY {query}; END'):
                    enemy.meets(None, 'unreadable')
        for body in ("BEGIN RETURN; END", "BEGIN RETURN QUERY SELECT 1, '\\x00'::bytea, '\\x00'::bytea, false; END",
                     "BEGIN RETURN QUERY SELECT 9, decode(md5('a'), 'hex'), decode(md5('b'), 'hex'), false; END"):
            with place.with_function('identity', body), place.sender() as sender:
                answer = sender.ask('probe')
                assert answer.error in ('unreadable', 'too-old') and answer.identity is None, answer
        with hostile(place) as enemy:
            enemy.meets(Fault(reply=replies.GARBAGE), 'login-page', what='probe')
            enemy.meets(Fault(corrupt_reply_at=0), 'login-page', 'offline', 'certificate', what='probe')
        # Of those it does not speak of nothing is known.
        with place.with_function('submit', f"BEGIN RETURN QUERY SELECT {first}, 'new', NULL; END"), place.sender() as sender:
            answer = sender.put(BUNDLE)
            assert answer.error == '' and answer.verdicts == {BUNDLE.ids[0]: 'new'}, answer
        place.clear()
        with Life(place) as life:
            life.save(1, 2, 3)
            for query in wrong if LONG else wrong[1:2]:
                with place.with_function('submit', f'BEGIN RETURN QUERY {query}; END'):
                    life.meets(None, 'unreadable', '')
            life.ends()


tap.main()
