#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts small faults into the code that keeps pledges, and looks whether a test
notices: a mutant that all tests take is a test that is missing.

    mutants.py SOURCE [--count N] [--seed N|random] [--only TEXT] [--jobs N] [--work FOLDER]

Each mutant is built in a copy of the tree and run against those unit tests of
its folder, then of the folders above, in which its function runs at all; the
first that fails, crashes or hangs has killed it. mutants-known.txt explains
those that may live. DAILY_CUP_SCALE multiplies the number, DAILY_CUP_MUTANTS is the number.

The draw is the same each time, and hardly another when the code changes: those
with the lowest hash of the seed and the mutant's own text. Of the draw by the
default seed, and of any part of it, each mutant is judged. Another seed, here
or in DAILY_CUP_SEED, looks further: it lists what survives, and fails where that
is over a third.
"""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import queue
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / 'lib'))

import mutate      # noqa: E402  pylint: disable=wrong-import-position
import tap         # noqa: E402  pylint: disable=wrong-import-position

# Each folder, and whose tests can see a change in it: its own first.
FOLDERS = {
    'store': ['store'],
    'seal': ['seal', 'open', 'record', 'pack', 'store'],
    'open': ['open', 'record'],
    'record': ['record', 'open', 'store'],
}
COUNT = 300
# Whose draw is judged mutant by mutant.
SEED = 1
# Seconds that a test may take on the sound program.
SLOWEST_TEST = 60

# reached: the (file, function) that run in it; None where that is not known
Test = collections.namedtuple('Test', 'name program environment folder seconds reached')
# verdict: killed, survived, not compiled; by: the name of the test
Outcome = collections.namedtuple('Outcome', 'mutant verdict by seconds')


def all_mutants(source):
    every = []
    for folder in FOLDERS:
        for path in sorted((source / 'src' / folder).glob('*.c')):
            every += mutate.mutants(str(path.relative_to(source)), path.read_text(encoding='utf-8'))
    return every


def draw(every, seed, count):
    """The @count of @every with the lowest hash of @seed and their key. A line
    that changes takes its own mutants out of the draw, or puts them in, and
    no others but as many at the end; a smaller draw is the beginning of a
    larger one."""
    def rank(mutant):
        return hashlib.sha256(f'{seed} {mutate.key(mutant)}'.encode()).digest()
    return sorted(every, key=rank)[:count]


def most_survivors(chosen, options):
    """How many of @chosen may survive unexplained: none of the default draw or a
    part of it. Of others nobody has looked at each; that few enough survive
    shows that the machinery works and the tests look."""
    judged = options.seed == SEED and not options.only and len(chosen) <= COUNT
    return 0 if judged else len(chosen) // 3


def read_known(path):
    """{key: reason}: a key at the margin, its reason indented below."""
    known, current = {}, None
    for number, line in enumerate(path.read_text(encoding='utf-8').split('\n') if path.exists() else [], 1):
        if line.startswith('#') or not line.strip():
            continue
        if not line.startswith(' '):
            current = line.strip()
            known[current] = ''
        elif current is None:
            raise SystemExit(f'{path}:{number}: a reason of nothing')
        else:
            known[current] = f'{known[current]} {line.strip()}'.strip()
    for current in (key for key, reason in known.items() if not reason):
        raise SystemExit(f'{path}: no reason: {current}')
    return known


def stale(known, every):
    """The keys of @known that name no mutant any more."""
    keys = {mutate.key(mutant) for mutant in every}
    return [key for key in known if key not in keys]


def limit_resources():
    """A mutant that eats the machine is a killed one."""
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, 1 << 28))
    resource.setrlimit(resource.RLIMIT_DATA, (1 << 31, 1 << 31))


def run_for(command, environment, seconds):
    """Whether @command came to a good end in that time."""
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, preexec_fn=limit_resources) as process:
        try:
            return process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


class Tree:
    """A copy of the tree, to be broken, and its build folder."""

    def __init__(self, source, folder, *options):
        self.source, self.build, self.scratch = folder / 'source', folder / 'build', folder / 'tmp'
        self.scratch.mkdir(parents=True)
        shutil.copytree(source, self.source, symlinks=True,
                        ignore=shutil.ignore_patterns('.git', 'build*', '__pycache__', '.cache'))
        compiler = 'ccache gcc' if shutil.which('ccache') else 'gcc'
        subprocess.run(['meson', 'setup', self.build, self.source, '-Doptimization=0', '-Ddebug=false', '-Dc_args=-w',
                        *options],
                       env={**os.environ, 'CC': compiler}, stdout=subprocess.DEVNULL, check=True)

    def make(self, *targets):
        return subprocess.run(['ninja', '-C', self.build, '--quiet', *targets], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0

    def tests(self):
        """The unit tests without a window, of the folders that can see a change."""
        shown = subprocess.run(['meson', 'introspect', self.build, '--tests'], stdout=subprocess.PIPE, check=True)
        for test in json.loads(shown.stdout):
            suites = {suite.rsplit(':', maxsplit=1)[-1] for suite in test['suite']}
            parts = pathlib.PurePath(os.path.relpath(test['cmd'][0], self.build)).parts
            if 'unit' not in suites or suites & {'display', 'long-only'} or parts[0] != 'tests':
                continue
            yield Test(test['name'], '/'.join(parts), test['env'], parts[1], None, None)

    def passes(self, test, seconds, **more):
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir()
        environment = {**os.environ, **test.environment, 'TMPDIR': str(self.scratch), 'HOME': str(self.scratch), **more}
        environment.pop('DAILY_CUP_LONG', None)
        return run_for([self.build / test.program], environment, seconds)

    def timed(self, test):
        """@test with the seconds it takes here; None where it fails."""
        start = time.monotonic()
        if not self.passes(test, SLOWEST_TEST):
            return None
        return test._replace(seconds=time.monotonic() - start)


class Counted(Tree):
    """A copy whose programs count what runs in them, for gcov."""

    def __init__(self, source, folder):
        super().__init__(source, folder, '-Db_coverage=true')
        self.counts = folder / 'counts'

    def reached(self, test):
        """The (file, function) that run in @test. A process that is killed or
        crashes counts nothing: what only such a one runs is missing."""
        shutil.rmtree(self.counts, ignore_errors=True)
        if not self.passes(test, 10 * SLOWEST_TEST, GCOV_PREFIX=str(self.counts)):
            return None
        files = {}
        for path in self.counts.glob(f'{str(self.build)[1:]}/src/*/*.p/*.c.gcda'):
            notes = pathlib.Path('/', path.relative_to(self.counts)).with_suffix('.gcno')
            shutil.copy(notes, path.with_suffix('.gcno'))
            files[str(path)] = f'src/{path.parts[-3]}/{path.name[:-len(".gcda")]}'
        return frozenset(counted(files))


def counted(files):
    """The (file, function) with a count above 0 in the .gcda of @files, {path:
    the name of its source}."""
    for path, name in files.items():
        shown = subprocess.run(['gcov', '--json-format', '--stdout', path], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, check=True)
        for source in json.loads(shown.stdout)['files']:
            for function in source['functions']:
                if function['execution_count'] > 0:
                    yield name, function['name']


class Killers:
    """Which test to run first: the one that killed most of this file's mutants
    for its time."""

    def __init__(self, tests):
        self.tests = tests
        self.kills = collections.Counter()

    def order(self, mutant):
        """Those that run the function. Where none is known to, any may."""
        folders = FOLDERS[pathlib.PurePath(mutant.file).parts[1]]
        able = [test for test in self.tests if test.folder in folders]
        sure = [test for test in able if test.reached is None or (mutant.file, mutant.function) in test.reached]

        def worth(test):
            kills = self.kills[test.name, mutant.file] + 0.1 * self.kills[test.name, test.folder] + 0.1
            return -kills / (test.seconds + 0.2)
        return sorted(sure or able, key=lambda test: (test.folder != folders[0], worth(test)))

    def note(self, mutant, test):
        self.kills[test.name, mutant.file] += 1
        self.kills[test.name, test.folder] += 1


def examine(tree, mutant, killers):
    """Builds the mutant, looks for a test that fails, and mends the copy."""
    path, start = tree.source / mutant.file, time.monotonic()
    sound = path.read_text(encoding='utf-8')
    folder = pathlib.PurePath(mutant.file).parts[1]
    verdict, by = 'survived', ''
    path.write_text(mutate.apply(sound, mutant), encoding='utf-8')
    try:
        if not tree.make(f'src/{folder}/libdaily-cup-{folder}.a'):
            return Outcome(mutant, 'not compiled', '', time.monotonic() - start)
        for test in killers.order(mutant):
            if not tree.make(test.program) or not tree.passes(test, 3 + 6 * test.seconds):
                verdict, by = 'killed', test.name
                killers.note(mutant, test)
                break
    finally:
        path.write_text(sound, encoding='utf-8')
    return Outcome(mutant, verdict, by, time.monotonic() - start)


def prepare(source, work, jobs):
    """The copies, built, and the tests that must pass in them, timed, with what
    they reach."""
    trees = [Tree(source, work / str(number)) for number in range(jobs)]
    found = list(trees[0].tests())
    wanted = {folder for folders in FOLDERS.values() for folder in folders}
    found = [test for test in found if test.folder in wanted]
    counting = Counted(source, work / 'counted')
    for tree in trees + [counting]:
        if not tree.make(*(test.program for test in found)):
            raise SystemExit('The sound program does not build.')
    # Once more what failed: a machine that is busy may be to blame.
    timed = [trees[0].timed(test) or trees[0].timed(test) for test in found]
    broken = [test.name for test, result in zip(found, timed) if result is None]
    if broken:
        raise SystemExit(f'On the sound program these fail, or take over {SLOWEST_TEST} s: {" ".join(broken)}')
    return trees, [test._replace(reached=counting.reached(test)) for test in timed]


def examine_all(trees, tests, chosen, told):
    """The outcome of each of @chosen; every copy of the tree is a worker."""
    killers, waiting, outcomes = Killers(tests), queue.SimpleQueue(), []
    for mutant in chosen:
        waiting.put(mutant)

    def work(tree):
        while True:
            try:
                mutant = waiting.get_nowait()
            except queue.Empty:
                return
            outcome = examine(tree, mutant, killers)
            outcomes.append(outcome)
            told(outcome, len(outcomes))
    threads = [threading.Thread(target=work, args=(tree,)) for tree in trees]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def diff(mutant, source):
    text = (source / mutant.file).read_text(encoding='utf-8')
    new = mutate.apply(text, mutant).split('\n')
    old = text.split('\n')
    last = mutant.line + mutant.new.count('\n') + (len(old) - len(new))
    return [f'-{line}' for line in old[mutant.line - 1:last]] + \
        [f'+{line}' for line in new[mutant.line - 1:last - len(old) + len(new)]]


def print_survivor(outcome, source):
    print(f'# survived: {outcome.mutant.file}:{outcome.mutant.line}')
    print(f'#   {mutate.key(outcome.mutant)}')
    for line in diff(outcome.mutant, source):
        print(f'#   {line}', flush=True)


def report(outcomes, known, source):
    """Counts aloud; the survivors that nobody explained."""
    count = collections.Counter(outcome.verdict for outcome in outcomes)
    survivors = [outcome for outcome in outcomes if outcome.verdict == 'survived']
    open_ones = [outcome for outcome in survivors if mutate.key(outcome.mutant) not in known]
    print(f'# {count["killed"]} killed, {count["survived"]} survived ({len(survivors) - len(open_ones)} explained), '
          f'{count["not compiled"]} not compiled; {sum(outcome.seconds for outcome in outcomes):.0f} s of work')
    for outcome in open_ones:
        print_survivor(outcome, source)
    return open_ones


def read_seed(text):
    return random.randrange(10 ** 6) if text == 'random' else int(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('source', type=pathlib.Path)
    parser.add_argument('--count', type=int)
    parser.add_argument('--seed', type=read_seed, default=os.environ.get('DAILY_CUP_SEED') or str(SEED),
                        help=f'a number, or "random"; {SEED} where none is given')
    parser.add_argument('--only', default='', help='mutants whose key holds this regular expression')
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--work', default='/dev/shm' if os.access('/dev/shm', os.W_OK) else None,
                        help='where the copies are made: in memory, as the tests sync a lot')
    options = parser.parse_args()
    source = options.source.resolve()
    every = all_mutants(source)
    known = read_known(source / 'tests' / 'mutants-known.txt')
    wanted = [mutant for mutant in every if re.search(options.only, mutate.key(mutant))]
    count = (options.count or int(os.environ.get('DAILY_CUP_MUTANTS') or 0)
             or max(1, round(COUNT * float(os.environ.get('DAILY_CUP_SCALE') or 1))))
    chosen = draw(wanted, options.seed, count)
    sys.argv[1:] = []

    def told(outcome, number):
        print(f'# {number}/{len(chosen)} {outcome.seconds:4.1f} s {outcome.verdict} {outcome.by}: '
              f'{mutate.key(outcome.mutant)}', flush=True)

    @tap.case(f'each of {len(chosen)} mutants is killed or explained')
    def _():
        print(f'# seed {options.seed}; {len(every)} mutants to choose from', flush=True)
        with tempfile.TemporaryDirectory(prefix='daily-cup-mutants-', dir=options.work) as folder:
            trees, tests = prepare(source, pathlib.Path(folder), options.jobs)
            outcomes = examine_all(trees, tests, chosen, told)
        open_ones = report(outcomes, known, source)
        most = most_survivors(chosen, options)
        assert len(open_ones) <= most, \
            f'{len(open_ones)} survived that tests/mutants-known.txt does not explain, at most {most}'

    @tap.case('no explanation is of a mutant that is gone')
    def _():
        gone = stale(known, every)
        assert not gone, '\n'.join(gone)

    tap.main()


if __name__ == '__main__':
    main()
