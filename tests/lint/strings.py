#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every word for a screen is collected, translated and well set."""

import re
import subprocess
import tempfile

import catalogue
import tree
from tree import tap


def uncollected(top):
    listed = catalogue.potfiles(top)
    marked = catalogue.marked_files(top)
    found = [f'po/POTFILES.in: {name} holds words for a screen' for name in marked if name not in listed]
    found += [f'po/POTFILES.in: {name} is not there' for name in listed if not (top / name).exists()]
    found += [f'po/POTFILES.in: {name} holds no words for a screen' for name in listed
              if (top / name).exists() and name not in marked]
    if listed != sorted(listed):
        found.append('po/POTFILES.in: not in the order of the alphabet')
    return found


def languages_listed(top):
    listed = catalogue.languages(top)
    there = sorted(path.stem for path in (top / 'po').glob('*.po'))
    return [] if listed == there else [f'po/LINGUAS: {listed}, but the catalogues are {there}']


def not_valid(top):
    """msgfmt --check: format, header, and the accord of %s with %s."""
    found = []
    for path in sorted((top / 'po').glob('*.po')):
        result = subprocess.run(['msgfmt', '--check', '--output-file=/dev/null', path],
                                stderr=subprocess.PIPE, text=True, check=False)
        if result.returncode:
            found.append(f'{tree.where(top, path)}: {result.stderr.strip()}')
    return found


def untranslated(top):
    """Each message of the program is in each catalogue, whole and not fuzzy."""
    found = []
    wanted = {message.key(): message for message in catalogue.template(top)}
    for language, messages in catalogue.catalogues(top).items():
        have = {message.key(): message for message in messages}
        found += [f'po/{language}.po: lacks {key[1]!r}' for key in wanted if key not in have]
        found += [f'po/{language}.po: no longer in the program: {key[1]!r}' for key in have if key not in wanted]
        found += [f'{message.where}: {"fuzzy" if "fuzzy" in message.flags else "not translated"}: {key[1]!r}'
                  for key, message in have.items()
                  if key in wanted and ('fuzzy' in message.flags or not all(message.strings))]
    return found


def texts(top):
    """(where, language, text) of everything that may reach a screen."""
    for message in catalogue.template(top):
        for text in filter(None, [message.id, message.plural]):
            yield message.where, 'en', text
    for language, messages in catalogue.catalogues(top).items():
        for message in messages:
            for text in message.strings:
                yield message.where, language, text
    yield from catalogue.campaign_texts(top)


def badly_set(top):
    found = []
    for where, language, text in texts(top):
        # An example of an address or of markup is no prose.
        prose = re.sub(r'https?://\S+|<[^>]*>', '', text)
        for bad, problem in [('"', 'a straight quote'), ("'", 'a straight apostrophe'),
                             ('  ', 'two blanks'), ('...', 'three dots for one …'), (' - ', 'a hyphen for a dash')]:
            if bad in prose:
                found.append(f'{where}: {problem}: {text!r}')
        if re.fullmatch(r'(?:[^;]+;)+', text):
            continue    # the keywords of the desktop entry
        if text != text.strip():
            found.append(f'{where}: a blank at an end: {text!r}')
        if language.startswith('fr'):
            if re.search(r'(?<=[^\W\d_])[:;!?»](?!\S)|(?<=[ %)’”])[:;!?»](?!\S)|«(?![\u00a0\u202f])', prose):
                found.append(f'{where}: French sets a no-break space before : ; ! ? » and after «: {text!r}')
        if language.startswith(('fr', 'es')) and '“' in prose and '«' not in prose:
            found.append(f'{where}: quotes are « », “ ” only within them: {text!r}')
        if language.startswith('es'):
            if prose.count('¿') != prose.count('?') or prose.count('¡') != prose.count('!'):
                found.append(f'{where}: Spanish opens what it closes, ¿? ¡!: {text!r}')
    return found


SPECIFIER = re.compile(r'%(?:\d+\$)?[-+ 0#]*\d*(?:\.\d+)?(?:l|ll|h|z)?[a-zA-Z]')


def unexplained(top):
    found = []
    for message in catalogue.template(top):
        specifiers = SPECIFIER.findall(message.id.replace('%%', ''))
        if specifiers and 'Translators:' not in message.comments:
            found.append(f'{message.where}: {message.id!r} needs a comment "Translators: …" on {specifiers}')
        if len(specifiers) > 1 and any('$' not in specifier for specifier in specifiers):
            found.append(f'{message.where}: number them, %1$s %2$s: {message.id!r}')
    return found


def glued(top):
    """A sentence is one message: none begins or ends in the middle."""
    return [f'{message.where}: a piece of a sentence: {message.id!r}' for message in catalogue.template(top)
            if re.match(r'[,;.)]', message.id) or re.search(r'[,(]$', message.id)]


def domainless(top):
    """A template without its domain stays English (g_dgettext decides once)."""
    return [f'{tree.where(top, path)}: <interface> without domain="daily-cup"'
            for path in tree.files(top, '.ui', under=('ui', 'src'))
            if 'translatable="' in path.read_text() and not re.search(r'<interface[^>]* domain="daily-cup"', path.read_text())]


