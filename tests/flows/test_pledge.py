# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A donor's whole way through the real program, and what the office then
opens: exactly what was typed and chosen. Usage: test_pledge.py LANGUAGE."""

import datetime
import sys
import unittest
import zoneinfo

import records
import steps
import tap
from flowlib import PACK, Kiosk
from stage import Stage
from steps import Donor
from words import Words

SIZES = {'en': '600x960', 'fr': '1280x800', 'es': '360x720'}

# (gift, amount in centimes, frequency, cups, donor): the ways to be reached,
# each consent ticked and not, with and without what is optional.
PROMISES = {
    'en': [
        ('monthly', 18, {'count': 1, 'period': 'week'},
         Donor('Siân', "O'Brien-Núñez", email='sian+cup@example.org',
               consents=('views', 'newsletter'))),
        ('once', 50, None, Donor('Li', contact='phone', phone='+41 79 555 12 34')),
    ],
    'fr': [
        ('monthly', 54, {'count': 3, 'period': 'week'},
         Donor('Zoë', 'd’Été-L’Œuvre', email='zoe.ete@example.ch', street='12, rue de l’Église',
               postcode='1205', town='Genève', country='Suisse', tax_certificate=True,
               consents=('views', 'post'))),
        ('monthly', 127, {'count': 1, 'period': 'day'},
         Donor('François', 'Lâché', contact='phone', phone='022 555 12 34',
               consents=('views', 'calls'))),
    ],
    'es': [
        ('once', 100, None,
         Donor('Íñigo', 'Muñoz Peña', contact='post', street='Calle Ñandú 5, 2.a',
               postcode='E-28013', town='Logroño', country='España', consents=('views', 'post'))),
        ('once', 20, None, Donor('Lucía', email='lucia@example.es')),
    ],
}
ASKED = {'email': ['views', 'newsletter'], 'phone': ['views', 'calls'], 'post': ['views', 'post']}


class EndsInARecordThatTheOfficeOpens(unittest.TestCase):
    language = 'en'

    @classmethod
    def setUpClass(cls):
        cls.words = Words(cls.language)
        cls.stage = Stage(SIZES[cls.language])
        cls.addClassCleanup(cls.stage.close)
        cls.kiosk = Kiosk(cls.stage).start()
        cls.addClassCleanup(cls.kiosk.kill)
        cls.began = datetime.datetime.now(datetime.timezone.utc)
        cls.references = []
        for frequency, amount, _, donor in PROMISES[cls.language]:
            gift = getattr(cls.words, frequency)(amount)
            cls.references.append(steps.pledge(cls.kiosk, cls.words, gift, donor))
            steps.finish(cls.kiosk, cls.words)
        cls.status = cls.kiosk.terminate()
        cls.rows = records.rows(cls.kiosk.state)
        cls.opened = [records.open_row(row) for row in cls.rows]

    def each(self):
        return zip(PROMISES[self.language], self.rows, self.opened, self.references, strict=True)

    def test_one_for_each_thank_you_in_their_order(self):
        self.assertEqual(self.status, 0)
        self.assertEqual([row['seq'] for row in self.rows],
                         list(range(1, len(PROMISES[self.language]) + 1)))
        for row in self.rows:
            self.assertEqual((row['kind'], row['state'], row['offered']), ('pledge', 'waiting', 0))

    def test_with_the_sum_and_how_often_in_row_envelope_and_sealed_text(self):
        for (frequency, amount, cups, _), row, (envelope, pledge), _ in self.each():
            for place in (row, envelope, pledge):
                self.assertEqual((place['amount'], place['currency'], place['frequency']),
                                 (amount * 100, 'CHF', frequency))
            self.assertEqual(pledge['cups'], cups)

    def test_with_the_donor_letter_by_letter(self):
        for (_, _, _, donor), _, (_, pledge), _ in self.each():
            self.assertEqual(pledge['donor'], donor.record())
            self.assertEqual(pledge['tax_certificate'], donor.tax_certificate)

    def test_with_each_consent_that_was_asked_ticked_or_not(self):
        for (_, _, _, donor), _, (_, pledge), _ in self.each():
            asked = ASKED[donor.contact] + (['post'] if donor.tax_certificate else [])
            self.assertEqual({consent['purpose']: consent['given']
                              for consent in pledge['consents']},
                             {purpose: purpose in donor.consents for purpose in asked})
            self.assertEqual(len(pledge['consents']), len(asked))
            for consent in pledge['consents']:
                self.assertEqual((consent['version'], consent['language']), (1, self.language))

    def test_with_the_notice_the_age_and_the_language_that_were_shown(self):
        for _, _, (_, pledge), _ in self.each():
            self.assertEqual(pledge['language'], self.language)
            self.assertEqual(pledge['notice'], {'version': 1, 'language': self.language})
            self.assertEqual(pledge['age'], {'minimum': 18, 'stated': True})
            self.assertEqual((pledge['channel'], pledge['volunteer'], pledge['shift']),
                             ('self', None, None))

    def test_with_the_reference_that_was_shown_and_is_valid(self):
        for _, _, (_, pledge), reference in self.each():
            self.assertEqual(pledge['reference'], reference)
            turned = reference[4:] + reference[:4]
            self.assertEqual(int(''.join(str(int(c, 36)) for c in turned)) % 97, 1)
        self.assertEqual(len(set(self.references)), len(self.references))

    def test_with_the_time_and_the_day_in_the_campaign_s_zone(self):
        zone = zoneinfo.ZoneInfo(self.words.campaign.get('Campaign', 'TimeZone'))
        before = self.began
        for _, row, (_, pledge), _ in self.each():
            utc = datetime.datetime.fromisoformat(pledge['time']['utc'].replace('Z', '+00:00'))
            self.assertLess(before, utc)
            self.assertLess(utc, datetime.datetime.now(datetime.timezone.utc))
            self.assertEqual(row['day'], utc.astimezone(zone).date().isoformat())
            self.assertIn(pledge['time']['clock'], ('synchronised', 'set', 'unknown'))
            before = utc

    def test_with_every_field_of_the_format_and_no_other(self):
        for _, _, (envelope, pledge), _ in self.each():
            self.assertEqual(list(envelope), (
                'v kind id about tablet queue seq campaign pack amount currency frequency shift '
                'day sealed_sha256').split())
            self.assertEqual(list(pledge), list(envelope)[:-1] + (
                'reference channel cups language time donor tax_certificate consents notice age '
                'volunteer').split())
            self.assertEqual(list(pledge['time']),
                             'utc offset_minutes boot monotonic_us clock'.split())
            self.assertEqual((envelope['v'], envelope['about'], envelope['campaign']),
                             (1, None, 'migrants-day'))
            self.assertEqual(envelope['pack'], records.sha256(PACK / 'manifest'))

    def test_without_a_word_about_it_on_standard_error(self):
        self.assertEqual(self.kiosk.said(), '')


if __name__ == '__main__':
    EndsInARecordThatTheOfficeOpens.language = sys.argv.pop(1)
    tap.main()
