# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twelve texts that a donor types and that must be nowhere but in the form.

Eight are the fields of the page of details, all filled in by one donor. Four
more are typed and do not stay: one by the keys on the screen, one mistyped
address (with the proposal made of it), one cut to the clipboard, one deleted.
"""

import steps
from needles import forms
from steps import Donor
from test_touch import Finger

DONOR = Donor('Philomena-Quixoté', 'Zélander-Vuxkwyte', email='canary.wyvern@posteo.ch',
              phone='+41 79 555 73 19', street='47 Kumquat Xylograph Lane',
              postcode='QX7-KV3-9ZW', town='Wyrzhkovo-sur-Mer', country='Vraxonia Ultima',
              tax_certificate=True, consents=('views',))
TOUCHED = 'vexwom'
MISTYPED, PROPOSED = 'zephyr.mistyped@gmial.com', 'zephyr.mistyped@gmail.com'
CUT = 'Cuttingham-Yxford'
DELETED = 'Deletitia Qwzimble'

KEPT = tuple(DONOR.typed().values())
PASSING = (TOUCHED, MISTYPED, CUT, DELETED)
TYPED = KEPT + PASSING
SHORTEST_PIECE = 7


def of_files():
    """{form: name} of all that would betray one on the disk."""
    found = {}
    for text in TYPED + (PROPOSED,):
        for form in forms(text) | {text.encode('utf-32-le')}:
            found[form.strip(b'\0')] = text
    return found


def of_memory():
    """The same and, of what lay in a block that was freed and written over in
    part, each half. Without its zeroes at the ends, a text in UTF-16 is the
    same bytes in either order."""
    found = of_files()
    for text in TYPED + (PROPOSED,):
        middle = len(text) // 2
        for half in (text[:middle], text[middle:]):
            if len(half) >= SHORTEST_PIECE:
                for encoding in ('utf-8', 'utf-16-le', 'utf-32-le'):
                    found[half.encode(encoding).strip(b'\0')] = text
    return found


def of_form():
    """What is to be found while the form is open: each kept text in UTF-8."""
    return {text.encode(): text for text in KEPT}


def type_all(kiosk, words):
    """All twelve, on the page of details."""
    def caption(name):
        return words(steps.CAPTIONS[name])

    def erase(name, *keys):
        kiosk.click(caption(name), 'text')
        kiosk.key('ctrl+a', *keys)

    kiosk.click(words(steps.CONTACTS['phone']))
    kiosk.type(caption('phone'), DONOR.phone)
    kiosk.click(words(steps.CONTACTS['email']))
    kiosk.click(caption('first_name'), 'text')
    Finger(kiosk, words).type(caption('first_name'), *TOUCHED)
    kiosk.type(caption('first_name'), DELETED)
    erase('first_name', 'BackSpace')
    kiosk.type(caption('family_name'), CUT)
    erase('family_name', 'ctrl+x')
    kiosk.type(caption('email'), MISTYPED)
    kiosk.click(caption('first_name'), 'text')
    kiosk.wait(words('Did you mean %s?').replace('%s', PROPOSED), 'push button')
    steps.fill_in(kiosk, words, Donor(**{**vars(DONOR), 'phone': ''}))
