#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Debian 12 that has nothing else: the package is built, installed and
started there, on a screen that is none; an upgrade and a removal keep the
promises, a purge asks. As root, with the network of apt."""

import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'flows'))

import records  # noqa: E402  pylint: disable=wrong-import-position
import steps    # noqa: E402  pylint: disable=wrong-import-position
import tap      # noqa: E402  pylint: disable=wrong-import-position
from flowlib import BUILD, SOURCE, Kiosk    # noqa: E402  pylint: disable=wrong-import-position
from stage import Stage, until  # noqa: E402  pylint: disable=wrong-import-position
from steps import Donor     # noqa: E402  pylint: disable=wrong-import-position
from words import Words     # noqa: E402  pylint: disable=wrong-import-position

CACHE = BUILD / 'package-cache'
STATE = 'var/lib/daily-cup'
# A screen of memory, and no seat.
NO_SCREEN = ('WLR_BACKENDS=headless', 'WLR_LIBINPUT_NO_DEVICES=1', 'WLR_RENDERER=pixman')
# Gone when the command is: its mounts and all that it started.
INSIDE = '''set -e
root=$1; shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$CACHE" "$root/var/cache/apt/archives"
exec chroot "$root" "$@"'''


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    assert done.returncode == 0, f'{command}: {done.stdout[-3000:]}'
    return done.stdout


def mirror():
    """From where this machine's apt has Debian."""
    sites = run('apt-get', 'indextargets', '--format', '$(SITE)', 'Created-By: Packages', 'Origin: Debian').split()
    return next(site for site in sites if not site.endswith('-security'))


def bootstrap(root):
    site = mirror()
    tarball = CACHE / 'bookworm.tar'
    CACHE.mkdir(exist_ok=True)
    if not tarball.exists():
        run('debootstrap', '--variant=minbase', f'--make-tarball={tarball}', 'bookworm',
            CACHE / 'scratch', site)
    run('debootstrap', '--variant=minbase', f'--unpack-tarball={tarball}', 'bookworm', root, site)
    rule = root / 'usr/sbin/policy-rc.d'
    rule.write_text('#!/bin/sh\nexit 101\n', encoding='ascii')
    rule.chmod(0o755)
    (root / 'etc/apt/sources.list').write_text(f'deb {site} bookworm main\n', encoding='ascii')


