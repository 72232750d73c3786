#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs are begun, checked, signed and shown; minisign takes what is signed."""

import datetime
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

from officelib import (EXAMPLE, PASSPHRASE, Sitting, files, killed_before_rename, make_keys, run,
                       spare_key)
import tap

STAGE = tempfile.TemporaryDirectory(prefix='daily-cup-office-')
TOP = pathlib.Path(STAGE.name)


def edit(path, before, after):
    text = pathlib.Path(path).read_text()
    assert before in text, f'no {before!r} in {path}'
    pathlib.Path(path).write_text(text.replace(before, after, 1))


def make_signed():
    """A live pack of one's own, signed once, and its keys; made once."""
    run('campaign', 'new', '--from', EXAMPLE, '--id', 'winter', TOP / 'winter')
    text = (TOP / 'winter/campaign.ini').read_text().replace('example.org', 'charity.test')
    (TOP / 'winter/campaign.ini').write_text(text)
    spare = make_keys(TOP / 'keys', '--pack', TOP / 'winter', '--pack-key', TOP / 'stick')
    status, output, errors = run('campaign', 'sign', '--key', TOP / 'stick/pack.key', TOP / 'winter',
                                 passphrase=PASSPHRASE)
    assert status == 0, output + errors
    return spare


SPARE = make_signed()


