# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the codes on a screenshot, and says what should stand in them."""

import re
import subprocess
import urllib.parse


def read(picture, crop=None):
    """The bytes of each code on the picture, or on (x, y, width, height) of
    it, from the top to the bottom. Two codes side by side disturb a decoder
    less when each is cut out. Fails where there is none."""
    command = ['zbarimg', '--raw', '-q', '-Sbinary', '-Sdisable', '-Sqrcode.enable']
    if crop is not None:
        x, y, width, height = crop
        cut = picture.with_name(f'{picture.stem}-{x}-{y}.png')
        subprocess.run(['convert', str(picture), '-crop', f'{width}x{height}+{x}+{y}', '+repage',
                        str(cut)], check=True)
        picture = cut
    done = subprocess.run([*command, str(picture)], capture_output=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f'no code on {picture}: {done.stderr.decode()}')
    return done.stdout


def expand(template, values):
    """RFC 6570, as much of it as a giving link needs: {name} and {/a,b,c}."""
    def group(match):
        slash, names = match[1], match[2].split(',')
        parts = [urllib.parse.quote(values[name], safe='') for name in names
                 if values.get(name) is not None]
        if slash:
            return ''.join('/' + part for part in parts)
        return ','.join(parts)
    return re.sub(r'\{(/?)([a-z,]+)\}', group, template)


def giving_link(words, amount=None, interval=None, reference=None):
    """The address that the giving code must hold, from the campaign alone."""
    group = words.campaign.file['Giving']
    offered = group['Languages'].split(';')
    language = words.language if words.language in offered else offered[0]
    return expand(group['Link'], {'language': language, 'interval': interval, 'amount': amount,
                                  'reference': reference,
                                  'campaign': words.campaign.get('Campaign', 'Id')})


def appeal_link(words, key):
    """The appeal's address (key Appeal) or the film's (key Film)."""
    return expand(words.campaign.file['Giving'][key], {'language': words.language})


def on_screen(kiosk, name, picture):
    """The bytes of the code of that accessible name, cut out of a picture of
    the whole screen; brought into sight first."""
    kiosk.where(name, 'image')
    x, y, width, height = kiosk.extents(kiosk.find(name, 'image'))
    return read(kiosk.stage.screenshot(picture), (x, y, width, height))