@unittest.skipUnless(os.geteuid() == 0, 'only root makes another Debian')
class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.top = pathlib.Path(tempfile.mkdtemp(prefix='daily-cup-package-', dir=BUILD))
        cls.addClassCleanup(shutil.rmtree, cls.top, True)
        cls.root = cls.top / 'root'
        cls.archives = CACHE / 'archives'
        (cls.archives / 'partial').mkdir(parents=True, exist_ok=True)
        bootstrap(cls.root)
        built = os.environ.get('DAILY_CUP_PACKAGES')     # of data/package, to save minutes
        if built:
            shutil.copytree(built, cls.root / 'debs')
        else:
            run(SOURCE / 'data' / 'package', '--version', '0.1.0', cls.root / 'debs')
        cls.again('0.1.0', '0.1.1')
        cls.inside('apt-get', 'update')

    @classmethod
    def again(cls, version, later):
        """The same package under a later version: another build would take minutes."""
        name = 'daily-cup_{}_' + run('dpkg', '--print-architecture').strip() + '.deb'
        run('dpkg-deb', '--raw-extract', cls.root / 'debs' / name.format(version), cls.top / 'later')
        control = cls.top / 'later/DEBIAN/control'
        control.write_text(control.read_text(encoding='utf-8').replace(f'Version: {version}\n', f'Version: {later}\n'),
                           encoding='utf-8')
        run('dpkg-deb', '--root-owner-group', '--build', cls.top / 'later', cls.root / 'debs' / name.format(later))

    @classmethod
    def command(cls, *words):
        return ['unshare', '--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', INSIDE, 'inside',
                str(cls.root), 'env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL=C.UTF-8',
                'DEBIAN_FRONTEND=noninteractive', *words]

    @classmethod
    def environment(cls):
        return {**os.environ, 'CACHE': str(cls.archives)}

    @classmethod
    def inside(cls, *words):
        return run(*cls.command(*words), env=cls.environment())

    def install(self, version):
        machine = run('dpkg', '--print-architecture').strip()
        return self.inside('apt-get', 'install', '-y', f'/debs/daily-cup_{version}_{machine}.deb')

    @contextlib.contextmanager
    def session(self):
        """The two units' programs as the users they name."""
        script = '''
mkdir -m 0750 -p /run/daily-cup-screen && chown daily-cup-screen: /run/daily-cup-screen
mkdir -m 0700 -p /run/daily-cup && chown daily-cup: /run/daily-cup
runuser -u daily-cup-screen -- env XDG_RUNTIME_DIR=/run/daily-cup-screen ''' + ' '.join(NO_SCREEN) + ''' \\
  cage -d -- sleep infinity &
until [ -S /run/daily-cup-screen/wayland-0 ]; do sleep 0.05; done
chmod g+w /run/daily-cup-screen/wayland-0
exec runuser -u daily-cup -g daily-cup -G daily-cup-screen -- env NOTIFY_SOCKET=/run/notify \\
  XDG_RUNTIME_DIR=/run/daily-cup WAYLAND_DISPLAY=/run/daily-cup-screen/wayland-0 GTK_A11Y=none \\
  GDK_BACKEND=wayland HOME=/var/lib/daily-cup daily-cup --state /var/lib/daily-cup \\
  --sender-socket /run/daily-cup-send.socket'''
        path = self.root / 'run/notify'
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener, \
                open(self.top / 'session.log', 'wb') as log:
            path.unlink(missing_ok=True)
            listener.bind(str(path))
            path.chmod(0o777)
            listener.settimeout(60)
            with subprocess.Popen(self.command('sh', '-c', script), env=self.environment(),
                                  stdin=subprocess.DEVNULL, stdout=log, stderr=log) as process:
                try:
                    yield listener
                finally:
                    process.kill()

    def assert_starts(self):
        with self.session() as listener:
            try:
                self.assertEqual(listener.recv(100), b'READY=1')
            except TimeoutError:
                self.fail((self.top / 'session.log').read_text(encoding='utf-8', errors='replace'))

    def pledge(self):
        """A donor's promise, in the queue of the installed program."""
        with Stage('600x960') as stage:
            words = Words('en')
            with Kiosk(stage, state=self.root / STATE).start() as kiosk:
                steps.pledge(kiosk, words, words.monthly(18), Donor('Ana', email='ana@example.org'))
                steps.finish(kiosk, words)
                self.assertEqual(kiosk.terminate(), 0)
        self.inside('chown', '-R', 'daily-cup:daily-cup', '/' + STATE)

    def purge(self, answer):
        self.inside('sh', '-c', f'echo daily-cup daily-cup/purge boolean {answer} | debconf-set-selections')
        return self.inside('apt-get', 'purge', '-y', 'daily-cup')

    def test_a_life_of_the_package(self):
        self.install('0.1.0')
        owners = self.inside('stat', '-c', '%U %a', '/var/lib/daily-cup', '/var/lib/daily-cup-send')
        self.assertEqual(owners.splitlines(), ['daily-cup 700', 'daily-cup-send 700'])
        self.assert_starts()
        self.pledge()
        kept = records.rows(self.root / STATE)
        self.assertEqual(len(kept), 1)

        self.install('0.1.1')
        self.assertIn('0.1.1', self.inside('dpkg-query', '-W', 'daily-cup'))
        self.assertEqual(records.rows(self.root / STATE), kept)
        self.assert_starts()
        self.assertEqual(records.rows(self.root / STATE), kept)

        said = self.inside('apt-get', 'remove', '-y', 'daily-cup')
        self.assertIn('the promises stay in /var/lib/daily-cup', said)
        self.assertEqual(records.rows(self.root / STATE), kept)

        said = self.purge('false')
        self.assertIn('the promises stay in /var/lib/daily-cup', said)
        self.assertEqual(records.rows(self.root / STATE), kept)

        self.install('0.1.1')
        self.purge('true')
        self.assertFalse((self.root / STATE).exists())


if __name__ == '__main__':
    tap.main()
