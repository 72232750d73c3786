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
        """Every object of the program, parents before their children."""
        links = []
        self._visit(bus, ROOT, None, links)
        items, = self.call(bus, '/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems')
        facts = {item[0][1]: (item[6], item[7], item[9]) for item in items}
        nodes = {}
        for path, parent in links:
            if path not in facts or (parent is not None and parent not in nodes):
                continue
            name, role, states = facts[path]
            node = Node(bus, path, ROLES.get(role, str(role)), name,
                        states[0] | states[1] << 32, nodes.get(parent))
            nodes[path] = node
            if node.parent is not None:
                node.parent.children.append(node)
        return list(nodes.values())

    def _visit(self, bus, path, parent, links):
        links.append((path, parent))
        children, = self.call(bus, path, ACCESSIBLE, 'GetChildren')
        for _, child in children:
            if not child.endswith('/null'):
                self._visit(bus, child, path, links)

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
