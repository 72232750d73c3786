# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Types on the keyboard that the program draws, key by key."""

import unicodedata

from stage import until

SPOKEN = {'@': 'At sign', '.': 'Full stop', ',': 'Comma', '-': 'Hyphen', '_': 'Underscore',
          "'": 'Apostrophe', '+': 'Plus', ' ': 'Space'}
# The key that a letter lies under, where that is not the letter without its accent.
UNDER = {'œ': 'o', 'æ': 'a', 'ø': 'o', 'ß': 's', '’': "'", '+': '-'}
SHIFTS = ('Capital letter', 'Capital letter, on')


class Keys:
    """The keys of one moment. Those of the form that is not shown are there
    too, and take no room."""

    def __init__(self, kiosk, nodes):
        self.kiosk = kiosk
        self.nodes = nodes

    def where(self, name):
        """The middle of the key of that name; None where none is shown."""
        for node in self.nodes.get(name, []):
            x, y, width, height = self.kiosk.extents(node)
            if width > 0 and height > 0:
                return x + width // 2, y + height // 2
        return None


class Finger:
    """Types on the keyboard of the screen."""

    def __init__(self, kiosk, words):
        self.kiosk = kiosk
        self.words = words

    def keys(self):
        """{name: its middle} of all that can be pressed now: one reading of the tree."""
        found = {}
        for node in self.kiosk.tree():
            if node.role == 'push button' and node.name:
                found.setdefault(node.name, []).append(node)
        return Keys(self.kiosk, found)

    def name(self, letter):
        return self.words(SPOKEN[letter]) if letter in SPOKEN else letter

    def capitals(self, letter, keys):
        """Touches the key for capitals where @letter is there in the other case;
        the keys as they are then."""
        name = self.name(letter)
        if keys.where(name) or not keys.where(name.swapcase()):
            return keys
        self.touch(keys, next(self.words(shift) for shift in SHIFTS if keys.where(self.words(shift))))
        return until(f'no “{name}”', lambda: self.with_key(name))

    def with_key(self, name):
        keys = self.keys()
        return keys if keys.where(name) else None

    def touch(self, keys, name):
        self.kiosk.stage.pointer('mousemove', *keys.where(name), 'click', 1)

    def letter(self, letter, keys=None):
        """One touch, after another on the key for capitals where it needs one."""
        name = self.name(letter)
        keys = self.capitals(letter, keys or until(
            f'no key “{name}”', lambda: self.with_key(name) or self.with_key(name.swapcase())))
        self.touch(keys, name)

    def accent(self, base, letter):
        """Holds a key and slides to one of the letters that come up."""
        pointer, name = self.kiosk.stage.pointer, self.name(letter)
        x, y = self.kiosk.where(base, 'push button')
        before = sum(node.name == name for node in self.kiosk.tree())
        pointer('mousemove', x, y, 'mousedown', 1)
        until(f'no “{letter}” comes up over “{base}”',
              lambda: sum(node.name == name for node in self.kiosk.tree()) > before)
        x, y = self.kiosk.where(name, 'push button')
        pointer('mousemove', x, y)
        pointer('mouseup', 1)

    def type(self, field, *letters):
        """Each of @letters is one, or (the key to hold, the letter to slide to)."""
        text = ''
        for letter in letters:
            if isinstance(letter, tuple):
                self.accent(*letter)
            else:
                self.letter(letter)
            text += letter[-1]
            until(lambda: f'“{field}” holds “{self.kiosk.text(field)}”, not “{text}”',
                  lambda: self.kiosk.text(field) == text)

    def next(self):
        self.kiosk.click(self.words('Next'))

    def has(self, letter, keys):
        """Whether there is a key for it, in this case or the other."""
        return keys.where(self.name(letter)) or keys.where(self.name(letter).swapcase())

    def turn(self, keys):
        """From the page of letters to the one of digits and signs, or back."""
        name = next(self.words(page) for page in ('Letters', 'Digits and signs')
                    if keys.where(self.words(page)))
        self.touch(keys, name)
        until(f'the page “{name}” does not come', lambda: not self.keys().where(name))

    def one(self, letter):
        """Touches what types it, wherever it is."""
        base = UNDER.get(letter.lower(), unicodedata.normalize('NFD', letter)[0])
        base = base.upper() if letter.isupper() else base
        for _ in range(2):
            keys = until('no keyboard', lambda: self.with_key(self.words('Delete')))
            if self.has(letter, keys):
                self.letter(letter, keys)
                return
            if base != letter and self.has(base, keys):
                self.capitals(base, keys)
                self.accent(self.name(base), letter)
                return
            self.turn(keys)
        raise AssertionError(f'no key has “{letter}”')

    def write(self, field, text):
        """The same as type (), of any text that the keyboard can write."""
        for i, letter in enumerate(text, 1):
            self.one(letter)
            until(lambda end=i: f'“{field}” holds “{self.kiosk.text(field)}”, not “{text[:end]}”',
                  lambda end=i: self.kiosk.text(field) == text[:end])
