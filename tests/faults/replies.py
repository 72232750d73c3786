# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replies that no destination means to give: portals, gateways, attacks. Each
is bytes as they go over the line, or an iterator of them where it is huge."""

import gzip
import io

PHRASES = {200: 'OK', 201: 'Created', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other',
           307: 'Temporary Redirect', 308: 'Permanent Redirect', 401: 'Unauthorized', 403: 'Forbidden',
           407: 'Proxy Authentication Required', 429: 'Too Many Requests', 500: 'Internal Server Error',
           502: 'Bad Gateway', 503: 'Service Unavailable', 507: 'Insufficient Storage',
           511: 'Network Authentication Required'}
PAGE = b'<!DOCTYPE html><html><head><title>Welcome</title></head><body><form>Room number</form></body></html>'
MEBIBYTE = 1 << 20


def head(code, headers):
    lines = [f'HTTP/1.1 {code} {PHRASES.get(code, "Whatever")}', *(f'{name}: {value}' for name, value in headers.items())]
    return ('\r\n'.join(lines) + '\r\n\r\n').encode()


def answer(code, body=b'', **headers):
    """Underscores in names of headers are hyphens."""
    fields = {name.replace('_', '-'): value for name, value in headers.items()}
    return head(code, {'Content-Length': len(body), **fields}) + body


def page(code=200, **headers):
    return answer(code, PAGE, Content_Type='text/html; charset=utf-8', **headers)


def login_page():
    """A Wi-Fi that wants a login says so with a 200."""
    return page()


def redirect(code, target='https://login.hotel.example/'):
    return page(code, Location=target)


def status(code, **headers):
    """With the page of HTML that servers and gateways add."""
    return page(code, **headers)


def busy(code, retry_after):
    return page(code, Retry_After=retry_after)


def json(text, code=200):
    return answer(code, text.encode(), Content_Type='application/json')


def deep_json(depth=262144):
    return answer(200, b'[' * depth, Content_Type='application/json')


def deep_xml(depth=100000, code=207):
    return answer(code, b'<?xml version="1.0"?>' + b'<a>' * depth, Content_Type='application/xml')


def entity_bomb(code=207):
    """Ten times ten times … : a gigabyte in a few hundred bytes."""
    entities = ''.join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "xxxxxxxxxx">{entities}]><d>&a9;</d>'
    return answer(code, text.encode(), Content_Type='application/xml')


def gzip_bomb(mebibytes=256):
    """A thousandth of it goes over the line."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode='wb', mtime=0) as out:
        for _ in range(mebibytes):
            out.write(bytes(MEBIBYTE))
    return answer(200, packed.getvalue(), Content_Type='application/xml', Content_Encoding='gzip')


def huge(mebibytes=256, code=200):
    """It says beforehand how much it is."""
    yield head(code, {'Content-Length': mebibytes * MEBIBYTE, 'Content-Type': 'application/xml'})
    for _ in range(mebibytes):
        yield b' ' * MEBIBYTE


def endless(code=200):
    """It does not, and never ends."""
    yield head(code, {'Transfer-Encoding': 'chunked', 'Content-Type': 'application/xml'})
    while True:
        yield b'10000\r\n' + b' ' * 65536 + b'\r\n'


def endless_head():
    yield b'HTTP/1.1 200 OK\r\n'
    while True:
        yield b'X-Filling: ' + b'x' * 1000 + b'\r\n'


def interim(code=100):
    """Interim replies without end, and no final one."""
    while True:
        yield head(code, {})


GARBAGE = b'\x00\xff\x16\x03 not HTTP at all\r\n\r\n'
