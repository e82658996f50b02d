# Sourced by ./daybreak and ./test, which set `root`. Finds or makes a build of the present sources; leaves its directory in `build`:
#   cli/  bridge/  pgsql/   published programs and the private PostgreSQL tree
#   .cli  .bridge  .all     which of them are complete: the first, the first two, all; .bridge holds the hash of the bridge's own sources,
#                           .all which PostgreSQL the tree was made of
#   dotnet-root             where the .NET that they run on lies; absent when they bring it along
# A build is named after the content of its sources, so that going back to an earlier state needs no new build. When packages of
# PostgreSQL come or change, only its tree is brought up to date.

. "$root/eng/launcher.sh"

# Lists all sources that a build depends on, separated by NUL bytes.
sources() {
  find "$root/src" "$root/extension" "$root"/eng/{build.sh,pgsql-tree,pgsql-stage,pgsql-link,postgresql.sh,rds} \
    "$root"/Directory.{Build.props,Build.targets,Packages.props} "$root/global.json" \
    \( -name bin -o -name obj -o -name results -o -name tmp_check -o -name .deps \) -type d -prune -o \
    -type f ! -name '*.o' ! -name '*.so' ! -name '*.bc' ! -name 'regression.*' "$@" 2>/dev/null
}

# Hashes size and time of every source and of PostgreSQL's directories, which is cheap enough for every start.
listing_hash() {
  local hash
  hash=$({ sources -printf '%p %s %T@\n'; postgresql_listing; } | LC_ALL=C sort | sha256sum)
  printf '%s' "${hash%% *}"
}

