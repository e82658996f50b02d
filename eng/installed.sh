# The package daybreak has this file in the place of build.sh: the programs and the extensions are compiled, and a start only has to link the
# tree of the machine's PostgreSQL (eng/pgsql-link), once, and again when PostgreSQL or this package has changed.
#
#   $root/cli  $root/bridge      the programs
#   $root/extensions/NN          files of the extensions for PostgreSQL NN, as eng/pgsql-stage leaves them
#   $root/version                of the package
#   /var/cache/daybreak (root), ~/.cache/daybreak       pgsql: the tree; .tree: what it was made of

. "$root/eng/launcher.sh"

build=$root
compiled=$root/extensions
tree=

# Root runs nothing that an ordinary user may have made, whatever HOME says.
output_directories() {
  outputs=(/var/cache/daybreak)
  [ "$(id -u)" = 0 ] || [ -z "${XDG_CACHE_HOME:-${HOME:-}}" ] || outputs+=("${XDG_CACHE_HOME:-$HOME/.cache}/daybreak")
}

tree_listing() {
  cat "$root/version"
  postgresql_listing
}

# find_build cli|bridge|all: true when what is needed is there. Users who may not write there take what root linked.
find_build() {
  local output listing
  [ "$1" = all ] || return 0
  listing=$(tree_listing)
  output_directories
  for output in "${outputs[@]}"; do
    [ "$listing" = "$(cat "$output/.tree" 2> /dev/null)" ] && tree=$output/pgsql && return 0
  done
  return 1
}

# make_build all: links the tree. Simultaneous launches wait for each other.
make_build() {
  local output listing log result
  output=$(choose_output) || return $?
  log=$output/link.log
  exec 9> "$output/lock"
  flock 9
  if find_build "$1"; then exec 9>&-; return 0; fi
  : > "$log"
  listing=$(tree_listing)
  (umask 022 && link_trees "$output/pgsql")
  result=$?
  if [ "$result" = 0 ]; then printf '%s\n' "$listing" > "$output/.tree" && tree=$output/pgsql; fi
  exec 9>&-
  return "$result"
}

link_trees() {
  local major directory
  . "$root/eng/postgresql.sh"
  for major in $(buildable_majors); do
    step "linking PostgreSQL $major" env PG_CONFIG="/usr/lib/postgresql/$major/bin/pg_config" \
      "$root/eng/pgsql-link" "$1" "$root/extensions/$major" "$root/bridge/daybreak-bridge" || return "$exit_failure"
  done
  for directory in "$1"/usr/lib/postgresql/*/; do
    [ -x "/usr/lib/postgresql/$(basename "$directory")/bin/postgres" ] || rm -rf "$directory"
  done
}

# The program brings its .NET along. It has to know the tree.
choose_runtime() {
  [ -z "$tree" ] || export DAYBREAK_PGSQL_TREE=$tree
}
