#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The faults of tests/lib/mutate.py are those that they say, and no others; and
tests/mutants.py finds out a test that notices none."""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import tree
from tree import tap

sys.path.insert(0, str(tree.TOP / 'tests'))

import mutate       # noqa: E402  pylint: disable=wrong-import-position
import mutants      # noqa: E402  pylint: disable=wrong-import-position


def function(*lines):
    return '#include <a.h>\n\nstatic int\nf (void)\n{\n' + ''.join(f'  {line}\n' for line in lines) + '}\n'


def changes(*lines):
    """{"change": the line(s) as they become} of a function of these lines."""
    text = function(*lines)
    return {mutant.change: mutate.apply(text, mutant)[text.index('{\n') + 2:-2].strip()
            for mutant in mutate.mutants('src/a/a.c', text)}


def expect(lines, expected):
    got = changes(*lines)
    assert got == expected, f'{got}, not {expected}'


@tap.case('turns comparisons, conditions and constants round')
def _():
    expect(['if (a < b && !c)', '  d ();', 'return e;'], {
        'the condition is negated': 'if (!(a < b && !c))\n    d ();\n  return e;',
        '< becomes <=': 'if (a <= b && !c)\n    d ();\n  return e;',
        '&& becomes ||': 'if (a < b || !c)\n    d ();\n  return e;',
        '! goes': 'if (a < b && c)\n    d ();\n  return e;',
        'the call goes': 'if (a < b && !c)\n    ;\n  return e;',
    })
    expect(['return a + 2 == TRUE;'], {
        '+ becomes -': 'return a - 2 == TRUE;', '== becomes !=': 'return a + 2 != TRUE;',
        '2 becomes 2 + 1': 'return a + (2 + 1) == TRUE;', '2 becomes 2 - 1': 'return a + (2 - 1) == TRUE;',
        'TRUE becomes FALSE': 'return a + 2 == FALSE;',
    })


@tap.case('takes any number below 0 for -1')
def _():
    expect(['a = -1;'], {'1 becomes 1 - 1': 'a = -(1 - 1);'})
    expect(['a = (gssize) -1;'], {'1 becomes 1 - 1': 'a = (gssize) -(1 - 1);'})
    assert set(changes('a = b - 1;')) == {'- becomes +', '1 becomes 1 + 1', '1 becomes 1 - 1'}
    assert set(changes('a = -2;')) == {'2 becomes 2 + 1', '2 becomes 2 - 1'}


@tap.case('leaves out calls, assignments and early returns, the last one not')
def _():
    expect(['if (a)', '  return b;', 'c->d = e;', 'return f;'], {
        'the condition is negated': 'if (!(a))\n    return b;\n  c->d = e;\n  return f;',
        'the early return goes': 'if (a)\n    ;\n  c->d = e;\n  return f;',
        'the assignment goes': 'if (a)\n    return b;\n  ;\n  return f;',
    })


@tap.case('changes no comment, text, directive, declaration, check or message')
def _():
    for line in ('/* a == b */', '// a == b', 'a = "b == c";', "a = '!';", 'char a[16];', 'int *a = &b;',
                 'g_assert (a == b);', 'assert_thread (a);', 'g_source_set_static_name (a, "b");',
                 'g_return_val_if_fail (a != NULL, FALSE);', 'g_message ("%d", a + 1);',
                 'g_autoptr (GError) error = NULL;', 'A b = { 0 };', 'g_clear_pointer (&a, g_free);', 'a = g_new0 (A, 1);', 'return -1;'):
        assert not changes(line), f'{line}: {changes(line)}'
    assert not mutate.mutants('a.c', '#define A (1 == 2)\n#if A && B\n#endif\nstatic int a = 1 + 1;\n')


@tap.case('names a mutant by its line, wherever that moves')
def _():
    first = mutate.mutants('a.c', function('a = b && c && d;'))
    moved = mutate.mutants('a.c', '/* More. */\n' + function('x = y;', 'a = b && c && d;'))
    assert [mutate.key(mutant) for mutant in first] == [mutate.key(mutant) for mutant in moved]
    assert len({mutate.key(mutant) for mutant in first}) == 2, first
    assert [mutant.line + 2 for mutant in first] == [mutant.line for mutant in moved]


@tap.case('shows what a mutant changed')
def _():
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder)
        (top / 'a.c').write_text(function('if (a', '    || b)', '  return 2;', 'return 3;'))
        by_change = {mutant.change: mutant
                     for mutant in mutate.mutants('a.c', (top / 'a.c').read_text())}
        assert mutants.diff(by_change['|| becomes &&'], top) == ['-      || b)', '+      && b)']
        assert mutants.diff(by_change['the condition is negated'], top)[0] == '-  if (a'


@tap.case('names a mutant the same whatever is said beside its line')
def _():
    bare = mutate.mutants('a.c', function('a = b && c;'))
    for comment in ('/* Why. */', '/* Why, at', '// Why.'):
        said = mutate.mutants('a.c', function(f'a = b && c; {comment}', '*/ d = e;'))
        assert mutate.key(said[0]) == mutate.key(bare[0]), mutate.key(said[0])
    # What looks like one in a text is none.
    kept = mutate.mutants('a.c', function('a = b && f ("https://c", 1);'))
    assert kept[0].text == 'a = b && f ("https://c", 1);', kept[0].text


def drawn(seed, count, *lines):
    every = mutate.mutants('a.c', function(*lines))
    return [mutate.key(mutant) for mutant in mutants.draw(every, seed, count)]


LINES = [f'if (a{number} < b) return c && d;' for number in range(50)]


@tap.case('draws the same again, by another seed another, and a part of it first')
def _():
    assert drawn(1, 30, *LINES) == drawn(1, 30, *LINES)
    assert drawn(1, 10, *LINES) == drawn(1, 30, *LINES)[:10]
    assert len(set(drawn(1, 30, *LINES))) == 30
    assert len(set(drawn(1, 30, *LINES)) & set(drawn(2, 30, *LINES))) < 15
    assert len(drawn(1, 10 ** 6, *LINES)) == len(mutate.mutants('a.c', function(*LINES)))


@tap.case('a change draws only its own mutants, for the last of the draw')
def _():
    before = drawn(1, 30, *LINES)
    added = drawn(1, 30, 'if (x < y) return z;', *LINES)
    new = [key for key in added if 'x < y' in key]
    assert [key for key in added if key not in new] == before[:30 - len(new)], added
    # What was not drawn can go, and move, and nobody sees it.
    kept = [line for line in LINES if any(line in key for key in before)]
    assert len(kept) < len(LINES)
    assert drawn(1, 30, *reversed(kept)) == before


def most(count, **given):
    options = argparse.Namespace(**{'seed': mutants.SEED, 'only': '', **given})
    return mutants.most_survivors([None] * count, options)


@tap.case('judges each of the default draw and its parts, and not each of any other')
def _():
    assert most(mutants.COUNT) == most(30) == most(1) == 0
    assert most(mutants.COUNT, seed=mutants.SEED + 1) == mutants.COUNT // 3
    assert most(30, only='src/seal') == 10
    assert most(mutants.COUNT + 3) == mutants.COUNT // 3 + 1
    assert mutants.read_seed('17') == 17 and isinstance(mutants.read_seed('random'), int)


@tap.case('takes an explanation only with its reason, and none of what is gone')
def _():
    every = mutate.mutants('a.c', function('return a == b;'))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'known.txt'
        path.write_text(f'# All.\n{mutate.key(every[0])}\n    Because\n    of that.\nsrc/gone.c f: ! goes: !a;\n    So.\n')
        known = mutants.read_known(path)
        assert known[mutate.key(every[0])] == 'Because of that.', known
        assert mutants.stale(known, every) == ['src/gone.c f: ! goes: !a;']
        path.write_text('src/a.c f: ! goes: !a;\n')
        try:
            mutants.read_known(path)
        except SystemExit:
            pass
        else:
            raise AssertionError('an explanation without a reason was taken')


def met(name, *tests):
    """The @tests, each its name and what runs in it, that a mutant of that function meets."""
    every = [mutants.Test(test, '', {}, 'store', 1, reached) for test, reached in tests]
    mutant = mutate.Mutant('src/store/a.c', name, 1, '', '', 0, 0, '')
    return sorted(test.name for test in mutants.Killers(every).order(mutant))


@tap.case('runs the tests in which the function runs, and where none is known to, all')
def _():
    tests = ('both', {('src/store/a.c', 'f'), ('src/store/a.c', 'g')}), ('one', {('src/store/a.c', 'f')}), \
            ('other', {('src/store/b.c', 'g')})
    assert met('f', *tests) == ['both', 'one']
    assert met('g', *tests) == ['both']
    assert met('g', *tests, ('unknown', None)) == ['both', 'unknown']
    assert met('h', *tests) == ['both', 'one', 'other']


SOURCE = 'int\nf (int a)\n{\n  return a > 2;\n}\n'


def run_on(test):
    """mutants.py on a program of one line, with that test."""
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder) / 'tree'
        for path, text in {'meson.build': "project('p', 'c')\nsubdir('src/store')\nsubdir('tests/store')\n",
                           'src/store/meson.build': "lib = static_library('daily-cup-store', 'a.c')\n",
                           'src/store/a.c': SOURCE,
                           'tests/store/meson.build': "test('t', executable('t', 't.c', link_with: lib), suite: 'unit')\n",
                           'tests/store/t.c': f'int f (int a);\nint main (void) {{ return !({test}); }}\n'}.items():
            (top / path).parent.mkdir(parents=True, exist_ok=True)
            (top / path).write_text(text)
        result = subprocess.run([sys.executable, tree.TOP / 'tests' / 'mutants.py', top, '--jobs', '1', '--work', folder],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return result.returncode, result.stdout


@tap.case('finds out a test that does not notice')
def _():
    code, output = run_on('f (3) && !f (2)')
    assert code == 0 and '# 3 killed, 0 survived' in output, output
    code, output = run_on('f (4)')
    assert code != 0 and '# survived: src/store/a.c:4' in output, output
    assert '+  return a >= 2;' in output, output


@tap.case('judges nothing by a test that fails on the sound program')
def _():
    code, output = run_on('f (3) == 7')
    assert code != 0 and 'On the sound program these fail' in output, output


@tap.case('a test that hangs or crashes has failed')
def _():
    for script, good in ('exit 0', True), ('exit 1', False), ('kill -SEGV $$', False), ('sleep 60', False):
        assert mutants.run_for(['/bin/sh', '-c', script], {}, 1) == good, script


tap.main()
