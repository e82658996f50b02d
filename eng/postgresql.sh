# Sourced by eng/packages.sh and the scripts of trees: which of the installed PostgreSQL servers the extensions are built for, and how a
# tree follows one. The package daybreak sets `compiled` to the directory of extensions that are compiled already (eng/installed.sh).

pg_majors="18 17 16 15 14 13" # those that the extensions support (extension/aws_lambda/src/compat.h)
[ -z "${compiled:-}" ] || pg_majors=$(ls "$compiled" | sort -rn | tr '\n' ' ')

# takes_extensions MAJOR: whether there are headers to compile them with, or they are compiled.
takes_extensions() {
  [ -z "${compiled:-}" ] || return 0
  [ -e "/usr/lib/postgresql/$1/lib/pgxs/src/makefiles/pgxs.mk" ] && [ -e "/usr/include/postgresql/$1/server/postgres.h" ]
}

# Sets `pg_major` to the newest server that takes the extensions, otherwise to the newest one; empty when there is none. The directory of a
# major version may contain nothing but its psql.
find_postgresql() {
  local major
  pg_major=
  for major in $pg_majors; do
    [ -x "/usr/lib/postgresql/$major/bin/initdb" ] || continue
    if takes_extensions "$major"; then pg_major=$major; return; fi
    pg_major=${pg_major:-$major}
  done
}

# Prints every server that takes the extensions, newest first: clusters made with an older one keep using it.
buildable_majors() {
  local major
  for major in $pg_majors; do
    if [ -x "/usr/lib/postgresql/$major/bin/initdb" ] && takes_extensions "$major"; then printf '%s\n' "$major"; fi
  done
}

# link_all FROM TO: a link in TO for every entry of FROM, and none for what FROM has no longer.
link_all() {
  mkdir -p "$2"
  find -L "$2" -mindepth 1 -maxdepth 1 -type l -delete
  find "$1" -mindepth 1 -maxdepth 1 -exec ln -sfnt "$2" {} +
}

# trust_extensions FROM TO: of the extensions on standard input that FROM has, TO gets control files that say trusted.
trust_extensions() {
  local extension from to
  while read -r extension _; do
    from=$1/$extension.control to=$2/$extension.control
    if [ ! -e "$from" ]; then
      rm -f "$to" # a copy of one that was removed since
    elif ! grep -q '^trusted *= *true' "$from"; then
      rm -f "$to"
      { cat "$from"; printf '\ntrusted = true\n'; } > "$to"
    fi
  done
}
