#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault matrix, the records: taken in part, poisonous, twice, lost by a
restore on either side, of copied tablets, under keys that changed meanwhile, on a
stick that is read twice or holds half a file. What a tablet promised is at the
destination or still on the tablet, and in the office's ledger once."""

import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

TESTS = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / 'lib'), str(TESTS / 'office')]
import replies
import tap
from fault import Fault
from made import Office
from matrix import LONG, Life, ReceiptKey, identity_of, kinds, kinds_of_webdav, proves, records_at
from places import AUTHORITY, DATABASE, GOOD, TABLET, folder, postgresql, stick, webdav
from sender import records_in

FILES = [stick, *kinds_of_webdav()]


def collect(office, *sources):
    """(status, what it says)"""
    status, _, errors = office.run('collect', *sources, key=None)
    return status, errors


def in_ledger(office):
    """How many records, and how many ids."""
    with contextlib.closing(sqlite3.connect(f'{office.folder}/ledger.db')) as connection:
        return connection.execute('SELECT count (*), count (DISTINCT id) FROM record').fetchone()


def copy_of(queue):
    other = folder('queue')
    shutil.copytree(queue, other, dirs_exist_ok=True)
    (other / 'lock').unlink(missing_ok=True)
    return other


@tap.case('row 21: a batch that is taken in part, PostgreSQL: each record by its own verdict')
def _():
    unwanted = f"RETURN CASE WHEN json ->> 'id' = '{identity_of(3)}' THEN 'not before noon'"
    with postgresql() as place, Life(place) as life:
        life.save(1, 2, 3, 4, 5)
        with place.with_function('objection', lambda text: text.replace('RETURN CASE', unwanted, 1)):
            outcome = life.meets(None, '')
            assert outcome['handed_over'] == 4 and outcome['need_attention'] == 1, outcome
            assert [entry['reason'] for entry in life.tablet.ask('refusals')] == ['not before noon']
            life.ends(refused=[3])
        # Somebody has changed the rule: what was refused waits again.
        assert life.tablet.ask('retry')['records'] == 1
        life.ends()


@tap.case('row 21: a destination that is full after a while, WebDAV: what was taken stays taken, the rest waits')
def _():
    for make in kinds_of_webdav():
        with make() as place, Life(place) as life:
            life.save(*range(1, 16))
            outcome = life.meets(Fault(reply=replies.status(507), method='PUT', after=2), 'full')
            assert 0 < outcome['handed_over'] < 15 and outcome['left'] == 15 - outcome['handed_over'], outcome
            assert life.tablet.tally()['delivered'] == len(place.stored()) == outcome['handed_over']
            life.ends()


def poisoned(number):
    """Whether this record is in a bundle."""
    return lambda body: identity_of(number) in records_in(body)


@tap.case('row 22: a record that is always rejected, WebDAV: found by halves and set apart; the others go on')
def _():
    for make in kinds_of_webdav():
        for number in (1, 7, 12) if LONG else (7,):
            with make() as place, Life(place) as life:
                life.save(*range(1, 13))
                outcome = life.meets(Fault(reply=replies.status(413), method='PUT', holds=poisoned(number)), '')
                assert outcome['handed_over'] == 11 and outcome['need_attention'] == 1 and outcome['left'] == 0, outcome
                life.ends(refused=[number])
                assert life.tablet.ask('retry')['records'] == 1
                life.ends()


@tap.case('row 22: a record at which the server errs, PostgreSQL: found by halves and set apart; the others go on')
def _():
    with postgresql() as place, Life(place) as life:
        life.save(*range(1, 13))
        place.server.sql("CREATE FUNCTION public.poison() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no'; END$$;"
                         f"CREATE TRIGGER poison BEFORE INSERT ON daily_cup.record FOR EACH ROW WHEN (NEW.id = '\\x{identity_of(7)}')"
                         ' EXECUTE FUNCTION public.poison()', DATABASE)
        try:
            outcome = life.meets(None, '')
        finally:
            place.server.sql('DROP FUNCTION public.poison CASCADE', DATABASE)
        assert outcome['handed_over'] == 11 and outcome['need_attention'] == 1 and outcome['left'] == 0, outcome
        life.ends(refused=[7])
        assert life.tablet.ask('retry')['records'] == 1
        life.ends()


