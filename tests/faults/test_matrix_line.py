#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault matrix, the line: what breaks, stalls and is slow between
daily-cup-send and the server. Of each row: what the program says, in which
time, and that the same bytes, given once more, are there once."""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'lib'))
import messages
import tap
from fault import Fault
from places import BUNDLES, postgresql, postgresql_apart, webdav, webdav_apart
from sender import in_threads

BUNDLE = BUNDLES[0]
ONCE = {number: 1 for number in BUNDLE.ids}
UNKNOWN = ('offline', 'timeout', 'unreadable', 'busy')


def again(place, sender, verdict=None):
    """The line is whole again: the retry is taken, and is there once."""
    place.proxy.set()
    answer = sender.put(BUNDLE)
    assert answer.error == '' and set(answer.verdicts) == set(BUNDLE.ids), answer
    if verdict is not None:
        assert set(answer.verdicts.values()) == {verdict}, answer
    assert place.stored() == ONCE, place.stored()


def fails(place, errors=UNKNOWN, verdict=None, within=10, stored=None):
    """A put meets what is set at the proxy; then again ()."""
    with place.sender() as sender:
        answer = sender.put(BUNDLE)
        assert answer.error in errors and answer.verdicts == {}, answer
        assert answer.seconds < within, answer
        if stored is not None:
            assert place.stored() == stored, place.stored()
        again(place, sender, verdict)
    return answer


@tap.case('row 01: no such name, WebDAV and PostgreSQL: offline, soon')
def _():
    for make in webdav, postgresql:
        with make(host='cloud.stall.invalid') as place, place.sender() as sender:
            answer = sender.put(BUNDLE)
            assert answer.error == 'offline' and answer.seconds < 20, answer


@tap.case('row 02: connection refused, WebDAV and PostgreSQL: offline at once; the retry is taken')
def _():
    for make in webdav, postgresql:
        with make() as place, place.sender() as sender:
            place.proxy.refuse()
            answer = sender.put(BUNDLE)
            assert answer.error == 'offline' and answer.seconds < 5, answer
            place.proxy.refuse(False)
            again(place, sender, 'new')


@tap.case('row 02: connection reset, WebDAV and PostgreSQL: offline; the retry is taken')
def _():
    with webdav(Fault(cut_request_after=0, reset=True)) as place:
        fails(place, ('offline',), 'new', stored={})
    with postgresql(Fault(cut_request_after=0, reset=True)) as place:
        fails(place, ('offline',), 'new', stored={})


@tap.case('row 03: dropped before the request arrives, WebDAV and PostgreSQL: offline, nothing stored')
def _():
    with webdav(Fault(cut_request_after=0, method='PUT')) as place:
        fails(place, ('offline',), 'new', stored={})
    with postgresql() as place, place.sender() as sender:
        assert sender.ask('probe').error == ''
        place.proxy.set(Fault(cut_request_after=0))
        answer = sender.put(BUNDLE)
        assert answer.error == 'offline' and place.stored() == {}, answer
        again(place, sender, 'new')


@tap.case('row 04: request truncated, WebDAV: nothing counts, and the retry is taken')
def _():
    for after in 300, 1000, 2500:
        with webdav(Fault(cut_request_after=after, method='PUT')) as place:
            fails(place, ('offline',), stored={})


@tap.case('row 04: request truncated, PostgreSQL: nothing is stored, and the retry is taken')
def _():
    for after in 100, 3000:
        with postgresql() as place, place.sender() as sender:
            assert sender.ask('probe').error == ''
            place.proxy.set(Fault(cut_request_after=after))
            answer = sender.put(BUNDLE)
            assert answer.error == 'offline' and place.stored() == {}, answer
            again(place, sender, 'new')


@tap.case('row 05: dropped after the server stored it, WebDAV: the retry finds it, one copy')
def _():
    with webdav(Fault(cut_reply_after=0, method='MOVE', after=1)) as place:
        fails(place, ('offline',), 'same', stored=ONCE)
    with webdav(Fault(cut_reply_after=0, method='GET', after=1)) as place:
        fails(place, ('offline',), 'same', stored=ONCE)


@tap.case('row 05: dropped after the server committed, PostgreSQL: the retry finds it, one copy')
def _():
    with postgresql() as place, place.sender() as sender:
        assert sender.ask('probe').error == ''
        place.proxy.set(Fault(cut_reply_after=0))
        answer = sender.put(BUNDLE)
        assert answer.error == 'offline' and answer.verdicts == {}, answer
        assert place.stored() == ONCE, place.stored()
        again(place, sender, 'same')


@tap.case('row 06: truncated reply by its length, WebDAV: never taken for whole')
def _():
    for method, after in ('GET', 1), ('PROPFIND', 0):
        with webdav() as place, place.sender() as sender:
            sender.put(BUNDLE)
            place.proxy.set(Fault(cut_reply_after=400, method=method))
            answer = sender.put(BUNDLE) if method == 'GET' else sender.ask('receipts', **BUNDLE.origin)
            assert answer.error in UNKNOWN and not answer.verdicts, answer
            again(place, sender, 'same')


@tap.case('row 07: truncated reply in chunks or ended by the end alone, WebDAV: never taken for whole')
def _():
    for rewrite in messages.chunked, messages.until_close:
        with webdav() as place, place.sender() as sender:
            sender.put(BUNDLE)
            for method in 'GET', 'PROPFIND':
                place.proxy.set(Fault(cut_reply_after=400, method=method, rewrite=rewrite))
                answer = sender.put(BUNDLE) if method == 'GET' else sender.ask('receipts', **BUNDLE.origin)
                assert answer.error in UNKNOWN and not answer.verdicts, (method, answer)
            # What was read back and was not the same may lie there twice: the same bytes, which count once.
            place.proxy.set()
            assert sender.put(BUNDLE).error == '' and set(place.stored()) == set(BUNDLE.ids)


@tap.case('row 07: truncated reply, PostgreSQL: any part of it is worth nothing')
def _():
    for after in 1, 40, 90:
        with postgresql() as place, place.sender() as sender:
            assert sender.ask('probe').error == ''
            place.proxy.set(Fault(cut_reply_after=after))
            answer = sender.put(BUNDLE)
            assert answer.error in UNKNOWN and answer.verdicts == {}, answer
            again(place, sender)


# What waits for a deadline waits for all of them at once.

def slow_reply_webdav():
    with webdav_apart(Fault(reply_rate=1, method='GET')) as place, place.sender() as sender:
        answer = sender.put(BUNDLE)
        assert answer.error in ('timeout', 'offline') and 28 < answer.seconds < 40, answer


def slow_reply_postgresql():
    with postgresql_apart() as place, place.sender() as sender:
        assert sender.ask('probe').error == ''
        place.proxy.set(Fault(reply_rate=1))
        answer = sender.put(BUNDLE)
        assert answer.error == 'timeout' and 28 < answer.seconds < 45, answer


def stall_webdav():
    with webdav_apart(Fault(stall_reply_after=0, method='GET')) as place, place.sender() as sender:
        answer = sender.put(BUNDLE)
        assert answer.error in ('timeout', 'offline') and 28 < answer.seconds < 35, answer


def stall_request_webdav():
    with webdav_apart(Fault(stall_request_after=1000, method='PUT')) as place, place.sender() as sender:
        answer = sender.put(BUNDLE)
        assert answer.error in ('timeout', 'offline') and 28 < answer.seconds < 45, answer


def stall_postgresql():
    with postgresql_apart() as place, place.sender() as sender:
        assert sender.ask('probe').error == ''
        place.proxy.set(Fault(stall_reply_after=0))
        answer = sender.put(BUNDLE)
        assert answer.error == 'timeout' and 28 < answer.seconds < 35, answer


def stall_at_once_postgresql():
    with postgresql_apart(Fault(stall_request_after=0)) as place, place.sender() as sender:
        answer = sender.put(BUNDLE)
        # A host that takes no part in the beginning is given up sooner: there may be another.
        assert answer.error in ('timeout', 'offline') and 8 < answer.seconds < 35, answer


@tap.case('rows 08 and 09: slow loris and stall, WebDAV and PostgreSQL: each ends at its deadline')
def _():
    in_threads(slow_reply_webdav, slow_reply_postgresql, stall_webdav, stall_request_webdav, stall_postgresql,
               stall_at_once_postgresql)


@tap.case('row 31: a reply that comes twice or late, WebDAV: no verdict without its bytes')
def _():
    for fault in Fault(twice=True), Fault(stale=True):
        with webdav(fault) as place, place.sender() as sender:
            answer = sender.put(BUNDLE)
            # Of a reply that is another's, the page of HTML in it is a login page's.
            assert answer.error in (*UNKNOWN, 'login-page') or place.stored() == ONCE, answer
            assert not (answer.error and answer.verdicts), answer
            place.proxy.set()
            assert sender.put(BUNDLE).error == '' and set(place.stored()) == set(BUNDLE.ids)


@tap.case('row 31: a kept connection that the server closed between requests, WebDAV and PostgreSQL')
def _():
    for make in webdav, postgresql:
        with make() as place, place.sender() as sender:
            assert sender.put(BUNDLES[1]).error == ''
            place.server.restart()
            answer = sender.put(BUNDLE)
            if answer.error:
                assert answer.error in UNKNOWN, answer
                answer = sender.put(BUNDLE)
            assert answer.error == '' and set(place.stored().values()) == {1}, answer


@tap.case('row 32: 6 kB/s and a line that breaks, WebDAV and PostgreSQL: the next run hands over what the first did not')
def _():
    def through(make):
        with make() as place, place.tablet() as tablet:
            tablet.save(*range(1, 5))
            place.proxy.set(Fault(request_rate=6000, reply_rate=6000, cut_request_after=9000))
            first = tablet.run()
            place.proxy.set(Fault(request_rate=6000, reply_rate=6000))
            last = tablet.run()
            assert last['error'] == '' and last['left'] == 0, (first, last)
            assert len(place.stored()) == 4 and set(place.stored().values()) == {1}, place.stored()

    in_threads(lambda: through(webdav), lambda: through(postgresql))


@tap.case('the clock of the tablet is an hour off, WebDAV and PostgreSQL: told, and handed over all the same')
def _():
    for make in webdav, postgresql:
        with make() as place, place.tablet() as tablet:
            for number, seconds, wrong in (1, 0, False), (2, 3600, True), (3, -3600, True):
                tablet.do('clock', seconds)
                tablet.save(number)
                outcome = tablet.run()
                assert outcome['error'] == '' and outcome['clock_wrong'] is wrong, (seconds, outcome)
            assert sum(place.stored().values()) == 3, place.stored()


@tap.case('after Stop no further byte leaves, WebDAV and PostgreSQL')
def _():
    for make in webdav, postgresql:
        for end in 'input', 'signal':
            with make() as place, place.sender() as sender:
                assert sender.ask('probe').error == ''
                place.proxy.set(Fault(request_rate=2000))
                before = place.proxy.received
                sender.begin('put', **sender.content_of(BUNDLE))
                deadline = time.monotonic() + 20
                while place.proxy.received == before and time.monotonic() < deadline:
                    time.sleep(0.01)
                if end == 'signal':
                    sender.process.terminate()
                took = sender.close()
                stopped = time.monotonic()
                assert took < 2, took
                time.sleep(0.5)
                assert place.proxy.last_byte <= stopped + 0.05, place.proxy.last_byte - stopped
                assert place.proxy.quiet_for(0.5) and place.stored() in ({}, ONCE)


tap.main()
