# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search for traces finds what it is for: were it broken, all would seem
to be well. Each form of each text, planted in a file, in a file that is open
and deleted, in what was written and overwritten, and in memory."""

import base64
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import canaries
import tap
import traces

HOLD = '''
import sys
held = sys.stdin.buffer.read(int(sys.argv[1]))
print(flush=True)
sys.stdin.buffer.read()
'''


def planted(text):
    """{what it is: bytes} of the ways a text may be written."""
    raw = text.encode()
    ways = {'UTF-8': raw, 'reversed': text[::-1].encode(), 'bytes reversed': raw[::-1],
            'hex': raw.hex().encode(), 'HEX': raw.hex().upper().encode(),
            'hex of UTF-16': text.encode('utf-16-le').hex().encode()}
    for encoding in ('utf-16-le', 'utf-16-be', 'utf-32-le', 'utf-32-be'):
        ways[encoding] = text.encode(encoding)
    for before in ('', 'x', 'xy'):
        ways[f'base64 after {before!r}'] = base64.b64encode(before.encode() + raw + b' and more')
    return ways


class Search(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='daily-cup-search-')
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name, 'home')
        self.folder.mkdir()
        self.watched = traces.Watched(self.folder, pathlib.Path(folder.name, 'calls'))

    def watch(self, script, **options):
        subprocess.run([*self.watched.wrapper, 'sh', '-c', script], check=True, cwd=self.folder,
                       **options)

    def test_there_are_twelve_texts(self):
        self.assertEqual(len(set(canaries.TYPED)), 12)

    def test_finds_each_text_in_each_form_in_a_file(self):
        for text in canaries.TYPED:
            for name, data in planted(text).items():
                found = traces.places([(name, b'before' + data + b'after')], canaries.of_files())
                self.assertEqual(found, [f'{name}: {text}'])

    def test_finds_nothing_where_nothing_is(self):
        parts = [('zeroes', bytes(1 << 20)), ('random', os.urandom(1 << 20)),
                 ('source', pathlib.Path(traces.__file__).read_bytes())]
        self.assertEqual(traces.places(parts, canaries.of_memory()), [])

    def test_finds_the_rest_of_a_text_that_was_written_over_in_part(self):
        for text in canaries.TYPED:
            half = text[len(text) // 2:]
            if len(half) >= canaries.SHORTEST_PIECE:
                found = traces.places([('rest', b'\0' * 16 + half.encode())],
                                      canaries.of_memory())
                self.assertTrue(found, half)

    def test_finds_a_file_its_name_and_one_that_is_open_but_deleted(self):
        (self.folder / 'recently-used.xbel').write_text(f'<a href="{canaries.CUT}"/>')
        (self.folder / canaries.DELETED).write_text('')
        with open(self.folder / 'gone', 'w', encoding='utf-8') as file:
            file.write(canaries.TOUCHED)
            file.flush()
            (self.folder / 'gone').unlink()
            self.watch(':')
            found = self.watched.traces(canaries.of_files(), os.getpid())
        self.assertEqual([place.rpartition(': ')[2] for place in found],
                         [canaries.TOUCHED, canaries.DELETED, canaries.CUT])

    def test_finds_what_was_written_and_deleted_at_once(self):
        self.watch(f'echo "{canaries.DONOR.street}" > a; echo nothing > a; rm a')
        self.assertEqual(list(self.watched.files()), [])
        self.assertEqual(self.watched.traces(canaries.of_files()),
                         [f'write to {self.folder}/a: {canaries.DONOR.street}'])

    def test_finds_a_file_outside_the_folder(self):
        self.watch('echo > inside; : > ../outside; echo > /dev/null; : > "$PWD/../other"')
        parent = self.folder.parent
        self.assertEqual(self.watched.strayed(), [str(parent / 'other'), str(parent / 'outside')])

    def test_passes_over_what_was_refused_and_not_what_never_came_back(self):
        begun = '7 openat(AT_FDCWD</home>, "\\x2f\\x61", O_RDWR <unfinished ...>'
        other = '8 openat(AT_FDCWD</home>, "\\x2f\\x62", O_RDWR) = 3</b>'
        for end, seen in (('7 <... openat resumed>) = -1 EACCES (Permission denied)', ['/b']),
                          ('7 <... openat resumed>) = 4</a>', ['/a', '/b']), ('', ['/a', '/b'])):
            self.watched.log.write_text('\n'.join((begun, other, end)))
            self.assertEqual(self.watched.strayed(), seen)

    def test_finds_what_another_program_holds_in_its_memory(self):
        for encoding in ('utf-8', 'utf-16-le', 'utf-32-le'):
            data = canaries.DONOR.town.encode(encoding)
            with subprocess.Popen([sys.executable, '-c', HOLD, str(len(data))],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
                process.stdin.write(data)
                process.stdin.flush()
                process.stdout.readline()
                found = traces.in_memory(process.pid, canaries.of_memory())
                process.stdin.close()
            self.assertTrue(any(place.endswith(canaries.DONOR.town) for place in found), encoding)


if __name__ == '__main__':
    tap.main()
