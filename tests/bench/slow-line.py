#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""200 records over a line of 2 kB/s each way, whose answers take 300 ms to begin,
to Apache and to PostgreSQL, against the time that the bytes and their proof need:

- WebDAV: each bundle up, and down again to be compared; two requests for each
- PostgreSQL: each record up once, since the server itself compares; a request
  for each bundle's worth

What TLS, heads, names, the identity, the statement and the receipts take is ours.
20 records, or with DAILY_CUP_LONG=1 200 times DAILY_CUP_SCALE (8 at least). Goal: 1.3 times.
"""

import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'faults'))
import places  # noqa: E402
from fault import Fault  # noqa: E402
from sender import in_threads  # noqa: E402

RATE, DELAY = 2000, 0.3
RECORDS = max(8, round(200 * float(os.environ.get('DAILY_CUP_SCALE') or 1))) if os.environ.get('DAILY_CUP_LONG') else 20
GOAL = 1.3
BUNDLE = 256 * 1024


def hand_over(place):
    """Seconds, once it is set up; every record is there."""
    with place.tablet() as tablet:
        tablet.save(*range(1, RECORDS + 1))
        place.proxy.set(Fault(delay=DELAY, request_rate=RATE, reply_rate=RATE))
        begun = time.monotonic()
        outcome = tablet.run()
        seconds = time.monotonic() - begun
    place.proxy.set()
    assert (outcome['error'], outcome['handed_over'], outcome['left']) == ('', RECORDS, 0), outcome
    return seconds


def over_webdav():
    with places.webdav() as place:
        seconds = hand_over(place)
        sizes = [path.stat().st_size for path in place.server.root.rglob('*.jsonl')]
    return seconds, 2 * sum(sizes) / RATE, 2 * DELAY * -(-sum(sizes) // BUNDLE)


def over_postgresql():
    with places.postgresql() as place:
        seconds = hand_over(place)
        size = int(place.server.sql('SELECT sum(length(envelope) + length(signature) + length(sealed)) '
                                    'FROM daily_cup.record', places.DATABASE))
    return seconds, size / RATE, DELAY * -(-size // BUNDLE)


def main():
    webdav, postgresql = in_threads(over_webdav, over_postgresql)
    print(f'{"":46} {"measured":>9} {"baseline":>9} {"ratio":>8}')
    for name, (seconds, bytes_need, delays) in (('webdav', webdav), ('postgresql', postgresql)):
        needed = bytes_need + delays
        print(f'{f"{name}, s for {RECORDS} records at {RATE} B/s":46} {seconds:9.1f} {needed:9.1f} '
              f'{seconds / needed:8.2f}   goal ≤ {GOAL}: {"met" if seconds <= GOAL * needed else "MISSED"}')


if __name__ == '__main__':
    main()
