# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader finds: the tree of one program, read over D-Bus.

Nothing is kept between two readings, so that a page that has just been
replaced, or a program that has just been killed, is never mistaken for what
is on the screen now.
"""

from dataclasses import dataclass, field

from gi.repository import Gio, GLib

ACCESSIBLE = 'org.a11y.atspi.Accessible'
COMPONENT = 'org.a11y.atspi.Component'
ROOT = '/org/a11y/atspi/accessible/root'
IN_WINDOW = 1

# Numbers of AtspiRole and of the bits of AtspiStateSet.
ROLES = {
    7: 'check box', 23: 'frame', 27: 'image', 29: 'label', 39: 'panel', 43: 'push button',
    44: 'radio button', 49: 'scroll pane', 61: 'text', 62: 'toggle button', 79: 'entry',
    83: 'heading', 116: 'static',
}
CHECKED, SENSITIVE, VISIBLE = 4, 24, 30


@dataclass
class Node:
    """One accessible object, as it was when the tree was read."""
    bus: str
    path: str
    role: str
    name: str
    states: int
    parent: 'Node' = None
    children: list = field(default_factory=list)

    def is_(self, state):
        return bool(self.states & (1 << state))

    def ancestor(self, role):
        node = self.parent
        while node is not None and node.role != role:
            node = node.parent
        return node


def plain(text):
    """The same words with every space a common one."""
    return text.replace('\u00a0', ' ').replace('\u202f', ' ')


def value(variant, *places):
    """What stands in that place of that place of a GVariant."""
    for place in places:
        variant = variant.get_child_value(place)
    return variant


def connect(address):
    flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
             | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
    connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
    connection.set_exit_on_close(False)
    return connection


class Reader:
    """Reads the accessible trees of the programs on one session bus."""

    def __init__(self, session_address):
        self.session = connect(session_address)
        address, = self.call_on(self.session, 'org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus',
                                'GetAddress')
        self.bus = connect(address)

    @staticmethod
    def call_on(connection, bus, path, interface, method, arguments=None):
        return connection.call_sync(bus, path, interface, method, arguments, None,
                                    Gio.DBusCallFlags.NONE, 20000, None).unpack()

    def call(self, bus, path, interface, method, arguments=None):
        return self.call_on(self.bus, bus, path, interface, method, arguments)

    def program(self, pid):
        """The bus name of the program with that process id, or None."""
        children, = self.call('org.a11y.atspi.Registry', ROOT, ACCESSIBLE, 'GetChildren')
        for bus, _ in children:
            try:
                owner, = self.call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus',
                                   'GetConnectionUnixProcessID', GLib.Variant('(s)', (bus,)))
            except GLib.Error:
                continue
            if owner == pid:
                return bus
        return None

    def tree(self, bus):
        """Every object of the program, parents before their children, in the
        order of the page."""
        below = self._children(bus)
        facts = self._facts(bus)
        nodes, waiting = {}, [(ROOT, None)]
        while waiting:
            path, parent = waiting.pop()
            if path not in facts or path in nodes:
                continue
            name, role, states, _ = facts[path]
            node = Node(bus, path, ROLES.get(role, str(role)), name,
                        states[0] | states[1] << 32, parent)
            nodes[path] = node
            if parent is not None:
                parent.children.append(node)
            waiting += [(child, node) for child in reversed(below.get(path, []))]
        return list(nodes.values())

    def _facts(self, bus):
        """{path: (name, role, states, number of children)}; of each object's ten
        fields only these are unpacked, which is slow."""
        answer = self.bus.call_sync(bus, '/org/a11y/atspi/cache', 'org.a11y.atspi.Cache',
                                    'GetItems', None, None, Gio.DBusCallFlags.NONE, 20000, None)
        items = answer.get_child_value(0)
        return {value(item, 0, 1).get_string(): (value(item, 6).get_string(),
                                                 value(item, 7).get_uint32(),
                                                 value(item, 9).unpack(),
                                                 value(item, 4).get_int32())
                for item in map(items.get_child_value, range(items.n_children()))}

    def _children(self, bus):
        """{path: paths of its children} of those that have any. All that the
        program knows already is asked at once, then what that leads to: one
        after another took half of a test's time. What is not in its cache yet
        comes into it when its parent is asked."""
        known = self._facts(bus)
        below = {path: [] for path, facts in known.items() if facts[3] == 0 and path != ROOT}
        asked = [ROOT, *(path for path in known if path not in below and path != ROOT)]
        while asked:
            below.update(self._ask_children(bus, asked))
            asked = list({child for children in below.values() for child in children} - set(below))
        return below

    def _ask_children(self, bus, paths):
        answers = []
        for path in paths:
            self.bus.call(bus, path, ACCESSIBLE, 'GetChildren', None, None,
                          Gio.DBusCallFlags.NONE, 20000, None,
                          lambda _, result, path=path: answers.append((path, result)))
        while len(answers) < len(paths):
            GLib.MainContext.default().iteration(True)
        return {path: self._paths_or_none(path, result) for path, result in answers}

    def _paths_or_none(self, path, result):
        """Of an object that has gone meanwhile, none; but the program itself is there."""
        try:
            return self._paths(self.bus.call_finish(result))
        except GLib.Error:
            if path == ROOT:
                raise
            return []

    @staticmethod
    def _paths(answer):
        objects = answer.get_child_value(0)
        paths = [value(objects, i, 1).get_string() for i in range(objects.n_children())]
        return [path for path in paths if not path.endswith('/null')]

    def extents(self, node):
        """(x, y, width, height) in the window's pixels."""
        answer, = self.call(node.bus, node.path, COMPONENT, 'GetExtents',
                            GLib.Variant('(u)', (IN_WINDOW,)))
        return answer

    def text(self, node):
        """What stands in a text field; what is hidden comes back as dots."""
        count = self.call(node.bus, node.path, 'org.freedesktop.DBus.Properties', 'Get',
                          GLib.Variant('(ss)', ('org.a11y.atspi.Text', 'CharacterCount')))[0]
        return self.call(node.bus, node.path, 'org.a11y.atspi.Text', 'GetText',
                         GLib.Variant('(ii)', (0, count)))[0]
