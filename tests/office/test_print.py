#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The papers of a stall: of their size, in the language asked, nothing lost of
what the appeal says; the code of the poster is read back, and every form has a
reference of its own."""

import configparser
import pathlib
import re
import shutil
import subprocess
import tempfile

from officelib import BUILD, EXAMPLE, run
import tap

MM = 72 / 25.4


def folder():
    return tempfile.TemporaryDirectory(prefix='daily-cup-office-')


def print_out(path, *arguments, pack=EXAMPLE, **more):
    return run('print', '--pack', str(pack), '--output', str(path), *arguments,
               env={'DAILY_CUP_LOCALEDIR': str(BUILD / 'po'), **more})


def printed(top, *arguments, pack=EXAMPLE):
    path = pathlib.Path(top, 'paper.pdf')
    status, output, errors = print_out(path, '--force', *arguments, pack=pack)
    assert (status, output, errors) == (0, '', ''), errors
    return path


def sizes(path):
    """Of each page, in millimetres."""
    text = subprocess.run(['pdfinfo', '-l', '999', path], stdout=subprocess.PIPE, check=True).stdout.decode()
    return [tuple(round(float(side) / MM) for side in found)
            for found in re.findall(r'size: +([\d.]+) x ([\d.]+) pts', text)]


def plain(text):
    return ' '.join(text.replace('\xa0', ' ').replace('\u202f', ' ').split())


def words(path):
    """What a person reads on each page."""
    text = subprocess.run(['pdftotext', path, '-'], stdout=subprocess.PIPE, check=True).stdout.decode()
    return [plain(page) for page in text.split('\f')[:-1]]


def tight(text):
    """Without blanks and hyphens, for a line may end after one."""
    return text.replace(' ', '').replace('-', '')


def scanned(path):
    image = path.with_suffix('.png')
    subprocess.run(['pdftoppm', '-png', '-r', '60', '-singlefile', path, image.with_suffix('')], check=True)
    found = subprocess.run(['zbarimg', '--quiet', '--raw', image], stdout=subprocess.PIPE, check=True)
    return found.stdout.decode().split()


def appeal():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(EXAMPLE / 'campaign.ini', encoding='utf-8')
    return parser


def said(group, key, language):
    values = appeal()[group]
    return plain(values.get(f'{key}[{language}]', values[key]))


def altered(top, change):
    """The example with another campaign.ini, signed anew."""
    pack = pathlib.Path(top, 'pack')
    shutil.copytree(EXAMPLE, pack)
    text = (pack / 'campaign.ini').read_text(encoding='utf-8')
    (pack / 'campaign.ini').write_text(change(text), encoding='utf-8')
    status, _, errors = run('campaign', 'sign', '--key', str(EXAMPLE / 'demo-keys/pack.key'), str(pack))
    assert status < 2, errors
    return pack


@tap.case('the poster is A3, says the appeal, and its code and address lead to the giving page')
def _():
    with folder() as top:
        for language in ('en', 'fr', 'es'):
            path = printed(top, '--language', language, 'poster')
            page, = words(path)
            assert sizes(path) == [(297, 420)]
            for group, key in (('Campaign', 'Name'), ('Appeal', 'Invitation'), ('Appeal', 'Closing'),
                               ('Organisation', 'Name'), ('Giving', 'Address')):
                assert said(group, key, language) in page, (language, key, page)
            assert scanned(path) == [f'https://give.example.org/{language}']


@tap.case('where no language is asked, the papers speak the first of the appeal, whatever the desk speaks')
def _():
    with folder() as top:
        path = pathlib.Path(top, 'card.pdf')
        assert print_out(path, 'card', LANGUAGE='fr')[0] == 0
        assert 'If the tablet stops' in words(path)[0]


@tap.case('a form asks what the tablet asks: sums, fields, every consent and the notice')
def _():
    with folder() as top:
        for language, first_name in (('en', 'First name'), ('fr', 'Prénom'), ('es', 'Nombre')):
            path = printed(top, '--language', language, 'form')
            front, back = words(path)
            assert sizes(path) == [(148, 210)] * 2
            assert first_name in front and '127' in front and '20' in front, front
            for group in (name for name in appeal() if name.startswith('Consent ')):
                assert tight(said(group, 'Text', language)) in tight(back), (language, group, back)
            assert tight(said('Notice', 'Short', language)) in tight(back), back
            assert '18' in back


@tap.case('each form has a valid reference of its own, on both its sides')
def _():
    with folder() as top:
        pages = words(printed(top, '--count', '40', 'form'))
        found = [re.search(r'RF\d\d( ?[0-9A-Z]{2,4}){3}', page)[0].replace(' ', '') for page in pages]
        assert len(pages) == 80 and found[::2] == found[1::2] and len(set(found)) == 40
        for reference in found:
            digits = ''.join(str(int(sign, 36)) for sign in reference[4:] + reference[:4])
            assert len(reference) == 14 and int(digits) % 97 == 1 and reference[4] != 'S', reference


@tap.case('the card is A6 and says whom to call: the coordinator where the appeal names one')
def _():
    with folder() as top:
        path = printed(top, '--language', 'fr', 'card')
        assert sizes(path) == [(105, 148)]
        assert 'Service international pour les droits de l’homme' in words(path)[0]
        pack = altered(top, lambda text: text.replace('[Appeal]', 'Coordinator=Maya\nCoordinatorPhone=+41 22 555 01 02\n'
                                                                  '[Appeal]', 1))
        page, = words(printed(top, 'card', pack=pack))
        assert 'Maya' in page and '+41 22 555 01 02' in page, page


@tap.case('a demonstration says so on what a stranger could take for real')
def _():
    with folder() as top:
        assert 'Demonstration' in words(printed(top, 'poster'))[0]
        assert all('Demonstration' in page for page in words(printed(top, 'form')))


@tap.case('a longer invitation is set smaller, and whole')
def _():
    with folder() as top:
        longer = 'A cup of coffee a week for a defender of migrants. A voice that is heard there.'
        pack = altered(top, lambda text: text.replace('A cup a week. A voice heard.', longer, 1))
        assert longer in words(printed(top, 'poster', pack=pack))[0]


@tap.case('what cannot be is refused in a sentence, and no file is made or written over')
def _():
    with folder() as top:
        path = pathlib.Path(top, 'paper.pdf')
        for arguments, status, message in (
                (('--language', 'xx', 'poster'), 3, 'does not speak “xx”. Choose one of: en, fr, es.'),
                (('leaflet',), 2, 'Choose one of: poster, form, card.'),
                (('--count', '0', 'form'), 2, '--count is a number from 1 to 500.'),
                (('--count', '501', 'form'), 2, '--count is a number from 1 to 500.'),
                (('--count', '2', 'card'), 2, '--count is for forms'),
                (('--printer', 'x', 'card'), 2, 'Choose one of --printer and --output.')):
            found, output, errors = print_out(path, *arguments)
            assert found == status and output == '' and message in errors, (arguments, found, errors)
            assert not path.exists()
        path.write_text('mine')
        status, _, errors = print_out(path, 'card')
        assert status == 3 and path.read_text() == 'mine', errors
        assert run('print', 'card')[0] == 2


if __name__ == '__main__':
    tap.main()
