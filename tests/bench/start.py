#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon the welcome page is there, what it weighs, and what it costs to
let it stand: the kiosk against Chromium's kiosk mode showing a page with the
same content, in the same run, on the same screen, turn by turn.

    start.py PROGRAM LOCALEDIR PACK

First paint: from fork to the moment when marks all over the page (nine cells,
in each a pixel of a picture, a button, a code) have the colour they have in
the finished page. The first turn of each is not counted: it makes the
profile, the queue, the caches. Memory: PSS of the process and all below it,
after it has stood for a while. Idle: processor time of the same processes,
and of the X server, while nobody touches it and the story goes on by itself.
Goals: 2 times sooner, 4 times less memory, 5 times less idle time.
"""

import collections
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import page
import screen

WIDTH, HEIGHT = 1280, 800
STORY_SECONDS = 9
SCALE = float(os.environ.get('DAILY_CUP_SCALE') or 1)
ROUNDS = max(3, round(9 * SCALE))
IDLE_ROUNDS = max(1, round(2 * SCALE))
# As long as the story takes for four pictures, so that each has four to change;
# a part of the whole, which only shows that it works, takes two.
IDLE_S = (4 if SCALE >= 1 else 2) * STORY_SECONDS
# Once round the story, so that every picture has been drawn.
SETTLE_S = (5 if SCALE >= 1 else 1) * STORY_SECONDS + 4

GOALS = {'first paint': 2, 'PSS': 4, 'idle': 5}


def tree(pid):
    """@pid and everything below it."""
    children = collections.defaultdict(list)
    for entry in os.listdir('/proc'):
        if entry.isdigit():
            try:
                with open(f'/proc/{entry}/stat', encoding='utf-8', errors='replace') as file:
                    children[int(file.read().rpartition(')')[2].split()[1])].append(int(entry))
            except (FileNotFoundError, ProcessLookupError):
                pass
    found = [pid]
    for one in found:
        found += children[one]
    return found


def processor_s(pids):
    """By the scheduler's own count, in nanoseconds: the clock of hundredths
    in /proc/PID/stat misses a program that wakes for less."""
    total = 0
    for pid in pids:
        try:
            for thread in os.listdir(f'/proc/{pid}/task'):
                with open(f'/proc/{pid}/task/{thread}/schedstat', encoding='ascii') as file:
                    total += int(file.read().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / 1e9


def pss_mib(pids):
    """The kiosk lets nobody but root look into it."""
    total = 0
    for pid in pids:
        name = f'/proc/{pid}/smaps_rollup'
        try:
            text = pathlib.Path(name).read_text(encoding='utf-8')
        except PermissionError:
            text = subprocess.run(['sudo', '-n', 'cat', name], stdout=subprocess.PIPE, text=True, check=True).stdout
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) for line in text.split('\n') if line.startswith('Pss:'))
    return total / 1024


class Contestant:
    """A program that draws the page, and the marks by which one sees that it has."""

    def __init__(self, name, display, command, environment):
        self.name, self.display, self.command = name, display, command
        self.environment = environment | {'DISPLAY': display.name}
        self.process, self.marks = None, []

    def start(self):
        self.process = subprocess.Popen(self.command, env=self.environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        """Chromium says good-bye on its own time; nothing may stay behind."""
        pids = tree(self.process.pid)
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        until = time.monotonic() + 10
        while any(os.path.exists(f'/proc/{pid}') for pid in pids) and time.monotonic() < until:
            time.sleep(0.05)
        while self.marks and self.painted():
            time.sleep(0.05)
        time.sleep(0.3)

    def painted(self):
        return all(self.display.pixel(x, y) == colour for x, y, colour in self.marks)

    def learn(self):
        """The first turn: waits for the page to stand still and marks it."""
        self.start()
        until = time.monotonic() + 60
        last = b''
        while time.monotonic() < until:
            time.sleep(1)
            picture = self.display.picture()
            if picture == last and any(picture):
                break
            last = picture
        else:
            raise RuntimeError(f'{self.name} drew nothing')
        self.marks = find_marks(last)
        if folder := os.environ.get('DAILY_CUP_PICTURES'):
            pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
            subprocess.run(['convert', '-size', f'{WIDTH}x{HEIGHT}', '-depth', '8', 'rgb:-',
                            f'{folder}/bench-{self.name}.png'], input=last, check=True)
        self.stop()

    def time_to_paint(self):
        begin = time.monotonic()
        self.start()
        while not self.painted():
            if time.monotonic() > begin + 60:
                raise RuntimeError(f'{self.name} never looked as it did before')
            time.sleep(0.003)
        took = time.monotonic() - begin
        used = processor_s(tree(self.process.pid))
        self.stop()
        return took, used

    def stand(self, server):
        """(PSS, processes, processor time, of the X server) of a page that stands."""
        self.start()
        while not self.painted():
            time.sleep(0.05)
        time.sleep(SETTLE_S)
        pids = tree(self.process.pid)
        before = processor_s(pids), processor_s([server])
        time.sleep(IDLE_S)
        after = processor_s(pids), processor_s([server])
        result = pss_mib(tree(self.process.pid)), len(pids), after[0] - before[0], after[1] - before[1]
        self.stop()
        return result


def find_marks(picture):
    """In each of nine cells a pixel that is not of the page's ground, in a
    spot of one colour: letters and edges may come out otherwise next time."""
    def at(x, y):
        start = 3 * (y * WIDTH + x)
        return picture[start:start + 3]

    grounds = {colour for colour, _ in collections.Counter(
        at(x, y) for x in range(8, WIDTH, 16) for y in range(8, HEIGHT, 16)).most_common(2)}
    marks = []
    for column in range(3):
        for row in range(3):
            spots = ((x, y) for y in range(row * HEIGHT // 3 + 4, (row + 1) * HEIGHT // 3 - 4, 5)
                     for x in range(column * WIDTH // 3 + 4, (column + 1) * WIDTH // 3 - 4, 5))
            for x, y in spots:
                colour = at(x, y)
                if colour not in grounds and colour != b'\0\0\0' \
                        and all(at(x + dx, y + dy) == colour for dx in (-3, 0, 3) for dy in (-3, 0, 3)):
                    marks.append((x, y, int.from_bytes(colour, 'big')))
                    break
    if len(marks) < 3:
        raise RuntimeError('the page is as good as empty')
    return marks


def contestants(display, program, localedir, pack, folder):
    environment = {key: os.environ[key] for key in ('PATH', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR')}
    environment |= {'HOME': str(folder), 'LANG': 'C.UTF-8', 'DAILY_CUP_LOCALEDIR': localedir}
    (folder / 'page.html').write_text(page.welcome_page(pack, STORY_SECONDS), encoding='utf-8')
    kiosk = [program, '--pack', pack, '--state', str(folder / 'state'), '--window', f'{WIDTH}x{HEIGHT}']
    chromium = ['chromium', '--kiosk', f'--app=file://{folder}/page.html', f'--user-data-dir={folder}/profile',
                f'--window-size={WIDTH},{HEIGHT}', '--window-position=0,0', '--force-device-scale-factor=1',
                '--disable-gpu', '--no-first-run', '--no-default-browser-check', '--password-store=basic',
                '--disable-background-networking', '--disable-component-update', '--disable-sync',
                '--disable-extensions', '--disable-default-apps', '--hide-scrollbars']
    if os.geteuid() == 0:
        chromium.append('--no-sandbox')
    return [Contestant('daily-cup', display, kiosk, environment | {'GSK_RENDERER': 'cairo', 'GDK_BACKEND': 'x11'}),
            Contestant('chromium', display, chromium, environment)]


def compare(display, rivals):
    figures = {rival.name: collections.defaultdict(list) for rival in rivals}
    for rival in rivals:
        rival.learn()
    for number in range(ROUNDS):
        for rival in rivals if number % 2 == 0 else rivals[::-1]:
            took, used = rival.time_to_paint()
            figures[rival.name]['first paint'].append(took)
            figures[rival.name]['used'].append(used)
    for _ in range(IDLE_ROUNDS):
        for rival in rivals:
            pss, processes, used, server = rival.stand(display.server.pid)
            for key, value in [('PSS', pss), ('processes', processes), ('own', used), ('server', server),
                               ('idle', used + server)]:
                figures[rival.name][key].append(value)
    return figures


def report(figures):
    """Prints the table and which goal was met. A goal missed is a figure to read, not a failure: machines are noisy."""
    print(f'{ROUNDS} starts and {IDLE_ROUNDS} x {IDLE_S} s at rest of each, in turn; medians (least to most)')
    print(f'{"":34}{"daily-cup":>34}{"chromium":>34}{"ratio":>8}  goal')
    for key, label, unit in [('first paint', 'first paint', 's'), ('used', 'processor time until then', 's'),
                             ('PSS', 'memory (PSS)', 'MiB'), ('processes', 'processes', ''),
                             ('idle', f'processor time, {IDLE_S} s at rest', 's'), ('own', '  its own', 's'),
                             ('server', '  of the X server for it', 's')]:
        ours, theirs = (figures[name][key] for name in ('daily-cup', 'chromium'))
        ratio = statistics.median(theirs) / max(statistics.median(ours), 0.001)
        cells = [f'{statistics.median(values):.3g} {unit} ({min(values):.3g} to {max(values):.3g})'
                 for values in (ours, theirs)]
        verdict = ''
        if key in GOALS:
            verdict = f'{GOALS[key]}: {"met" if ratio >= GOALS[key] else "MISSED"}'
        print(f'{label:34}{cells[0]:>34}{cells[1]:>34}{ratio:8.1f}  {verdict}')


def main(program, localedir, pack):
    folder = pathlib.Path(tempfile.mkdtemp(prefix='daily-cup-bench-'))
    os.environ.setdefault('XDG_RUNTIME_DIR', str(folder))
    bus = subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--print-address=1'], stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    os.environ['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().strip()
    display = screen.Screen(WIDTH, HEIGHT)
    try:
        rivals = contestants(display, program, localedir, pack, folder)
        try:
            report(compare(display, rivals))
        finally:
            for rival in rivals:
                if rival.process and rival.process.poll() is None:
                    rival.process.kill()
    finally:
        display.close()
        bus.terminate()
        bus.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    main(*sys.argv[1:4])
