#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No word of the code reaches a screen (po/README.md, po/forbidden-words.txt)."""

import collections
import re

import catalogue
import tree
from tree import tap


def table(top):
    """Rows of the table in po/README.md: [word in the code, en, fr, es]."""
    path = top / 'po' / 'README.md'
    rows = [[cell.strip() for cell in line.strip().strip('|').split('|')]
            for line in (path.read_text().split('\n') if path.exists() else []) if line.startswith('|')]
    return rows[2:]


def expression(word):
    """A word, with a * for any ending; its blanks and hyphens are one."""
    pattern = re.escape(word).replace(r'\*', r'\w*').replace(r'\ ', r'[\s\u00a0-]+').replace(r'\-', r'[\s-]?')
    return re.compile(rf'(?<!\w){pattern}(?!\w)', re.I)


def forbidden(top):
    """{language: [(word, expression)]}: the list, and for English each word
    of the code for which the table has another."""
    words = collections.defaultdict(list)
    path = top / 'po' / 'forbidden-words.txt'
    language = 'en'
    for line in (path.read_text().split('\n') if path.exists() else []):
        line = line.partition('#')[0].strip()
        if match := re.fullmatch(r'\[(\w+)\]', line):
            language = match[1]
        elif line:
            words[language].append((line, expression(line)))
    for row in table(top):
        if not expression(row[0]).search(row[1]):
            words['en'] += [(form, expression(form)) for form in (row[0], row[0] + 's')]
    return words


def incomplete(top):
    """Each word has a translation in each language of the program."""
    languages = 2 + len(catalogue.languages(top))
    rows = table(top)
    found = [f'po/README.md: {row[0]}: {len(row)} columns of {languages}, or an empty one'
             for row in rows if len(row) != languages or not all(row)]
    names = [row[0] for row in rows]
    found += [f'po/README.md: {name} stands twice' for name in sorted(set(names)) if names.count(name) > 1]
    return found if rows else ['po/README.md: no table of words']


def shown(top):
    """(where, language, text) of what a person reads at the stall. The
    desktop entry and the metainfo speak to who installs the program, the
    office's commands and sheets to who keeps its keys."""
    templates = catalogue.template(top)
    outside = {message.key() for message in templates
               if all(place.startswith(('data/', 'src/office/', 'src/print/')) for place in message.places)}
    for message in templates:
        for text in filter(None, [message.id, message.plural]):
            if message.key() not in outside:
                yield message.where, 'en', text
    for language, messages in catalogue.catalogues(top).items():
        for message in messages:
            for text in message.strings:
                if message.key() not in outside:
                    yield message.where, language, text
    yield from catalogue.campaign_texts(top)


def code_words(top):
    words = forbidden(top)
    found = []
    for where, language, text in shown(top):
        # What replaces a specifier or stands in an address is not prose.
        prose = re.sub(r'https?://\S+|\S+@\S+|%\S+', ' ', text)
        found += [f'{where}: “{word}” is a word of the code: {text!r}'
                  for word, pattern in words[language.partition('_')[0]] if pattern.search(prose)]
    return found


tree.clean('the table of words is whole', incomplete)
tree.clean('no word of the code stands on a screen', code_words)

TABLE = '| word in the code | English | French |\n|---|---|---|\n'


def case(line, **more):
    return {'po/POTFILES.in': 'src/a.c\n', 'src/a.c': f'void f (void)\n{{\n{line}\n}}\n',
            'po/forbidden-words.txt': '[en]\npayload\nencrypt*\nscan-only\n[fr]\nenveloppe\n',
            'po/README.md': TABLE + '| pledge | promise | promesse |\n| donor | donor | personne |\n', **more}


tree.planted('finds a word of the list', code_words, case('  _("The Payload waits");'), ['payload'])
tree.planted('finds any ending', code_words, case('  _("It is encrypted");'), ['encrypt*'])
tree.planted('finds a word with a hyphen or without', code_words,
             case('  _("Scan only"); _("Scan-only");'), ['Scan only', 'Scan-only'])
tree.planted('finds a word the table replaces, in singular and plural', code_words,
             case('  _("Your pledge"); g_dngettext (GETTEXT_PACKAGE, "one promise", "%u pledges", n);'),
             ['Your pledge', 'pledges'])
tree.planted('finds one in a template', code_words,
             case('', **{'po/POTFILES.in': 'ui/a.ui\n',
                         'ui/a.ui': '<interface><object class="GtkLabel"><property name="label" '
                                    'translatable="yes">A pledge</property></object></interface>'}), ['A pledge'])
tree.planted('finds one in a translation', code_words,
             case('', **{'po/fr.po': 'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "Une enveloppe"\n'}), ['enveloppe'])
tree.planted('finds one in a campaign', code_words,
             case('', **{'data/campaigns/a/campaign.ini':
                         'Languages=en;fr\nHeading=The pledge\nText[fr]=L’enveloppe\nId=pledge\n'}),
             ['The pledge', 'L’enveloppe'])
tree.planted('leaves the desktop entry alone', code_words,
             case('', **{'po/POTFILES.in': 'data/a.desktop.in\n',
                         'data/a.desktop.in': '[Desktop Entry]\nType=Application\nName=Pledge\n',
                         'po/fr.po': 'msgid ""\nmsgstr ""\n\nmsgid "Pledge"\nmsgstr "Enveloppe"\n'}), [])
tree.planted('leaves the office alone', code_words,
             case('', **{'po/POTFILES.in': 'src/office/a.c\n', 'src/office/a.c': 'f (_("A pledge"));\n'}), [])
tree.planted('leaves other words alone', code_words,
             case('  _("A donor made a promise"); _("pledge@example.org"); _("payloads");'), [])
tree.planted('finds a hole in the table', incomplete,
             {'po/LINGUAS': 'fr\n', 'po/README.md': TABLE + '| pledge | promise | |\n| a | b | c |\n| a | b | c |\n'},
             ['pledge', 'a stands twice'])

tap.main()
