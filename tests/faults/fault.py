# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between the program and a destination, as plain values that
the proxies act on.

    Fault(cut_request_after=100)                    the line breaks after 100 bytes of a request
    Fault(cut_reply_after=0)                        the server has answered, and the answer is lost
    Fault(reply=replies.login_page())               somebody else answers
    Fault(reply=replies.status(502), forward=True)  the server has it, and a gateway says otherwise
    Fault(stall_reply_after=0).only(method='PUT', times=1)
"""

import dataclasses
import typing


@dataclasses.dataclass
class Fault:
    """Numbers of bytes are those of one request and one reply over HTTP, heads
    included; over TCP, of what flows in one connection after the fault was set."""

    delay: float = 0                    # seconds before the reply begins
    cut_request_after: int = None       # so many bytes reach the server, then both sides are closed
    cut_reply_after: int = None         # so many reach the program, after the server began to answer
    stall_request_after: int = None     # so many reach the server, then nothing moves
    stall_reply_after: int = None
    corrupt_request_at: int = None      # this byte is another
    corrupt_reply_at: int = None
    request_rate: float = None          # bytes a second
    reply_rate: float = None
    reset: bool = False                 # where a side is closed it is by RST, not FIN
    reply: typing.Any = None            # bytes, or an iterator of them, instead of the server's; over TCP, to the first word
    # Over HTTP alone:
    forward: bool = False               # the server gets the request although another reply is given
    rewrite: typing.Callable = None     # Reply -> Reply: the server's own, changed
    twice: bool = False                 # the reply comes twice
    stale: bool = False                 # each reply is that of the request before
    # Which requests; all of them where nothing is said:
    method: str = None
    path: str = None                    # a part of it
    holds: typing.Callable = None       # body -> bool; what is asked for waits until its body has come
    times: int = None                   # then it is over
    after: int = 0                      # so many that would have met it are spared first

    def only(self, **which):
        return dataclasses.replace(self, **which)

    def meets(self, request):
        """Whether it is for this request; it counts those that it met."""
        if self.method not in (None, request.method) or (self.path or '') not in request.target:
            return False
        if self.holds is not None and not self.holds(request.body):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None:
            if self.times == 0:
                return False
            self.times -= 1
        return True


NONE = Fault()
