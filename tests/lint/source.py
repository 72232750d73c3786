#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Habits that no compiler enforces: licences, frees, singletons, leftovers,
sorted lists, scripts that at least parse, and no trace of the place where
the code was written."""

import re
import subprocess
import xml.parsers.expat

import tree
from tree import tap

SOURCES = ('.c', '.h', '.py', '.sh', '.css', '.sql')
TEXTS = SOURCES + ('.ui', '.md', '.txt', '.ini', '.build', '.po', '.in', '.xml', '.cfg', '.svg',
                   '.yml', '.yaml', '.service', '.desktop')


def unlicensed(top):
    paths = set(tree.files(top, *SOURCES)) | set(tree.python_files(top)) | set(tree.shell_files(top))
    found = []
    for path in sorted(paths):
        head = '\n'.join((tree.text_of(path) or '').split('\n')[:6])
        if 'SPDX-FileCopyrightText: ' not in head \
                or 'SPDX-License-Identifier: GPL-3.0-or-later' not in head:
            found.append(f'{tree.where(top, path)}: no SPDX header')
    return found


def matching(suffixes, under, pattern, problem):
    pattern = re.compile(pattern)

    def check(top):
        return [f'{tree.where(top, path, number)}: {problem}: {line.strip()}'
                for path, number, line in tree.lines(top, *suffixes, under=under)
                if pattern.search(line)]
    return check


raw_frees = matching(
    ('.c',), ('src',),
    r'\b(g_free|g_object_unref|g_bytes_unref|g_ptr_array_unref|g_strfreev|free) \((&)?(self|klass)->',
    'g_clear_pointer () or g_clear_object () frees a member')

get_default = matching(
    ('.c', '.h'), ('src',), r'\bdc_\w*get_default\b|\bg_application_get_default\b',
    'objects are handed down, not looked up')

# Built in two halves, or this file would hold what it looks for.
leftovers = matching(
    TEXTS, ('src', 'ui', 'po', 'data', 'tests', '.ci'),
    r'\b(TO' + r'DO|FIX' + r'ME|(?<!")X' + r'XX(?!")|HA' + r'CK)\b', 'a leftover')

places = matching(
    TEXTS + ('',), ('',),
    r'(?<![\w.$}~])/(?:wo' + r'rk|ro' + r'ot|t' + r'mp|ho' + r'me/\w+)(?:/|\b)|\bDES' + r'IGN(?:\.md| *§)',
    'names a place that only its author knew')

MUTABLE = re.compile(r'static (?!const\b|inline\b|struct\b|gboolean \w+ \()(?:(?!\bconst\b)[^(=;])*[=;]')
OF_GOBJECT = re.compile(r'static (GParamSpec \*|guint (signals\b|\w+_signal;)|GQuark |\w+ \*parent_)')


def singletons(top):
    """A static that can change is a singleton, at the file's level or inside
    a function. GObject's own tables of properties and signals are not."""
    found = []
    for path, number, line in tree.lines(top, '.c', under=('src',)):
        text = line.strip()
        if MUTABLE.match(text) and not OF_GOBJECT.match(text) and 'G_DEFINE' not in text:
            found.append(f'{tree.where(top, path, number)}: a static that changes: {text}')
    return found


def unsorted(top):
    """Lists with one quoted item a line stand in the order of the alphabet;
    whether a.c comes before a-b.c or after is left open."""
    found = []

    def judge(path, items):
        for order in (lambda name: name, lambda name: name.partition('.')[0].split('-')):
            if [name for name, _ in items] == sorted((name for name, _ in items), key=order):
                return
        name, number = next((items[i][0], items[i][1]) for i in range(1, len(items)) if items[i][0] < items[i - 1][0])
        found.append(f'{tree.where(top, path, number)}: the list is not sorted: {name}')

    for path in tree.files(top, 'meson.build'):
        items, opened = [], False
        for number, line in enumerate(path.read_text().split('\n') + [''], 1):
            item = re.fullmatch(r"\s*'([^']+)',", line)
            if item and opened:
                items.append((item[1], number))
                continue
            judge(path, items)
            items, opened = [], bool(re.search(r'(files\(|foreach \w+ : \[|_sources = \[)$', line.rstrip()))
    return found


def bad_python(top):
    found = []
    for path in tree.python_files(top):
        try:
            compile(path.read_bytes(), str(path), 'exec')
        except (SyntaxError, ValueError) as problem:
            found.append(f'{tree.where(top, path)}: {problem}')
    return found


def bad_shell(top):
    scripts = tree.shell_files(top)
    if not scripts:
        return []
    result = subprocess.run(['shellcheck', '-x', '-f', 'gcc', '-P', 'SCRIPTDIR', '-P', str(top), *scripts],
                            cwd=top, stdout=subprocess.PIPE, text=True, check=False)
    return [line.replace(f'{top}/', '') for line in result.stdout.splitlines()]


