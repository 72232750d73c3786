# shellcheck shell=bash
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# To be sourced: installs what tests/packages.txt lists and this machine lacks.

# packages_listed FILE PART …: the lines of these parts, without comments
packages_listed () {
  local file=$1

  shift
  awk -v parts=" $* " '
    { sub (/#.*/, ""); gsub (/^[ \t]+|[ \t]+$/, "") }
    /^\[.*\]$/ { wanted = index (parts, " " substr ($0, 2, length ($0) - 2) " "); next }
    wanted && NF' "$file"
}

package_installed () {
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2> /dev/null) == installed ]]
}

# packages_missing FILE PART …: what is not there; of "a | b" any will do
packages_missing () {
  local line name

  packages_listed "$@" | while read -r line; do
    for name in ${line//|/ }; do
      package_installed "$name" && continue 2
    done
    printf '%s\n' "$line"
  done
}

# The first of "a | b" that apt can install
package_choose () {
  local name

  for name in ${1//|/ }; do
    if [[ -n $(apt-cache show --no-all-versions "$name" 2> /dev/null) ]]; then
      printf '%s\n' "$name"
      return
    fi
  done
  printf '%s\n' "${1%% *}"
}

# packages_install FILE PART …: as root or by sudo, and only where one is missing
packages_install () {
  local missing chosen=() as_root=() line

  mapfile -t missing < <(packages_missing "$@")
  ((${#missing[@]} > 0)) || return 0
  echo "Not installed yet: ${missing[*]}"
  if ((EUID != 0)); then
    as_root=(sudo -n)
    if ! sudo -n true 2> /dev/null; then
      # Asking for the password is fine for a person, not for a machine.
      if ! [[ -t 0 && -t 2 ]] || ! command -v sudo > /dev/null; then
        echo "Neither root nor able to become root: please install them first." >&2
        return 1
      fi
      as_root=(sudo)
    fi
  fi
  "${as_root[@]}" apt-get -q update || return 1
  for line in "${missing[@]}"; do
    chosen+=("$(package_choose "$line")")
  done
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends install "${chosen[@]}"
}
