#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The golden records, written from FORMAT.md alone: with `age` and `openssl`
and none of the program's code. Run it in this folder. Sealing is random, so
each run makes another NAME.age and all that follows from it; the plaintexts
never change."""

import base64
import hashlib
import json
import subprocess
from pathlib import Path

SEED = bytes(range(32))
# RFC 8410: an Ed25519 private and public key in DER are a fixed head and 32 bytes.
PRIVATE = bytes.fromhex('302e020100300506032b657004220420')
TABLET = '03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8'
QUEUE = '51ee9a0c3f6b4c2d8e7a10b2c3d4e5f6'
PACK = hashlib.sha256(b'manifest').hexdigest()
CLASSES = (2048, 4096, 8192, 16384, 32768, 65536)


def envelope(kind, id, about, seq, amount, currency, frequency, shift, day):
    return {
        'v': 1, 'kind': kind, 'id': id, 'about': about, 'tablet': TABLET, 'queue': QUEUE,
        'seq': seq, 'campaign': 'migrants-day', 'pack': PACK, 'amount': amount,
        'currency': currency, 'frequency': frequency, 'shift': shift, 'day': day,
    }


PLEDGE = envelope('pledge', '000102030405060708090a0b0c0d0e0f', None, 1, 1800, 'CHF', 'monthly',
                  None, '2026-12-18') | {
    'reference': 'RF34K7Q29WXM4T',
    'channel': 'self',
    'cups': {'count': 1, 'period': 'week'},
    'language': 'fr',
    'time': {
        'utc': '2026-12-18T10:11:12.123456Z', 'offset_minutes': 60,
        'boot': '8f3c2b1a-0d4e-4f5a-9b6c-7d8e9fa0b1c2', 'monotonic_us': 5400000000,
        'clock': 'set',
    },
    'donor': {
        'first_name': 'Ana', 'family_name': None, 'email': 'ana@example.org', 'phone': None,
        'address': None,
    },
    'tax_certificate': False,
    'consents': [
        {'purpose': 'newsletter', 'version': 1, 'language': 'fr', 'given': False},
        {'purpose': 'views', 'version': 2, 'language': 'fr', 'given': True},
    ],
    'notice': {'version': 1, 'language': 'fr'},
    'age': {'minimum': 18, 'stated': True},
    'volunteer': None,
}

RICH = envelope('practice', 'ffeeddccbbaa99887766554433221100', None, 9007199254740991, 5, 'JPY',
                'once', 'Morning-7F', '2028-02-29') | {
    'reference': 'RF18539007547034',
    'channel': 'assisted',
    'cups': None,
    'language': 'zh-Hant',
    'time': {
        'utc': '1969-12-31T23:59:59.999999Z', 'offset_minutes': -570, 'boot': None,
        'monotonic_us': 0, 'clock': 'unknown',
    },
    'donor': {
        'first_name': 'Zoë "la \\ grande" O’Brien', 'family_name': 'Ñandú-Łukasiewicz 李小龍',
        'email': 'zoë+cup@exämple.ch', 'phone': '+41 (0)22 555/01-23',
        'address': {
            'street': 'Rue de Varembé 1, c/o «Maison» 🏠', 'postcode': '1202', 'town': 'Genève',
            'country': None,
        },
    },
    'tax_certificate': True,
    'consents': [
        {'purpose': 'newsletter', 'version': 4294967295, 'language': 'zh-Hant', 'given': True},
        {'purpose': 'post', 'version': 0, 'language': 'ar', 'given': False},
        {'purpose': 'phone', 'version': 3, 'language': 'fr', 'given': True},
    ],
    'notice': {'version': 12, 'language': 'zh-Hant'},
    'age': {'minimum': 16, 'stated': True},
    'volunteer': 'V-07 ✓',
}

WITHDRAWAL = envelope('withdrawal', '00112233445566778899aabbccddeeff', PLEDGE['id'], 2, None, None,
                      None, None, '2026-12-18')


def compact(value):
    return json.dumps(value, separators=(',', ':'), ensure_ascii=False).encode()


def sign(message):
    Path('key.der').write_bytes(PRIVATE + SEED)
    Path('message').write_bytes(message)
    subprocess.run(['openssl', 'pkeyutl', '-sign', '-keyform', 'DER', '-inkey', 'key.der', '-rawin',
                    '-in', 'message', '-out', 'signature'], check=True)
    signature = Path('signature').read_bytes()
    for name in ('key.der', 'message', 'signature'):
        Path(name).unlink()
    return signature


def make(name, fields):
    plain = compact(fields)
    plain = plain.ljust(min(c for c in CLASSES if c >= len(plain)))
    Path(f'{name}.plaintext').write_bytes(plain)
    subprocess.run(['age', '-R', 'recipients.txt', '-o', f'{name}.age', f'{name}.plaintext'],
                   check=True)
    sealed = Path(f'{name}.age').read_bytes()
    shared = {key: fields[key] for key in list(WITHDRAWAL)}
    text = compact(shared | {'sealed_sha256': hashlib.sha256(sealed).hexdigest()})
    signature = sign(b'daily-cup/record/1\n' + text)
    Path(f'{name}.envelope').write_bytes(text)
    Path(f'{name}.signature').write_bytes(signature)
    line = {key: base64.b64encode(part).decode() for key, part in
            (('envelope', text), ('signature', signature), ('sealed', sealed))}
    Path(f'{name}.jsonl').write_bytes(compact(line) + b'\n')


def main():
    with open('recipients.txt', 'wb') as recipients:
        for key in ('desk.key', 'spare.key'):
            subprocess.run(['age-keygen', '-y', key], check=True, stdout=recipients)
    for name, fields in (('pledge', PLEDGE), ('rich', RICH), ('withdrawal', WITHDRAWAL)):
        make(name, fields)


if __name__ == '__main__':
    main()
