# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two programs under test, spoken to as the kiosk does: daily-cup-send
itself, and a queue with its runs (run-queue.c), which starts it.

    with Sender(folder) as sender:
        sender.open(setup, authority)
        answer = sender.put(bundle)
        answer.error                # '' or the word of dc-delivery.h
        answer.verdicts             # {id: 'new'}
        answer.seconds
"""

import base64
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import threading
import time

from server import PATIENCE

SEND, RUN_QUEUE = (os.environ.get(name) for name in ('DAILY_CUP_SEND', 'DAILY_CUP_RUN_QUEUE'))


@dataclasses.dataclass
class Answer:
    error: str = ''
    message: str = ''
    wait: int = 0
    seconds: float = 0
    verdicts: dict = dataclasses.field(default_factory=dict)
    notes: list = dataclasses.field(default_factory=list)
    identity: dict = None
    progress: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Bundle:
    """As a queue made it, and whose it is."""

    content: bytes
    campaign: str
    tablet: str
    queue: str

    @property
    def ids(self):
        return list(records_in(self.content))

    @property
    def origin(self):
        return {'campaign': self.campaign, 'tablet': self.tablet, 'queue': self.queue}


def records_in(content):
    """{id: line} of a bundle; none where it is not whole."""
    import hashlib
    head, _, tail = content.rstrip(b'\n').rpartition(b'\n')
    try:
        trailer = json.loads(tail)
        assert trailer['sha256'] == hashlib.sha256(head + b'\n').hexdigest()
    except (ValueError, KeyError, TypeError, AssertionError):
        return {}
    lines = head.split(b'\n')
    return {json.loads(base64.b64decode(json.loads(line)['envelope']))['id']: line for line in lines}


class Program:
    """One line in, lines out; killed where the test forgets it."""

    def __init__(self, *command, **environment):
        self.process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd='/',
                                        env={**os.environ, **environment})

    def say(self, text):
        self.process.stdin.write(text.encode() + b'\n')
        self.process.stdin.flush()

    def hear(self):
        line = self.process.stdout.readline()
        if not line:
            raise EOFError(f'{self.process.args[0]} ended with {self.process.wait(PATIENCE)}')
        return json.loads(line)

    def kill(self):
        self.process.kill()
        self.process.wait(PATIENCE)

    def close(self):
        """As the kiosk does: its input ends. How long that took."""
        begun = time.monotonic()
        self.process.stdin.close()
        try:
            self.process.wait(10)
        finally:
            self.process.kill()
            self.process.stdout.close()
        return time.monotonic() - begun

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.close()


class Sender(Program):
    def __init__(self, state, *prefix, **environment):
        super().__init__(*prefix, SEND, '--state', state, **environment)
        self.number = 0

    def ask(self, command, **fields):
        self.begin(command, **fields)
        return self.end()

    def begin(self, command, **fields):
        self.number += 1
        self.begun = time.monotonic()
        self.say(json.dumps({'number': self.number, 'command': command, **fields}))

    def end(self):
        answer = Answer()
        while True:
            reply = self.hear()
            assert reply['number'] in (0, self.number), reply
            kind = reply['reply']
            if kind == 'verdict':
                assert reply['id'] not in answer.verdicts, 'two verdicts on one record'
                answer.verdicts[reply['id']] = reply['verdict']
            elif kind == 'note':
                answer.notes.append(base64.b64decode(reply['content']))
            elif kind == 'identity':
                answer.identity = {key: reply[key] for key in ('id', 'epoch', 'may_remove')}
            elif kind == 'progress':
                answer.progress.append((reply['sent'], reply['total']))
            else:
                answer.seconds = time.monotonic() - self.begun
                answer.error, answer.message = reply.get('error') or '', reply.get('message') or ''
                answer.wait = reply.get('wait') or 0
                return answer

    def open(self, setup=None, authority=None, folder=None):
        """What of it is a path is read: authority."""
        text = pathlib.Path(authority).read_text() if authority is not None else None
        answer = self.ask('open', setup=setup, authority=text, folder=folder and str(folder))
        assert answer.error == '', answer
        return self

    def credential(self, user, password):
        answer = self.ask('credential', user=user, password=password)
        assert answer.error == '', answer
        return self

    def put(self, bundle):
        return self.ask('put', **self.content_of(bundle))

    @staticmethod
    def content_of(bundle):
        return {**bundle.origin, 'content': base64.b64encode(bundle.content).decode()}

    def memory(self):
        """The most that it had so far, in bytes."""
        status = pathlib.Path(f'/proc/{self.process.pid}/status').read_text()
        return int(re.search(r'^VmHWM:\s*(\d+) kB', status, re.M).group(1)) * 1024


class Tablet(Program):
    """A queue, which lies in @folder and stays there."""

    def __init__(self, folder, state, *prefix, send=(SEND,), **environment):
        super().__init__(*prefix, RUN_QUEUE, folder, *send, '--state', state, G_DEBUG='fatal-criticals', **environment)
        self.hear()

    def ask(self, *words):
        self.say(' '.join(map(str, words)))
        return self.hear()

    def do(self, *words):
        answer = self.ask(*words)
        assert answer.get('error', '') == '', (words, answer)
        return answer

    def save(self, *numbers):
        for number in numbers:
            self.do('save', number)
        return self

    def run(self, *words):
        return self.ask('run', *words)

    def tally(self):
        return self.ask('tally')


def in_threads(*functions):
    """All at once; what they return, or the first that was raised."""
    results, problems = [None] * len(functions), []

    def call(n, function):
        try:
            results[n] = function()
        except BaseException as problem:    # pylint: disable=broad-except
            problems.append(problem)

    threads = [threading.Thread(target=call, args=pair, daemon=True) for pair in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return results
