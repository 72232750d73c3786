#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""For format.sh: what uncrustify cannot set as GTK does.

    align.py before FILE...     hides from uncrustify what it misunderstands
    align.py after FILE...      brings it back and sets what is left to set

Hidden are the dashes of a quark's name, which it takes for subtractions, and
the end of a GObject macro that has no semicolon, which it takes for the
beginning of what follows.

Lined up are the parameters of function definitions. Names stand in one column, the stars hang to their left, and the column is the
longest type plus the most stars, which is how GTK sets it and what uncrustify
cannot do (it drops the room for the stars of the shorter types).

    void
    dc_a (DcQueue     *self,
          const char  *day,
          GError     **error)
"""

import pathlib
import re
import sys

BEGIN = re.compile(r'([a-zA-Z_]\w* \()(.*)$')
PARAMETER = re.compile(r'(?P<type>[^*()]*[^*()\s])\s+(?P<stars>\**)(?P<rest>\w+(?:\[[^\]]*\])*)(?P<end>[,)])$|'
                       r'(?P<type2>[^*()]*[^*()\s])\s*(?P<stars2>\*+)(?P<rest2>\w+(?:\[[^\]]*\])*)(?P<end2>[,)])$')


def split(parameter):
    match = PARAMETER.fullmatch(parameter.strip())
    if not match:
        return None
    group = match.groupdict()
    return [group['type'] or group['type2'], group['stars'] or group['stars2'] or '',
            group['rest'] or group['rest2'], group['end'] or group['end2']]


def aligned(lines):
    """The lines of one definition, from its name to its closing bracket."""
    begin = BEGIN.match(lines[0])
    parameters = [split(text) for text in [begin[2]] + lines[1:]]
    if len(lines) < 2 or None in parameters:
        return lines
    types = max(len(type_) for type_, _, _, _ in parameters)
    stars = max(len(star) for _, star, _, _ in parameters)
    texts = [type_.ljust(types) + ' ' + star.rjust(stars) + rest + end
             for type_, star, rest, end in parameters]
    indent = ' ' * len(begin[1])
    return [begin[1] + texts[0]] + [indent + text for text in texts[1:]]


def pointers_to_functions(lines):
    """Gives "(*fill) (" back the blank that uncrustify takes out, and moves
    the lines that go on inside the bracket with it."""
    depth, result = 0, []
    for line in lines:
        if depth > 0 and line.startswith(' '):
            line, depth = ' ' + line, depth + line.count('(') - line.count(')')
        elif match := re.match(r'(.*\(\*\w+\))(\(.*)$', line):
            line, depth = match[1] + ' ' + match[2], match[2].count('(') - match[2].count(')')
        else:
            depth = 0
        result.append(line)
    return result


def aligned_file(lines):
    result, at = [], 0
    while at < len(lines):
        begin = BEGIN.match(lines[at])
        end = at
        if begin and at > 0 and re.match(r'[a-zA-Z_]', lines[at - 1]):
            while end + 1 < len(lines) and lines[end].endswith(',') and lines[end + 1].startswith(' '):
                end += 1
        result += aligned(lines[at:end + 1]) if end > at else [lines[at]]
        at = end + 1
    return result


MACRO = re.compile(r'^(G_(?:DEFINE|DECLARE)_[A-Z_]+ \(.*\)|G_(?:BEGIN|END)_DECLS)$', re.M)
QUARK = re.compile(r'^G_DEFINE_QUARK \([\w-]+', re.M)


def before(text):
    text = QUARK.sub(lambda match: match[0].replace('-', '__DASH__'), text)
    return MACRO.sub(r'\1; /*HIDDEN*/', text)


def after(text):
    text = re.sub(r'; */\*HIDDEN\*/$', '', text.replace('__DASH__', '-'), flags=re.M)
    return '\n'.join(aligned_file(pointers_to_functions(text.split('\n'))))


def main():
    change = {'before': before, 'after': after}[sys.argv[1]]
    for path in map(pathlib.Path, sys.argv[2:]):
        path.write_text(change(path.read_text(encoding='utf-8')), encoding='utf-8')


main()
