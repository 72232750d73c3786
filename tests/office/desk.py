# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office with keys and a signed appeal of its own, and what lies at a
destination, by EXCHANGE.md alone."""

import base64
import hashlib
import json
import pathlib
import shutil
import subprocess
import tempfile

from made import Office, bundle
from officelib import EXAMPLE, PASSPHRASE, make_keys, run


def shelf(top, tablet, lines, campaign='migrants-day'):
    """A bundle as a destination has it."""
    place = pathlib.Path(top, campaign, tablet.key, tablet.queue)
    place.mkdir(parents=True, exist_ok=True)
    path = bundle(place / 'new.jsonl', lines)
    name = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return path.rename(place / f'1-{len(lines)}-{name}.jsonl')


class Desk:
    """An office with keys of its own and a signed appeal."""

    def __init__(self, top, *tablets, destination=None, trust=None, keep=None):
        self.office = Office(top, *tablets)
        self.keys, self.pack = pathlib.Path(top, 'keys'), pathlib.Path(top, 'pack')
        assert run('campaign', 'new', '--from', str(EXAMPLE), '--id', 'winter-2026', str(self.pack))[0] == 0
        make_keys(str(self.keys), '--pack', str(self.pack))
        ini = self.pack / 'campaign.ini'
        for old, new in (keep or {}).items():
            ini.write_text(ini.read_text().replace(old, new))
        if destination is not None:
            (self.pack / 'destination.ini').write_text(f'[Destination]\n{destination}\nAuthority=authority.pem\n')
            shutil.copy(trust, self.pack / 'authority.pem')
        status, _, errors = run('campaign', 'sign', '--key', str(self.keys / 'pack.key'), str(self.pack), passphrase=PASSPHRASE)
        assert status == 0, errors
        self.recipients = [line for line in (self.pack / 'recipients.txt').read_text().split() if line.startswith('age1')]
        self.receipt = (self.keys / 'receipt.pub').read_text().split('\n')[1]

    def receipts(self, *arguments, **more):
        return run('receipts', '--office', str(self.office.folder), '--keys', str(self.keys), '--pack', str(self.pack),
                   *map(str, arguments), passphrase=PASSPHRASE, **more)


def read_receipts(top, desk):
    """[(origin, {id: hash})] of all that lie there, each verified by minisign."""
    found = []
    for path in sorted(pathlib.Path(top).rglob('receipt-*.json')):
        parts = {key: base64.b64decode(text) for key, text in json.loads(path.read_bytes()).items()}
        with tempfile.TemporaryDirectory() as work:
            pathlib.Path(work, 'm').write_bytes(b'daily-cup/receipt/1\n' + parts['receipt'])
            pathlib.Path(work, 's').write_bytes(parts['signature'])
            subprocess.run(['minisign', '-V', '-q', '-P', desk.receipt, '-m', f'{work}/m', '-x', f'{work}/s'], check=True)
        said = json.loads(parts['receipt'])
        assert path.parent.parts[-3:] == (said['campaign'], said['tablet'], said['queue'])
        assert path.name == f'receipt-{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}.json'
        assert said['count'] == len(said['records'])
        found.append({entry['id']: entry['sealed_sha256'] for entry in said['records']})
    return found


def hash_of(line):
    return hashlib.sha256(base64.b64decode(json.loads(line)['sealed'])).hexdigest()
