# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small faults to put into a C file, one at a time: a condition turned round,
an edge moved by one, a call left out.

Only into what runs: not into comments, texts, directives and declarations, not
into checks of the caller's mistakes, and not into what a message says.
"""

import collections
import re

# file, function, line: where; change: in words; text: the line as it stands;
# start, end, new: what of the file becomes what.
Mutant = collections.namedtuple('Mutant', 'file function line change text start end new')
Token = collections.namedtuple('Token', 'kind text start end function')

TOKEN = re.compile(r'''
    (?P<space>\s+|/\*.*?\*/|//[^\n]*|^[ \t]*\#(?:\\\n|[^\n])*)
  | (?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
  | (?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<sign>->|\+\+|--|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\.\.\.|.)
''', re.X | re.S | re.M)

SWAPS = {
    '==': '!=', '!=': '==', '<': '<=', '<=': '<', '>': '>=', '>=': '>', '&&': '||', '||': '&&',
    '+': '-', '-': '+', '/': '*', '%': '*', '<<': '>>', '>>': '<<', '&': '|', '|': '&', '^': '|',
    '+=': '-=', '-=': '+=', '|=': '&=', '&=': '|=', '^=': '|=',
}
# What has a meaning of its own where no value stands before it.
BINARY = {'+', '-', '&', '/', '%', '|', '^'}
FLIPS = {'TRUE': 'FALSE', 'FALSE': 'TRUE'}
# Their arguments are no behaviour, or only that of a broken caller.
QUIET = re.compile(r'(g_assert\w*|g_return_\w+|g_message|g_debug|g_warning|g_critical|g_info|'
                   r'g_set_error\w*|g_error_new\w*|g_task_set_source_tag|G_DEFINE_\w+|G_STATIC_ASSERT|g_new0?|sizeof)$')
# No call that could be left out, or one whose absence is a leak at most: that
# is for the leak sanitizer to find.
UNTOUCHED = re.compile(r'(if|while|for|switch|sizeof|(g_)?assert\w*|g_return_\w+|g_message|g_debug|g_warning|'
                       r'g_critical|g_info|g_task_set_source_tag|g_source_set_(static_)?name|G_DEFINE_\w+|g_auto\w*|va_end|'
                       r'g_free|g_clear_\w+|free|close|\w+_unref|\w+_free)$')


def tokens(text):
    """The tokens of @text without spaces and directives; each knows the name of
    the function that it stands in, '' outside of all."""
    found, name, function = [], '', ''
    for match in TOKEN.finditer(text):
        kind, start = match.lastgroup, match.start()
        first = start == 0 or text[start - 1] == '\n'
        if kind == 'space':
            continue
        if first and kind == 'word' and text.startswith(' (', match.end()):
            name = match.group()
        if first and match.group() == '{':
            function = name
        found.append(Token(kind, match.group(), start, match.end(), function))
        if first and match.group() == '}':
            function = ''
    return found


def closing(found, at):
    """The index of what closes the bracket at @at."""
    depth = 0
    for index in range(at, len(found)):
        depth += (found[index].text in '([{') - (found[index].text in ')]}')
        if depth == 0:
            return index
    return len(found) - 1


def quiet_places(found):
    """Indices of the tokens that must stay as they are."""
    quiet = set()
    for at, token in enumerate(found[:-1]):
        if token.kind == 'word' and QUIET.match(token.text) and found[at + 1].text == '(':
            quiet.update(range(at, closing(found, at + 1) + 1))
    return quiet


def is_capacity(found, at):
    """Whether the number at @at is the length of an array that is declared, the
    zero of an initializer "{ 0 }", or the error -1: one more changes nothing."""
    before, after = found[at - 1].text, found[at + 1].text
    if before == '{' and after == '}' or before == '-' and found[at - 2].text == 'return':
        return True
    return before == '[' and after == ']' and found[at - 3].kind == 'word' and found[at - 3].text != 'return'


def is_operator(found, at):
    """Whether the sign at @at stands between two values; not a minus before
    a number, nor the address of something."""
    before = found[at - 1]
    is_value = before.kind in ('word', 'number') and before.text not in ('return', 'case') or before.text in ')]'
    # A cast, "(gint) -1", stands before no operator either.
    is_cast = before.text == ')' and re.match(r'g?[us]?(int|char|size|double)', found[at - 2].text)
    return found[at].text not in BINARY or is_value and not is_cast


def swapped(found, at):
    token, before = found[at], found[at - 1]
    if token.text in SWAPS and token.kind == 'sign' and is_operator(found, at):
        yield f'{token.text} becomes {SWAPS[token.text]}', token.start, token.end, SWAPS[token.text]
    if token.text == '!':
        yield '! goes', token.start, token.end, ''
    if token.text in FLIPS:
        yield f'{token.text} becomes {FLIPS[token.text]}', token.start, token.end, FLIPS[token.text]
    if token.kind == 'number' and not is_capacity(found, at):
        # That any other number below 0 would do as well is what -1 says.
        if not (token.text == '1' and before.text == '-' and not is_operator(found, at - 1)):
            yield f'{token.text} becomes {token.text} + 1', token.start, token.end, f'({token.text} + 1)'
        if token.text not in ('0', '0u'):
            yield f'{token.text} becomes {token.text} - 1', token.start, token.end, f'({token.text} - 1)'


def negated(found, at):
    if found[at].text in ('if', 'while') and found[at + 1].text == '(':
        end = closing(found, at + 1)
        yield 'the condition is negated', found[at + 1].start, found[end].end, \
            ('(!', found[at + 1].start, found[end].end, ')')


def statement_end(found, at):
    """The index of the ; of the statement that begins at @at; None for what
    is no simple one."""
    depth = 0
    for index in range(at, len(found)):
        text = found[index].text
        depth += (text in '([') - (text in ')]')
        if text in '{}':
            return None
        if text == ';' and depth == 0:
            return index
    return None


def begins_statement(found, at):
    before = found[at - 1].text
    if before in (';', '{', '}', 'else', ':'):
        return True
    if before != ')':
        return False
    depth = 0
    for index in range(at - 1, -1, -1):
        depth += (found[index].text == ')') - (found[index].text == '(')
        if depth == 0:
            return found[index - 1].text in ('if', 'while', 'for')
    return False


def left_out(found, at):
    token = found[at]
    if token.kind != 'word' or UNTOUCHED.match(token.text) or not begins_statement(found, at):
        return
    end = statement_end(found, at)
    if end is None:
        return
    following = found[at + 1].text
    if token.text == 'return':
        if not (found[end + 1].text == '}' and outermost(found, end + 1)):
            yield 'the early return goes', token.start, found[end].end, ';'
    elif token.text in ('break', 'continue'):
        yield f'{token.text} goes', token.start, found[end].end, ';'
    elif following == '(':
        yield 'the call goes', token.start, found[end].end, ';'
    elif following in ('->', '['):
        yield 'the assignment goes', token.start, found[end].end, ';'


def outermost(found, at):
    """Whether the } at @at ends a function."""
    return at + 1 >= len(found) or found[at + 1].function == ''


def line_at(text, offset):
    """The line there, without a comment at its end."""
    begin = text.rfind('\n', 0, offset) + 1
    end = text.find('\n', offset)
    return re.sub(r'\s*(/\*((?!\*/).)*(\*/)?|//[^"]*)$', '', text[begin:end if end >= 0 else None]).strip()


def mutants(file, text):
    """All of them, in the order of the file."""
    found, every, seen = tokens(text), [], collections.Counter()
    quiet = quiet_places(found)
    for at in range(1, len(found) - 1):
        token = found[at]
        if token.function == '' or token.kind == 'string':
            continue
        changes = [] if at in quiet else list(swapped(found, at)) + list(negated(found, at))
        for change, start, end, new in changes + list(left_out(found, at)):
            if isinstance(new, tuple):
                new = new[0] + text[new[1]:new[2]] + new[3]
            where = line_at(text, start)
            number = seen[token.function, where, change] = seen[token.function, where, change] + 1
            every.append(Mutant(file, token.function, text.count('\n', 0, start) + 1,
                                change + (f' (the {number}.)' if number > 1 else ''),
                                where, start, end, new))
    return every


def apply(text, mutant):
    return text[:mutant.start] + mutant.new + text[mutant.end:]


def key(mutant):
    """Stays as it is while the line does, wherever it moves to."""
    return f'{mutant.file} {mutant.function}: {mutant.change}: {mutant.text}'