content_hash() {
  local hash
  hash=$(cd "$root" && sources -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
  printf '%.16s' "$hash"
}

# Hashes what the bridge is made of: everything but what is named here.
bridge_hash() {
  local hash
  hash=$(cd "$root" && sources -print0 | LC_ALL=C sort -z | xargs -0 sha256sum \
    | grep -vE '/src/Daybreak\.(Cli|Cloud|DotnetRuntime)/|/extension/|/eng/(pgsql-[a-z]+|postgresql\.sh|rds/)' | sha256sum)
  printf '%.16s' "$hash"
}

# Lists where builds may be, best first: in the checkout; for the whole machine; for this user.
output_directories() {
  local name
  name=$(printf '%s' "$root" | sha256sum)
  name=daybreak/${name:0:16}
  outputs=("$root/artifacts" "/var/cache/$name")
  [ -n "${XDG_CACHE_HOME:-${HOME:-}}" ] && outputs+=("${XDG_CACHE_HOME:-$HOME/.cache}/$name")
}

# find_build cli|bridge|all: true when a finished build of the current sources exists.
find_build() {
  local output listing name
  listing=$(listing_hash)
  output_directories
  for output in "${outputs[@]}"; do
    [ -r "$output/stamp" ] || continue
    while read -r stamp name; do
      [ "$stamp" = "$listing" ] && [ -e "$output/$name/.$1" ] && build=$output/$name && return 0
    done < "$output/stamp"
  done
  return 1
}

# in_checkout COMMAND...: runs it in the checkout, since dotnet reads the global.json of its working directory, which may belong to another
# project.
in_checkout() { (cd "$root" && "$@"); }

# Sets `dotnet_root` to the directory of a .NET that has an SDK 10.
find_dotnet() {
  local candidate
  for candidate in "${DOTNET_ROOT:-}/dotnet" "$(command -v dotnet)" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet "${HOME:-}/.dotnet/dotnet"; do
    [ -x "$candidate" ] || continue
    candidate=$(readlink -f "$candidate")
    in_checkout "$candidate" --list-sdks 2>/dev/null | grep -q '^10\.' && dotnet_root=${candidate%/*} && return 0
  done
  cat >&2 <<'TEXT'
daybreak: the .NET SDK 10 is missing. It is the one thing Daybreak expects to be there.
  Download: https://dotnet.microsoft.com/download
  Debian:   wget "https://packages.microsoft.com/config/debian/$(. /etc/os-release && echo $VERSION_ID)/packages-microsoft-prod.deb"
            sudo dpkg -i packages-microsoft-prod.deb && sudo apt-get update && sudo apt-get install dotnet-sdk-10.0
  Ubuntu:   sudo apt-get update && sudo apt-get install dotnet-sdk-10.0
TEXT
  return "$exit_missing_prerequisite"
}

# PostgreSQL, and users who run what root built, cannot read inside root's home. A .NET that lies there is copied into the build.
shares_dotnet() {
  [ "$(id -u)" != 0 ] || reachable_unprivileged "$dotnet_root/dotnet"
}

# publish NAME DIRECTORY [OPTION...]
publish() {
  local name=$1 directory=$2
  shift 2
  in_checkout "$dotnet_root/dotnet" publish "$root/src/$name" -c Release -r "$runtime" -o "$directory" --artifacts-path "$output/obj" "$@" \
    --disable-build-servers -v quiet -p:HidePaths=true -p:NuGetAudit=false -p:RunAnalyzers=false -p:GenerateDocumentationFile=false
}

publish_program() {
  local shared=--no-self-contained
  if shares_dotnet; then printf '%s\n' "$dotnet_root" > "$build/dotnet-root"; else shared=--self-contained; fi
  publish Daybreak.Cli "$build/cli" "$shared" -p:PublishReadyToRun=true
}

# One native file, linked by gcc, which the extensions need as well.
publish_bridge() {
  publish Daybreak.Bridge "$build/bridge" -p:CppCompilerAndLinker=gcc
}

# Exports the DOTNET_ROOT of the programs in `build`: the .NET that built them if this user may run it, otherwise another.
choose_runtime() {
  local runtime_root
  [ -r "$build/dotnet-root" ] || return 0
  read -r runtime_root < "$build/dotnet-root"
  if [ ! -x "$runtime_root/dotnet" ]; then
    find_dotnet || return $?
    runtime_root=$dotnet_root
  fi
  export DOTNET_ROOT=$runtime_root
}

# make_build cli|bridge|all: builds what is missing. Simultaneous launches wait for each other.
make_build() {
  find_dotnet || return $?
  output=$(choose_output) || return $?
  exec 9> "$output/lock"
  if ! flock -n 9; then
    say "waiting for another build in $output"
    flock 9
    if find_build "$1"; then exec 9>&-; return 0; fi
  fi
  in_scratch build_locked "$1"
  local result=$?
  exec 9>&-
  return "$result"
}

# in_scratch COMMAND...: runs it with its own temporary directory, because compilers leave files behind, especially when interrupted.
in_scratch() {
  local result
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/daybreak-build.XXXXXX") || return "$exit_failure"
  trap 'rm -rf "$scratch"' EXIT
  TMPDIR=$scratch "$@"
  result=$?
  rm -rf "$scratch"
  trap - EXIT
  return "$result"
}

build_locked() {
  local listing content postgresql bridge earlier
  umask 022
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false MSBUILDDISABLENODEREUSE=1 \
    DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_ROOT="$dotnet_root" \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 # an SDK that came without libicu would abort; compilers need no cultures
  listing=$(listing_hash)
  content=$(content_hash)
  build=$output/$content
  log=$output/build.log
  : > "$log"
  case $(uname -m) in
    x86_64) runtime=linux-x64 ;;
    aarch64) runtime=linux-arm64 ;;
    *) say "this processor ($(uname -m)) is not supported: x86_64 or aarch64 is needed"; return "$exit_failure" ;;
  esac
  mkdir -p "$build"

  if [ ! -e "$build/.cli" ]; then
    step "building the program" publish_program || return $?
    : > "$build/.cli"
  fi
  if [ "$1" != cli ] && [ ! -e "$build/.bridge" ]; then
    bridge=$(bridge_hash)
    rm -rf "$build/bridge"
    # Compiling it takes more than a minute, and most changes are not of the bridge.
    earlier=$(grep -lxF "$bridge" "$output"/????????????????/.bridge 2> /dev/null | head -n 1)
    if [ -n "$earlier" ]; then
      cp -a --reflink=auto "${earlier%/*}/bridge" "$build/bridge" || return "$exit_failure"
    else
      step "building the bridge" publish_bridge || return $?
    fi
    printf '%s\n' "$bridge" > "$build/.bridge"
  fi
  if [ "$1" = all ] && [ "$(postgresql_listing)" != "$(cat "$build/.all" 2>/dev/null)" ]; then
    postgresql=$(postgresql_listing)
    build_trees || return $?
    printf '%s\n' "$postgresql" > "$build/.all"
  fi
  remember "$listing" "$content"
}

# Builds a tree for every major version and removes those of versions that are no longer installed. Without the newest tree nothing works;
# any other one is only needed for its own version.
build_trees() {
  local majors major tree
  majors=$(buildable_majors)
  for major in ${majors:-$pg_major}; do
    step "building the extensions for PostgreSQL $major" \
      env PG_CONFIG="/usr/lib/postgresql/$major/bin/pg_config" "$root/eng/pgsql-tree" "$build/pgsql" "$build/bridge/daybreak-bridge" && continue
    [ "$major" != "$pg_major" ] || return "$exit_failure"
    say "going on without PostgreSQL $major"
    majors=${majors//"$major"/}
  done
  for tree in "$build"/pgsql/usr/lib/postgresql/*/; do
    major=$(basename "$tree")
    case " ${majors//$'\n'/ } $pg_major " in *" $major "*) ;; *) rm -rf "$tree" ;; esac
  done
}

# Keeps the last three states, so that running programs of an earlier build keep their files.
remember() {
  local stamp name kept=
  { printf '%s %s\n' "$1" "$2"; grep -v " $2\$" "$output/stamp" 2>/dev/null | head -n 2; } > "$output/stamp.new"
  mv -f "$output/stamp.new" "$output/stamp"
  while read -r stamp name; do kept="$kept $name"; done < "$output/stamp"
  for name in "$output"/????????????????; do
    case "$kept " in *" ${name##*/} "*) ;; *) rm -rf "$name" ;; esac
  done
}
