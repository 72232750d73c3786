#!/bin/bash
# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks the layout of the C sources against .uncrustify.cfg.
#
#   tests/lint/format.sh               every .c and .h of src and tests
#   tests/lint/format.sh FILE …        only these
#   tests/lint/format.sh --fix [FILE]  mends instead of checking
#   tests/lint/format.sh --self-test   proves that it can fail, as TAP

set -euo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
config=$top/.uncrustify.cfg

# formatted FILE …: what they should look like, in $scratch/as-it-should-be/FILE.
# All at once, for a file at a time takes most of a minute.
formatted () {
  local as_it_should_be=$scratch/as-it-should-be

  rm -rf "$as_it_should_be"
  mkdir -p "$as_it_should_be"
  cp --parents -- "$@" "$as_it_should_be"
  (
    cd "$as_it_should_be"
    # An absolute path lies below this folder all the same.
    set -- "${@/#\//.\/}"
    printf '%s\n' "$@" > "$scratch/files"
    python3 "$top/tests/lint/align.py" before "$@"
    uncrustify -q -c "$config" -t "$scratch/types" -l C --replace --no-backup -F "$scratch/files"
    python3 "$top/tests/lint/align.py" after "$@"
  )
}

check () {
  local wrong=0 file

  formatted "$@"
  for file; do
    diff -u --label "$file" --label "$file (as it should be)" \
      "$file" "$scratch/as-it-should-be/$file" || wrong=$((wrong + 1))
  done
  if ((wrong > 0)); then
    echo "$wrong of $# files are not laid out right: tests/lint/format.sh --fix mends them" >&2
    return 1
  fi
}

fix () {
  local file

  formatted "$@"
  for file; do
    cmp -s "$file" "$scratch/as-it-should-be/$file" || cat "$scratch/as-it-should-be/$file" > "$file"
  done
}

not () { ! "$@"; }

tap () {
  local number=$1 name=$2

  shift 2
  if "$@" > "$scratch/log" 2>&1; then
    echo "ok $number - $name"
  else
    echo "not ok $number - $name"
    sed 's/^/# /' "$scratch/log"
  fi
}

self_test () {
  local good bad

  good=$scratch/good.c bad=$scratch/bad.c
  printf 'static int\ntwice (int   a,\n       char *b)\n{\n  return a * 2;\n}\n' > "$good"
  printf 'static int twice(int a, char* b) {\n\treturn a*2;\n}\n' > "$bad"
  echo 1..3
  tap 1 "takes a file laid out right" check "$good"
  tap 2 "finds one laid out wrong" not check "$bad"
  fix "$bad"
  tap 3 "what it mends, it takes" check "$bad"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8

# Without their names, (DcState) -1 would be a subtraction.
{
  printf '%s\n' g{boolean,char,uchar,int,uint,short,ushort,long,ulong,size,ssize,offset,pointer} \
    g{u,}int{8,16,32,64} g{float,double,unichar,constpointer} {u,}int{8,16,32,64}_t {s,}size_t off_t
  grep -rhoE --include='*.h' --include='*.c' '\bDc[A-Z]\w+' "$top/src" "$top/tests" || true
} | sort -u > "$scratch/types"

command -v uncrustify > /dev/null || { echo "uncrustify is not installed" >&2; exit 1; }
# Another version lays out otherwise, and the one that counts is Debian 12's.
if [[ $(uncrustify --version) != *-0.72* ]]; then
  echo "the layout is checked with uncrustify 0.72, this is $(uncrustify --version)" >&2
  [[ ${1-} == --self-test ]] || exit 77
  echo "1..0 # SKIP needs uncrustify 0.72"
  exit 0
fi

action=check
case ${1-} in
  --fix) action=fix; shift ;;
  --self-test) self_test; exit ;;
  -*) echo "usage: ${0##*/} [--fix | --self-test] [FILE …]" >&2; exit 2 ;;
esac
if (($# > 0)); then
  files=("$@")
else
  mapfile -t files < <(cd "$top" && find src tests -name '*.[ch]' | LC_ALL=C sort)
  cd "$top"
fi
"$action" "${files[@]}"
