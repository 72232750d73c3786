# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An X server, and a look at single pixels of it that costs next to nothing."""

import ctypes
import os
import subprocess


class Screen:
    def __init__(self, width, height):
        self.width, self.height = width, height
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ['Xvfb', '-displayfd', str(write), '-screen', '0', f'{width}x{height}x24', '-nolisten', 'tcp', '-noreset'],
            pass_fds=[write], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as stream:
            self.name = ':' + stream.readline().strip()
        self.x11 = ctypes.CDLL('libX11.so.6')
        for function, result, arguments in [
                ('XOpenDisplay', ctypes.c_void_p, [ctypes.c_char_p]),
                ('XDefaultRootWindow', ctypes.c_ulong, [ctypes.c_void_p]),
                ('XGetImage', ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int,
                                                ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]),
                ('XGetPixel', ctypes.c_ulong, [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]),
                ('XDestroyImage', ctypes.c_int, [ctypes.c_void_p])]:
            getattr(self.x11, function).restype = result
            getattr(self.x11, function).argtypes = arguments
        self.display = self.x11.XOpenDisplay(self.name.encode())
        if not self.display:
            raise RuntimeError('Xvfb did not start')
        self.root = self.x11.XDefaultRootWindow(self.display)

    def pixel(self, x, y):
        image = self.x11.XGetImage(self.display, self.root, x, y, 1, 1, 0xffffffff, 2)
        if not image:
            return None
        value = self.x11.XGetPixel(image, 0, 0) & 0xffffff
        self.x11.XDestroyImage(image)
        return value

    def picture(self):
        """All of it, three bytes a pixel."""
        return subprocess.run(['import', '-silent', '-window', 'root', '-depth', '8', 'rgb:-'], check=True,
                              env=os.environ | {'DISPLAY': self.name}, stdout=subprocess.PIPE).stdout

    def close(self):
        self.server.terminate()
        self.server.wait()
