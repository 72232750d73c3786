# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP/1.1 messages as they go over the line (RFC 9112), whole, with the bytes
kept as they came: for the proxy, between two programs that are no enemies."""

import dataclasses

NO_BODY = (204, 304)


@dataclasses.dataclass
class Request:
    head: bytes
    body: bytes = b''

    @property
    def method(self):
        return self.head.split(b' ', 1)[0].decode()

    @property
    def target(self):
        return self.head.split(b' ', 2)[1].decode()

    @property
    def raw(self):
        return self.head + self.body


@dataclasses.dataclass
class Reply:
    head: bytes
    body: bytes = b''       # as it goes over the line: in chunks where it came so

    @property
    def code(self):
        return int(self.head.split(b' ', 2)[1])

    @property
    def raw(self):
        return self.head + self.body


def field(head, name):
    """The value of a header, in bytes; None where it has none."""
    for line in head.split(b'\r\n')[1:]:
        key, _, value = line.partition(b':')
        if key.strip().lower() == name.lower().encode():
            return value.strip()
    return None


def without(head, *names):
    lower = [name.lower().encode() for name in names]
    lines = head[:-4].split(b'\r\n')
    return b'\r\n'.join(line for line in lines if line.partition(b':')[0].strip().lower() not in lower) + b'\r\n\r\n'


def with_field(head, name, value):
    return without(head, name)[:-2] + f'{name}: {value}\r\n\r\n'.encode()


async def read_head(reader, start=b''):
    """Up to its blank line, of which @start was read before; b'' where the other
    side has closed instead."""
    head = start
    while not head.endswith(b'\r\n\r\n'):
        line = await reader.readline()
        if not line:
            return b''
        head += line
    return head


async def read_chunks(reader):
    body = b''
    while True:
        line = await reader.readline()
        size = int(line.split(b';')[0], 16)
        data = await reader.readexactly(size + 2)
        body += line + data
        if size == 0:
            return body


async def read_body(reader, head, until_close):
    if (field(head, 'Transfer-Encoding') or b'').lower() == b'chunked':
        return await read_chunks(reader)
    length = field(head, 'Content-Length')
    if length is not None:
        return await reader.readexactly(int(length))
    return await reader.read() if until_close else b''


async def read_reply(reader, method):
    """The final one; interim ones are dropped."""
    while True:
        head = await read_head(reader)
        if not head:
            raise ConnectionResetError('the server closed without an answer')
        reply = Reply(head)
        if reply.code >= 200:
            break
    if method != 'HEAD' and reply.code not in NO_BODY:
        reply.body = await read_body(reader, head, until_close=True)
    return reply


def chunked(reply):
    """The same in chunks, of which the reader cannot tell beforehand how many."""
    head = with_field(without(reply.head, 'Content-Length'), 'Transfer-Encoding', 'chunked')
    body = b''.join(b'%x\r\n%s\r\n' % (len(part), part)
                    for part in (reply.body[i:i + 1000] for i in range(0, len(reply.body), 1000)))
    return Reply(head, body + b'0\r\n\r\n')


def until_close(reply):
    """The same, ended by the end of the connection alone."""
    head = with_field(without(reply.head, 'Content-Length', 'Transfer-Encoding'), 'Connection', 'close')
    return Reply(head, reply.body)