class Copy:
    """A copy of that pack, to be spoilt."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix='daily-cup-office-')
        self.path = pathlib.Path(self.folder.name, 'pack')
        shutil.copytree(TOP / 'winter', self.path)
        return self.path

    def __exit__(self, *_):
        self.folder.cleanup()


def sign(pack, *more, key=TOP / 'stick/pack.key'):
    return run('campaign', 'sign', '--key', key, *more, pack, passphrase=PASSPHRASE)


def minisign_takes(pack):
    done = subprocess.run(['minisign', '-V', '-p', pack / 'pack.pub', '-m', pack / 'manifest'],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode == 0, done.stdout


def destination(pack, lines):
    (pack / 'destination.ini').write_text('[Destination]\n' + lines)


def authority(pack):
    """A certificate of our own, which openssl makes."""
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ed25519', '-nodes', '-subj', '/CN=test', '-days', '2',
                    '-keyout', '/dev/null', '-out', pack / 'ca.pem'], check=True, capture_output=True)


def serial(pack):
    return int(re.search(r'^serial (\d+)$', (pack / 'manifest').read_text(), re.M)[1])


@tap.case('begins a live pack from the example, without its keys')
def _():
    with tempfile.TemporaryDirectory() as top:
        status, output, _ = run('campaign', 'new', '--from', EXAMPLE, f'{top}/Winter 2026')
        assert status == 0
        text = pathlib.Path(top, 'Winter 2026/campaign.ini').read_text()
        assert '\nId=winter-2026\n' in text and '\nDemo=false\n' in text
        assert '[Demo]' not in text and 'Pin=' not in text
        assert text.count('\n') > 200 and text.endswith('\n')
        pictures = {path.name for path in EXAMPLE.glob('*.svg')}
        assert set(files(f'{top}/Winter 2026')) == pictures | {'campaign.ini'}
        assert '[Giving] Link=https://give.example.org' in output
        assert '[Organisation] Email=donors@example.org' in output


@tap.case('begins a pack from one of your own with the same keys, unsigned')
def _():
    with tempfile.TemporaryDirectory() as top:
        status, _, _ = run('campaign', 'new', '--from', TOP / 'winter', f'{top}/spring')
        assert status == 0
        assert {'recipients.txt', 'keys.ini', 'pack.pub'} <= set(files(f'{top}/spring'))
        assert not {'manifest', 'manifest.minisig'} & set(files(f'{top}/spring'))


@tap.case('begins a pack with the destination of the one before, and says to look at it')
def _():
    with Copy() as before, tempfile.TemporaryDirectory() as top:
        destination(before, 'Kind=webdav\nAddress=https://cloud.charity.test/dav/\n')
        status, output, errors = run('campaign', 'new', '--from', before, f'{top}/spring')
        assert status == 0, errors
        assert 'destination.ini' in files(f'{top}/spring')
        assert '  destination.ini: [Destination] Address=https://cloud.charity.test/dav/\n' in output, output


@tap.case('writes over no folder, and leaves none where it fails')
def _():
    with tempfile.TemporaryDirectory() as top:
        os.mkdir(f'{top}/there')
        status, _, errors = run('campaign', 'new', '--from', EXAMPLE, f'{top}/there')
        assert status == 3 and 'File exists' in errors and files(top) == []
        status, _, errors = run('campaign', 'new', '--from', EXAMPLE, '--id', 'No Good', f'{top}/new')
        assert status == 3 and '[Campaign] Id: found “No Good”' in errors, errors
        status, _, errors = run('campaign', 'new', '--from', f'{top}/nowhere', f'{top}/new')
        assert status == 3 and os.listdir(top) == ['there'], errors


@tap.case('minisign takes what was signed, with campaign and serial in its trusted comment')
def _():
    taken, output = minisign_takes(TOP / 'winter')
    assert taken and 'Trusted comment: campaign winter serial 1' in output, output


@tap.case('writes the manifest that the script for the demonstration writes')
def _():
    with tempfile.TemporaryDirectory() as top:
        pack = pathlib.Path(top, 'pack')
        shutil.copytree(EXAMPLE, pack)
        before = (pack / 'manifest').read_text()
        status, output, errors = sign(pack, key=EXAMPLE / 'demo-keys/pack.key')
        assert status == 0, output + errors
        assert (pack / 'manifest').read_text() == re.sub(r'^serial \d+', f'serial {serial(pack)}', before, flags=re.M)
        assert serial(pack) == int(re.search(r'serial (\d+)', before)[1]) + 1
        assert minisign_takes(pack)[0]


@tap.case('finds nothing in a signed pack')
def _():
    status, output, _ = run('campaign', 'check', TOP / 'winter')
    assert status == 0 and output == 'Errors: 0, warnings: 0.\n', output


def finds(name, spoil, *expected, signed=False, status=1):
    """A case: after @spoil (and signing), the check says each of @expected."""
    @tap.case(f'finds {name}')
    def _():
        with Copy() as pack:
            spoil(pack)
            if signed:
                done = sign(pack)
                assert done[0] == 0, done
            found = run('campaign', 'check', pack)
            assert found[0] == status, found
            for line in expected:
                assert line in found[1], f'no “{line}” in\n{found[1]}'


def ini(before, after):
    return lambda pack: edit(pack / 'campaign.ini', before, after)


finds('an altered picture', lambda pack: (pack / 'logo.svg').write_text('<svg/>'),
      'error: logo.svg: found “6 bytes”, expected')
finds('a pack that is not signed', lambda pack: (pack / 'manifest.minisig').unlink(),
      'error: manifest.minisig: found nothing, expected this file')
finds('a pack without a manifest', lambda pack: (pack / 'manifest').unlink(),
      'error: manifest: found nothing, expected this file')
finds('a pack signed by another key', lambda pack: shutil.copy(EXAMPLE / 'pack.pub', pack),
      'error: manifest.minisig: Signed by the key')
finds('one recipient for two', lambda pack: edit(pack / 'recipients.txt', '# The spare key, on paper:\nage1', '# age1'),
      'error: recipients.txt: found “1” key, expected at least two, desk and spare')
finds('recipients that are none', lambda pack: (pack / 'recipients.txt').write_text('age1nonsense\n'),
      'error: recipients.txt: ')
finds('no recipients', lambda pack: (pack / 'recipients.txt').unlink(),
      'error: recipients.txt: found nothing, expected this file')
finds('the demonstration’s recipients', lambda pack: shutil.copy(EXAMPLE / 'recipients.txt', pack),
      'error: recipients.txt: found a demonstration’s key, expected only keys of your own')
finds('the demonstration’s key as the next', lambda pack: edit(
    pack / 'keys.ini', '[Keys]\n', '[Keys]\nNext=' + (EXAMPLE / 'pack.pub').read_text().split('\n')[1] + '\n'),
      'error: keys.ini: [Keys] Next: found “RW')
finds('a keys.ini that says something else', lambda pack: edit(pack / 'keys.ini', 'Receipt', 'Receipts'),
      'error: keys.ini: [Keys]: found “Receipts”')
finds('a giving link without https', ini('Link=https://', 'Link=http://'),
      'error: campaign.ini: [Giving] Link: found “http://')
finds('a notice without its first layer', ini('\nShort=', '\n# Short='),
      'error: campaign.ini: [Notice] Short: found nothing, expected')
finds('a notice without its second layer', ini('\nRights=', '\n# Rights='),
      'error: campaign.ini: [Notice] Rights: found nothing, expected')
finds('no minimum age', ini('MinimumAge=18\n', ''),
      'error: campaign.ini: [Campaign] MinimumAge: found nothing, expected')
finds('several errors at once', lambda pack: (ini('MinimumAge=18', 'MinimumAge=8')(pack), ini('Id=winter', 'Id=W')(pack),
                                              (pack / 'logo.svg').unlink(), (pack / 'recipients.txt').unlink()),
      'MinimumAge: found “8”', 'Id: found “W”', 'recipients.txt: found nothing')
finds('a picture that is none', lambda pack: (pack / 'logo.svg').write_text('no picture'),
      'error: logo.svg: found “no picture”')
finds('a picture that is not there', lambda pack: (pack / 'logo.svg').unlink(),
      'error: logo.svg: found nothing, expected this file')
finds('a folder that is none', lambda pack: shutil.rmtree(pack), 'expected the folder of a campaign pack')
finds('a first step above 20 francs', ini('CupPrice=4.20', 'CupPrice=6.20'),
      'warning: campaign.ini: [Monthly 1] Cups: found “CHF 26” a month, expected CHF 20 or less', signed=True)
finds('that nobody knows 20 francs in a rare currency', ini('Currency=CHF', 'Currency=MUR'),
      'this program does not know what that is in MUR', signed=True)
finds('a text that a language lacks', ini('\nHeading[es]=', '\n# Heading[es]='),
      'warning: campaign.ini: [Story 1] Heading[es]: found nothing, expected the text in “es”', signed=True)
finds('an address of the example', ini('Email=donors@charity.test', 'Email=donors@example.org'),
      'warning: campaign.ini: [Organisation] Email: found an address of the example', signed=True)
finds('a day to keep until that is no day', ini('CopiesUntil=2028-06-30', 'CopiesUntil=2028-06-31'),
      'error: campaign.ini: [Keep] CopiesUntil: found “2028-06-31”, expected a date such as 2028-12-31')
finds('promises that go before their copies', ini('PledgesUntil=2028-12-31', 'PledgesUntil=2028-01-01'),
      'error: campaign.ini: [Keep] PledgesUntil: found “2028-01-01”, expected no day before CopiesUntil')
finds('a time of keeping that is over', lambda pack: (ini('Ends=2027-12-31', 'Ends=2019-12-31')(pack),
                                                      ini('CopiesUntil=2028-06-30', 'CopiesUntil=2020-06-30')(pack)),
      'warning: campaign.ini: [Keep] CopiesUntil: found “2020-06-30”, expected a day to come', signed=True)
finds('a file that nobody needs', lambda pack: (pack / 'notes.txt').write_text('to do'),
      'warning: notes.txt: found a file that campaign.ini does not name', signed=True)

finds('a destination that is none', lambda pack: destination(pack, 'Kind=ftp\n'),
      'error: destination.ini: [Destination] Kind: found “ftp”, expected “folder”, “webdav” or “postgresql”')
finds('a destination without TLS',
      lambda pack: destination(pack, 'Kind=webdav\nAddress=http://cloud.charity.test/\n'),
      'error: destination.ini: [Destination] Address: found “http://cloud.charity.test/”, expected https://')
finds('certificates that are not there',
      lambda pack: destination(pack, 'Kind=webdav\nAddress=https://a.test/\nAuthority=ca.pem\n'),
      'error: ca.pem: found nothing, expected')
finds('certificates that are none',
      lambda pack: (destination(pack, 'Kind=webdav\nAddress=https://a.test/\nAuthority=ca.pem\n'),
                    (pack / 'ca.pem').write_text('to come')),
      'error: ca.pem: found “to come”, expected certificates to trust')
finds('a private key beside the certificates',
      lambda pack: (destination(pack, 'Kind=webdav\nAddress=https://a.test/\nAuthority=ca.pem\n'),
                    (pack / 'ca.pem').write_text('-----BEGIN PRIVATE KEY-----\n')),
      'error: ca.pem: found a secret key, expected public things only')
finds('the address of the example as a destination',
      lambda pack: destination(pack, 'Kind=postgresql\nHost=db.example.org\nDatabase=promises\n'),
      'warning: destination.ini: [Destination] Host: found an address of the example', signed=True)


@tap.case('signs a destination with its certificates, and shows where promises go')
def _():
    with Copy() as pack:
        _, output, _ = run('campaign', 'show', pack)
        assert re.search(r'^Promises go to +a USB stick$', output, re.M), output
        destination(pack, 'Kind=postgresql\nName=Head office\nHost=a.charity.test;b.charity.test\n'
                          'Database=promises\nAuthority=ca.pem\n')
        authority(pack)
        status, output, errors = sign(pack)
        assert status == 0, output + errors
        status, output, _ = run('campaign', 'check', pack)
        assert status == 0 and output == 'Errors: 0, warnings: 0.\n', output
        _, output, _ = run('campaign', 'show', pack)
        assert re.search(r'^Promises go to +the PostgreSQL database promises at a.charity.test, b.charity.test, '
                         r'port 5432$', output, re.M), output
        assert re.search(r'^Called +Head office$', output, re.M), output
        assert re.search(r'^Certificates +ca.pem$', output, re.M), output

finds('a pack without a receipt key', lambda pack: (pack / 'keys.ini').unlink(),
      'warning: keys.ini: [Keys] Receipt: found nothing', signed=True)
finds('a secret key in the pack', lambda pack: shutil.copy(TOP / 'stick/pack.key', pack),
      'error: pack.key: found a secret key')
finds('an identity in the pack', lambda pack: (pack / 'notes.txt').write_text(SPARE), 'error: notes.txt: found a secret key')


@tap.case('finds a serial that does not rise, and a key that the pack before did not name')
def _():
    with Copy() as pack, Copy() as other:
        ini('MinimumAge=18', 'MinimumAge=16')(pack)
        for name in ('manifest', 'manifest.minisig'):
            (pack / name).unlink()
        assert sign(pack, '--serial', '1')[0] == 0
        status, output, _ = run('campaign', 'check', '--previous', TOP / 'winter', pack)
        assert status == 1 and 'warning: manifest: serial: found “1”, expected more than 1' in output, output
        subprocess.run(['minisign', '-G', '-W', '-p', other / 'pack.pub', '-s', other.parent / 'other.key', '-f'],
                       check=True, stdout=subprocess.DEVNULL)
        assert sign(other, key=other.parent / 'other.key')[0] == 0
        status, output, _ = run('campaign', 'check', '--previous', TOP / 'winter', other)
        assert status == 1 and 'warning: pack.pub: found another key' in output and 'serial' not in output, output


@tap.case('finds that a pack of another Id is another campaign, and takes the same pack again')
def _():
    with Copy() as pack:
        assert run('campaign', 'check', '--previous', TOP / 'winter', pack)[0] == 0
        ini('Id=winter', 'Id=spring')(pack)
        assert sign(pack)[0] == 0
        status, output, _ = run('campaign', 'check', '--previous', TOP / 'winter', pack)
        assert status == 1 and '[Campaign] Id: found “spring”, expected “winter” as before' in output


@tap.case('signs nothing that has an error, and changes no file then')
def _():
    with Copy() as pack:
        ini('MinimumAge=18', 'MinimumAge=8')(pack)
        before = {name: (pack / name).read_bytes() for name in files(pack)}
        status, output, errors = sign(pack)
        assert status == 3 and 'MinimumAge' in output and 'Not signed' in errors
        assert before == {name: (pack / name).read_bytes() for name in files(pack)}


@tap.case('raises the serial each time, takes a higher one, and no lower')
def _():
    with Copy() as pack:
        assert sign(pack)[0] == 0 and serial(pack) == 2
        assert sign(pack, '--serial', '7')[0] == 0 and serial(pack) == 7
        for wrong in ('7', '3'):
            status, _, errors = sign(pack, '--serial', wrong)
            assert status == 3 and 'expected more than 7' in errors and serial(pack) == 7


@tap.case('signs with no key but its own, and never a live pack with the demonstration’s')
def _():
    with Copy() as pack:
        subprocess.run(['minisign', '-G', '-W', '-p', pack.parent / 'a.pub', '-s', pack.parent / 'a.key'],
                       check=True, stdout=subprocess.DEVNULL)
        status, _, errors = sign(pack, key=pack.parent / 'a.key')
        assert status == 3 and 'expected that of pack.pub' in errors, errors
        status, _, errors = sign(pack, key=EXAMPLE / 'demo-keys/pack.key')
        assert status == 3 and 'demonstration’s key' in errors, errors
        status, _, errors = run('campaign', 'sign', '--key', TOP / 'stick/pack.key', pack, passphrase='wrong')
        assert status == 3 and 'pack.key' in errors, errors
        assert serial(pack) == 1


@tap.case('hands over to a new pack key: signed by the old one, then by the new')
def _():
    with Copy() as pack:
        stick = pack.parent / 'new-stick'
        status, output, errors = run('keys', 'replace', '--pack', pack, '--key', TOP / 'stick/pack.key',
                                     '--keys', pack.parent / 'keys', '--pack-key', stick, passphrase=PASSPHRASE)
        assert status == 0, output + errors
        assert files(pack.parent / 'keys') == []
        following = (stick / 'pack.pub').read_text().split('\n')[1]
        assert f'Next={following}\n' in (pack / 'keys.ini').read_text() and 'Receipt=RW' in (pack / 'keys.ini').read_text()
        assert minisign_takes(pack)[0] and serial(pack) == 2
        assert (pack / 'pack.pub').read_text() == (TOP / 'winter/pack.pub').read_text()
        assert run('campaign', 'check', '--previous', TOP / 'winter', pack)[0] == 0
        shutil.copytree(pack, pack.parent / 'before')
        assert sign(pack, key=stick / 'pack.key')[0] == 0
        assert following in (pack / 'pack.pub').read_text() and 'Next' not in (pack / 'keys.ini').read_text()
        assert minisign_takes(pack)[0] and serial(pack) == 3
        assert run('campaign', 'check', '--previous', pack.parent / 'before', pack)[0] == 0
        assert run('campaign', 'check', '--previous', TOP / 'winter', pack)[0] == 1
        status, _, errors = sign(pack)
        assert status == 3 and 'expected that of pack.pub' in errors


@tap.case('replaces the desk key and the spare key, and keeps the old desk key')
def _():
    with Copy() as pack:
        keys = pack.parent / 'keys'
        shutil.copytree(TOP / 'keys', keys)
        # However many were replaced today (or by midnight), none is written over.
        older = [keys / f'desk-until-{datetime.date.today() + datetime.timedelta(days=day)}{count}.age'
                 for day in (0, 1) for count in ('', *(f'-{n}' for n in range(2, 121)))]
        for path in older:
            path.write_text(path.name)
        before = files(keys)
        with Sitting('keys', 'replace', '--pack', pack, '--key', TOP / 'stick/pack.key', '--keys', keys,
                     '--desk', '--spare') as sitting:
            sitting.secret('Passphrase of pack.key:', PASSPHRASE)
            sitting.secret('Passphrase:', PASSPHRASE + '2')
            sitting.secret('once more:', PASSPHRASE + '2')
            sitting.expect('first group of four')
            assert files(keys) == before
            sitting.type(spare_key(sitting.screen)[16:20])
            sitting.expect('Keep it until every tablet has been emptied')
        assert sitting.status == 0, sitting.screen
        assert [path.read_text() for path in older] == [path.name for path in older]
        old, = set(keys.glob('desk-until-*.age')) - set(older)
        assert old.read_bytes() == (TOP / 'keys/desk.age').read_bytes()
        assert len({line for name in (pack, TOP / 'winter') for line in (name / 'recipients.txt').read_text().split('\n')
                    if line.startswith('age1')}) == 4
        assert serial(pack) == 2 and minisign_takes(pack)[0]
        (keys / 'receipt.key').unlink()
        status, output, _ = run('keys', 'check', '--pack', pack, '--keys', keys, passphrase=PASSPHRASE + '2')
        assert '✓ desk.age' in output, output


@tap.case('a replacement that is killed has changed nothing, or is finished by the next run')
def _():
    # Before the decision, with nothing in place, between the manifest and its signature.
    for number, finished in ((6, False), (10, True), (14, True)):
        with Copy() as pack:
            stick, keys = pack.parent / 'new-stick', pack.parent / 'keys'
            before = {name: (pack / name).read_bytes() for name in files(pack)}
            command = ('keys', 'replace', '--pack', pack, '--key', TOP / 'stick/pack.key', '--keys', keys)
            status, output, errors = run(*command, '--pack-key', stick, passphrase=PASSPHRASE,
                                         wrapper=killed_before_rename(number))
            assert status == -signal.SIGKILL, output + errors
            if not finished:
                assert {name: (pack / name).read_bytes() for name in files(pack)} == before
            # As somebody would who knows of nothing: the same once more.
            status, output, errors = run(*command, '--pack-key', stick, passphrase=PASSPHRASE)
            assert status == 0, output + errors
            assert ('This run finishes it' in output) == finished, output
            assert ('before it changed anything' in output) != finished, output
            assert files(stick) == ['pack.key', 'pack.pub'] and files(keys) == [], (files(stick), files(keys))
            following = (stick / 'pack.pub').read_text().split('\n')[1]
            assert f'Next={following}\n' in (pack / 'keys.ini').read_text()
            assert minisign_takes(pack)[0] and run('campaign', 'check', '--previous', TOP / 'winter', pack)[0] == 0


@tap.case('what was begun in one pack is not finished in that of another appeal')
def _():
    with Copy() as pack:
        stick, keys = pack.parent / 'new-stick', pack.parent / 'keys'
        command = ('keys', 'replace', '--key', TOP / 'stick/pack.key', '--keys', keys, '--pack-key', stick)
        run(*command, '--pack', pack, passphrase=PASSPHRASE, wrapper=killed_before_rename(10))
        status, output, errors = run(*command, '--pack', EXAMPLE, passphrase=PASSPHRASE)
        assert status == 3 and f'expected “{re.search("^Id=(.*)$", (pack / "campaign.ini").read_text(), re.M)[1]}”' in errors, errors
        assert run(*command, '--pack', pack, passphrase=PASSPHRASE)[0] == 0


@tap.case('shows what a pack is, and its keys in words that are those of the signing')
def _():
    status, output, _ = run('campaign', 'show', TOP / 'winter')
    assert status == 0
    for line in ('International Migrants Day', 'live', 'en, fr, es', 'CHF 18', 'Serial  ', 'https://give.charity.test'):
        assert line in output, output
    words = re.findall(r'(?:[a-z]{3,8} ){7}[a-z]{3,8}', output)
    assert len(words) == 2, words
    with Copy() as pack:
        again = sign(pack)[1]
        assert all(line in again for line in words)
        (pack / 'logo.svg').write_text('<svg/>')
        status, output, errors = run('campaign', 'show', pack)
        assert status == 3 and output == '' and 'logo.svg' in errors


@tap.case('the keys at hand are checked one by one')
def _():
    arguments = ['keys', 'check', '--pack', TOP / 'winter', '--keys', TOP / 'keys', '--pack-key', TOP / 'stick/pack.key']
    status, output, _ = run(*arguments, passphrase=PASSPHRASE)
    assert status == 0 and output.count('✓') == 3, output
    status, output, _ = run(*arguments, passphrase='another passphrase')
    assert status == 1 and output.count('✗') == 3, output
    with Copy() as pack:
        shutil.copy(EXAMPLE / 'recipients.txt', pack)
        edit(pack / 'campaign.ini', 'Demo=false', 'Demo=true')
        text = (pack / 'campaign.ini').read_text()
        (pack / 'campaign.ini').write_text(text + '[Demo]\nVolunteerPin=3917\nCoordinatorPin=629405\n')
        assert sign(pack)[0] == 0
        arguments[3] = pack
        status, output, _ = run(*arguments, passphrase=PASSPHRASE)
        assert status == 1 and '✗ desk.age: it is a key, but not one of this pack’s' in output, output


@tap.case('the paper of the spare key is checked without being shown or kept')
def _():
    grouped = 'age-secret-key-1 ' + ' '.join(SPARE[i:i + 4] for i in range(16, len(SPARE), 4)).lower()
    mistyped = SPARE[:20] + ('Q' if SPARE[20] != 'Q' else 'P') + SPARE[21:]
    before = files(TOP)
    for typed, mark, status in ((SPARE, '✓', 0), (grouped, '✓', 0), (mistyped, '✗', 1)):
        with Sitting('keys', 'check', '--pack', TOP / 'winter', '--keys', TOP / 'keys', '--spare') as sitting:
            sitting.secret('Passphrase of the desk key:', PASSPHRASE)
            sitting.secret('Passphrase of receipt.key:', PASSPHRASE)
            sitting.secret('on one line', typed)
            sitting.expect(f'{mark} the spare key')
        assert sitting.status == status, sitting.screen
        assert SPARE[20:30] not in sitting.screen
    assert files(TOP) == before


tap.main()
