# Sourced by eng/package and eng/tarball, which set `root` and `name`. Sets what both need: `majors`, `version`, `architecture`, `scratch` and
# SOURCE_DATE_EPOCH; and has what both do.
#   ARCHITECTURE=arm64   on an amd64 machine: cross-compiles the bridge

. "$root/eng/postgresql.sh"

say() { echo "$name: $*" >&2; }

# need PROGRAM...
need() {
  local program
  for program in "$@"; do
    command -v "$program" > /dev/null || { say "$program is missing: apt-get install gcc make dpkg-dev"; exit 3; }
  done
}
need gcc make
majors=$(buildable_majors)
[ -n "$majors" ] || { say "no PostgreSQL with headers is installed: apt-get install postgresql-server-dev-15 postgresql-15"; exit 3; }

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")
case $(uname -m) in aarch64) here=arm64 ;; *) here=amd64 ;; esac
architecture=${ARCHITECTURE:-$here}
case $architecture in
  amd64) runtime=linux-x64 triple=x86_64-linux-gnu ;;
  arm64) runtime=linux-arm64 triple=aarch64-linux-gnu ;;
  *) say "no packages are built for $architecture: amd64 and arm64 are known"; exit 2 ;;
esac
tools= # the prefix of another processor's compiler
if [ "$architecture" != "$here" ]; then
  tools=$triple-
  [ -e "/usr/$triple/include/stdio.h" ] && command -v "${tools}gcc" > /dev/null ||
    { say "the compiler is missing: apt-get install gcc-$triple libc6-dev-$architecture-cross"; exit 3; }
  say "only the bridge is built for $architecture: the extensions need the headers of its PostgreSQL and are compiled where that is"
  majors=
fi
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" -c safe.directory="$root" log -1 --format=%ct 2> /dev/null || date +%s -r "$root/CHANGELOG.md")}
export SOURCE_DATE_EPOCH
scratch=$(mktemp -d "${TMPDIR:-/tmp}/daybreak-package.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
umask 022

# release_of PG_CONFIG
release_of() { "$1" --version | sed 's/^PostgreSQL \([0-9.]*\).*/\1/'; }

# glibc_of FILE...: the newest glibc that one of them asks for
glibc_of() { "${tools}objdump" -T "$@" | grep -o 'GLIBC_2\.[0-9]*' | sort -Vu | tail -n 1 | cut -d_ -f2; }

# Leaves the path of the bridge in `bridge`: BRIDGE, or one that is built now.
build_bridge() {
  bridge=${BRIDGE:-$root/artifacts/$runtime/daybreak-bridge}
  [ -z "${BRIDGE:-}" ] || return 0
  say "building the bridge"
  make -s -C "$root" RUNTIME="$runtime" CROSS="$tools" "artifacts/$runtime/daybreak-bridge" >&2
}

# compile MAJOR: the extensions, and those of the local AWS, to $scratch/build-MAJOR and $scratch/stage/MAJOR, without paths of this machine.
compile() {
  local pg_config=/usr/lib/postgresql/$1/bin/pg_config
  say "building the extensions for PostgreSQL $1"
  COPT="-g0 -ffile-prefix-map=$scratch=." PG_CONFIG=$pg_config BUILD=$scratch/build-$1 "$root/eng/pgsql-stage" "$scratch/stage/$1"
}
