# Shared by the scripts in this folder; to be sourced.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 2

# What a Debian machine with a Swift toolchain needs on top, each with its reason.
build_packages=(
  binutils       # linker
  g++            # C and C++ headers and libraries that SwiftNIO's and BoringSSL's C targets compile against
  git            # SwiftPM fetches the dependencies with it
  libc6-dev      # C headers
  libpq-dev      # the client of PostgreSQL
  libsqlite3-dev # GRDB
  pkg-config     # SwiftPM finds system libraries with it
  python3        # layer check, command-line checks, benchmarks
  tzdata         # the restaurants' time zones
  zlib1g-dev     # SwiftNIO's compression
)

# What the tests need beside that.
test_packages=(
  gcc        # compiles what makes a disk full in the fault tests
  openssl    # the certificate of the server that they connect to by TLS
  pgbouncer  # that the client works through it in transaction mode
  postgresql # the server that they start for themselves, in a temporary folder
  prometheus # promtool, and the server that scripts/test-metrics starts for itself
)

note() { printf '%s\n' "$*" >&2; }

stop() {
  note "$*"
  exit 2
}

# Prints the packages of the list that are not installed. Prints nothing where there is no dpkg.
missing_packages() {
  command -v dpkg-query >/dev/null || return 0
  local name
  for name in "$@"; do
    dpkg-query --show --showformat='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || printf '%s\n' "$name"
  done
}

# Installs those of the listed Debian packages that are missing, and says so.
install_missing() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    note "This is no Debian machine, so nothing is installed. If the build fails, look for the equivalents of: $*"
    return 0
  fi
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -eq 0 ] && return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || stop "Missing Debian packages: ${missing[*]}. Install them as root and start again."
    as_root=(sudo)
  fi
  note "Installing Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq </dev/null >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "${missing[@]}" </dev/null >&2
}

# The server that tests and benchmarks start for themselves, each in a temporary folder.
ensure_postgres() { install_missing postgresql; }

# Stops unless a new enough Swift toolchain is in PATH.
ensure_swift() {
  local version
  command -v swift >/dev/null ||
    stop "No Swift toolchain in PATH. Headwaiter needs Swift 6.2 or newer: https://www.swift.org/install/linux/"
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
  case "$version" in
    [0-5].* | 6.0 | 6.1) stop "Swift $version is too old. Headwaiter needs 6.2 or newer: https://www.swift.org/install/linux/" ;;
    "") note "The version of the Swift toolchain cannot be read; going on." ;;
  esac
}

ensure_tools() {
  install_missing "${build_packages[@]}"
  ensure_swift
}

ensure_test_tools() {
  ensure_tools
  install_missing "${test_packages[@]}"
}

# Builds the command in a configuration (debug, release) and sets HEADWAITER_BIN, unless that is set already.
ensure_binary() {
  if [ -n "${HEADWAITER_BIN:-}" ]; then
    [ -x "$HEADWAITER_BIN" ] || stop "HEADWAITER_BIN=$HEADWAITER_BIN is not a program."
    return 0
  fi
  ensure_tools
  [ -d .build ] || note "The first build takes some minutes."
  swift build -c "$1" --product headwaiter >&2
  HEADWAITER_BIN="$(swift build -c "$1" --show-bin-path)/headwaiter"
  export HEADWAITER_BIN
}
