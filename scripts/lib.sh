# shellcheck shell=bash
# Sourced by scripts/run, scripts/test and .ci/run: packages, a display where there is no screen, tidying up.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# need GROUP...: installs what is missing of these groups, or ends and says what to install.
# Groups: window (a program with a window), xvfb (a window without a screen), test, ci. All of them can build.
need() {
  local group packages=() commands=() missing
  for group in build "$@"; do
    case $group in
      build)
        command -v cargo >/dev/null || PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
        command -v cargo >/dev/null || die "Please install Rust first: https://rustup.rs"
        command -v cc >/dev/null || packages+=(gcc libc6-dev)
        [[ $(uname -s) == *NT* ]] || commands+=(cc) ;;
      window)
        # The first has the certificates that pages of the web are checked by.
        packages+=(ca-certificates libegl1 libgl1 libgl1-mesa-dri libwayland-client0 libwayland-egl1 libx11-xcb1
          libxcursor1 libxi6 libxkbcommon-x11-0 libxrandr2) ;;
      xvfb)
        packages+=(imagemagick openbox x11-utils x11-xkb-utils xclip xdotool xkb-data xvfb)
        commands+=(import openbox setxkbmap xclip xdotool xprop Xvfb) ;;
      ci) packages+=(jing python3-pip shellcheck) commands+=(shellcheck) ;;
      test)
        packages+=(libxml2-utils)
        commands+=(xmllint) ;;
    esac
  done
  if command -v apt-get >/dev/null; then
    missing=$(without "$(installed "${packages[@]}")" "${packages[@]}")
    # shellcheck disable=SC2086 # One word a package.
    [[ -z $missing ]] || install_packages $missing
  else
    missing=$(without "$(compgen -c)" "${commands[@]-}")
    [[ -z $missing ]] || die "Please install what provides these commands: ${missing//$'\n'/ }"
  fi
}

install_packages() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "Please install these packages first: $*"
    apt=(sudo "${apt[@]}")
  fi
  say "Installing packages: $*"
  "${apt[@]}" update >&2 || say "The lists of packages could not be brought up to date; going on with the old ones."
  "${apt[@]}" install -y --no-install-recommends "$@" </dev/null >"$scratch/apt.log" 2>&1 || {
    cat "$scratch/apt.log" >&2
    die "Please install these packages first: $*"
  }
}

# Those of the packages that are installed.
installed() {
  dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | sed -n 's/ installed$//p'
}

# without "LINES" WORD...: the words that are not among the lines.
without() {
  local lines=$1
  shift
  printf '%s\n' "$@" | grep -vxF -- "$lines" || true
}

# Ends what `started` names and removes `scratch`, whatever the script dies of.
started=()
scratch=$(mktemp -d)
tidy_up() {
  local at
  for ((at = ${#started[@]} - 1; at >= 0; at--)); do
    kill "${started[at]}" 2>/dev/null || true
    wait "${started[at]}" 2>/dev/null || true
  done
  rm -rf "$scratch"
}
trap tidy_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# until_true SECONDS COMMAND...: repeats the command until it succeeds, or fails when the time is over.
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || return 1
    sleep 0.05
  done
}

# Starts an X server without a screen, with a window manager, and exports DISPLAY. Programs see empty user folders,
# so that nothing of this machine's user is read or changed.
start_display() {
  local number log=$scratch/display.log
  exec {answer}< <(exec Xvfb -displayfd 1 -screen 0 1280x800x24 -nolisten tcp 2>"$log")
  started+=($!)
  read -r -t 30 number <&"$answer" || die "Xvfb did not start: $(cat "$log")"
  export DISPLAY=:$number
  unset WAYLAND_DISPLAY WAYLAND_SOCKET DBUS_SESSION_BUS_ADDRESS
  export XDG_CONFIG_HOME=$scratch/config XDG_DATA_HOME=$scratch/data XDG_STATE_HOME=$scratch/state \
    XDG_CACHE_HOME=$scratch/cache XDG_RUNTIME_DIR=$scratch/runtime
  mkdir -m 700 "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR"
  openbox >>"$log" 2>&1 &
  started+=($!)
  until_true 30 has_window_manager || die "openbox did not start: $(cat "$log")"
}

has_window_manager() {
  xprop -root _NET_SUPPORTING_WM_CHECK | grep -q 'window id'
}
