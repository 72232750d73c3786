#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arrows go down only: which folder of src may include what.

Meson exports each folder's own directory and nothing else, so the compiler
refuses most of this. It does not see what lies in /usr/include anyway, the
GIO headers beside GLib's, nor "../", and a dependency added by mistake hides
the rest.
"""

import re

import tree
from tree import tap

# folder: the other folders whose headers it may include
FOLDERS = {
    'model': set(),
    'seal': set(),
    'open': {'seal'},
    'record': {'model', 'seal'},
    'pack': {'model', 'seal'},
    'qr': {'model'},
    'store': {'model', 'seal', 'record'},
    'staff': {'model', 'seal'},
    'sync': {'model', 'seal', 'record', 'store'},
    'destination': {'model', 'seal', 'record'},
    'send': {'model', 'seal', 'record', 'destination'},
    'print': {'model', 'seal', 'qr'},
    'office': {'model', 'seal', 'open', 'record', 'pack', 'qr', 'print', 'destination', 'send'},
    'desk': {'model', 'office', 'widgets'},
    'widgets': {'model', 'qr'},
    'kiosk': {'model', 'seal', 'record', 'pack', 'qr', 'store', 'staff', 'sync', 'widgets'},
}

DRAWS = {'widgets', 'kiosk', 'desk'}
RUNS = {'pack', 'store', 'staff', 'sync', 'destination', 'send', 'office'} | DRAWS

# (header, the only folders that may include it)
LIBRARIES = [
    (re.compile(r'sqlite3'), {'store', 'office'}),
    (re.compile(r'sodium'), {'seal', 'open'}),
    (re.compile(r'qrencode'), {'qr'}),
    (re.compile(r'jansson'), {'record'}),
    (re.compile(r'curl/'), {'destination'}),
    (re.compile(r'(postgresql/)?libpq'), {'destination'}),
    (re.compile(r'openssl/'), {'destination'}),
    (re.compile(r'libxml/'), {'office', 'destination'}),   # lists of a WebDAV server are XML
    (re.compile(r'librsvg/'), DRAWS | {'print'}),
    (re.compile(r'(gtk|gdk|gsk|graphene|gdk-pixbuf)[/.-]'), DRAWS),
    (re.compile(r'(pango|cairo)[/.-]'), DRAWS | {'print'}),   # paper has no widgets
    (re.compile(r'adwaita|adw'), DRAWS),
    (re.compile(r'gio/'), RUNS),
    (re.compile(r'glib/gstdio\.h|stdio\.h|fcntl\.h|unistd\.h|sys/(stat|file|socket|mman)\.h'),
     RUNS | {'seal', 'open'}),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def includes(top):
    """(path, folder, line, quote, header) of each #include below src."""
    for path, number, line in tree.lines(top, '.c', '.h', under=('src',)):
        match = INCLUDE.match(line)
        parts = path.relative_to(top).parts
        if match and len(parts) > 2:
            yield path, parts[1], number, match[1], match[2]


def homes(top):
    """{header: folder} of our own headers."""
    return {path.name: path.relative_to(top).parts[1]
            for path in tree.files(top, '.h', under=('src',))}


def unknown_folders(top):
    return [f'src/{folder.name}: say in tests/lint/layers.py what it may include'
            for folder in sorted((top / 'src').iterdir())
            if folder.is_dir() and folder.name not in FOLDERS and folder.name != '__pycache__']


def upward(top):
    home = homes(top)
    return [f'{tree.where(top, path, line)}: {folder} may not include {header} of {home[header]}'
            for path, folder, line, _, header in includes(top)
            if header in home and home[header] != folder
            and home[header] not in FOLDERS.get(folder, set())]


def libraries(top):
    return [f'{tree.where(top, path, line)}: {folder} may not include <{header}>'
            for path, folder, line, quote, header in includes(top)
            for pattern, allowed in LIBRARIES
            if quote == '<' and pattern.match(header) and folder not in allowed]


def paths(top):
    return [f'{tree.where(top, path, line)}: "{header}" goes through another folder'
            for path, _, line, _, header in includes(top)
            if '..' in header.split('/') or header.startswith('/')]


