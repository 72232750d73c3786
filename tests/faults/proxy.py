# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands between the program and a real server, and does harm as it is told.

    with HttpProxy(server.port, certificate, authority.trust) as proxy:
        proxy.set(Fault(cut_reply_after=0, method='PUT', times=1))
        …                                   # the program, at https://127.0.0.1:{proxy.port}/
        proxy.received, proxy.answered      # bytes that came, replies that the server gave

TcpProxy is the same without a look inside: for PostgreSQL, whose TLS begins after
a word of its own, and for what happens below HTTP. Both run in a thread; what a
test reads are plain numbers, and what it sets counts from the next request (over
TCP, from the next byte).
"""

import asyncio
import socket
import ssl
import struct
import threading
import time

import messages
import replies
from fault import NONE
from server import PATIENCE

PIECE = 16384
BUFFER = 16384      # of the kernel's: what the program may have sent and nobody has read


class Cut(Exception):
    """The line breaks here."""


class CountingReader(asyncio.StreamReader):
    """Counts what arrives, when it arrives."""

    def __init__(self, proxy):
        super().__init__(limit=1 << 13)
        self.proxy = proxy

    def feed_data(self, data):
        self.proxy.received += len(data)
        self.proxy.last_byte = time.monotonic()
        super().feed_data(data)


class Flow:
    """One direction, with what a fault does to it."""

    def __init__(self, writer, cut, stall, corrupt, rate):
        self.writer, self.cut, self.stall, self.corrupt, self.rate = writer, cut, stall, corrupt, rate
        self.offset = 0

    def damage(self, data):
        if self.corrupt is not None and 0 <= self.corrupt - self.offset < len(data):
            place = self.corrupt - self.offset
            data = data[:place] + bytes([data[place] ^ 1]) + data[place + 1:]
        return data

    async def put(self, data):
        self.writer.write(self.damage(data))
        self.offset += len(data)
        await self.writer.drain()
        # At least once round the loop, or nothing else ever gets its turn.
        await asyncio.sleep(len(data) / self.rate if self.rate is not None else 0)

    async def carry(self, data):
        """True where all of it went; False where it stalls from now on."""
        size = PIECE if self.rate is None else max(1, min(PIECE, int(self.rate / 10)))
        ends = [end for end in (self.cut, self.stall) if end is not None]
        while data:
            room = min([end - self.offset for end in ends], default=size)
            if room > 0:
                piece, data = data[:min(size, room)], data[min(size, room):]
                await self.put(piece)
            elif self.cut is not None and self.offset >= self.cut:
                raise Cut
            else:
                return False
        return True


def requests_of(fault, writer):
    return Flow(writer, fault.cut_request_after, fault.stall_request_after, fault.corrupt_request_at,
                fault.request_rate)


def replies_of(fault, writer):
    return Flow(writer, fault.cut_reply_after, fault.stall_reply_after, fault.corrupt_reply_at, fault.reply_rate)


def pieces(reply):
    given = reply() if callable(reply) else reply
    return [given] if isinstance(given, bytes) else given


def hang_up(writer, reset):
    """By FIN once all is sent, or by RST at once (SO_LINGER 0)."""
    if writer is None:
        return
    if reset:
        line = writer.get_extra_info('socket')
        if line is not None:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        writer.transport.abort()
    else:
        writer.close()


class Proxy:
    host = '127.0.0.1'

    def __init__(self, upstream):
        self.upstream = upstream        # a port
        self.faults = []
        self.received = self.sent = 0   # bytes from and to the program; what TLS adds is not counted
        self.last_byte = 0              # when the last one came, by time.monotonic ()
        self.connections = self.open = self.resets = 0
        self.port = None
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.server = None

    # What a test says.

    def set(self, *faults):
        """These, the first that meets, and none of those before."""
        self.faults = list(faults)

    def refuse(self, refused=True):
        """Whether connections are refused, as where nobody listens."""
        self.call(self.shut() if refused else self.listen())

    def quiet_for(self, seconds):
        """Whether no byte came for so long, from now."""
        before = self.received
        time.sleep(seconds)
        return self.received == before

    # How it runs.

    def call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(PATIENCE)

    def __enter__(self):
        self.thread.start()
        self.call(self.listen())
        return self

    def __exit__(self, *_):
        self.call(self.end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE)
        self.loop.close()

    def context(self):
        """The TLS that it speaks to the program; None for none."""

    async def listen(self):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        line.bind((self.host, self.port or 0))
        self.port = line.getsockname()[1]
        tls = self.context()
        self.server = await self.loop.create_server(self.protocol, sock=line, ssl=tls,
                                                    ssl_shutdown_timeout=1 if tls is not None else None)

    def protocol(self):
        reader = CountingReader(self)
        return asyncio.StreamReaderProtocol(reader, self.connected, loop=self.loop)

    async def shut(self):
        self.server.close()
        await self.server.wait_closed()

    async def end(self):
        await self.shut()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def connected(self, reader, writer):
        self.connections += 1
        self.open += 1
        try:
            await self.serve(reader, writer)
        except (ConnectionError, ssl.SSLError, asyncio.IncompleteReadError, ValueError):
            pass        # one side is gone, or talks nonsense: the other is told by the end
        finally:
            if isinstance(reader.exception(), ConnectionResetError):
                self.resets += 1
            self.open -= 1
            hang_up(writer, False)

    async def serve(self, reader, writer):
        raise NotImplementedError

    async def wait_for_end(self, reader):
        """Nothing moves any more, until the program gives up; what it sends is counted."""
        while await reader.read(PIECE):
            pass


class Counting:
    """A writer to the program, of which @reader is the other direction."""

    def __init__(self, proxy, reader, writer):
        self.proxy, self.reader, self.writer = proxy, reader, writer

    def write(self, data):
        self.proxy.sent += len(data)
        self.writer.write(data)

    async def drain(self):
        await self.writer.drain()
        # Of a program that is gone drain () says nothing while TLS says goodbye.
        if self.writer.transport.is_closing() or self.reader.at_eof():
            raise ConnectionResetError('the program is gone')


class TcpProxy(Proxy):
    """Faults act on all connections, from when they are set."""

    def fault(self):
        return self.faults[0] if self.faults else NONE

    async def serve(self, reader, writer):
        if self.fault().reply is not None:
            await reader.read(PIECE)
            program = Counting(self, reader, writer)
            for part in pieces(self.fault().reply):
                program.write(part)
                await program.drain()
            return
        server_reader, server_writer = await asyncio.open_connection('127.0.0.1', self.upstream)
        tasks = [asyncio.ensure_future(self.pipe(reader, server_writer, requests_of)),
                 asyncio.ensure_future(self.pipe(server_reader, Counting(self, reader, writer), replies_of))]
        reset = False
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            reset = self.fault().reset and any(task.done() and isinstance(task.exception(), Cut) for task in tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            hang_up(server_writer, reset)
            if reset:
                hang_up(writer, True)

    async def pipe(self, reader, writer, direction):
        flow, fault = direction(NONE, writer), NONE
        while data := await reader.read(PIECE):
            if self.fault() is not fault:
                fault = self.fault()
                flow = direction(fault, writer)
            if fault.delay and direction is replies_of:
                await asyncio.sleep(fault.delay)
            if not await flow.carry(data):
                await self.wait_for_end(reader)


class HttpProxy(Proxy):
    """Ends the TLS of the program with @certificate and speaks its own to the
    server, whom it believes by @trust; without @certificate it speaks none."""

    def __init__(self, upstream, certificate=None, trust=None):
        super().__init__(upstream)
        self.requests = []          # of Request, without bodies
        self.answered = 0           # replies that the server gave
        self.tls = None
        if certificate is not None:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.show(certificate)
        self.trust = ssl.create_default_context(cafile=trust) if trust is not None else None

    def show(self, certificate):
        """Another certificate, from the next connection on."""
        self.tls.load_cert_chain(certificate.chain, certificate.key)

    def context(self):
        return self.tls

    def choose(self, request):
        return next((fault for fault in self.faults if fault.meets(request)), NONE)

    async def serve(self, reader, writer):
        previous = None
        start = await reader.read(1)
        if start == b'\x16' and self.tls is None:      # TLS, to a server that has none (RFC 8446, section 5.1)
            writer.write(replies.status(400))
            return
        while head := await messages.read_head(reader, start):
            start = b''
            request = messages.Request(head)
            body = await self.read_ahead(request, reader, writer)
            fault = self.choose(request)
            self.requests.append(messages.Request(head))
            try:
                previous = await self.exchange(request, fault, body or reader, writer, previous)
            except Cut:
                hang_up(writer, fault.reset)
                return
            if previous is None:
                return

    async def read_ahead(self, request, reader, writer):
        """Where a fault looks into bodies: the request's, to be read again."""
        if all(fault.holds is None for fault in self.faults):
            return None
        request.body = await messages.read_body(reader, request.head, until_close=False)
        again = asyncio.StreamReader()
        again.feed_data(request.body)
        return again

    async def exchange(self, request, fault, reader, writer, previous):
        """One request and its reply; the server's, or None where the connection ends."""
        reply = None
        if (messages.field(request.head, 'Expect') or b'').lower() == b'100-continue':
            writer.write(b'HTTP/1.1 100 Continue\r\n\r\n')
        if fault.reply is None or fault.forward:
            reply = await self.ask_server(request, fault, reader)
        else:
            await messages.read_body(reader, request.head, until_close=False)
        if reply is False:
            return await self.wait_for_end(reader)
        await asyncio.sleep(fault.delay)

        flow = replies_of(fault, Counting(self, reader, writer))
        for part in self.parts(fault, reply, previous):
            if not await flow.carry(part):
                return await self.wait_for_end(reader)
        if fault.cut_reply_after is not None:
            raise Cut
        if fault.reply is not None or self.closes(fault, reply):
            return None
        return reply

    def parts(self, fault, reply, previous):
        """What the program gets, in pieces."""
        if fault.reply is not None:
            return pieces(fault.reply)
        if fault.stale and previous is not None:
            reply = previous
        if fault.rewrite is not None:
            reply = fault.rewrite(reply)
        return [reply.raw * (2 if fault.twice else 1)]

    @staticmethod
    def closes(fault, reply):
        return fault.twice or fault.rewrite is not None or \
            (messages.field(reply.head, 'Connection') or b'').lower() == b'close'

    async def ask_server(self, request, fault, reader):
        """The server's reply; False where the request stalls on the way."""
        server_reader, server_writer = await asyncio.open_connection('127.0.0.1', self.upstream, ssl=self.trust)
        ends = False
        try:
            flow = requests_of(fault, server_writer)
            if not await flow.carry(messages.without(request.head, 'Expect')):
                return False
            if not await self.pass_body(request, reader, flow):
                return False
            if fault.cut_request_after is not None:
                raise Cut
            reply = await messages.read_reply(server_reader, request.method)
            self.answered += 1
            ends = True
            return reply
        finally:
            hang_up(server_writer, fault.reset and not ends)

    async def pass_body(self, request, reader, flow):
        """As it comes, so that a slow line slows the program."""
        if (messages.field(request.head, 'Transfer-Encoding') or b'').lower() == b'chunked':
            return await flow.carry(await messages.read_chunks(reader))
        left = int(messages.field(request.head, 'Content-Length') or 0)
        while left > 0:
            data = await reader.read(min(left, PIECE if flow.rate is None else max(1, int(flow.rate / 10))))
            if not data:
                raise ConnectionResetError('the program gave up')
            left -= len(data)
            if not await flow.carry(data):
                return False
        return True
