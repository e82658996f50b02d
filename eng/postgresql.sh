# Sourced by eng/packages.sh and eng/pgsql-tree: which of the installed PostgreSQL servers the extensions are built for.

pg_majors="18 17 16 15 14 13" # those that the extensions are written for (extension/aws_lambda/src/compat.h)

pg_has_headers() {
  [ -e "/usr/lib/postgresql/$1/lib/pgxs/src/makefiles/pgxs.mk" ] && [ -e "/usr/include/postgresql/$1/server/postgres.h" ]
}

# Leaves in `pg_major` the newest server that can be built for as it is, else the newest one; empty when there is none.
# A directory of a major may also hold no more than its psql.
find_postgresql() {
  local major
  pg_major=
  for major in $pg_majors; do
    [ -x "/usr/lib/postgresql/$major/bin/initdb" ] || continue
    if pg_has_headers "$major"; then pg_major=$major; return; fi
    pg_major=${pg_major:-$major}
  done
}

# Prints every server that can be built for as it is, newest first: clusters that were made with an older one go on with it.
buildable_majors() {
  local major
  for major in $pg_majors; do
    if [ -x "/usr/lib/postgresql/$major/bin/initdb" ] && pg_has_headers "$major"; then printf '%s\n' "$major"; fi
  done
}