@tap.case('row 22: a record at which the server hangs up each time, WebDAV: set apart; the others go on')
def _():
    with webdav() as place, Life(place) as life:
        life.save(*range(1, 13))
        outcome = life.meets(Fault(cut_request_after=0, method='PUT', holds=poisoned(7)), '')
        assert outcome['handed_over'] == 11 and outcome['need_attention'] == 1 and outcome['left'] == 0, outcome
        assert [entry['reason'] for entry in life.tablet.ask('refusals')] == ['no answer']
        life.ends(refused=[7])
        assert life.tablet.ask('retry')['records'] == 1
        life.ends()


@tap.case('row 23: one id, other bytes, a stick and WebDAV: both are there, and the office says so')
def _():
    for make in FILES:
        with make() as place, Life(place) as one, Life(place) as other:
            one.save(1, 2).ends()
            other.save(1)
            other.meets(None, '')
            ids = [json.loads(envelope)['id'] for envelope, _ in records_at(place)]
            assert sorted(ids) == sorted(map(identity_of, (1, 1, 2))), ids
            office = Office(folder('desk'), TABLET)
            for _ in range(2):
                status, says = collect(office, place.root)
                assert status == 1 and 'say that they are ' + identity_of(1) in says, says
            assert in_ledger(office) == (3, 2)


@tap.case('row 23: one id, other bytes, PostgreSQL: the first stays, the second is kept on its tablet and leaves by stick')
def _():
    with postgresql() as place, stick() as drive, Life(place) as one, Life(place) as other:
        one.save(1).ends()
        before = records_at(place)
        other.save(1, 2)
        assert other.meets(None, '')['need_attention'] == 1
        assert [entry['reason'] for entry in other.tablet.ask('refusals')] == ['differs']
        assert before[0] in records_at(place) and len(records_at(place)) == 2
        assert all(held for _, _, held in other.close().values())
        with Life(drive, other.queue) as other:
            other.tablet.ask('retry')
            other.saved = [1, 2]
            other.ends()


def restored_files(place):
    """Back to a copy; whoever does that begins another epoch (EXCHANGE.md)."""
    backup = folder('backup') / 'copy'
    shutil.copytree(place.root, backup)

    def restore():
        place.clear()
        shutil.copytree(backup, place.root, dirs_exist_ok=True)
        identity = json.loads((place.root / 'daily-cup.json').read_text()) | {'epoch': os.urandom(16).hex()}
        (place.root / 'daily-cup.json').write_text(json.dumps(identity) + '\n')
        if place.proxy is not None:
            place.server.give_away()
    return restore


def restored_dump(place):
    dump = place.server.run(place.server.tool('pg_dump'), '-h', place.server.folder, '-p', place.server.port, '-U', 'postgres',
                            '-n', 'daily_cup', DATABASE).stdout

    def restore():
        place.server.sql('DROP SCHEMA daily_cup CASCADE', DATABASE)
        place.server.sql(dump, DATABASE)
    return restore


@tap.case('row 24: restored from an older backup, a stick, WebDAV and PostgreSQL (a dump): all that no receipt covers is offered again')
def _():
    key = ReceiptKey()
    for make in [stick, *kinds()]:
        with make() as place, Life(place) as life:
            life.tablet.do('receipt-key', key.public)
            life.save(1, 2).ends()
            key.leave(place)
            assert life.tablet.run()['erased'] == 2
            life.save(3).meets(None, '')
            restore = (restored_dump if make is postgresql else restored_files)(place)
            life.save(4, 5).meets(None, '')
            assert len(place.stored()) == 5
            restore()
            assert set(place.stored()) == set(map(identity_of, (1, 2, 3)))
            outcome = life.meets(None, '')
            assert outcome['new_epoch'] and outcome['erased'] == 0, outcome
            life.ends(copies=2)
            # Nobody but the office lets what came again be erased.
            assert life.tablet.tally()['receipted'] == 2
            key.leave(place)
            assert life.tablet.run()['erased'] == 3
            assert not any(held for _, _, held in life.close().values())


