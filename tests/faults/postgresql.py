# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's PostgreSQL over TLS: a throw-away cluster, and a synchronous standby
of it that can be promoted.

    with Cluster(authority.issue()) as primary, Standby(primary) as standby:
        primary.sql('SELECT 1')             # '1'
        primary.kill()
        standby.promote()
"""

import pathlib
import signal
import subprocess

from server import PATIENCE, Server, wait_for

ROLE, PASSWORD = 'tester', 'a word of the stall'
DATABASE = 'promises'

CONFIG = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
ssl = on
ssl_cert_file = '{folder}/server.pem'
ssl_key_file = '{folder}/server.key'
ssl_min_protocol_version = 'TLSv1.2'
password_encryption = 'scram-sha-256'
max_connections = 30
max_wal_senders = 4
shared_buffers = 8MB
max_wal_size = 64MB
min_wal_size = 32MB
wal_keep_size = 64MB
wal_retrieve_retry_interval = 200ms
log_timezone = 'UTC'
"""

# The socket is for the test itself, with peer's rights; the network is for the
# program, with a password and never without TLS.
ACCESS = """
local all all trust
local replication all trust
hostssl all all 127.0.0.1/32 scram-sha-256
hostssl replication all 127.0.0.1/32 scram-sha-256
"""


def newest_binaries():
    found = sorted(pathlib.Path('/usr/lib/postgresql').glob('*/bin/initdb'), key=lambda path: int(path.parts[4]))
    assert found, 'Debian’s package postgresql is not here'
    return found[-1].parent


class PostgreSql(Server):
    user = 'postgres'
    binaries = None

    @property
    def data(self):
        return self.folder / 'data'

    def tool(self, name):
        return newest_binaries() / name

    def command(self):
        return [self.tool('postgres'), '-D', self.data]

    def prepare(self):
        self.give_away()
        self.make_data()
        with open(self.data / 'postgresql.conf', 'a', encoding='utf-8') as config:
            config.write(CONFIG.format(port=self.port, folder=self.folder))
        (self.data / 'pg_hba.conf').write_text(ACCESS)

    def make_data(self):
        raise NotImplementedError

    def ready(self):
        return subprocess.run(self.as_user([self.tool('pg_isready'), '-q', '-h', self.folder, '-p', self.port]),
                              check=False).returncode == 0

    def sql(self, text, database='postgres'):
        """What psql prints, by the superuser; an error is an assertion."""
        done = subprocess.run(self.as_user([self.tool('psql'), '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h',
                                            self.folder, '-p', self.port, '-U', 'postgres', '-d', database, '-f', '-']),
                              input=text, env=self.environment(), cwd=self.folder, capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def stop(self):
        """The fast way: whoever is connected is cut off, what is committed is on the disk."""
        if self.runs():
            self.process.send_signal(signal.SIGINT)
            self.process.wait(PATIENCE)
        self.process = None

    def kill(self):
        """As by a power cut of the machine: each process has a group of its own."""
        if self.runs():
            children = pathlib.Path(f'/proc/{self.process.pid}/task/{self.process.pid}/children').read_text().split()
            self.process.kill()
            for child in children:
                subprocess.run(['kill', '-KILL', child], stderr=subprocess.DEVNULL, check=False)
            self.process.wait(PATIENCE)
            wait_for(lambda: not any(pathlib.Path('/proc', child, 'exe').exists() for child in children),
                     'a process of the cluster lives on')
        self.process = None

    def stall(self):
        """Connections are taken and nothing is answered, until go_on ()."""
        self.signal_all(signal.SIGSTOP)

    def go_on(self):
        self.signal_all(signal.SIGCONT)

    def signal_all(self, number):
        children = pathlib.Path(f'/proc/{self.process.pid}/task/{self.process.pid}/children').read_text().split()
        for pid in [str(self.process.pid), *children]:
            subprocess.run(['kill', f'-{int(number)}', pid], stderr=subprocess.DEVNULL, check=False)

    def require_standby(self, required=True):
        """Whether a commit waits until the standby has it on its disk."""
        names = 'standby' if required else ''
        self.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        self.sql('SELECT pg_reload_conf()')
        wait_for(lambda: self.sql('SHOW synchronous_standby_names') == names, 'the setting did not come')


class Cluster(PostgreSql):
    def make_data(self):
        self.run(self.tool('initdb'), '-D', self.data, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '-A',
                 'trust', '--no-sync')

    def start(self):
        super().start()
        if not self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):
            self.sql(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
            self.sql(f'CREATE DATABASE {DATABASE} OWNER {ROLE}')
        return self


class Standby(PostgreSql):
    """A copy of @primary, which runs; once it has started, commits wait for it."""

    def __init__(self, primary):
        self.primary = primary
        super().__init__((primary.folder / 'server.pem', primary.folder / 'server.key'))

    def make_data(self):
        self.run(self.tool('pg_basebackup'), '-D', self.data, '-h', self.primary.folder, '-p', self.primary.port,
                 '-U', 'postgres', '-R', '-X', 'stream', '--no-sync', '-c', 'fast')
        with open(self.data / 'postgresql.auto.conf', 'a', encoding='utf-8') as config:
            config.write(f"primary_conninfo = 'host={self.primary.folder} port={self.primary.port} user=postgres "
                         "application_name=standby'\n")

    def start(self):
        super().start()
        if self.sql('SELECT pg_is_in_recovery()') == 't':
            wait_for(lambda: self.primary.sql("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'") == '1',
                     'the standby does not follow')
            self.primary.require_standby()
        return self

    def promote(self):
        """From now on it is the one that takes writes."""
        self.sql('SELECT pg_promote(true, 60)')
        wait_for(lambda: self.sql('SELECT pg_is_in_recovery()') == 'f', 'it was not promoted')
