#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The PostgreSQL clusters of these tests are as the program will meet them;
psql asks."""

import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'lib'))
import tap
from authority import Authority
from postgresql import DATABASE, PASSWORD, ROLE, Cluster, Standby
from server import answers, wait_for

STAGE = tempfile.TemporaryDirectory(prefix='daily-cup-faults-')
tap.at_end(STAGE.cleanup)
AUTHORITY = Authority(pathlib.Path(STAGE.name, 'authority'))


def ask(text, *servers, mode='verify-full', trust=AUTHORITY.trust, password=PASSWORD):
    """As the program does: over the network. (what is printed, what psql says is wrong)"""
    hosts = ','.join('127.0.0.1' for _ in servers)
    ports = ','.join(str(server.port) for server in servers)
    target = (f'host={hosts} port={ports} user={ROLE} dbname={DATABASE} sslmode={mode} sslrootcert={trust} '
              'connect_timeout=5 target_session_attrs=read-write')
    done = subprocess.run([servers[0].tool('psql'), '-X', '-q', '-A', '-t', '-d', target, '-c', text],
                          env={**os.environ, 'PGPASSWORD': password}, capture_output=True, text=True, check=False)
    return done.stdout.strip(), done.stderr


CLUSTER = Cluster(AUTHORITY.issue()).start()
tap.at_end(CLUSTER.close)


@tap.case('is reached with TLS and a password alone')
def _():
    assert ask('SELECT 1', CLUSTER) == ('1', '')
    assert 'no encryption' in ask('SELECT 1', CLUSTER, mode='disable')[1]
    assert 'password authentication failed' in ask('SELECT 1', CLUSTER, password='wrong')[1]
    stranger = Authority(CLUSTER.folder / 'stranger')
    assert 'certificate verify failed' in ask('SELECT 1', CLUSTER, trust=stranger.trust)[1]


@tap.case('shows each certificate that must be refused, and a good one again')
def _():
    for certificate, says in ((AUTHORITY.expired(), 'certificate verify failed'),
                              (AUTHORITY.not_yet_valid(), 'certificate verify failed'),
                              (AUTHORITY.of_another_host(), 'does not match host name'),
                              (AUTHORITY.by_a_stranger(), 'certificate verify failed')):
        CLUSTER.show(certificate)
        answer, wrong = ask('SELECT 1', CLUSTER)
        assert answer == '' and says in wrong, wrong
    CLUSTER.show(AUTHORITY.issue())
    assert ask('SELECT 1', CLUSTER) == ('1', '')


@tap.case('keeps what was committed when it is killed, and leaves nothing when it is closed')
def _():
    with Cluster(AUTHORITY.issue()) as cluster:
        ask('CREATE TABLE t (n int)', cluster)
        ask('INSERT INTO t VALUES (7)', cluster)
        cluster.kill()
        assert not answers(cluster.port)
        cluster.start()
        assert ask('SELECT n FROM t', cluster) == ('7', '')
        folder, port = cluster.folder, cluster.port
    assert not os.path.exists(folder) and not answers(port)


@tap.case('answers nothing while it is stalled')
def _():
    CLUSTER.stall()
    begun = time.monotonic()
    assert ask('SELECT 1', CLUSTER)[0] == '' and time.monotonic() - begun > 4
    CLUSTER.go_on()
    assert ask('SELECT 1', CLUSTER) == ('1', '')


@tap.case('a standby has every commit, and takes writes once the primary is lost')
def _():
    with Cluster(AUTHORITY.issue()) as primary, Standby(primary) as standby:
        ask('CREATE TABLE t (n int)', primary, standby)
        for n in range(20):
            assert ask(f'INSERT INTO t VALUES ({n})', primary, standby) == ('', '')
        assert 'read-only' in ask('SELECT 1', standby)[1]
        primary.kill()
        standby.promote()
        assert ask('SELECT count(*) FROM t', primary, standby) == ('20', '')
        # Commits of the new primary wait for nobody once it is told so.
        standby.sql("ALTER SYSTEM SET synchronous_standby_names = ''")
        standby.sql('SELECT pg_reload_conf()')
        assert ask('INSERT INTO t VALUES (20)', primary, standby) == ('', '')


@tap.case('a commit waits where the standby is gone, and is told as a warning when it is given up')
def _():
    with Cluster(AUTHORITY.issue()) as primary, Standby(primary) as standby:
        ask('CREATE TABLE t (n int)', primary)
        standby.stop()
        with concurrent.futures.ThreadPoolExecutor() as threads:
            waiting = threads.submit(ask, 'INSERT INTO t VALUES (1)', primary)
            pid = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            wait_for(lambda: primary.sql(pid), 'the commit did not wait')
            primary.sql(f'SELECT pg_cancel_backend(({pid}))')
            answer, wrong = waiting.result()
        assert answer == '' and 'WARNING:  canceling wait for synchronous replication' in wrong, wrong
        primary.require_standby(False)


tap.main()
