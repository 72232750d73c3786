# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The destinations of the schedules, each a real one, and what befalls it. Made
once in a program and emptied for each schedule. dc-real-world.h has the commands."""

import concurrent.futures
import pathlib
import random
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'faults'))
import places
from harm import DrawingHttpProxy, DrawingTcpProxy
from places import AUTHORITY, DATABASE, LOGIN, ROOT, SECRET, TABLET, count_files
from postgresql import Cluster, Standby
from server import wait_for
from webdav import PASSWORD, Apache, Nginx

SCHEMA = (ROOT / 'data/postgresql/schema.sql').read_text()
OFFICE = 'office_1'
HOSTS = ('127.0.0.1', '127.0.0.2')


class World:
    """Commands come one at a time; what happens beside a run happens in a
    thread, and is over before the next command."""

    proxies = ()
    calmness = 12   # of so many runs at harm 1, one meets something that befalls the destination
    pace = 0.4      # seconds in which most of a run happens

    def __init__(self):
        self.draw = random.Random(0)
        # One thread for all: a server ends with the thread that started it.
        self.pool = concurrent.futures.ThreadPoolExecutor(1)
        self.beside = None
        self.forgetful = False

    # What a destination must say for itself.

    def describe(self):
        raise NotImplementedError

    def empty(self):
        raise NotImplementedError

    def stored(self):
        raise NotImplementedError

    def forget_one(self):
        """A record that lies there, without a word."""
        raise NotImplementedError

    def mend(self):
        """Whatever fell stands again."""

    def strikes(self):
        """What may happen to it, each a function."""
        raise NotImplementedError

    # The commands.

    def begin(self, seed, number, forgetful):
        self.settle()
        self.draw = random.Random(f'{seed} {number}')
        self.forgetful = bool(int(forgetful))
        self.quiet()
        self.mend()
        self.empty()

    def disturb(self, seed, harm):
        self.settle()
        self.draw = random.Random(int(seed))
        if self.draw.random() < 0.7:
            self.mend()
        for proxy in self.proxies:
            proxy.draw, proxy.harm = random.Random(int(seed)), int(harm)
        if self.draw.random() < int(harm) / self.calmness:
            self.happen(self.draw.choice(self.strikes()), self.draw.uniform(0, self.pace))

    def strike(self, seed):
        self.settle()
        self.draw = random.Random(int(seed))
        self.happen(self.draw.choice(self.strikes()), self.draw.uniform(0, 0.1))

    def calm(self):
        self.settle()
        self.quiet()
        self.mend()
        if self.forgetful:
            self.forget_one()

    def contents(self):
        self.settle()
        return '\n'.join(self.stored())

    # Help.

    def quiet(self):
        for proxy in self.proxies:
            proxy.harm = 0
            proxy.set()

    def happen(self, what, delay):
        def later():
            time.sleep(delay)
            what()

        self.beside = self.pool.submit(later)

    def settle(self):
        if self.beside is not None:
            beside, self.beside = self.beside, None
            beside.result()

    def line_is_down(self):
        for proxy in self.proxies:
            proxy.refuse()
        time.sleep(self.draw.uniform(0.05, 0.5))
        for proxy in self.proxies:
            proxy.refuse(False)


class Files(World):
    """What lies in a folder, on a server or a stick."""

    root = None
    identity = 'daily-cup.json'

    def __init__(self):
        super().__init__()
        self.copy = places.folder('copy') / 'files'

    def own(self, path):
        """To whom it belongs that others read and write it."""

    def stored(self):
        return count_files(self.root)

    def empty(self):
        shutil.rmtree(self.copy, ignore_errors=True)
        self.replace(None)

    def replace(self, source, identity=None):
        """At once, as far as a server sees it."""
        fresh, old = (self.root.with_name(self.root.name + suffix) for suffix in ('-new', '-old'))
        if source is not None and source.exists():
            shutil.copytree(source, fresh)
        else:
            fresh.mkdir()
        if identity is not None:
            (fresh / self.identity).write_bytes(identity)
        self.own(fresh)
        self.root.rename(old)
        fresh.rename(self.root)
        shutil.rmtree(old)

    def back_up(self):
        self.settle()
        self.mend()
        shutil.rmtree(self.copy, ignore_errors=True)
        try:
            shutil.copytree(self.root, self.copy)
        except shutil.Error:        # what a run took away meanwhile is not in the copy
            pass

    def restore(self, silent):
        """Whoever does it changes the epoch, or deletes the file, or forgets both."""
        self.settle()
        self.mend()
        there = self.root / self.identity
        now = there.read_bytes() if there.exists() else None
        self.replace(self.copy, now if silent == '1' else None)
        if silent == '1':
            return
        if now is not None and self.draw.random() < 0.5:
            epoch = '%032x' % self.draw.getrandbits(128)
            there.write_bytes(now[:now.index(b'"epoch":"') + 9] + epoch.encode() + b'"}\n')
            self.own(there)
        else:
            there.unlink(missing_ok=True)

    def forget_one(self):
        found = sorted(self.root.rglob('*.jsonl'))
        if found:
            gone = next(iter(count_files(found[0].parent)), None)
            for path in found:
                if gone in places.records_in(path.read_bytes()):
                    path.unlink()


class Stick(Files):
    calmness, pace = 6, 0.05

    def __init__(self):
        super().__init__()
        self.root = places.folder('stick') / 'mounted'
        self.root.mkdir()
        self.away = self.root.with_name('pulled')

    def describe(self):
        return {'Folder': self.root, 'OfficeFolder': self.root}

    def pull(self):
        """What was being written comes back as half of it."""
        if self.away.exists():
            return
        self.root.rename(self.away)
        for path in self.away.rglob('*'):
            if path.is_file() and path.suffix not in ('.jsonl', '.json'):
                with path.open('r+b') as file:
                    file.truncate(path.stat().st_size // 2)

    def pull_and_put_back(self):
        self.pull()
        time.sleep(0.02)
        self.mend()

    def mend(self):
        if self.away.exists():
            shutil.rmtree(self.root, ignore_errors=True)
            self.away.rename(self.root)

    def strikes(self):
        return [self.pull, self.pull_and_put_back]


class WebDav(Files):
    def __init__(self, make):
        super().__init__()
        self.server = make(places.GOOD).start()
        self.root = self.server.root
        proxy = DrawingHttpProxy(self.server.port, places.GOOD, AUTHORITY.trust)
        self.proxies = [proxy.__enter__()]
        places.tap.at_end(self.server.close)

    def describe(self):
        def setup(port):
            return f'[Destination]\nKind=webdav\nAddress=https://127.0.0.1:{port}/dav/\nAuthority=ca.pem\n'

        who = {'User': self.server.user_name, 'Password': PASSWORD}
        return {'Setup': setup(self.proxies[0].port), 'OfficeSetup': setup(self.server.port), **who,
                **{'Office' + key: value for key, value in who.items()}, 'Authority': AUTHORITY.trust.read_text()}

    def own(self, path):
        self.server.give_away()

    def kill(self):
        self.server.kill()

    def kill_and_start(self):
        self.server.kill()
        self.server.start()

    def restart(self):
        self.server.restart()

    def revoke(self):
        self.server.set_password('another word')

    def forbid(self):
        """Nothing new at its top any more."""
        self.root.chmod(0o555)

    def mend(self):
        if self.server.password != PASSWORD:
            self.server.set_password(PASSWORD)
        self.root.chmod(0o755)
        if not self.server.runs():
            self.server.start()

    def strikes(self):
        return [self.kill, self.kill_and_start, self.kill_and_start, self.restart, self.revoke, self.forbid,
                self.line_is_down]


class PostgreSql(World):
    """Two servers, each behind a proxy at an address of its own: one takes
    writes, the other must have them before they are acknowledged."""

    def __init__(self):
        super().__init__()
        self.certificate = AUTHORITY.issue('localhost', *HOSTS)
        primary = Cluster(self.certificate).start()
        primary.sql(SCHEMA, DATABASE)
        places.enrol(primary, LOGIN, TABLET)
        primary.sql(f"CREATE ROLE {OFFICE} LOGIN PASSWORD '{SECRET}' IN ROLE daily_cup_office")
        self.servers, self.first = [primary, Standby(primary).start()], 0
        self.proxies, self.dump = [], None
        for host, server in zip(HOSTS, self.servers):
            proxy = DrawingTcpProxy(server.port)
            proxy.host = host
            proxy.port = self.proxies[0].port if self.proxies else None
            self.proxies.append(proxy.__enter__())
        places.tap.at_end(self.close)

    @property
    def primary(self):
        return self.servers[self.first]

    @property
    def standby(self):
        return self.servers[1 - self.first]

    def describe(self):
        def setup(hosts, port):
            return (f'[Destination]\nKind=postgresql\nHost={hosts}\nPort={port}\nDatabase={DATABASE}\n'
                    'Authority=ca.pem\n')

        return {'Setup': setup(';'.join(HOSTS), self.proxies[0].port), 'User': LOGIN, 'Password': SECRET,
                'OfficeSetup': setup(HOSTS[0], self.primary.port), 'OfficeUser': OFFICE, 'OfficePassword': SECRET,
                'Authority': AUTHORITY.trust.read_text()}

    def close(self):
        for server in self.servers:
            if server is not None:
                server.close()

    def sql(self, text):
        return self.primary.sql(text, DATABASE)

    def stored(self):
        return self.sql("SELECT encode(id, 'hex') FROM daily_cup.record").split()

    def empty(self):
        self.dump = None
        self.sql('DROP SCHEMA IF EXISTS old CASCADE;'
                 'TRUNCATE daily_cup.record, daily_cup.note, daily_cup.destination')

    def forget_one(self):
        self.sql('DELETE FROM daily_cup.record WHERE id = (SELECT id FROM daily_cup.record ORDER BY id LIMIT 1)')

    def back_up(self):
        self.settle()
        self.mend()
        self.dump = self.primary.run(self.primary.tool('pg_dump'), '-h', self.primary.folder, '-p', self.primary.port,
                                     '-U', 'postgres', '-n', 'daily_cup', DATABASE).stdout
        self.sql('DROP SCHEMA IF EXISTS old CASCADE; CREATE SCHEMA old;'
                 'CREATE TABLE old.record AS TABLE daily_cup.record; CREATE TABLE old.note AS TABLE daily_cup.note')

    def restore(self, silent):
        """From a dump, which is noticed; or rows put back by hand, which is not."""
        self.settle()
        self.mend()
        if silent == '1':
            self.sql('TRUNCATE daily_cup.record, daily_cup.note;' + (
                'INSERT INTO daily_cup.record OVERRIDING SYSTEM VALUE SELECT * FROM old.record;'
                'INSERT INTO daily_cup.note OVERRIDING SYSTEM VALUE SELECT * FROM old.note' if self.dump else ''))
        elif self.dump:
            self.sql('BEGIN; DROP SCHEMA daily_cup CASCADE;\n' + self.dump + '\nCOMMIT;')
        else:
            self.sql('DROP SCHEMA daily_cup CASCADE;\n' + SCHEMA)
            self.sql(f"SELECT daily_cup.enrol('{LOGIN}', '{TABLET}')")

    # What happens.

    def kill(self):
        self.primary.kill()

    def kill_and_start(self):
        self.primary.kill()
        self.primary.start()

    def restart(self):
        self.primary.restart()

    def promote(self):
        """The primary is lost, with whatever the standby has not got."""
        if self.standby is None:
            return
        if self.draw.random() < 0.5:
            # Until then commits hang, which are on the disk of the one alone.
            self.standby.kill()
            time.sleep(self.draw.uniform(0.1, 0.5))
        self.primary.kill()
        if not self.standby.runs():
            super(Standby, self.standby).start()
        self.standby.promote()
        self.primary.close()
        self.servers[self.first] = None
        self.first = 1 - self.first

    def lose_standby(self):
        """Commits hang until it is back."""
        if self.standby is not None:
            self.standby.kill()

    def stall(self):
        if not self.primary.runs():
            return
        self.primary.stall()
        time.sleep(self.draw.uniform(0.1, 0.5))
        self.primary.go_on()

    def revoke(self):
        # An earlier strike may have felled it, or its standby, for which a commit would wait.
        if self.primary.runs():
            self.primary.sql(f'SET synchronous_commit = local; ALTER ROLE {LOGIN} NOLOGIN')

    def mend(self):
        fallen = [server for server in self.servers if server is not None and not server.runs()]
        for server in fallen:
            super(Standby, server).start() if isinstance(server, Standby) else server.start()
        if self.standby is None:
            self.primary.require_standby(False)
            self.servers[1 - self.first] = Standby(self.primary).start()
            self.proxies[1 - self.first].upstream = self.standby.port
        if fallen:
            wait_for(lambda: self.primary.sql("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'") == '1',
                     'the standby does not follow')
        self.primary.sql(f'ALTER ROLE {LOGIN} LOGIN')

    def strikes(self):
        return [self.kill, self.kill_and_start, self.restart, self.promote, self.promote, self.lose_standby,
                self.stall, self.revoke, self.line_is_down]


WORLDS = {'apache': lambda: WebDav(Apache), 'folder': Stick, 'nginx': lambda: WebDav(Nginx), 'postgresql': PostgreSql}
