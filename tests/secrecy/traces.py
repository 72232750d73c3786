# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for texts in all that a program has written, and in its memory."""

import contextlib
import os
import pathlib
import re
import subprocess
import tempfile

SEEK = pathlib.Path(os.environ['DAILY_CUP_SEEK'])
UNREADABLE = ('[vvar]', '[vvar_vclock]', '[vsyscall]')
MAKE = ('creat', 'mkdir', 'mkdirat')
CALLS = ('open', 'openat', *MAKE, 'write', 'pwrite64', 'writev', 'pwritev', 'pwritev2')
# Not kept anywhere: null devices, terminals, what a process tells the kernel about itself.
NOWHERE = re.compile(r'/dev/(null|tty|ptmx|dri/.*|udmabuf)$|/proc/')


def unhexed(text):
    """What strace wrote as \\x2f\\x74…, or as it is."""
    return bytes.fromhex(text.replace('\\x', '')) if text.startswith('\\x') else text.encode()


def places(parts, needles):
    """["PART: TEXT"] for each of @needles ({form: text}) in the bytes of each
    of @parts ([(name, bytes)])."""
    texts = list(needles.values())
    names, starts, offset = [], [], 0
    with tempfile.TemporaryFile() as data, tempfile.NamedTemporaryFile('w') as wanted:
        for name, part in parts:
            names.append(name)
            starts.append(offset)
            offset += data.write(part) + data.write(b'\xff')
        data.seek(0)
        wanted.write('\n'.join(form.hex() for form in needles))
        wanted.flush()
        said = subprocess.run([SEEK, wanted.name], stdin=data, capture_output=True, check=True)
    found = set()
    for line in said.stdout.split(b'\n')[:-1]:
        place, needle = map(int, line.split())
        index = max(i for i, start in enumerate(starts) if start <= place)
        found.add(f'{names[index]}: {texts[needle]}')
    return sorted(found)


def regions(pid, writable):
    """(start, end, name) of all that the program itself could read."""
    with open(f'/proc/{pid}/maps', encoding='utf-8', errors='replace') as maps:
        for line in maps:
            span, rights, *_, name = (line.rstrip('\n').split(maxsplit=5) + [''])[:6]
            start, end = (int(number, 16) for number in span.split('-'))
            if rights[0] == 'r' and (rights[1] == 'w' or not writable) \
                    and name not in UNREADABLE:
                yield start, end, name or 'unnamed memory'


def in_memory(pid, needles, writable=False):
    """In the memory of the process now, or in what of it can be written to."""
    def parts():
        with open(f'/proc/{pid}/mem', 'rb', buffering=0) as memory:
            for start, end, name in regions(pid, writable):
                # A device that is mapped, and what has just gone, cannot be read.
                with contextlib.suppress(OSError, OverflowError):
                    memory.seek(start)
                    yield f'{name} {start:x}', memory.read(end - start)
    return places(parts(), needles)


def joined(lines):
    """The lines of strace, what it wrote in two parts as one; as it began where
    the call never came back."""
    begun = {}
    for line in lines:
        pid, _, rest = line.partition(' ')
        if rest.endswith(' <unfinished ...>'):
            begun[pid] = line.removesuffix(' <unfinished ...>')
        elif match := re.match(r' *<\.\.\. \w+ resumed>(.*)', rest):
            yield begun.pop(pid, '') + match[1]
        else:
            yield line
    yield from begun.values()


class Watched:
    """What one program opens for writing and writes, by strace, and all files
    of a folder that it is to stay in."""

    def __init__(self, folder, log):
        self.folder = pathlib.Path(folder)
        self.log = pathlib.Path(log)
        # -D: the program is our child, not strace's; -y: paths; -xx: all in hexadecimal.
        self.wrapper = ['strace', '-D', '-f', '-q', '-y', '-xx', '-s', '200000', '--seccomp-bpf',
                        '-e', 'trace=' + ','.join(CALLS), '-e', 'signal=none', '-o', str(self.log)]

    def calls(self):
        """(call, path, bytes written) of each that went to a file. What was
        refused wrote nothing: fontconfig tries the system's cache as any user."""
        for line in joined(self.log.read_text(encoding='ascii').splitlines()):
            match = re.match(r'\d+ +(\w+)\((.*)', line)
            if match is None or re.search(r'\) += -1 E(ACCES|PERM|ROFS) ', line):
                continue
            call, rest = match.groups()
            texts = [unhexed(text) for text in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', rest)]
            # Of the file that is written to, or the folder that a path begins in.
            known = re.match(r'\w+<([^>]*)>', rest)
            place = os.fsdecode(unhexed(known[1])) if known else str(self.folder)
            if 'write' in call:
                if place.startswith('/'):
                    yield call, place, b''.join(texts)
            elif call in MAKE or re.search(r'O_(WRONLY|RDWR|CREAT)', rest):
                path = os.fsdecode(texts[0]) if texts else ''
                yield call, os.path.normpath(os.path.join(place, path)), b''

    def strayed(self):
        """The files outside the folder that were opened for writing or made."""
        def is_home(call, path):
            # A folder that is there already is "made" again by who wants to be sure.
            return pathlib.Path(path).is_relative_to(self.folder) \
                or (call.startswith('mkdir') and self.folder.is_relative_to(path))
        return sorted({path for call, path, _ in self.calls()
                       if not NOWHERE.match(path) and not is_home(call, path)})

    def files(self):
        """(name, name and bytes) of each file there, links not followed."""
        for place, _, names in os.walk(self.folder):
            for path in (pathlib.Path(place, name) for name in names):
                data = os.fsencode(path)
                if path.is_file() and not path.is_symlink():
                    with contextlib.suppress(FileNotFoundError):
                        data += b'\n' + path.read_bytes()
                yield str(path.relative_to(self.folder)), data

    def open_files(self, pid):
        """The same of what the process has open, were it deleted."""
        for link in pathlib.Path(f'/proc/{pid}/fd').iterdir():
            with contextlib.suppress(OSError):
                if link.is_file():
                    yield f'{link} to {os.readlink(link)}', link.read_bytes()

    def traces(self, needles, pid=None):
        """Of @needles: in files, in open files, and in every write there was."""
        parts = list(self.files()) + (list(self.open_files(pid)) if pid else [])
        parts += [(f'{call} to {path}', data) for call, path, data in self.calls()]
        return places(parts, needles)
