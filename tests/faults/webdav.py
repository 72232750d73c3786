# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's WebDAV servers over TLS, with one user: Apache's mod_dav, the same
with the rights of a share link that may read and create and nothing else, and
nginx.

    with Apache(authority.issue()) as server:
        server.address          # "https://127.0.0.1:PORT/dav/"
        server.root             # the folder behind it
"""

import subprocess

from server import Server

USER, PASSWORD = 'tablet', 'a word of the stall'

APACHE = """
ServerName localhost
ServerRoot {folder}
PidFile {folder}/apache.pid
Mutex file:{folder} default
DefaultRuntimeDir {folder}
ErrorLog {folder}/error.log
Listen 127.0.0.1:{port}
{modules}
LogFormat "%m %U %>s" short
CustomLog {folder}/access.log short
DavLockDB {folder}/locks
DocumentRoot {folder}/files
SSLEngine on
SSLProtocol -all +TLSv1.2 +TLSv1.3
SSLCertificateFile {folder}/server.pem
SSLCertificateKeyFile {folder}/server.key
StartServers 1
ServerLimit 2
ThreadsPerChild 8
MaxRequestWorkers 16
<Directory {folder}/files>
  Dav On
  AllowOverride None
  AuthType Basic
  AuthName daily-cup
  AuthUserFile {folder}/users
{rights}
</Directory>
{rules}
"""

ALL = '  Require valid-user'

# Nextcloud answers 403 to whoever would replace or remove with such a link, and
# 412 where If-None-Match says that it would.
READ_AND_CREATE = """  <Limit GET HEAD OPTIONS PUT MKCOL PROPFIND>
    Require valid-user
  </Limit>
  <LimitExcept GET HEAD OPTIONS PUT MKCOL PROPFIND>
    Require all denied
  </LimitExcept>"""
NO_OVERWRITE = """RewriteEngine On
RewriteCond %{REQUEST_METHOD} =PUT
RewriteCond %{HTTP:If-None-Match} !^\\*$
RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} -f
RewriteRule ^ - [F]"""

MODULES = ('mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic', 'dav', 'dav_fs',
           'mime', 'rewrite', 'socache_shmcb', 'ssl')

NGINX = """
load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
  log_format short '$request_method $uri $status';
  access_log {folder}/access.log short;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  client_max_body_size 1m;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/server.pem;
    ssl_certificate_key {folder}/server.key;
    root {folder}/files;
    location / {{
      dav_methods PUT DELETE MKCOL COPY MOVE;
      dav_ext_methods PROPFIND OPTIONS;
      auth_basic daily-cup;
      auth_basic_user_file {folder}/users;
    }}
  }}
}}
"""


class WebDav(Server):
    user_name, password = USER, PASSWORD

    @property
    def address(self):
        return f'https://127.0.0.1:{self.port}/dav/'

    @property
    def root(self):
        return self.folder / 'files' / 'dav'

    def prepare(self):
        self.root.mkdir(parents=True)
        self.set_password(PASSWORD)
        self.configure()

    def set_password(self, password):
        """Another one: that of before is revoked."""
        coded = subprocess.run(['openssl', 'passwd', '-apr1', password], check=True, capture_output=True, text=True)
        (self.folder / 'users').write_text(f'{USER}:{coded.stdout.strip()}\n')
        self.password = password

    def configure(self):
        raise NotImplementedError

    def requests(self):
        """["PUT /dav/… 201"] of what it answered."""
        return (self.folder / 'access.log').read_text().splitlines()


class Apache(WebDav):
    rights, rules = ALL, ''

    def configure(self):
        (self.folder / 'mime').touch()
        modules = '\n'.join(f'LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so' for name in MODULES)
        (self.folder / 'apache.conf').write_text(APACHE.format(
            folder=self.folder, port=self.port, modules=modules + '\nTypesConfig mime', rights=self.rights,
            rules=self.rules))

    def command(self):
        return ['/usr/sbin/apache2', '-f', self.folder / 'apache.conf', '-DFOREGROUND']


class ReadAndCreate(Apache):
    """What it has can be read and listed, and nothing of it changed."""

    rights, rules = READ_AND_CREATE, NO_OVERWRITE


class Nginx(WebDav):
    def configure(self):
        (self.folder / 'nginx.conf').write_text(NGINX.format(folder=self.folder, port=self.port))

    def command(self):
        return ['/usr/sbin/nginx', '-c', self.folder / 'nginx.conf', '-e', self.folder / 'error.log']
