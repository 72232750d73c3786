#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The proxy below HTTP: byte by byte before a server that says everything back,
and before PostgreSQL, whose TLS it passes on."""

import contextlib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'lib'))
import tap
from authority import Authority
from fault import Fault
from postgresql import DATABASE, PASSWORD, ROLE, Cluster
from proxy import TcpProxy
from server import wait_for

STAGE = tempfile.TemporaryDirectory(prefix='daily-cup-faults-')
tap.at_end(STAGE.cleanup)


class Echo:
    """Says back what it hears; keeps it in @heard."""

    def __enter__(self):
        self.heard = b''
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def listen(self):
        with contextlib.suppress(OSError):
            while True:
                line, _ = self.listener.accept()
                threading.Thread(target=self.answer, args=(line,), daemon=True).start()

    def answer(self, line):
        with contextlib.suppress(OSError), line:
            while data := line.recv(4096):
                self.heard += data
                line.sendall(data)


@contextlib.contextmanager
def line_through(fault=None):
    """(echo, proxy, a connection over which one word went both ways)"""
    with Echo() as echo, TcpProxy(echo.port) as proxy, socket.create_connection(('127.0.0.1', proxy.port), 5) as line:
        line.sendall(b'hello')
        assert line.recv(100) == b'hello'
        if fault is not None:
            proxy.set(fault)
        yield echo, proxy, line


def read(line, size):
    data = b''
    while len(data) < size and (more := line.recv(size - len(data))):
        data += more
    return data


@tap.case('without a fault every byte goes both ways, and is counted')
def _():
    with line_through() as (echo, proxy, line):
        text = os.urandom(300000)
        threading.Thread(target=line.sendall, args=(text,), daemon=True).start()
        assert read(line, len(text)) == text and echo.heard == b'hello' + text
        assert proxy.received == proxy.sent == 5 + len(text) and proxy.connections == 1


@tap.case('a line breaks after so many bytes, from when that is said')
def _():
    with line_through(Fault(cut_request_after=3)) as (echo, proxy, line):
        line.sendall(b'abcdef')
        read(line, 100)
        wait_for(lambda: echo.heard == b'helloabc', 'not these bytes')
        wait_for(lambda: proxy.open == 0, 'the connection stays')
    with line_through(Fault(cut_reply_after=0)) as (echo, proxy, line):
        line.sendall(b'abcdef')
        assert read(line, 100) == b''
        wait_for(lambda: echo.heard == b'helloabcdef', 'not these bytes')
    with line_through(Fault(cut_reply_after=2, reset=True)) as (echo, proxy, line):
        line.sendall(b'abcdef')
        try:
            read(line, 100)
            assert False, 'an orderly end'
        except ConnectionResetError:
            pass


@tap.case('a line stalls after so many bytes, one way or the other')
def _():
    with line_through(Fault(stall_reply_after=2)) as (echo, proxy, line):
        line.sendall(b'abcdef')
        assert read(line, 2) == b'ab'
        line.settimeout(0.5)
        try:
            line.recv(1)
            assert False, 'a byte came'
        except TimeoutError:
            pass
        assert echo.heard == b'helloabcdef' and proxy.open == 1
    wait_for(lambda: proxy.open == 0, 'the connection stays')
    with line_through(Fault(stall_request_after=0)) as (echo, proxy, line):
        line.sendall(b'abcdef')
        time.sleep(0.5)
        assert echo.heard == b'hello' and proxy.received == 11


@tap.case('one byte is corrupted, a line is slow, an answer comes late')
def _():
    with line_through(Fault(corrupt_request_at=1)) as (echo, proxy, line):
        line.sendall(b'abc')
        assert read(line, 3) == b'acc'
    with line_through(Fault(reply_rate=1000)) as (echo, proxy, line):
        begun = time.monotonic()
        line.sendall(bytes(1000))
        assert read(line, 1000) == bytes(1000) and time.monotonic() - begun > 0.8
    with line_through(Fault(delay=0.5)) as (echo, proxy, line):
        begun = time.monotonic()
        line.sendall(b'abc')
        assert read(line, 3) == b'abc' and time.monotonic() - begun > 0.4


@tap.case('a fault that is taken back is over')
def _():
    with line_through(Fault(corrupt_request_at=0)) as (echo, proxy, line):
        line.sendall(b'a')
        assert read(line, 1) == b'`'
        proxy.set()
        line.sendall(b'a')
        assert read(line, 1) == b'a'


def ask(proxy, text):
    target = (f'host=127.0.0.1 port={proxy.port} user={ROLE} dbname={DATABASE} sslmode=verify-full '
              f'sslrootcert={AUTHORITY.trust} connect_timeout=5')
    return subprocess.Popen([SERVER.tool('psql'), '-X', '-q', '-A', '-t', '-d', target, '-c', text],
                            env={**os.environ, 'PGPASSWORD': PASSWORD}, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


AUTHORITY = Authority(pathlib.Path(STAGE.name, 'authority'))
SERVER = Cluster(AUTHORITY.issue()).start()
tap.at_end(SERVER.close)


@tap.case('PostgreSQL is reached through it, with its TLS unbroken')
def _():
    with TcpProxy(SERVER.port) as proxy:
        output, errors = ask(proxy, 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()').communicate(timeout=30)
        assert output == 't\n' and errors == '' and proxy.received > 500


@tap.case('what PostgreSQL committed is there, although its answer was lost')
def _():
    SERVER.sql('CREATE TABLE kept (n int); GRANT ALL ON kept TO PUBLIC', DATABASE)
    with TcpProxy(SERVER.port) as proxy:
        # The commit waits for a lock of ours, so that the line can be cut before its answer and not before it.
        holder = subprocess.Popen(SERVER.as_user([SERVER.tool('psql'), '-X', '-q', '-h', SERVER.folder, '-p',
                                                  SERVER.port, '-U', 'postgres', '-d', DATABASE]),
                                  stdin=subprocess.PIPE, text=True, cwd=SERVER.folder, env=SERVER.environment())
        holder.stdin.write('BEGIN; LOCK kept IN SHARE MODE;\n')
        holder.stdin.flush()
        locked = "SELECT count(*) FROM pg_locks WHERE relation = 'kept'::regclass AND {}granted"
        wait_for(lambda: SERVER.sql(locked.format(''), DATABASE) == '1', 'no lock')
        asking = ask(proxy, 'INSERT INTO kept VALUES (7)')
        wait_for(lambda: SERVER.sql(locked.format('NOT '), DATABASE) == '1', 'nobody waits')
        proxy.set(Fault(cut_reply_after=0))
        holder.communicate('COMMIT;\n', timeout=30)
        _, errors = asking.communicate(timeout=30)
        assert asking.returncode != 0 and ('closed the connection unexpectedly' in errors or 'SSL' in errors), errors
        wait_for(lambda: SERVER.sql('SELECT n FROM kept', DATABASE) == '7', 'it was not committed')


@tap.case('a byte that is corrupted in its TLS ends the connection')
def _():
    with TcpProxy(SERVER.port) as proxy:
        proxy.set(Fault(corrupt_request_at=600))
        asking = ask(proxy, 'SELECT 1')
        output, errors = asking.communicate(timeout=30)
        assert asking.returncode != 0 and output == '', errors


@tap.case('nothing of the servers is left')
def _():
    SERVER.close()
    assert not SERVER.folder.exists()


@tap.case('another answers, to the first word, and the server hears nothing')
def _():
    with Echo() as echo, TcpProxy(echo.port) as proxy:
        proxy.set(Fault(reply=b'HTTP/1.1 200 OK'))
        with socket.create_connection(('127.0.0.1', proxy.port), 5) as line:
            line.sendall(b'hello')
            answer = b''
            while data := line.recv(100):
                answer += data
        assert answer == b'HTTP/1.1 200 OK' and echo.heard == b''


tap.main()