def bad_xml(top):
    found = []
    for path in tree.files(top, '.ui', '.xml', '.svg'):
        try:
            xml.parsers.expat.ParserCreate().Parse(path.read_bytes(), True)
        except xml.parsers.expat.ExpatError as problem:
            found.append(f'{tree.where(top, path)}: {problem}')
    return found


def untidy(top):
    found = []
    for path in tree.files(top, *TEXTS):
        text = tree.text_of(path)
        if text is None:
            found.append(f'{tree.where(top, path)}: not UTF-8')
            continue
        lines = text.split('\n')
        found += [f'{tree.where(top, path, number)}: blanks at the end, a tab or a return'
                  for number, line in enumerate(lines, 1)
                  if line != line.rstrip(' \t\r') or ('\t' in line and path.suffix != '.po')]
        if text and (not text.endswith('\n') or text.endswith('\n\n')):
            found.append(f'{tree.where(top, path, len(lines))}: ends in exactly one newline')
    return found


HEADER = '/* SPDX-FileCopyrightText: A\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n'
SCRIPT = '#!/bin/bash\n# SPDX-FileCopyrightText: A\n# SPDX-License-Identifier: GPL-3.0-or-later\n'

for name, check in [
        ('every source says whose it is and under which licence', unlicensed),
        ('no member is freed raw', raw_frees),
        ('nothing looks up a default object', get_default),
        ('nothing static changes', singletons),
        ('nothing was left for later', leftovers),
        ('no file names a place of its author', places),
        ('lists in meson.build are sorted', unsorted),
        ('every Python file compiles', bad_python),
        ('shellcheck has nothing to say', bad_shell),
        ('XML is well formed', bad_xml),
        ('files are UTF-8, without tabs or blanks at the end', untidy)]:
    tree.clean(name, check)

tree.planted('finds a source and a script without licence', unlicensed,
             {'src/a.c': 'int a;\n', 'src/b.c': HEADER, 'data/run': '#!/bin/sh\n', 'x.sh': SCRIPT},
             ['src/a.c', 'data/run'])
tree.planted('finds a raw free', raw_frees,
             {'src/a/a.c': '  g_free (self->name);\n  g_free (name);\n'}, ['src/a/a.c:1'])
tree.planted('finds an object looked up', get_default,
             {'src/a/a.c': '  x = dc_window_get_default ();\n  y = gdk_display_get_default ();\n'},
             ['src/a/a.c:1'])
tree.planted('finds a static that changes', singletons,
             {'src/a/a.c': 'static DcQueue *queue;\nstatic const char *names[] = {\n'
                           'static GParamSpec *props[N_PROPS];\nstatic guint signals[N_SIGNALS];\n'
                           'static void foo (void);\n  static int count = 0;\n'
                           'static const char * const words[] = { NULL };\n'},
             ['a.c:1', 'a.c:6'])
tree.planted('finds something left for later', leftovers,
             {'src/a/a.c': '/* TO' 'DO: all */\n/* mkstemp XX' 'XXXX */\n', 'ui/a.ui': '<!-- FIX' 'ME -->\n'},
             ['src/a/a.c:1', 'ui/a.ui:1'])
tree.planted('finds a place of its author', places,
             {'a.md': 'see /wo' 'rk/main\n', 'src/a.c': '"/t' 'mp/x"\n', 'b.md': 'DES' 'IGN §4\n',
              'c.md': 'the framework/main, ~/work, ${HOME}/tmp, https://x.org/work\n'},
             ['a.md:1', 'src/a.c:1', 'b.md:1'])
tree.planted('finds a list out of order', unsorted,
             {'src/meson.build': "a = files(\n  'b.c',\n  'a.c',\n)\nf(\n  'z',\n  'a',\n)\n"},
             ['src/meson.build:3: the list is not sorted: a.c'])
tree.planted('finds Python that does not parse', bad_python,
             {'a.py': 'def\n', 'b.py': 'a = 1\n', 'c': '#!/usr/bin/python3\n(\n'}, ['a.py', 'c'])
tree.planted('finds a script that shellcheck refuses', bad_shell,
             {'a': SCRIPT + 'rm -rf $1/x\n', 'b.sh': SCRIPT + 'echo ok\n'}, ['a:4'])
tree.planted('finds broken XML', bad_xml, {'ui/a.ui': '<a><b></a>', 'ui/b.ui': '<a/>'}, ['ui/a.ui'])
tree.planted('finds an untidy file', untidy,
             {'a.c': 'x \n', 'b.c': 'x', 'c.c': '\tx\n', 'd.c': b'\xff\n', 'e.c': 'x\n'},
             ['a.c:1', 'b.c:1', 'c.c:1', 'd.c: not'])

tap.main()
