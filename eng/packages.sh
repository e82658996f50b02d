# Sourced by ./daybreak and ./test after build.sh. Finds the programs that this machine lacks and, if permitted, installs Debian or Ubuntu
# packages. It installs PostgreSQL without creating a cluster, and never touches existing clusters.

. "$root/eng/postgresql.sh"

# missing_packages [all|bridge]: sets `needed` to packages without which nothing, or no bridge, can be built, and `wanted` to others. Only
# looks at files, since this runs at every start.
missing_packages() {
  needed=() wanted=()
  local headers=
  if [ -z "${compiled:-}" ]; then
    headers=postgresql-server-dev
    command -v gcc > /dev/null || needed+=(gcc)
    [ -e /usr/include/stdio.h ] || needed+=(libc6-dev)
    [ "${1:-all}" = bridge ] || command -v make > /dev/null || needed+=(make)
  fi
  [ "${1:-all}" = bridge ] && return
  find_postgresql
  # Together with the server, since the headers may be those of another version.
  [ -n "$pg_major" ] && takes_extensions "$pg_major" || needed+=(postgresql $headers)
  command -v psql > /dev/null || needed+=(postgresql-client)
  command -v python3 > /dev/null || needed+=(python3)
  command -v node > /dev/null || wanted+=(nodejs)
  command -v bwrap > /dev/null || wanted+=(bubblewrap)
}

# Prints the distribution's own major version; if that is too new, the newest one it offers of ours. Empty before the first apt-get update.
offered_postgresql() {
  local major
  for major in $(apt-cache depends postgresql 2>/dev/null | sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p' | head -n 1) $pg_majors; do
    case " $pg_majors " in *" $major "*) ;; *) continue ;; esac
    if apt-cache show "postgresql-$major" > /dev/null 2>&1; then printf '%s' "$major"; return; fi
  done
}

# Debian's package names contain the major version: the installed server's if its headers are available, otherwise the offered one.
name_packages() {
  local major=$pg_major package
  [ -n "$major" ] && apt-cache show "postgresql-server-dev-$major" > /dev/null 2>&1 || major=$(offered_postgresql)
  major=${major:-$pg_major}
  packages=()
  for package in "$@"; do
    case $package in
      postgresql) package=postgresql${major:+-$major} ;;
      postgresql-server-dev) package=postgresql-server-dev-${major:-all} ;;
      postgresql-cron) package=postgresql${major:+-$major}-cron ;;
      postgresql-client) package=postgresql-client${major:+-$major} ;;
    esac
    packages+=("$package")
  done
}

# Sets `become` to the command that makes us root; fails when there is none. `ask` permits a password prompt.
find_privilege() {
  become=()
  [ "$(id -u)" = 0 ] && return 0
  command -v sudo > /dev/null || return 1
  become=(sudo)
  sudo -n true 2>/dev/null && return 0
  [ "$1" = ask ] && [ -t 0 ] && [ -t 2 ]
}

# Without this file Debian creates a cluster "main" on port 5432 and starts it. The file is removed afterwards.
install_packages() {
  local no_cluster=/etc/postgresql-common/createcluster.d/daybreak-install.conf result
  "${become[@]}" mkdir -p "${no_cluster%/*}"
  printf 'create_main_cluster = false\n' | "${become[@]}" tee "$no_cluster" > /dev/null
  step "fetching the list of packages" "${become[@]}" apt-get update -q || say "going on with the list that is here"
  name_packages "$@"
  step "installing ${packages[*]}" "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}"
  result=$?
  "${become[@]}" rm -f "$no_cluster"
  "${become[@]}" rmdir --ignore-fail-on-non-empty "${no_cluster%/*}" 2>/dev/null
  return "$result"
}

# require_programs all|bridge|all_if_possible [PACKAGE...]: installs what is missing for it. Fails when something needed stays missing; with
# all_if_possible it continues, and sets `buildable` to whether everything can be built.
require_programs() {
  local how=$1 ask=ask
  shift
  missing_packages "$how"
  needed+=("$@")
  buildable=yes
  [ ${#needed[@]} = 0 ] && [ ${#wanted[@]} = 0 ] && return 0
  # Only asks for a password when this command needs the packages.
  { [ "$how" = all_if_possible ] || [ ${#needed[@]} = 0 ]; } && ask=
  if command -v apt-get > /dev/null && find_privilege "$ask"; then
    log=$(mktemp "${TMPDIR:-/tmp}/daybreak-packages.XXXXXX")
    install_packages "${needed[@]}" "${wanted[@]}" && rm -f "$log"
    hash -r
    missing_packages "$how"
  fi
  [ ${#needed[@]} = 0 ] && [ ${#wanted[@]} = 0 ] && return 0
  name_packages "${needed[@]}" "${wanted[@]}"
  if [ ${#needed[@]} != 0 ] && [ "$how" != all_if_possible ]; then
    say "these programs are missing. Type this, then try again:"
    printf '  sudo apt-get update && sudo apt-get install %s\n' "${packages[*]}" >&2
    return "$exit_missing_prerequisite"
  fi
  [ ${#needed[@]} = 0 ] || buildable=
  say "going on without ${packages[*]}; to have them: sudo apt-get update && sudo apt-get install ${packages[*]}"
  return 0
}
