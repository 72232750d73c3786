# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the program: catalogues, templates, campaigns."""

import dataclasses
import pathlib
import re
import subprocess

import tree

XGETTEXT = [
    'xgettext', '--from-code=UTF-8', '--add-comments=Translators', '--output=-',
    '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2',
    '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
    '--keyword=g_dgettext:2',
    '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format', '--flag=NC_:2:pass-c-format',
    '--flag=g_dngettext:2:pass-c-format', '--flag=g_strdup_printf:1:c-format',
    '--flag=g_string_printf:2:c-format', '--flag=g_print:1:c-format',
]

# What may hold words for a screen, and how one recognises that it does.
MARKS = {
    '.c': re.compile(r'(?<![\w])(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dgettext|g_dpgettext2)'
                     r' ?\((?:GETTEXT_PACKAGE, ?|NULL, ?)?\s*"'),
    '.ui': re.compile(r'translatable="(?:yes|true|1)"'),
    '.in': re.compile(r'^(?:Name|GenericName|Comment|Keywords)=|<(?:name|summary|p|caption)>', re.M),
}


@dataclasses.dataclass
class Message:
    """One entry of a catalogue."""
    where: str
    places: list = dataclasses.field(default_factory=list)
    comments: str = ''
    flags: set = dataclasses.field(default_factory=set)
    context: str = ''
    id: str = ''
    plural: str = ''
    strings: list = dataclasses.field(default_factory=list)

    def key(self):
        return self.context, self.id, self.plural


def unquote(text):
    return re.sub(r'\\(.)', lambda match: {'n': '\n', 't': '\t'}.get(match[1], match[1]), text)


def read_po(text, name):
    """The messages of a catalogue, without its header and obsolete ones."""
    messages, message, part = [], None, None
    for number, line in enumerate(text.split('\n'), 1):
        if line.startswith('#~'):
            continue
        if message is None or (part == 'msgstr' and not line.startswith(('msgstr', '"'))):
            message, part = Message(where=f'{name}:{number}'), None
            messages.append(message)
        if line.startswith('#.'):
            message.comments += line[2:].strip() + '\n'
        elif line.startswith('#:'):
            message.places += line[2:].split()
            message.where += ' (' + line[2:].strip() + ')'
        elif line.startswith('#,'):
            message.flags |= {flag.strip() for flag in line[2:].split(',')}
        match = re.match(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d+\])? )?"(.*)"$', line)
        if not match:
            continue
        text_part = unquote(match[2])
        if match[1]:
            part = match[1]
            if part == 'msgstr':
                message.strings.append('')
        if part == 'msgctxt':
            message.context += text_part
        elif part == 'msgid':
            message.id += text_part
        elif part == 'msgid_plural':
            message.plural += text_part
        else:
            message.strings[-1] += text_part
    return [message for message in messages if message.id]


def languages(top):
    path = top / 'po' / 'LINGUAS'
    words = re.sub(r'#.*', '', path.read_text()).split() if path.exists() else []
    return words


def potfiles(top):
    path = top / 'po' / 'POTFILES.in'
    lines = path.read_text().split('\n') if path.exists() else []
    return [line.strip() for line in lines if line.strip() and not line.startswith('#')]


def marked_files(top):
    """The files that hold words for a screen."""
    return [str(path.relative_to(top)) for path in tree.files(top, *MARKS, under=('src', 'ui', 'data'))
            if MARKS[path.suffix].search(tree.text_of(path) or '')]


def template(top):
    """The messages in the program and its templates, as xgettext finds them."""
    names = [name for name in potfiles(top) if (top / name).exists()]
    if not names:
        return []
    pot = subprocess.run(XGETTEXT + names, cwd=top, stdout=subprocess.PIPE, text=True, check=True).stdout
    return read_po(pot, 'daily-cup.pot')


def catalogues(top):
    """{language: messages} of the catalogues that are there."""
    return {path.stem: read_po(path.read_text(), str(path.relative_to(top)))
            for path in sorted(pathlib.Path(top / 'po').glob('*.po'))}


# What a donor reads of a campaign. The whole notice is left out: there the
# law chooses the words.
CAMPAIGN_KEYS = {'Name', 'ShortName', 'Invitation', 'Closing', 'Alt', 'Heading', 'Text', 'Source',
                 'Effect', 'OtherMonthly', 'OtherOnce', 'Short'}


def campaign_texts(top):
    """(where, language, text) of what campaigns put on a screen."""
    for path in tree.files(top, 'campaign.ini', under=('data',)):
        text = path.read_text()
        first = re.search(r'^Languages=([\w-]+)', text, re.M)
        for number, line in enumerate(text.split('\n'), 1):
            match = re.match(r'(\w+)(?:\[([\w-]+)\])?=(.*)$', line)
            if match and match[1] in CAMPAIGN_KEYS:
                yield tree.where(top, path, number), match[2] or (first[1] if first else 'en'), match[3]
