# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real server on loopback: its own port and folder, and nothing left behind.

A subclass writes its files in prepare () and says how it is started; as root,
it runs as another user, for servers refuse root or would change to a user that
cannot read a folder of ours.
"""

import contextlib
import grp
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PATIENCE = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        socket.create_connection(('127.0.0.1', port), 1).close()
    except OSError:
        return False
    return True


def wait_for(condition, what):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


class Server:
    user = 'nobody'

    def __init__(self, certificate):
        self.holder = tempfile.TemporaryDirectory(prefix='daily-cup-server-')
        self.folder = pathlib.Path(self.holder.name)
        self.port = free_port()
        self.process = None
        self.install(certificate)
        self.prepare()
        self.give_away()

    def install(self, certificate):
        for source, name in zip(certificate, ('server.pem', 'server.key')):
            shutil.copy(source, self.folder / name)
            os.chmod(self.folder / name, 0o600)

    def show(self, certificate):
        """Another certificate, from now on."""
        self.install(certificate)
        self.give_away()
        self.restart()

    def prepare(self):
        """Writes what the server needs into self.folder."""

    def command(self):
        raise NotImplementedError

    def ready(self):
        return answers(self.port)

    def give_away(self):
        if os.geteuid() != 0:
            return
        user = pwd.getpwnam(self.user)
        for path in [self.folder, *self.folder.rglob('*')]:
            with contextlib.suppress(FileNotFoundError):    # what the server takes away meanwhile
                os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)

    def as_user(self, command):
        """@command as the server's user, to end when this test ends."""
        prefix = ['setpriv', '--pdeathsig', 'KILL']
        if os.geteuid() == 0:
            user = pwd.getpwnam(self.user)
            prefix += ['--reuid', self.user, '--regid', grp.getgrgid(user.pw_gid).gr_name, '--clear-groups']
        return [*prefix, *map(str, command)]

    def run(self, *command):
        return subprocess.run(self.as_user(command), cwd=self.folder, env=self.environment(), check=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def environment(self):
        return {'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL': 'C.UTF-8', 'HOME': str(self.folder),
                'TMPDIR': str(self.folder)}

    def start(self):
        with open(self.folder / 'output', 'ab') as output:
            self.process = subprocess.Popen(self.as_user(self.command()), cwd=self.folder, env=self.environment(),
                                            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                            start_new_session=True)
        wait_for(lambda: self.process.poll() is not None or self.ready(), f'{self.command()[0]} did not answer')
        assert self.process.poll() is None, (self.folder / 'output').read_text()
        return self

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        """In order: what it was doing, it ends."""
        if self.runs():
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE)
        self.process = None

    def kill(self):
        """At once, and all of its processes."""
        if self.runs():
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)
        self.process = None
        wait_for(lambda: not answers(self.port), 'still answers')

    def restart(self):
        self.stop()
        return self.start()

    def close(self):
        self.stop()
        self.holder.cleanup()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()
