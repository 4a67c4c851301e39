# SPDX-License-Identifier: GPL-3.0-or-later
#
# Where `dev` builds: on the system itself where that offers the packages, else in a private Debian 13. Sourced by dev.
#
#   prepare GROUP…   has the packages of these groups there (see packages.table)
#   inside CMD…      runs CMD there, in the current folder, as the person who called

cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/stagelift
root=$cache/debian-13
packages=$top/installer/system-packages
user=$(id -u):$(id -g)

say() { echo "dev: $*" >&2; }

# The first line says what failed, the others how to mend it.
fail() {
    say "$@"
    exit 1
}

if [[ -z ${STAGELIFT_ROOT:-} ]] && "$packages" offered; then native=yes; else native=no; fi

# What a window, a terminal and a download need to know; sudo would drop it.
kept_variables() {
    env -0 | while IFS= read -r -d '' line; do
        case ${line%%=*} in
        HOME | USER | LOGNAME | TERM | COLORTERM | LANG | CI | DISPLAY | WAYLAND_DISPLAY | XAUTHORITY | XDG_* | QT_* | \
            STAGELIFT_* | CMAKE_* | CCACHE_* | DOCKER_* | DBUS_SESSION_BUS_ADDRESS | [a-z]*_proxy | TMPDIR)
            printf '%s\0' "$line"
            ;;
        esac
    done
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        mapfile -d '' -t variables < <(kept_variables)
        sudo -- env "${variables[@]}" "$@"
    fi
}

may_be_root() { ((EUID == 0)) || command -v sudo > /dev/null; }

inside() {
    if [[ $native == yes ]]; then "$@"; else as_root "$top/installer/debian-root/enter" "$root" "$user" "$@"; fi
}

inside_as_root() {
    if [[ $native == yes ]]; then as_root "$@"; else as_root "$top/installer/debian-root/enter" "$root" 0:0 "$@"; fi
}

prepare() {
    local missing stamp=''
    if [[ $native == no ]]; then
        prepare_root
        # Nobody else removes packages there: what was found once need not be asked for again.
        stamp=$root/etc/stagelift-has-$(echo "$@" | cat - "$top/installer/packages.table" | cksum | tr ' ' -)
        [[ ! -e $stamp ]] || return 0
    fi
    missing=$(inside "$packages" missing "$@" | xargs)
    [[ -z $missing ]] || install_missing "$@"
    [[ -z $stamp ]] || as_root touch "$stamp"
}

install_missing() {
    may_be_root || fail "packages are missing and there is neither root nor sudo to install them. As root, once:" \
        $'\n  '"$(inside "$packages" command "$@")"
    say "installing: $missing"
    inside_as_root "$packages" install "$@" ||
        fail "could not install them. To see why, as root: $(inside "$packages" command "$@")"
}

# An old system is left as it is, but for debootstrap.
prepare_root() {
    may_be_root || fail "this system has no Qt 6.8, and without root and sudo no private Debian 13 can be unpacked." \
        $'\n  '"Run the same as root, have an administrator install and allow sudo, or use Debian 13, Ubuntu 25.04, Fedora 42, Arch, or a newer one."
    if [[ ! -e $root/etc/stagelift-root ]]; then
        PATH=$PATH:/usr/sbin:/sbin command -v debootstrap > /dev/null || install_debootstrap
        as_root env PATH="$PATH:/usr/sbin:/sbin" "$top/installer/debian-root/create" "$root" ||
            fail "no build environment. Free space (3 GB) and the network are what it needs; then try again."
    fi
}

install_debootstrap() {
    command -v apt-get > /dev/null ||
        fail "this system has no Qt 6.8 packages that this script knows. Install 'debootstrap' for a private Debian 13," \
            $'\n  '"or what installer/packages.table lists, and build with: cmake --preset release && cmake --build build/release"
    say "installing debootstrap, the only change to this system"
    as_root env DEBIAN_FRONTEND=noninteractive bash -c '
        install() { apt-get -qq install --yes --no-remove --no-install-recommends "$@" > /dev/null; }
        . /etc/os-release
        keys=(); [[ $ID == debian ]] || keys=(debian-archive-keyring)
        install debootstrap "${keys[@]}" 2> /dev/null || { apt-get -qq update && install debootstrap "${keys[@]}"; }' ||
        fail "could not install debootstrap. As root: apt-get update && apt-get install debootstrap"
}
