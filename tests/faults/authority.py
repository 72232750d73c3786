# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate authority of our own, made by openssl, and what it certifies:
good certificates, and each kind that must be refused.

    authority = Authority(folder)
    certificate = authority.issue('localhost')     # .chain, .key: paths
    authority.trust                                # the path of its own certificate
"""

import collections
import datetime
import pathlib
import subprocess

Certificate = collections.namedtuple('Certificate', 'chain key')

CONFIG = """
[ca]
default_ca = ours
[ours]
database = {folder}/index
serial = {folder}/serial
new_certs_dir = {folder}
certificate = {folder}/ca.pem
private_key = {folder}/ca.key
default_md = sha256
policy = any
unique_subject = no
copy_extensions = none
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
"""

SERVER = """
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = {names}
"""


def openssl(*arguments):
    subprocess.run(['openssl', *map(str, arguments)], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def alternative(name):
    return ('IP:' if name.replace('.', '').isdigit() else 'DNS:') + name


def moment(days):
    """As openssl ca wants it, so many days from now."""
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return when.strftime('%Y%m%d%H%M%SZ')


class Authority:
    def __init__(self, folder, name='Test authority'):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.trust = self.folder / 'ca.pem'
        self.config = self.folder / 'openssl.cnf'
        self.config.write_text(CONFIG.format(folder=self.folder))
        (self.folder / 'index').touch()
        (self.folder / 'serial').write_text('1000\n')
        self.count = 0
        openssl('req', '-x509', '-config', self.config, '-extensions', 'authority', '-newkey', 'ec',
                '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', f'/CN={name}', '-days', 30,
                '-keyout', self.folder / 'ca.key', '-out', self.trust)

    def issue(self, *names, begins=-1, ends=30):
        """For hosts by these names; valid from and to so many days from now."""
        self.count += 1
        stem = self.folder / f'server-{self.count}'
        names = names or ('localhost', '127.0.0.1')
        key, request, chain = (stem.with_suffix(suffix) for suffix in ('.key', '.csr', '.pem'))
        extensions = stem.with_suffix('.ext')
        extensions.write_text(SERVER.format(names=','.join(map(alternative, names))))
        openssl('req', '-config', self.config, '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1',
                '-nodes', '-subj', f'/CN={names[0]}', '-keyout', key, '-out', request)
        openssl('ca', '-batch', '-notext', '-config', self.config, '-extfile', extensions,
                '-startdate', moment(begins), '-enddate', moment(ends), '-in', request, '-out', chain)
        return Certificate(chain, key)

    def expired(self):
        return self.issue(begins=-20, ends=-10)

    def not_yet_valid(self):
        return self.issue(begins=10, ends=20)

    def of_another_host(self):
        return self.issue('elsewhere.example')

    def by_a_stranger(self):
        """Right in all but who signed it."""
        return Authority(self.folder / 'stranger', 'Another authority').issue()
