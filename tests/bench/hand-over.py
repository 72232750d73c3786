#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-hand-over with a real server over TLS: Apache's mod_dav, or PostgreSQL.

    hand-over.py webdav|postgresql BENCH SEND DIRECTORY
"""

import configparser
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'faults'))
import places  # noqa: E402
import postgresql  # noqa: E402
from webdav import Apache  # noqa: E402


def webdav():
    server = places.server_of('webdav', lambda: Apache(places.GOOD).start())
    return {'address': server.address, 'root': server.root, 'user': server.user_name, 'password': server.password}, \
        f'[Destination]\nKind=webdav\nAddress={server.address}\nAuthority=ca.pem\n'


def postgres():
    server = places.server_of('postgresql', lambda: places.make_cluster(places.TABLET))
    name = places.DATABASE
    bare = (f'host=127.0.0.1 port={server.port} dbname={name} user={postgresql.ROLE} '
            f"password='{postgresql.PASSWORD}' sslmode=verify-full sslrootcert={places.AUTHORITY.trust}")
    superuser = f'host={server.folder} port={server.port} dbname={name} user=postgres'
    server.sql(f'GRANT CREATE ON SCHEMA public TO {postgresql.ROLE}', name)
    return {'connection': bare, 'superuser': superuser, 'user': places.LOGIN, 'password': places.SECRET}, \
        f'[Destination]\nKind=postgresql\nHost=127.0.0.1\nPort={server.port}\nDatabase={name}\nAuthority=ca.pem\n'


def main(kind, bench, send, directory):
    values, setup = {'webdav': webdav, 'postgresql': postgres}[kind]()
    folder = places.folder('bench')
    (folder / 'destination.ini').write_text(setup)
    file = configparser.RawConfigParser()
    file['place'] = {'kind': kind, 'setup': folder / 'destination.ini', 'authority': places.AUTHORITY.trust, **values}
    with open(folder / 'place.ini', 'w', encoding='utf-8') as text:
        file.write(text)
    return subprocess.run([bench, send, directory, folder / 'place.ini'], check=False).returncode


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
