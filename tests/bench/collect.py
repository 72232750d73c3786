#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long it takes from a stick to a table: “collect”, then “export”, of all
records at once, against `age -d` once a record, which is what an office without
this program would run. In the same run, turn by turn.

    collect.py PROGRAM

Ours verifies each signature and hash, and keeps the ledger durably; age only
opens. Age's own reading of its file is from memory, and its output is thrown
away. Goal: 20 times sooner.
"""

import concurrent.futures
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'office'))
import made  # noqa: E402

SCALE = float(os.environ.get('DAILY_CUP_SCALE') or 1)
RECORDS = max(200, round(2000 * SCALE))
ROUNDS = 3
GOAL = 20


def make(folder):
    """An office, a stick for it, and the sealed parts that lie on the stick."""
    tablet = made.Tablet('bench')
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        parts = list(pool.map(lambda seq: tablet.parts(seq=seq), range(1, RECORDS + 1)))
    stick = folder / 'stick'
    stick.mkdir()
    made.bundle(stick / 'records.jsonl', [made.as_line(part) for part in parts])
    return tablet, stick, [sealed for _, _, sealed in parts]


def ours(program, tablet, stick, folder):
    """Seconds for an office that has nothing yet, each command."""
    office = made.Office(tempfile.mkdtemp(dir=folder), tablet.key).folder
    table, times = office.parent / 'table.csv', []
    for command in (['collect', stick], ['export', '--identity', made.DESK, '--output', table]):
        begin = time.monotonic()
        subprocess.run([program, command[0], '--office', office, *command[1:]], stdin=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=True)
        times.append(time.monotonic() - begin)
    assert table.read_bytes().count(b'\r\n') == RECORDS + 1, 'not every record is in the table'
    return times


def age(sealed):
    begin = time.monotonic()
    for one in sealed:
        subprocess.run(['age', '-d', '-i', made.DESK], input=one, stdout=subprocess.DEVNULL, check=True)
    return [time.monotonic() - begin]


def main(program):
    folder = pathlib.Path(tempfile.mkdtemp(prefix='daily-cup-bench-'))
    figures = {'ours': [], 'age': []}
    try:
        tablet, stick, sealed = make(folder)
        for number in range(ROUNDS):
            turns = [('ours', lambda: ours(program, tablet, stick, folder)), ('age', lambda: age(sealed))]
            for name, run in turns if number % 2 == 0 else turns[::-1]:
                figures[name].append(run())
    finally:
        shutil.rmtree(folder, ignore_errors=True)

    print(f'{RECORDS} records, {ROUNDS} rounds of each, in turn; medians (least to most)')
    totals = {name: [sum(times) for times in rounds] for name, rounds in figures.items()}
    for label, values in (('collect', [times[0] for times in figures['ours']]),
                          ('export', [times[1] for times in figures['ours']]),
                          ('both', totals['ours']), ('age -d, once a record', totals['age'])):
        print(f'{label:24}{statistics.median(values):8.3f} s ({min(values):.3f} to {max(values):.3f})')
    baseline = statistics.median(totals['age']) / RECORDS * 1e6
    for name, times in (('collect', [times[0] for times in figures['ours']]), ('collect and export', totals['ours'])):
        measured = statistics.median(times) / RECORDS * 1e6
        print(f'{f"{name}, µs a record, age":46} {measured:9.1f} {baseline:9.1f} {baseline / measured:8.1f}   '
              f'goal ≥ {GOAL}: {"met" if baseline >= GOAL * measured else "MISSED"}')


if __name__ == '__main__':
    main(sys.argv[1])
