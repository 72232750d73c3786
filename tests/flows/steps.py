# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a donor does at the stall, a page at a time, in any language."""

import dataclasses

from accessibility import plain
from stage import until
from words import Campaign

OWN_NAMES = {'en': 'English', 'fr': 'Français', 'es': 'Español'}
CAPTIONS = {
    'first_name': 'First name', 'family_name': 'Family name', 'email': 'E-mail address',
    'phone': 'Telephone number', 'street': 'Street and number', 'postcode': 'Postcode',
    'town': 'Town', 'country': 'Country',
}
CONTACTS = {'email': 'E-mail', 'phone': 'Telephone', 'post': 'Post'}
ADDRESS = ('street', 'postcode', 'town', 'country')


@dataclasses.dataclass
class Donor:
    """What one person types and ticks; '' is a field left alone."""
    first_name: str = 'Ana'
    family_name: str = ''
    contact: str = 'email'
    email: str = ''
    phone: str = ''
    street: str = ''
    postcode: str = ''
    town: str = ''
    country: str = ''
    tax_certificate: bool = False
    consents: tuple = ('views',)

    def typed(self):
        """{field: text} of what is typed."""
        return {name: getattr(self, name) for name in CAPTIONS if getattr(self, name)}

    def record(self):
        """"donor" of FORMAT.md for this person."""
        address = {name: getattr(self, name) or None for name in ADDRESS}
        return {
            'first_name': self.first_name, 'family_name': self.family_name or None,
            'email': self.email or None, 'phone': self.phone or None,
            'address': address if any(address.values()) else None,
        }


def choose_language(kiosk, words):
    """On any page of the donor's."""
    if not kiosk.find(words('Give'), 'push button'):
        kiosk.click(OWN_NAMES[words.language])
        kiosk.wait(words('Give'), 'push button')


def choose_amount(kiosk, words, gift):
    """From the welcome page to the choice of how to give."""
    choose_language(kiosk, words)
    kiosk.click(words('Give'))
    kiosk.click(gift)
    kiosk.wait(gift, 'heading')
    kiosk.click(words('Continue'))
    kiosk.wait(words('How would you like to give?'), 'heading')


def go_to_details(kiosk, words, gift):
    choose_amount(kiosk, words, gift)
    kiosk.click(words('Write to me later'))
    kiosk.wait(words('Where may we write to you?'), 'heading')


def fill_in(kiosk, words, donor):
    """Types and ticks on the details page, in the order of the page."""
    if donor.contact != 'email':
        kiosk.click(words(CONTACTS[donor.contact]))
        kiosk.wait_gone(words(CAPTIONS['email']), 'text')
    if donor.tax_certificate:
        kiosk.tick(words('I would like a tax certificate.'))
    for name, text in donor.typed().items():
        kiosk.type(words(CAPTIONS[name]), text)
    for purpose in donor.consents:
        kiosk.tick(words.consent(purpose))
    kiosk.tick(of_age(words))


def of_age(words):
    return words('I am %u or older.').replace('%u', words.of('Campaign', 'MinimumAge'))


def go_to_check(kiosk, words):
    kiosk.click(words('Continue'))
    kiosk.wait(words('Is everything right?'), 'heading')


def send(kiosk, words, gift):
    kiosk.click(words('Send my promise: %s').replace('%s', gift))


def thanks(kiosk, words, donor):
    """Waits for the thank-you page; the reference that stands on it."""
    kiosk.wait(words('Thank you, %s.').replace('%s', donor.first_name), 'heading')
    return reference(kiosk)


def reference(kiosk):
    """The creditor reference on the page, without its blanks."""
    def look():
        for node in kiosk.tree():
            letters = node.name.replace('\u00a0', '').replace(' ', '')
            if letters.startswith('RF') and len(letters) == 14 and letters.isalnum():
                return letters
        return None
    return until('no reference on the page', look)


def pledge(kiosk, words, gift, donor):
    """The whole way from the welcome page to the thank you; the reference."""
    go_to_details(kiosk, words, gift)
    fill_in(kiosk, words, donor)
    go_to_check(kiosk, words)
    send(kiosk, words, gift)
    return thanks(kiosk, words, donor)


def finish(kiosk, words):
    """Back to the welcome page, in the first language."""
    kiosk.click(words('Finish'))
    kiosk.wait('Give', 'push button')


def undo(kiosk, words):
    """Deletes the promise just made; ends on the page that says so."""
    kiosk.click(words('Undo'))
    kiosk.wait(words('Delete your details from this tablet?'))
    kiosk.click(words('Delete'))
    kiosk.wait(words('Your details are deleted.'), 'heading')


def hold_emblem(kiosk):
    kiosk.hold(Campaign(kiosk.pack).get('Organisation', 'Name'))


def open_pin_page(kiosk):
    """Holds the emblem on the welcome page until the number pad is there."""
    hold_emblem(kiosk)
    kiosk.wait('PIN for staff', 'heading')


def type_pin(kiosk, pin):
    for digit in pin:
        kiosk.click(digit)
    kiosk.click('Enter')


def open_staff_page(kiosk):
    """The volunteer's page, by the demonstration's PIN."""
    open_pin_page(kiosk)
    type_pin(kiosk, Campaign(kiosk.pack).get('Demo', 'VolunteerPin'))
    kiosk.wait('Promises')


def figures(kiosk):
    """{caption: figure} of the rows on the staff's page."""
    found = {}
    for node in kiosk.tree():
        texts = [plain(child.name) for child in node.children if child.role == 'label']
        if len(texts) == 2 and len(node.children) == 2:
            found[texts[0]] = texts[1]
    return found
