# Shared by the scripts of tools/: what a Debian 12 needs for building, running and testing Wuji, and how to say things.
# Sourced by sh scripts that have set `root` to the repository.

# Only what the build truly uses now; R is needed only to make the expected values of tests/reference anew.
BUILD_PACKAGES="gcc libc6-dev cmake ninja-build pkg-config zlib1g-dev libpq-dev libinih-dev libssl-dev libutf8proc-dev libjansson-dev"
RUN_PACKAGES="postgresql-common postgresql-15 postgresql-client-15"
TEST_PACKAGES="libcriterion-dev clang clang-tidy clang-format jq python3 git r-base-core r-cran-lme4 r-cran-mlmrev"
FUZZ_PACKAGES="clang libclang-rt-14-dev"

say() { printf '%s\n' "$*"; }
title() { printf '\n== %s\n' "$*"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "needs root or sudo to install: $missing"; fi
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# quietly LOG COMMAND…: runs it, its output into LOG; shows the end of LOG only if it fails.
quietly() {
  log=$1; shift
  if "$@" >"$log" 2>&1; then return 0; fi
  say "failed: $*"
  tail -n 60 "$log"
  return 1
}

apt_install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; }

# The package postgresql-15 makes and starts a cluster of its own when it comes; Wuji has its private one, so a machine
# that had none keeps none. The setting is put back afterwards.
install_server() {
  conf=/etc/postgresql-common/createcluster.conf
  apt_install postgresql-common || return 1
  before=$(mktemp) && cp "$conf" "$before" || return 1
  as_root sed -i 's/^#\{0,1\}[[:space:]]*create_main_cluster.*/create_main_cluster = false/' "$conf"
  apt_install postgresql-15; outcome=$?
  as_root cp "$before" "$conf"
  rm -f "$before"
  return $outcome
}

# install_missing PACKAGE…: asks dpkg for each, and apt only for those that are not there.
install_missing() {
  missing=""
  for package in "$@"; do is_installed "$package" || missing="$missing $package"; done
  [ -n "$missing" ] || return 0
  say "installing:$missing"
  apt_log=$(mktemp)
  quietly "$apt_log" as_root apt-get update -q || die "apt-get update failed"
  case " $missing " in
    *" postgresql-15 "*) quietly "$apt_log" install_server || die "could not install postgresql-15" ;;
  esac
  # shellcheck disable=SC2086 # a list of names
  quietly "$apt_log" apt_install $missing || die "could not install:$missing"
  rm -f "$apt_log"
}

processors() { nproc 2>/dev/null || echo 1; }

# build PRESET: configures and builds build/PRESET.
build() {
  mkdir -p "$root/build/log"
  (cd "$root" && quietly "build/log/configure-$1.log" cmake --preset "$1" ${2:-} &&
    quietly "build/log/build-$1.log" cmake --build --preset "$1" --parallel "$(processors)" -- --quiet -k 0)
}
