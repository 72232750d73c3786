# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The destinations of the fault matrix, each behind its proxy: a real server, or
a folder, and what lies there.

    with places.webdav() as place:
        place.proxy.set(Fault(…))
        answer = place.sender().put(bundle)
        place.stored()                  # {id: how often}
"""

import collections
import contextlib
import hashlib
import pathlib
import re
import shutil
import socket
import ssl
import struct
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'lib'))
import tap
from authority import Authority
from postgresql import DATABASE, Cluster
from proxy import HttpProxy, TcpProxy
from sender import Bundle, Sender, Tablet, records_in
from server import wait_for
from webdav import Apache

ROOT = pathlib.Path(__file__).parents[2]
STAGE = tempfile.TemporaryDirectory(prefix='daily-cup-matrix-')
tap.at_end(STAGE.cleanup)
TOP = pathlib.Path(STAGE.name)
AUTHORITY = Authority(TOP / 'authority')
GOOD = AUTHORITY.issue()
LOGIN, SECRET = 'tablet_7', 'a word of the tablet'


def folder(name):
    return pathlib.Path(tempfile.mkdtemp(prefix=name + '-', dir=STAGE.name))


def make_bundles(*groups):
    """A bundle for each group of pledges' numbers, all of one queue."""
    queue, stick = folder('queue'), folder('stick')
    with Tablet(queue, folder('state')) as tablet:
        tablet.do('folder', stick)
        for group in groups:
            tablet.save(*group)
            assert tablet.run()['error'] == ''
    paths = sorted(stick.rglob('*.jsonl'), key=lambda path: int(path.name.split('-')[0]))
    return [Bundle(path.read_bytes(), *path.relative_to(stick).parts[:3]) for path in paths]


def count_files(root):
    found = collections.Counter()
    for path in pathlib.Path(root).rglob('*.jsonl'):
        found.update(list(records_in(path.read_bytes())))
    return found


def put_file(root, origin, line):
    """A receipt, as the office names it."""
    name = hashlib.sha256(line).hexdigest()[:16]
    pathlib.Path(root, origin['campaign'], origin['tablet'], origin['queue'], f'receipt-{name}.json').write_bytes(line)


class Place:
    authority = None
    folder = None
    user, password = None, None

    def __init__(self):
        self.setup = None
        self.proxy = None

    def sender(self, *prefix, **environment):
        """Open, with its credential; the caller's to close."""
        sender = Sender(folder('state'), *prefix, **environment).open(self.setup, self.authority, self.folder)
        return sender.credential(self.user, self.password) if self.user else sender

    def tablet(self, queue=None, *prefix, **more):
        tablet = Tablet(queue or folder('queue'), folder('state'), *prefix, **more)
        if self.setup is None:
            tablet.do('folder', self.folder)
            return tablet
        path = folder('setup') / 'destination.ini'
        path.write_text(self.setup)
        tablet.do('setup', path, *([self.authority] if self.authority else []))
        tablet.do('credential', self.user, self.password)
        return tablet

    def stored(self):
        raise NotImplementedError


class WebDavPlace(Place):
    authority = AUTHORITY.trust

    def __init__(self, server, proxy, host='127.0.0.1'):
        super().__init__()
        self.server, self.proxy = server, proxy
        self.user, self.password = server.user_name, server.password
        self.setup = f'[Destination]\nKind=webdav\nAddress=https://{host}:{proxy.port}/dav/\nAuthority=ca.pem\n'

    def stored(self):
        return count_files(self.server.root)

    @property
    def root(self):
        return self.server.root

    def put_receipt(self, origin, line):
        put_file(self.root, origin, line)
        self.server.give_away()

    def show(self, certificate):
        self.proxy.show(certificate)

    def clear(self):
        for path in self.server.root.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


