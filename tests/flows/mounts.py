# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards and small disks: file systems of a test's own, in a name space of
mounts that nobody else sees and that ends with the test's process."""

import os
import pathlib
import shutil
import subprocess
import sys

BEGUN = 'DAILY_CUP_MOUNTS'
# What such a program needs of its environment, which sudo would clear.
KEPT = ('DAILY_CUP_', 'PYTHON', 'PATH=')
REFUSED = 'needs to mount a file system: as root, in a user name space, or with sudo -n'


def works(*command):
    return subprocess.run([*command, 'true'], check=False, capture_output=True).returncode == 0


def way():
    """The command that begins a program where it may mount; None: there is none."""
    if os.geteuid() == 0 and works('unshare', '-m'):
        return ['unshare', '-m']
    # Root of a name space of its own, where the memory of what it starts is open to it too.
    if works('unshare', '-rm'):
        return ['unshare', '-rm']
    kept = [f'{name}={value}' for name, value in os.environ.items()
            if f'{name}='.startswith(KEPT)]
    if shutil.which('sudo') and works('sudo', '-n'):
        return ['sudo', '-n', 'env', *kept, f'{BEGUN}=own', 'unshare', '-m']
    return None


def enter():
    """Begins this program again where it may mount, once; before its tests."""
    if BEGUN in os.environ:
        return
    command = way()
    os.environ[BEGUN] = 'own' if command else 'refused'
    if command:
        os.execvp(command[0], [*command, sys.executable, *sys.argv])


def require(case):
    """Skips a test that would mount where nothing can be mounted."""
    if os.environ.get(BEGUN) != 'own':
        case.skipTest(REFUSED)


def mount(case, path, size):
    """An empty file system at @path, a folder that is made, until the end of the
    test @case. It may vanish before."""
    path = pathlib.Path(path)
    path.mkdir(parents=True, exist_ok=True)
    subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size}', '/dev/mmcblk1p1', str(path)],
                   check=True, capture_output=True)
    case.addCleanup(subprocess.run, ['umount', '-q', '-l', str(path)], check=False)
    return path