def of_tests(top):
    helpers = {path.name for path in tree.files(top, '.h', under=('tests',))}
    return [f'{tree.where(top, path, line)}: {header} belongs to the tests'
            for path, _, line, quote, header in includes(top)
            if quote == '"' and header in helpers]


def own_header_first(top):
    found, seen = [], set()
    for path, _, line, _, header in includes(top):
        if path in seen or path.suffix != '.c':
            continue
        seen.add(path)
        own = path.with_suffix('.h')
        private = path.with_name(path.stem + '-private.h')
        if own.exists() and header not in (own.name, private.name):
            found.append(f'{tree.where(top, path, line)}: {own.name} comes first')
    return found


def exports(top):
    return [f'{tree.where(top, path, number)}: a library exports its own folder and no other'
            for path, number, line in tree.lines(top, 'meson.build', under=('src',))
            for folders in re.findall(r'include_directories\(([^)]*)\)', line)
            if folders.strip() != "'.'"]


def source(*headers):
    return ''.join(f'#include {header}\n' for header in headers)


tree.clean('every folder of src has its place', unknown_folders)
tree.clean('no folder includes what lies above it', upward)
tree.clean('each library stays in the folders that own it', libraries)
tree.clean('no include goes by a path', paths)
tree.clean('nothing that ships includes the tests', of_tests)
tree.clean('each source includes its own header first', own_header_first)
tree.clean('each library exports its own folder only', exports)

tree.planted('finds a folder without a place', unknown_folders,
             {'src/misc/dc-misc.c': ''}, ['src/misc'])
tree.planted('finds the model reaching up to the store', upward,
             {'src/model/dc-a.c': source('"dc-queue.h"'), 'src/store/dc-queue.h': ''},
             ['src/model/dc-a.c:1'])
tree.planted('finds the kiosk included from the widgets', upward,
             {'src/widgets/dc-a.h': source('<glib.h>', '"dc-kiosk.h"'), 'src/kiosk/dc-kiosk.h': ''},
             ['src/widgets/dc-a.h:2'])
for _folder, _header in [('kiosk', 'sqlite3.h'), ('record', 'sodium.h'), ('widgets', 'qrencode.h'),
                         ('store', 'jansson.h'), ('model', 'gio/gio.h'), ('model', 'stdio.h'),
                         ('record', 'gio/gunixinputstream.h'), ('store', 'gtk/gtk.h'),
                         ('pack', 'librsvg/rsvg.h'), ('qr', 'adwaita.h'), ('kiosk', 'curl/curl.h'),
                         ('sync', 'libpq-fe.h'), ('qr', 'cairo.h'), ('office', 'cairo.h'),
                         ('print', 'gtk/gtk.h')]:
    tree.planted(f'finds <{_header}> in {_folder}', libraries,
                 {f'src/{_folder}/dc-a.c': source('<glib.h>', f'<{_header}>')},
                 [f'src/{_folder}/dc-a.c:2'])
tree.planted('leaves each library to its own folder', libraries,
             {'src/store/a.c': source('<sqlite3.h>', '<gio/gio.h>'),
              'src/seal/a.c': source('<sodium.h>'), 'src/qr/a.c': source('<qrencode.h>'),
              'src/record/a.c': source('<jansson.h>'), 'src/kiosk/a.c': source('<adwaita.h>')}, [])
tree.planted('finds a path in an include', paths,
             {'src/store/dc-a.c': source('"../kiosk/dc-kiosk.h"')}, ['src/store/dc-a.c:1'])
tree.planted('finds a helper of the tests', of_tests,
             {'src/store/dc-a.c': source('"dc-test.h"'), 'tests/lib/dc-test.h': ''},
             ['src/store/dc-a.c:1'])
tree.planted('finds another header before its own', own_header_first,
             {'src/qr/dc-a.c': source('<glib.h>', '"dc-a.h"'), 'src/qr/dc-a.h': ''},
             ['src/qr/dc-a.c:1'])
tree.planted('finds an export of another folder', exports,
             {'src/qr/meson.build': "x = include_directories('.', '../store')\n"},
             ['src/qr/meson.build:1'])

tap.main()