class PostgreSqlPlace(Place):
    authority = AUTHORITY.trust
    user, password = LOGIN, SECRET

    def __init__(self, server, proxy, host='127.0.0.1'):
        super().__init__()
        self.server, self.proxy = server, proxy
        self.setup = (f'[Destination]\nKind=postgresql\nHost={host}\nPort={proxy.port}\nDatabase={DATABASE}\n'
                      'Authority=ca.pem\n')

    def stored(self):
        rows = self.server.sql("SELECT encode(id, 'hex') FROM daily_cup.record", DATABASE)
        return collections.Counter(rows.split())

    def show(self, certificate):
        """Another certificate, from the next connection on."""
        self.server.install(certificate)
        self.server.give_away()
        self.server.sql('SELECT pg_reload_conf()')
        wanted = ssl.PEM_cert_to_DER_cert(pathlib.Path(certificate.chain).read_text())
        wait_for(lambda: self.shown() == wanted, 'the certificate did not come')

    def shown(self):
        """The certificate that the server has now, in DER."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(('127.0.0.1', self.server.port), 10) as line:
            line.sendall(struct.pack('>ii', 8, 80877103))     # SSLRequest
            assert line.recv(1) == b'S'
            with context.wrap_socket(line) as secret:
                return secret.getpeercert(True)

    def put_receipt(self, origin, line):
        tablet, queue, text = (f"decode('{hexadecimal}', 'hex')" for hexadecimal in (origin['tablet'], origin['queue'], line.hex()))
        self.server.sql('INSERT INTO daily_cup.note (kind, campaign, tablet, queue, sha256, line, login) VALUES '
                        f"('receipt', '{origin['campaign']}', {tablet}, {queue}, sha256({text}), {text}, 'office')", DATABASE)

    @contextlib.contextmanager
    def with_function(self, name, change):
        """A server that answers otherwise, for a while: @change makes another
        definition of the schema's function, or is its whole body."""
        before = self.server.sql(f"SELECT pg_get_functiondef('daily_cup.{name}'::regproc)", DATABASE)
        if callable(change):
            other = change(before)
        else:
            other = re.sub(r'\$function\$.*\$function\$', lambda _: f'$function${change}$function$', before, flags=re.S)
        assert other != before
        self.server.sql(other, DATABASE)
        try:
            yield
        finally:
            self.server.sql(before, DATABASE)

    def clear(self):
        self.server.sql('TRUNCATE daily_cup.record, daily_cup.note, daily_cup.destination', DATABASE)


class FolderPlace(Place):
    def __init__(self):
        super().__init__()
        self.folder = folder('stick')

    @property
    def root(self):
        return self.folder

    def put_receipt(self, origin, line):
        put_file(self.folder, origin, line)

    def stored(self):
        return count_files(self.folder)

    def clear(self):
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


_servers = {}


def server_of(kind, make):
    """One of a kind in each program, made when it is first needed."""
    if kind not in _servers:
        _servers[kind] = make()
        tap.at_end(_servers[kind].close)
    return _servers[kind]


def make_cluster(tablet):
    cluster = Cluster(GOOD).start()
    cluster.sql((ROOT / 'data/postgresql/schema.sql').read_text(), DATABASE)
    enrol(cluster, LOGIN, tablet)
    return cluster


def enrol(cluster, login, tablet):
    cluster.sql(f"CREATE ROLE {login} LOGIN PASSWORD '{SECRET}' IN ROLE daily_cup_tablet;"
                f"SELECT daily_cup.enrol('{login}', '{tablet}')", DATABASE)


# Of the seed in run-queue.c; found out once, by a queue.
BUNDLES = make_bundles([1, 2, 3], [4], [5, 6])
TABLET = BUNDLES[0].tablet


@contextlib.contextmanager
def webdav(*faults, host='127.0.0.1', certificate=GOOD, make=Apache):
    server = server_of(make, lambda: make(GOOD).start())
    with HttpProxy(server.port, certificate, AUTHORITY.trust) as proxy:
        place = WebDavPlace(server, proxy, host)
        place.clear()
        proxy.set(*faults)
        yield place


@contextlib.contextmanager
def postgresql(*faults, host='127.0.0.1'):
    server = server_of(Cluster, lambda: make_cluster(TABLET))
    with TcpProxy(server.port) as proxy:
        place = PostgreSqlPlace(server, proxy, host)
        place.clear()
        proxy.set(*faults)
        yield place


@contextlib.contextmanager
def stick():
    yield FolderPlace()


@contextlib.contextmanager
def webdav_apart(*faults):
    """With a server of its own: for what goes on beside others."""
    with Apache(GOOD) as server, HttpProxy(server.port, GOOD, AUTHORITY.trust) as proxy:
        proxy.set(*faults)
        yield WebDavPlace(server, proxy)


@contextlib.contextmanager
def postgresql_apart(*faults):
    """With a proxy of its own, before the one server, whose records stay."""
    server = server_of(Cluster, lambda: make_cluster(TABLET))
    with TcpProxy(server.port) as proxy:
        proxy.set(*faults)
        yield PostgreSqlPlace(server, proxy)
