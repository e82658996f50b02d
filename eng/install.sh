#!/bin/sh
# Installs the extensions aws_commons, aws_lambda and daybreak, and their bridge, for one PostgreSQL.
#
#   ./install.sh [OPTION...]
#   --pg-config PROGRAM   which PostgreSQL: its pg_config; default: the PATH's
#   --prefix DIR          the bridge, which all PostgreSQL share, is DIR/lib/daybreak/daybreak-bridge; default: /usr/local
#   --compile             compile the library, also if there is one that is compiled already
#   --dry-run             only print what would be done
#   --uninstall           remove what this script has installed for that PostgreSQL, and the bridge if no other has it
#   --help
#
# Exit codes: 1 failed, 2 unknown option, 3 something is missing.
set -eu

usage() { sed -n '2,12s/^# \{0,1\}//p' "$0"; }
say() { echo "install.sh: $*" >&2; }
missing() { say "$*"; exit 3; }

pg_config=pg_config prefix=/usr/local compile='' dry_run='' uninstall=''
while [ $# -gt 0 ]; do
  case $1 in
    --pg-config=* | --prefix=*) option=${1%%=*}; value=${1#*=}; shift; set -- "$option" "$value" "$@" ;;
  esac
  case $1 in
    --pg-config) [ $# -ge 2 ] || { usage >&2; exit 2; }; pg_config=$2; shift ;;
    --prefix) [ $# -ge 2 ] || { usage >&2; exit 2; }; prefix=$2; shift ;;
    --compile) compile=yes ;;
    --dry-run) dry_run=yes ;;
    --uninstall) uninstall=yes ;;
    -h | --help) usage; exit 0 ;;
    *) say "unknown option $1"; usage >&2; exit 2 ;;
  esac
  shift
done
case $prefix in /*) ;; *) say "--prefix must be an absolute path: $prefix"; exit 2 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
. "$here/about"

# do_it COMMAND...: runs it, or prints it.
do_it() {
  if [ -n "$dry_run" ]; then echo "$*"; else "$@"; fi
}

# not_older VERSION OTHER: true unless VERSION is older
not_older() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]; }

# 1. Which PostgreSQL.
if ! command -v "$pg_config" > /dev/null; then
  missing "there is no $pg_config. Name that of your PostgreSQL: --pg-config /usr/pgsql-17/bin/pg_config, or install it (Debian: postgresql-server-dev-NN or postgresql-client-NN, RHEL and Fedora: postgresql-devel, Alpine: postgresql-dev)"
fi
case $pg_config in
  /*) ;;
  */*) pg_config=$PWD/$pg_config ;; # make runs it in other directories
esac
server=$("$pg_config" --version) || missing "$pg_config does not say a version"
release=$(echo "$server" | sed 's/^PostgreSQL \([0-9.]*\).*/\1/')
major=${release%%.*}
library=$("$pg_config" --pkglibdir)
extensions=$("$pg_config" --sharedir)/extension
bridge=$prefix/lib/daybreak/daybreak-bridge
case $major in
  1[3-8]) ;;
  *) missing "$server is not supported: PostgreSQL 13 to 18 are" ;;
esac

# 2. Away with it.
if [ -n "$uninstall" ]; then
  for name in aws_commons aws_lambda aws_s3 daybreak; do
    for file in "$extensions/$name".control "$extensions/$name"--*.sql; do
      [ ! -e "$file" ] || do_it rm -f "$file"
    done
  done
  do_it rm -f "$library/aws_lambda.so" "$library/daybreak-bridge"
  # Each PostgreSQL that uses the bridge has a line here.
  users=$prefix/lib/daybreak/users
  if [ -e "$users" ] && grep -qvxF "$library" "$users"; then
    echo "kept: $bridge, which is used below $(grep -vxF "$library" "$users" | tr '\n' ' ')"
    [ -n "$dry_run" ] || { grep -vxF "$library" "$users" > "$users.new"; mv -f "$users.new" "$users"; }
  else
    do_it rm -f "$bridge" "$users"
    [ ! -d "$prefix/lib/daybreak" ] || do_it rmdir "$prefix/lib/daybreak"
  fi
  exit 0
