# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words on the screen: the built catalogues, and the campaign's own."""

import configparser
import gettext

from flowlib import LOCALES, PACK

NBSP = '\u00a0'


class Campaign:
    """campaign.ini as it stands in the folder, read by nothing of ours."""

    def __init__(self, pack=PACK):
        self.file = configparser.ConfigParser(interpolation=None, delimiters=('=',),
                                              comment_prefixes=('#',), strict=True)
        self.file.optionxform = str
        self.file.read(pack / 'campaign.ini', encoding='utf-8')

    def get(self, group, key, language=None):
        """The value in that language, or in the first one."""
        section = self.file[group]
        return section.get(f'{key}[{language}]', section[key])

    def groups(self, prefix):
        return [name for name in self.file.sections() if name.startswith(prefix + ' ')]


class Words:
    """What the program says in one language, looked up by the English."""

    def __init__(self, language, campaign=None):
        self.language = language
        self.campaign = campaign or Campaign()
        translated = gettext.translation('daily-cup', LOCALES,
                                         ['fr' if language == 'en' else language])
        self.known = set(translated._catalog)
        self.catalogue = gettext.NullTranslations() if language == 'en' else translated

    def __call__(self, text):
        # A sentence that was reworded would else be waited for in vain.
        assert text in self.known, f'the program does not say “{text}”'
        return self.catalogue.gettext(text)

    def plural(self, one, many, count):
        return self.catalogue.ngettext(one, many, count)

    def of(self, group, key):
        return self.campaign.get(group, key, self.language)

    def money(self, amount):
        """A whole sum as it is written in this language."""
        digits = str(amount)
        if self.language == 'en':
            return f'CHF{NBSP}{digits}'
        return f'{digits}{NBSP}CHF'

    def monthly(self, amount):
        return self('%s a month').replace('%s', self.money(amount))

    def once(self, amount):
        return self('%s once').replace('%s', self.money(amount))

    def consent(self, purpose):
        return self.of(f'Consent {purpose}', 'Text')
