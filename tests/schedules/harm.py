# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults at random on the line between the program and a real server: proxies
that draw, for each request or each connection, whether it meets one and which."""

import random

import messages
import replies
from fault import NONE, Fault
from proxy import HttpProxy, TcpProxy

# Of ten calls of a destination about HARM meet a fault; each is some ten requests.
REQUESTS_A_CALL = 10


def cut_request(draw):
    return Fault(cut_request_after=draw.randrange(4000), reset=draw.random() < 0.5)


def cut_reply(draw):
    return Fault(cut_reply_after=draw.choice((0, draw.randrange(2000))), reset=draw.random() < 0.5)


def truncated(draw):
    """A reply whose end looks like an end."""
    return Fault(cut_reply_after=draw.randrange(1000), rewrite=draw.choice((messages.chunked, messages.until_close)))


def corrupt(draw):
    return draw.choice((Fault(corrupt_request_at=draw.randrange(300, 4000)),
                        Fault(corrupt_reply_at=draw.randrange(200, 2000))))


def slow(draw):
    return draw.choice((Fault(delay=draw.uniform(0.01, 0.3)), Fault(reply_rate=draw.randrange(4000, 40000)),
                        Fault(request_rate=draw.randrange(4000, 40000))))


def stall(draw):
    return draw.choice((Fault(stall_request_after=draw.randrange(3000)), Fault(stall_reply_after=draw.randrange(500))))


def portal(draw):
    return Fault(reply=draw.choice((replies.login_page(), replies.redirect(302), replies.status(511))))


def gateway(draw):
    """Whether the server has it or not, somebody says otherwise."""
    return Fault(reply=draw.choice((replies.status(500), replies.status(502), replies.busy(503, 1), replies.busy(429, 1),
                                    replies.status(403), replies.status(507), replies.answer(200), replies.answer(201),
                                    replies.GARBAGE)),
                 forward=draw.random() < 0.5)


def stranger(draw):
    return draw.choice((Fault(twice=True), Fault(stale=True)))


# What stalls costs the patience of a run, so it is rare.
OVER_HTTP = [cut_request, cut_reply, truncated, corrupt, slow, portal, gateway, stranger] * 2 + [stall]
OVER_TCP = [cut_request, cut_reply, corrupt, slow] * 3 + [stall]


class DrawingHttpProxy(HttpProxy):
    draw, harm = random.Random(0), 0

    def choose(self, request):
        if self.draw.random() >= self.harm / 10 / REQUESTS_A_CALL:
            return NONE
        fault = self.draw.choice(OVER_HTTP)(self.draw)
        # Which destination it is, nothing proves but TLS: a byte of that is not altered by any line.
        if 'daily-cup.json' in request.target:
            fault.corrupt_reply_at = None
        return fault


class DrawingTcpProxy(TcpProxy):
    draw, harm = random.Random(0), 0

    async def serve(self, reader, writer):
        meets = self.draw.random() < self.harm / 10
        self.set(*[self.draw.choice(OVER_TCP)(self.draw)] if meets else [])
        await super().serve(reader, writer)