@tap.case('row 24: restored and nobody said so: "everything" offers all again')
def _():
    for make in [stick, *kinds()] if LONG else [stick]:
        with make() as place, Life(place) as life:
            life.save(1, 2, 3).ends()
            place_id = [path for path in (place.root.iterdir() if make is not postgresql else ()) if path.is_dir()]
            for path in place_id:
                shutil.rmtree(path)
            if make is postgresql:
                place.server.sql('TRUNCATE daily_cup.record', DATABASE)
            assert not place.stored() and life.tablet.run()['handed_over'] == 0
            assert life.tablet.run('everything')['handed_over'] == 3
            life.ends()


@tap.case('row 25: a tablet set back to an older copy, a stick, WebDAV and PostgreSQL: nothing twice, nothing written over')
def _():
    for make in [stick, *kinds()]:
        with make() as place:
            with Life(place) as life:
                life.save(1, 2).ends()
                life.close()
            backup = copy_of(life.queue)
            with Life(place, life.queue) as life:
                life.tablet.save(3)
                assert life.tablet.run()['left'] == 0
                life.close()
            # The numbers after the copy are given again, to other records.
            with Life(place, backup) as life:
                life.tablet.save(4, 5)
                outcome = life.tablet.run('everything')
                assert outcome['error'] == '' and outcome['left'] == 0 and outcome['need_attention'] == 0, outcome
                rows = life.close()
            assert set(place.stored()) == set(map(identity_of, range(1, 6)))
            envelopes = {json.loads(envelope)['id']: json.loads(envelope) for envelope, _ in records_at(place)}
            assert len({envelope for envelope, _ in records_at(place)}) == 5
            assert envelopes[identity_of(3)]['seq'] == envelopes[identity_of(4)]['seq'] == rows[identity_of(4)][0] == 3
            if make is not postgresql:
                office = Office(folder('desk'), TABLET)
                status, says = collect(office, place.root)
                assert status == 1 and '“stall 1” gave the number 3 to two records' in says, says
                assert in_ledger(office) == (5, 5)


@tap.case('row 26: a tablet that was copied, a stick, WebDAV and PostgreSQL: all arrive, and the office says so')
def _():
    for make in [stick, *kinds()]:
        with make() as place:
            with Life(place) as life:
                life.save(1).ends()
                life.close()
            clone = copy_of(life.queue)
            with Life(place, life.queue) as one, Life(place, clone) as other:
                one.saved, other.saved = [1], [1]
                for number in 2, 4:
                    one.save(number).ends(copies=2)
                    other.save(number + 1).ends(copies=2)
            assert set(place.stored()) == set(map(identity_of, range(1, 6)))
            if make is not postgresql:
                office = Office(folder('desk'), TABLET)
                status, says = collect(office, place.root)
                assert status == 1 and '“stall 1” gave the number 2 to two records' in says, says
                assert in_ledger(office) == (5, 5)


@tap.case('row 31: verdicts in another order, some wanting, PostgreSQL: each counts by its id')
def _():
    backwards = ('BEGIN RETURN QUERY SELECT s.id, s.verdict, s.reason FROM daily_cup.submit_as_ever(envelopes, signatures, '
                 'submit.sealed) WITH ORDINALITY AS s (id, verdict, reason, n) ORDER BY n DESC LIMIT {}; END')
    with postgresql() as place, Life(place) as life:
        ever = place.server.sql("SELECT pg_get_functiondef('daily_cup.submit'::regproc)", DATABASE)
        place.server.sql(ever.replace('daily_cup.submit(', 'daily_cup.submit_as_ever(', 1).replace('submit.', 'submit_as_ever.'),
                         DATABASE)
        try:
            life.save(*range(1, 10))
            with place.with_function('submit', backwards.format(100)):
                assert life.meets(None, '')['handed_over'] == 9
            life.save(*range(10, 14))
            with place.with_function('submit', backwards.format(1)):
                outcome = life.meets(None, '')
                assert outcome['handed_over'] + outcome['left'] == 4 and outcome['handed_over'] > 0, outcome
        finally:
            place.server.sql('DROP FUNCTION daily_cup.submit_as_ever', DATABASE)
        life.ends()


@tap.case('row 31: replies that come twice or one late in a whole run, WebDAV: the next run ends well')
def _():
    for make in kinds_of_webdav():
        with make() as place, Life(place) as life:
            for number, fault in enumerate((Fault(twice=True), Fault(stale=True), Fault(stale=True, after=5)), 1):
                life.save(number, number + 10)
                life.meets(fault, '', 'unreadable', 'offline', 'login-page', 'busy', 'gone', 'too-old')
            life.ends(copies=3)


