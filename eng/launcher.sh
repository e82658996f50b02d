# Sourced by build.sh and installed.sh: what ./daybreak of a checkout and daybreak of a package have in common.

say() { printf 'daybreak: %s\n' "$*" >&2; }

exit_failure=1
exit_missing_prerequisite=3

# Lists the installed PostgreSQL: adding, replacing or removing a file in its directories changes their times.
postgresql_listing() {
  find /usr/lib/postgresql/*/bin/postgres /usr/lib/postgresql/*/lib /usr/share/postgresql/* /usr/share/postgresql/*/extension \
    /usr/include/postgresql/*/server -maxdepth 0 -printf '%p %s %T@\n' 2>/dev/null
}

# A build by root must be reachable for the unprivileged user that PostgreSQL runs as; 65534 represents any such user.
reachable_unprivileged() {
  setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$1" 2>/dev/null
}

choose_output() {
  local output
  for output in "${outputs[@]}"; do
    case $output in /var/cache/*) [ "$(id -u)" = 0 ] || continue ;; esac
    mkdir -p "$output" 2>/dev/null && [ -w "$output" ] || continue
    if [ "$(id -u)" = 0 ] && ! reachable_unprivileged "$output"; then
      rmdir "$output" 2>/dev/null
      continue
    fi
    printf '%s' "$output"
    return 0
  done
  say "no directory to build in: tried ${outputs[*]}. Set XDG_CACHE_HOME to a directory you may write to."
  return "$exit_failure"
}

# step TEXT COMMAND...: runs the command with its output in the log; on failure shows the end of the log.
step() {
  local text=$1 started=$SECONDS ticker= result
  shift
  printf 'daybreak: %s …' "$text" >&2
  printf '\n### %s\n' "$*" >> "$log"
  if [ -t 2 ]; then count_seconds "$text" "$started" 9>&- & ticker=$!; fi
  "$@" >> "$log" 2>&1 < /dev/null 9>&-
  result=$?
  [ -n "$ticker" ] && kill "$ticker" 2>/dev/null && wait "$ticker" 2>/dev/null
  if [ "$result" = 0 ]; then
    [ -n "$ticker" ] && printf '\rdaybreak: %s …' "$text" >&2
    printf ' %d s\n' "$((SECONDS - started))" >&2
  else
    printf ' failed\n' >&2
    tail -n 40 "$log" >&2
    say "$text failed; the whole log: $log"
    grep -q NU1301 "$log" && say "NuGet packages could not be fetched: the first build needs the network (https://api.nuget.org, or what NuGet.Config names)"
    return "$exit_failure"
  fi
}

# Shows progress of long steps at a terminal. Ends by itself when the script was interrupted.
count_seconds() {
  while sleep 1 && kill -0 $$ 2>/dev/null; do printf '\rdaybreak: %s … %d s' "$1" "$((SECONDS - $2))" >&2; done
}
