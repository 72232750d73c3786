#!/usr/bin/python3
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window of GTK that nobody locked: what test_lockdown.py does to the program
has to work here, or it would prove nothing there."""

import os

import gi

gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402

# What GTK gives no meaning of its own: here it leaves a word.
HEARD = {'q', 'w', 'F1', 'F10', 'F11'}


def activate(application):
    Gtk.Settings.get_default().set_property('gtk-cursor-blink', False)
    window = Gtk.ApplicationWindow(application=application, title='open')
    window.set_default_size(600, 960)
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=24)
    label = Gtk.Label(label='label', selectable=True)
    for child in (Gtk.Entry(text='first'), Gtk.Entry(text='second'), label,
                  Gtk.LinkButton(uri='https://example.org/', label='link')):
        box.append(child)
    window.set_child(box)
    keys = Gtk.EventControllerKey(propagation_phase=Gtk.PropagationPhase.CAPTURE)

    def on_key(_, keyval, *__):
        if Gdk.keyval_name(keyval) in HEARD:
            label.set_label('heard ' + Gdk.keyval_name(keyval))
        return False
    keys.connect('key-pressed', on_key)
    window.add_controller(keys)
    window.present()


GLib.set_prgname('open')
app = Gtk.Application(application_id='org.dailycup.Open' + str(os.getpid()),
                      flags=Gio.ApplicationFlags.FLAGS_NONE)
app.connect('activate', activate)
app.add_action(Gio.SimpleAction.new('quit', None))
app.run()
