#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The golden receipt and statement, written from EXCHANGE.md alone: with
`minisign` and `openssl` and none of the program's code. Run it in this folder,
after make.py: the receipt is for its records. `receipt.key` stays as it is; a
minisign signature has the time in it, so each run makes another receipt."""

import base64
import json
import subprocess
import tempfile
from pathlib import Path

from make import PACK, PRIVATE, QUEUE, SEED, TABLET

ORIGIN = {'campaign': 'migrants-day', 'tablet': TABLET, 'queue': QUEUE}

STATEMENT = {'v': 1} | ORIGIN | {
    'pack': PACK,
    'number': 3,
    'time': {
        'utc': '2026-12-18T17:45:00.000000Z', 'offset_minutes': 60, 'boot': '8f3c2b1a-0d4e-4f5a-9b6c-7d8e9fa0b1c2',
        'monotonic_us': 32400000000, 'clock': 'synchronised',
    },
    'max_seq': 42,
    'set_aside': 0,
    'codes_shown': 57,
    'rows': [
        {'kind': 'pledge', 'state': 'delivered', 'taken_back': False, 'shift': 'Morning-7F', 'currency': 'CHF',
         'frequency': 'monthly', 'count': 30, 'sum': 54000},
        {'kind': 'pledge', 'state': 'waiting', 'taken_back': True, 'shift': None, 'currency': 'CHF',
         'frequency': 'once', 'count': 1, 'sum': 5000},
        {'kind': 'withdrawal', 'state': 'waiting', 'taken_back': False, 'shift': None, 'currency': None,
         'frequency': None, 'count': 1, 'sum': 0},
        {'kind': 'pledge', 'state': 'withdrawn', 'taken_back': False, 'shift': '*', 'currency': None,
         'frequency': None, 'count': 10, 'sum': 0},
    ],
}


def text(fields):
    return json.dumps(fields, separators=(',', ':'), ensure_ascii=False).encode()


def record(name):
    envelope = json.loads(Path(f'{name}.envelope').read_bytes())
    return {'id': envelope['id'], 'sealed_sha256': envelope['sealed_sha256']}


def line(word, signed, signature):
    parts = {word: signed, 'signature': signature}
    return text({key: base64.b64encode(value).decode() for key, value in parts.items()}) + b'\n'


def sign_by_office(message, top):
    Path(top, 'signed').write_bytes(message)
    if not Path('receipt.key').exists():
        subprocess.run(['minisign', '-G', '-W', '-s', 'receipt.key', '-p', 'receipt.pub'], check=True)
    subprocess.run(['minisign', '-S', '-s', 'receipt.key', '-m', f'{top}/signed', '-x', f'{top}/minisig'], check=True)
    return Path(top, 'minisig').read_bytes()


def sign_by_tablet(message, top):
    Path(top, 'signed').write_bytes(message)
    Path(top, 'seed').write_bytes(PRIVATE + SEED)
    return subprocess.run(['openssl', 'pkeyutl', '-sign', '-keyform', 'DER', '-inkey', f'{top}/seed', '-rawin',
                           '-in', f'{top}/signed'], check=True, stdout=subprocess.PIPE).stdout


def main():
    records = [record(name) for name in ('pledge', 'withdrawal')]
    receipt = text({'v': 1} | ORIGIN | {'count': len(records), 'records': records})
    with tempfile.TemporaryDirectory() as top:
        minisig = sign_by_office(b'daily-cup/receipt/1\n' + receipt, top)
        signature = sign_by_tablet(b'daily-cup/statement/1\n' + text(STATEMENT), top)
    Path('receipt.json').write_bytes(receipt)
    Path('receipt.line').write_bytes(line('receipt', receipt, minisig))
    Path('statement.json').write_bytes(text(STATEMENT))
    Path('statement.line').write_bytes(line('statement', text(STATEMENT), signature))


if __name__ == '__main__':
    main()