def textdomain(top):
    """GLib decides at the first look-up whether to translate at all."""
    return [f'{tree.where(top, path, number)}: never call textdomain ()'
            for path, number, line in tree.lines(top, '.c', under=('src',))
            if re.search(r'(?<!\w)textdomain \([^)]', line)]


CHECKS = {
    'POTFILES.in lists what holds words, and only that': uncollected,
    'LINGUAS lists the catalogues': languages_listed,
    'msgfmt takes each catalogue': not_valid,
    'each language has every word, none fuzzy': untranslated,
    'words are set as the language sets them': badly_set,
    'what stands for %s is explained': unexplained,
    'a sentence is one message': glued,
    'templates name their domain': domainless,
    'textdomain () is never called': textdomain,
}
for name, check in CHECKS.items():
    tree.clean(name, check)

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n' \
       '"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
POTFILES = 'src/a.c\n'


def program(line):
    return {'po/POTFILES.in': POTFILES, 'src/a.c': f'void f (void)\n{{\n{line}\n}}\n'}


def entry(id_, string, flags=''):
    return f'{flags}msgid "{id_}"\nmsgstr "{string}"\n\n'


tree.planted('finds a file not collected', uncollected,
             {'po/POTFILES.in': '', 'src/a.c': 'x = _("a");', 'ui/b.ui': '<p translatable="yes">',
              'src/c.c': 'call (a);'}, ['src/a.c holds', 'ui/b.ui holds'])
tree.planted('finds a file collected in vain', uncollected,
             {'po/POTFILES.in': 'src/c.c\nsrc/gone.c\n', 'src/c.c': 'call (a);'},
             ['src/c.c holds no', 'src/gone.c is not'])
tree.planted('finds a catalogue not listed', languages_listed,
             {'po/LINGUAS': 'es\n', 'po/es.po': HEAD, 'po/fr.po': HEAD}, ['po/LINGUAS'])
tree.planted('finds specifiers that disagree', not_valid,
             {'po/fr.po': HEAD + entry('%s a month', '%u par mois', '#, c-format\n')}, ['po/fr.po'])
tree.planted('finds a word missing, empty, fuzzy and gone', untranslated,
             {**program('  a = _("One"); b = _("Two"); c = _("Three"); d = _("Four");'),
              'po/fr.po': HEAD + entry('Two', '') + entry('Three', 'Trois', '#, fuzzy\n')
              + entry('Four', 'Quatre') + entry('Five', 'Cinq')},
             ["lacks 'One'", "not translated: 'Two'", "fuzzy: 'Three'", "'Five'"])
tree.planted('finds a half-translated plural', untranslated,
             {**program('  g_dngettext (GETTEXT_PACKAGE, "one cup", "%u cups", n);'),
              'po/fr.po': HEAD + 'msgid "one cup"\nmsgid_plural "%u cups"\nmsgstr[0] "une tasse"\nmsgstr[1] ""\n'},
             ['not translated'])
tree.planted('finds straight quotes, two blanks, three dots', badly_set,
             program('  _("Don\'t"); _("Say \\"yes\\""); _("One.  Two"); _("Wait..."); _("a - b");'),
             ['apostrophe', 'quote', 'blanks', 'dots', 'dash'])
tree.planted('takes good typography in three languages', badly_set,
             {**program('  _("Don’t"); _("“Yes”…"); _("See https://example.org/?a=b");'),
              'po/fr.po': HEAD + entry('Don’t', 'Vous\u202f: «\u202foui\u202f»\u00a0? À 10:30'),
              'po/es.po': HEAD + entry('Don’t', '¿Sí? ¡Sí! «Diga “sí”»'),
              'data/campaigns/a/campaign.ini': 'Languages=en;fr\nHeading[fr]=Oui\u00a0!\nLink=a?b\n'}, [])
tree.planted('finds French and Spanish set like English', badly_set,
             {**program(''), 'po/fr.po': HEAD + entry('a', 'Oui ?') + entry('b', 'Oui!') + entry('c', '« oui\u00a0»'),
              'po/es.po': HEAD + entry('a', 'Sí?') + entry('b', 'Sí!') + entry('c', '“Sí”'),
              'data/campaigns/a/campaign.ini': 'Languages=en;fr\nHeading[fr]=Oui !\n'},
             ['Oui ?', 'Oui!', '« oui', 'Sí?', 'Sí!', '“Sí”', 'Oui !'])
tree.planted('finds a %s that nobody explains', unexplained,
             program('  _("%s a month");\n  /* Translators: a sum */\n  _("%s a year");\n'
                     '  /* Translators: two */\n  _("%s and %s");'), ['%s a month', 'number them'])
tree.planted('finds a piece of a sentence', glued, program('  _(", a month"); _("Hello, you");'), [', a month'])
tree.planted('finds a template without domain', domainless,
             {'ui/a.ui': '<interface><p translatable="yes">a</p></interface>',
              'ui/b.ui': '<interface domain="daily-cup"><p translatable="yes">a</p></interface>'}, ['ui/a.ui'])
tree.planted('finds textdomain ()', textdomain,
             {'src/a.c': 'bindtextdomain (a, b);\ntextdomain (a);\n'}, ['src/a.c:2'])

tap.main()
