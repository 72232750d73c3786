#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault matrix, the tablet: its clock, its end at any step of a run, its disk
full or failing, two runs at once, its stick pulled out. The long form dies at
every step before each destination."""

import contextlib
import glob
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

TESTS = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / 'lib'), str(TESTS / 'flows')]
import mounts

mounts.enter()

import tap
from matrix import BUNDLE, BUNDLES, LONG, ONCE, Life, ReceiptKey, identity_of, kinds, proves, records_at
from places import AUTHORITY, GOOD, folder, stick, webdav
from sender import SEND, Tablet, in_threads
from server import wait_for

FAR = 40 if LONG else 20      # years


def at(offset):
    """What a program is begun with so that its clock is wrong by that."""
    found = glob.glob('/usr/lib/*/faketime/libfaketime.so.1')
    if not found:
        raise tap.Skip('Debian’s package faketime is not here')
    return 'env', f'LD_PRELOAD={found[0]}', f'FAKETIME={offset}', 'FAKETIME_DONT_FAKE_MONOTONIC=1'


def traced(calls, what, when):
    """... so that this happens to its @when-th of these system calls, and on where it ends in "+"."""
    return ('strace', '-f', '-D', '-qq', '-o', '/dev/null', '-e', f'trace={calls}', '-e',
            f'inject={calls}:{what}:when={when}')


@tap.case('row 17: the tablet’s clock is wrong by years, WebDAV and PostgreSQL: said to be the clock; set right, all arrives in its order')
def _():
    for make in kinds():
        with make() as place:
            queue = folder('queue')
            saved = []
            for number, years in enumerate((FAR, -FAR), 1):
                with Life(place, queue, send=(*at(f'{365 * years:+}d'), SEND)) as life:
                    life.saved = saved
                    outcome = life.save(number).meets(None, 'clock')
                    assert outcome['clock_wrong'] and outcome['left'] == number, outcome
            assert not place.stored()
            with Life(place, queue) as life:
                life.saved = saved
                life.save(3).ends()
            order = [envelope['id'] for envelope in sorted((json.loads(envelope) for envelope, _ in records_at(place)),
                                                           key=lambda envelope: envelope['seq'])]
            assert order == list(map(identity_of, saved)), order


@tap.case('row 17: a certificate that is over or not yet begun, WebDAV and PostgreSQL: said to be the clock; the queue waits')
def _():
    for make in kinds():
        with make() as place, Life(place) as life:
            life.save(1, 2)
            try:
                for certificate in AUTHORITY.expired(), AUTHORITY.not_yet_valid():
                    place.show(certificate)
                    assert life.meets(None, 'clock')['clock_wrong']
            finally:
                place.show(GOOD)
            life.ends()


def dies_at(make, prefix=(), **more):
    """One run of a tablet that ends in the middle, or does not; what it promised
    before then arrives, once."""
    with make() as place:
        queue = folder('queue')
        with Life(place, queue) as life:
            life.save(1, 2, 3)
        died = False
        try:
            tablet = place.tablet(queue, *prefix, **more)
            with contextlib.closing(tablet):
                tablet.run()
        except (EOFError, BrokenPipeError):
            died = True
        with Life(place, queue) as life:
            life.saved = [1, 2, 3]
            # The same bytes may lie there in two bundles: another run may cut them otherwise.
            life.save(4).ends(copies=2)
            lines = {envelope for envelope, _ in records_at(place)}
            assert len(lines) == 4
    return died


@tap.case('row 27: killed at a sync of a run, a stick, WebDAV and PostgreSQL: the next start converges')
def _():
    # SQLite's are fdatasync (), daily-cup-send's fsync (): it is not what dies here.
    for make in [stick, *kinds()] if LONG else [stick, webdav]:
        died = [dies_at(make, traced('fdatasync', 'signal=KILL', step)) for step in (range(1, 14) if LONG else (2, 4, 6, 8, 10))]
        assert died.count(True) >= 4, died


@tap.case('row 27: daily-cup-send killed at any step, a stick: the next run converges')
def _():
    for calls in ('fsync', 'renameat2', 'openat', 'write') if LONG else ('fsync', 'renameat2'):
        for step in (1, 2, 3, 4, 6, 8, 12) if LONG else (1, 4):
            dies_at(stick, send=(*traced(calls, 'signal=KILL', step), SEND))


@tap.case('row 27: the same after any byte that it says: sync/test-run; the power cut after any step is the test “power-cut”')
def _():
    proves('sync/test-run', '/run/program/dies-after-any-byte', '/run/dropped-at-any-step')
    # The power cuts take a minute, and hours in the long form: they run once, by their own name ("power-cut").
    proves('sync/test-run', '/run/stop/at-any-step-within-2-s')


@contextlib.contextmanager
def small_disk(size):
    if os.environ.get(mounts.BEGUN) != 'own':
        raise tap.Skip(mounts.REFUSED)
    path = folder('disk')
    subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size}', 'daily-cup', path], check=True, capture_output=True)
    try:
        yield path
    finally:
        subprocess.run(['umount', '-l', path], check=True)


def fill(path):
    with contextlib.suppress(OSError), open(path, 'wb', buffering=0) as file:
        while True:
            file.write(bytes(4096))


@tap.case('row 28: the disk is full while records are acknowledged and erased: all leave, all are erased, and saving goes on after')
def _():
    key = ReceiptKey()
    for make in [stick, *kinds()] if LONG else [stick, webdav]:
        with make() as place, small_disk('6m') as disk, Life(place, disk) as life:
            life.tablet.do('receipt-key', key.public)
            life.save(*range(1, 13))
            fill(disk / 'photographs')
            # What cannot be stored is not thanked for, and the rest is not lost by it.
            number = 100
            while life.tablet.ask('save', number)['error'] == '' and number < 2000:
                life.saved.append(number)
                number += 1
            assert number < 2000
            life.meets(None, '')
            assert len(place.stored()) == len(life.saved)
            key.leave(place)
            outcome = life.tablet.run()
            assert outcome['error'] == '' and outcome['erased'] == len(life.saved), outcome
            (disk / 'photographs').unlink()
            life.save(13).ends()


@tap.case('row 28: the same at each step by itself: crash/test-room, crash/test-sweep')
def _():
    proves('crash/test-sweep', '/sweep/system-calls/an-offer-on-a-full-disk')
    if LONG:
        proves('crash/test-room', '/room/a-stall-on-a-full-disk-loses-nothing-and-drains')


@tap.case('row 29: a sync that fails in a run: the run stops, nothing counts twice, and the next start converges')
def _():
    failed = 0
    for step in range(1, 12) if LONG else (3, 7):
        for when in (f'{step}', f'{step}+'):
            with stick() as place:
                queue = folder('queue')
                with Life(place, queue) as life:
                    life.save(1, 2, 3)
                with contextlib.suppress(EOFError, BrokenPipeError):
                    with place.tablet(queue, *traced('fdatasync', 'error=EIO', when)) as tablet:
                        failed += tablet.run()['error'] != ''
                with Life(place, queue) as life:
                    life.saved = [1, 2, 3]
                    life.ends(copies=2)
    assert failed


@tap.case('row 29: a sync that fails refuses the pledge and closes the queue: store/test-faults')
def _():
    proves('store/test-faults', '/faults/a-failed-sync-closes-the-queue', '/faults/every-sync-in-turn',
           '/faults/a-probe-writes-after-a-failure')


@tap.case('row 30: two runs at once, WebDAV and PostgreSQL: the second does not begin; sync/test-run')
def _():
    proves('sync/test-run', '/run/one-at-a-time')
    for make in kinds():
        with make() as place, Life(place) as life:
            life.save(1, 2, 3, 4)
            assert life.tablet.ask('start')['started'] and not life.tablet.ask('start')['started']
            assert life.tablet.ask('wait')['handed_over'] == 4
            life.ends()


@tap.case('row 30: two programs on one queue: the second is refused it; store/test-lock')
def _():
    with stick() as place, Life(place) as life:
        life.save(1)
        try:
            with Tablet(life.queue, folder('state')):
                raise AssertionError('two have one queue')
        except (EOFError, ValueError):      # what it says then is GLib's, and no answer
            pass
        life.save(2).ends()


@tap.case('row 30: the same bundle from two at once, a stick, WebDAV and PostgreSQL: it is there once')
def _():
    for make in [stick, *kinds()]:
        for _ in range(20 if LONG else 2):
            with make() as place, place.sender() as one, place.sender() as other:
                place.clear()
                answers = in_threads(lambda: one.put(BUNDLE), lambda: other.put(BUNDLE))
                for answer in answers:
                    assert answer.error in ('', 'busy', 'unreadable') and set(answer.verdicts.values()) <= {'new', 'same'}, answers
                for sender in one, other:
                    answer = sender.put(BUNDLE)
                    assert answer.error == '' and set(answer.verdicts.values()) == {'same'}, answer
                assert set(place.stored()) == set(ONCE) and len(records_at(place)) in (3, 6), place.stored()


class Fat:
    """A stick of FAT, by fusefat on a file: pull () is what a hand does."""

    def __init__(self):
        if os.environ.get(mounts.BEGUN) != 'own' or not all(map(shutil.which, ('fusefat', 'mkfs.vfat', 'fsck.vfat'))):
            raise tap.Skip('needs Debian’s fusefat and dosfstools, and to mount')
        top = folder('fat')
        self.image, self.path, self.process = top / 'image', top / 'stick', None
        self.path.mkdir()
        self.image.write_bytes(bytes(16 << 20))
        subprocess.run(['mkfs.vfat', self.image], check=True, capture_output=True)

    def put_in(self):
        self.process = subprocess.Popen(['fusefat', '-f', '-o', 'rw+', self.image, self.path], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: os.path.ismount(self.path) or self.process.poll() is not None, 'it was not mounted')
        if self.process.poll() is not None:
            raise tap.Skip('fusefat cannot mount here: it needs /dev/fuse')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if os.path.ismount(self.path):
            self.pull()

    def pull(self):
        self.process.kill()
        self.process.wait()
        subprocess.run(['umount', '-l', self.path], check=True)

    def pull_safely(self):
        subprocess.run(['umount', self.path], check=True)
        self.process.wait()

    def repair(self):
        """What the next computer offers to do; a FAT that cannot be repaired is a failure."""
        done = subprocess.run(['fsck.vfat', '-a', '-w', self.image], capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stdout


def stays_stopped(process):
    """By the signal: at each system call strace stops it too, for a moment."""
    for _ in range(5):
        if pathlib.Path(f'/proc/{process.pid}/stat').read_text().rpartition(')')[2].split()[0] not in 'Tt':
            return False
        time.sleep(0.01)
    return True


def pulled_at(fat, place, calls, when, bundle):
    """Out of the tablet when daily-cup-send comes to the @when-th of these system calls."""
    with place.sender(*traced(calls, 'signal=STOP', when)) as sender:
        sender.begin('put', **sender.content_of(bundle))
        wait_for(lambda: stays_stopped(sender.process), 'it did not come to that')
        fat.pull()
        sender.process.send_signal(signal.SIGCONT)
        answer = sender.end()
    assert answer.error == 'gone' and not answer.verdicts, (calls, when, answer)


@contextlib.contextmanager
def fat_stick():
    with Fat() as fat, stick() as place:
        place.folder = fat.path
        fat.put_in()
        yield fat, place


@tap.case('row 34: a stick of FAT, pulled out while it is written: gone; put in again it has what it had, and takes the rest once')
def _():
    steps = [('fsync', 1), ('renameat2', 1), ('fsync', 2)]
    for calls, when in steps if LONG else steps[:2]:
        with fat_stick() as (fat, place):
            with place.sender() as sender:
                assert sender.put(BUNDLES[1]).error == ''
            fat.pull_safely()
            fat.put_in()
            pulled_at(fat, place, calls, when, BUNDLE)
            fat.repair()
            fat.put_in()
            assert place.stored()[BUNDLES[1].ids[0]] == 1, (calls, when)
            with place.sender() as sender:
                answer = sender.put(BUNDLE)
                assert answer.error == '' and set(answer.verdicts) == set(BUNDLE.ids), (calls, when, answer)
                assert set(sender.put(BUNDLES[1]).verdicts.values()) == {'same'}
            assert place.stored() == ONCE | {BUNDLES[1].ids[0]: 1}, place.stored()


@tap.case('row 34: a new stick of FAT, pulled out before anything is on it: gone; another takes all, once')
def _():
    for calls, when in [('fsync', 1), ('fsync', 3), ('mkdirat', 2)] if LONG else [('fsync', 2)]:
        with fat_stick() as (fat, place):
            pulled_at(fat, place, calls, when, BUNDLE)
        with fat_stick() as (fat, place), place.sender() as sender:
            answer = sender.put(BUNDLE)
            assert answer.error == '' and set(answer.verdicts.values()) == {'new'} and place.stored() == ONCE, answer


tap.main()