fi

# 3. Whether it fits this machine.
[ "$(uname -s)" = Linux ] || missing "this is $(uname -s); Daybreak is for Linux"
[ "$(uname -m)" = "$processor" ] || missing "this archive is for $processor, and this machine is $(uname -m): take the archive for it"
glibc=$(getconf GNU_LIBC_VERSION 2> /dev/null | cut -d' ' -f2) || glibc=
[ -n "$glibc" ] || missing "this system has no glibc (Alpine has musl): build the bridge and the extensions from source there"
not_older "$glibc" "$bridge_glibc" || missing "the bridge needs glibc $bridge_glibc, and this system has $glibc: build it from source, or take a newer release of the distribution"
if command -v sha256sum > /dev/null; then
  (cd "$here" && sha256sum --quiet -c SHA256SUMS) >&2 || missing "the files are not those of the archive: unpack it again"
fi
ssl=$(find /lib* /usr/lib* -name 'libssl.so.3' -o -name 'libssl.so.1.1' 2> /dev/null | head -n 1)
[ -n "$ssl" ] || say "warning: there is no OpenSSL 3 or 1.1, which the bridge loads for https endpoints, as those of AWS are"

# 4. The library: compiled already for this major, or now.
compiled=$here/postgresql/$major
why=
if [ -n "$compile" ]; then why="--compile"
elif [ ! -e "$compiled/aws_lambda.so" ]; then why="the archive has none for PostgreSQL $major (it has: $(ls "$here/postgresql" | tr '\n' ' '))"
elif ! not_older "$release" "$(cat "$compiled/release")"; then why="that of the archive is for PostgreSQL $(cat "$compiled/release") and later ones of that major"
elif ! not_older "$glibc" "$library_glibc"; then why="that of the archive needs glibc $library_glibc"
fi
if [ -n "$why" ]; then
  echo "The library is compiled: $why"
  for program in gcc make; do
    command -v "$program" > /dev/null || missing "$program is missing, to compile the library: install gcc and make"
  done
  headers=$("$pg_config" --pgxs)
  [ -e "$headers" ] || missing "there is no $headers: install PostgreSQL's server headers (Debian: postgresql-server-dev-$major, RHEL: postgresql$major-devel, Fedora: postgresql-server-devel)"
fi

# 5. Install. Servers may run what is there: files are replaced, not overwritten.
# put MODE FILE TARGET
put() {
  do_it install -m "$1" "$2" "$3.new"
  do_it mv -f "$3.new" "$3"
}
do_it mkdir -p "$prefix/lib/daybreak" "$library" "$extensions"
if [ -n "$why" ]; then
  objects=$(mktemp -d)
  trap 'rm -rf "$objects"' EXIT
  do_it cp -R "$here/source/." "$objects"
  for name in aws_commons aws_lambda aws_s3 daybreak; do
    do_it make -s -C "$objects/extension/$name" PG_CONFIG="$pg_config" with_llvm=no all
    do_it make -s -C "$objects/extension/$name" PG_CONFIG="$pg_config" with_llvm=no DESTDIR="$objects/files" install
  done
  [ -n "$dry_run" ] || mv "$objects/files$extensions" "$objects/extension-files"
  set -- "$objects/files$library/aws_lambda.so" "$objects/extension-files"
else
  set -- "$compiled/aws_lambda.so" "$compiled/extension"
fi
for file in "$2"/*; do put 644 "$file" "$extensions/${file##*/}"; done
put 755 "$here/bridge/daybreak-bridge" "$bridge"
put 755 "$1" "$library/aws_lambda.so"
do_it ln -sfn "$bridge" "$library/daybreak-bridge"
if [ -z "$dry_run" ]; then
  grep -qxF "$library" "$prefix/lib/daybreak/users" 2> /dev/null || echo "$library" >> "$prefix/lib/daybreak/users"
  echo "Daybreak $version is installed for $server. In postgresql.conf: shared_preload_libraries = 'aws_lambda'"
  echo "After a restart: CREATE EXTENSION aws_lambda CASCADE;"
fi