def age_key():
    text = subprocess.run(['age-keygen'], capture_output=True, text=True, check=True)
    path = folder('age') / 'key'
    path.write_text(text.stdout)
    return path, text.stderr.split()[-1]


def opens(key, sealed):
    return subprocess.run(['age', '-d', '-i', key], input=sealed, capture_output=True, check=False).returncode == 0


@tap.case('row 33: the server’s certificate, the desk key and the receipt key change meanwhile: old records count, old receipts too')
def _():
    former, latter = ReceiptKey(), ReceiptKey()
    for make in kinds():
        (old, old_name), (new, new_name), (_, spare_name) = age_key(), age_key(), age_key()
        with make() as place, Life(place) as life:
            life.tablet.do('receipt-key', former.public)
            life.tablet.do('recipients', old_name, spare_name)
            life.save(1, 2).ends()
            former.leave(place)
            # Offline: what waits is sealed to the key of before, and all of theirs changes.
            life.save(3)
            place.show(AUTHORITY.issue())
            try:
                life.ends()
                assert life.tablet.tally()['receipted'] == 2
                life.tablet.do('recipients', new_name, spare_name)
                life.save(4).ends()
                sealed = {json.loads(envelope)['id']: data for envelope, data in records_at(place)}
                for number in range(1, 5):
                    data = sealed[identity_of(number)]
                    assert opens(old, data) == (number < 4) and opens(new, data) == (number == 4), number
                # A key that the pack does not name signs nothing away; once it does, it does.
                latter.leave(place)
                outcome = life.tablet.run()
                assert outcome['unread_receipts'] > 0 and outcome['erased'] == 0, outcome
                life.tablet.do('receipt-key', latter.public)
                assert life.tablet.run()['erased'] == 2
            finally:
                place.show(GOOD)
            assert life.nothing_lost()['receipted'] == 4


@tap.case('row 33: the next pack’s key, where the pack that a tablet has names it: pack/test-trust')
def _():
    proves('pack/test-trust', '/pack/trust/takes-the-key-that-its-pack-names-as-next',
           '/pack/trust/refuses-another-key-and-says-both-in-words', '/pack/trust/remembers-the-receipt-keys-of-the-pack-it-has')


@tap.case('row 34: a stick that is read twice, and copied beside itself: each record is in the ledger once')
def _():
    with stick() as place, Life(place) as life:
        life.save(1, 2, 3).ends()
        office = Office(folder('desk'), TABLET)
        status, says = collect(office, place.root)
        assert status == 0 and 'new in the ledger: 3' in says, says
        again = folder('again')
        shutil.copytree(place.root, again / 'a')
        shutil.copytree(place.root, again / 'b')
        status, says = collect(office, place.root, again)
        assert status == 0 and 'new in the ledger: 0' in says and in_ledger(office) == (3, 3), says


@tap.case('row 34: half a file on a stick: said where, its whole lines count, and the tablet gives all again')
def _():
    with stick() as place, Life(place) as life:
        life.save(1, 2, 3).ends()
        path, = place.root.rglob('*.jsonl')
        whole = path.read_bytes()
        ends = [0, 1, len(whole) // 2, len(whole) - 40, len(whole) - 1]
        if LONG:
            ends += list(range(0, len(whole), len(whole) // 40))
        office = Office(folder('desk'), TABLET)
        for end in sorted(set(ends)):
            path.write_bytes(whole[:end])
            status, says = collect(office, place.root)
            lines = whole[:end].count(b'\n')
            assert in_ledger(office)[0] <= 3 and (status == 1 or end == len(whole) - 1 or lines == 3), (end, status, says)
            if lines < 3:
                assert path.name in says, (end, says)
        # The office emptied the stick, as one does with what cannot be read.
        path.write_bytes(whole[:len(whole) // 2])
        assert life.tablet.run('everything')['handed_over'] == 3
        assert sorted(place.stored().values()) == [1, 1, 1] and path.read_bytes() == whole[:len(whole) // 2]
        status, says = collect(office, place.root)
        assert in_ledger(office) == (3, 3), says


tap.main()
