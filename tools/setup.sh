#!/bin/sh
# Makes everything ready that `make report`, `make test` and `make bench` need: Python 3.11 or newer, the
# packages of a lock in .venv, and Pango. What is ready stays; what is half done or out of date is done
# again. To say that all is ready takes few programs: it is said at every command.
# usage: tools/setup.sh run|test|bench     exit: 0 ready, 2 something is missing that only you can install
set -eu
unset CDPATH
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
case $0 in
*/*) cd -P "${0%/*}/.." ;;
*) cd -P .. ;;
esac
. tools/environment.sh
here=$PWD
wanted=$1
venv_python=.venv/bin/python
debian_python="python3 python3-venv"
debian_libraries="libpango-1.0-0 libpangoft2-1.0-0"

say() { printf '%s\n%s\n' "$1" "$2" >&2; }

# fail ENGLISH CHINESE REMEDY: one plain line in each language that ends with what to run.
fail() {
    say "$1: $3" "$2：$3"
    exit 2
}

# remedy python|libraries: the command that installs it with the package manager found here.
remedy() {
    for manager in apt-get dnf pacman zypper apk brew; do
        if command -v "$manager" >/dev/null 2>&1; then break; fi
        manager=none
    done
    case "$1 $manager" in
    "python apt-get") echo "sudo apt-get update && sudo apt-get install $debian_python" ;;
    "python dnf") echo "sudo dnf install python3" ;;
    "python pacman") echo "sudo pacman -S python" ;;
    "python zypper") echo "sudo zypper install python313" ;;
    "python apk") echo "apk add python3" ;;
    "python brew") echo "brew install python" ;;
    "libraries apt-get") echo "sudo apt-get update && sudo apt-get install $debian_libraries" ;;
    "libraries dnf") echo "sudo dnf install pango" ;;
    "libraries pacman") echo "sudo pacman -S pango" ;;
    "libraries zypper") echo "sudo zypper install libpango-1_0-0" ;;
    "libraries apk") echo "apk add pango fontconfig" ;;
    "libraries brew") echo "brew install pango" ;;
    *) echo "docs/set-up.md" ;;
    esac
}

# quietly COMMAND...: keeps the command's words back and shows them only if it fails.
quietly() {
    if "$@" >"$scratch/log" 2>&1 </dev/null; then return 0; fi
    cat "$scratch/log" >&2
    return 1
}

is_root() { [ "$(id -u)" = 0 ]; }

has_apt() { command -v apt-get >/dev/null 2>&1; }

# apt ARGUMENTS...: waits for another installer instead of failing, and takes only what is needed.
apt() { apt-get -qq -y -o DPkg::Lock::Timeout=120 -o APT::Install-Recommends=0 "$@"; }

# The lists at hand are tried first: they are often there, and fresh ones cost ten megabytes.
apt_install() { apt install "$@" || { apt update && apt install "$@"; }; }

# apt_own ARGUMENTS...: apt with package lists in the scratch folder, for who may not write the system's.
apt_own() { apt -o Dir::State::Lists="$scratch/lists" -o Dir::Cache="$scratch/cache" "$@"; }

# fetch APT PACKAGES...: downloads the packages, and what they need that the system lacks, to debs/.
fetch() {
    use=$1
    shift
    mkdir -p "$scratch/debs"
    pins=$("$use" -s install "$@" | sed -n 's/^Inst \([^ ]*\) .*(\([^ ]*\) .*/\1=\2/p') || return 1
    # shellcheck disable=SC2086  # the pins are words without blanks
    [ -n "$pins" ] && (cd "$scratch/debs" && "$use" download $pins)
}

fetch_with_own_lists() {
    mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"
    apt_own update && fetch apt_own "$@"
}

# unpack PACKAGES...: Debian packages without root, into .system/root, their libraries in .system/lib.
unpack() {
    fetch apt "$@" || fetch_with_own_lists "$@" || return 1
    mkdir -p .system/root .system/lib
    for deb in "$scratch"/debs/*.deb; do
        dpkg-deb -x "$deb" .system/root || return 1
    done
    for library in .system/root/lib/*/*.so.* .system/root/usr/lib/*/*.so.*; do
        if [ -e "$library" ]; then ln -sf "../${library#.system/}" .system/lib/; fi
    done
}

# suits PYTHON: it runs (a pyenv shim may not), is new enough and can make a virtual environment.
suits() { "$1" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 </dev/null; }

# Every Python on the path is tried: the first may be an old one, or a shim of a version that is gone.
first_python() {
    echo "$PATH" | tr ':' '\n' | while IFS= read -r folder; do
        for name in python3 python3.14 python3.13 python3.12 python3.11; do
            if suits "$folder/$name"; then
                echo "$folder/$name"
                return
            fi
        done
    done
}

find_python() {
    python=$(first_python)
    [ -n "$python" ]
}

can_bootstrap_pip() { "$python" -c 'import ensurepip' >/dev/null 2>&1; }

install_python() {
    if is_root && has_apt; then
        say "installing Python (about 10 MB, once) ..." "正在安装 Python（约 10 MB，仅此一次）……"
        # shellcheck disable=SC2086
        quietly apt_install $debian_python || true
    fi
}

# Debian keeps pip in a package of its own; without root it is unpacked here, and pip installs itself.
venv_without_ensurepip() {
    for wheel in /usr/share/python-wheels/pip-*.whl .system/root/usr/share/python-wheels/pip-*.whl; do
        if [ -f "$wheel" ]; then break; fi
    done
    if [ ! -f "$wheel" ]; then
        has_apt && quietly unpack python3-pip-whl || return 1
        wheel=$(echo .system/root/usr/share/python-wheels/pip-*.whl)
    fi
    quietly "$python" -m venv --without-pip .venv &&
        quietly "$venv_python" "$wheel/pip" install --no-user --no-index --no-deps "$wheel"
}

make_venv() {
    if ! find_python || { is_root && ! can_bootstrap_pip; }; then install_python; fi
    find_python || fail "Python 3.11 or newer is needed" "需要 Python 3.11 或更高版本" "$(remedy python)"
    rm -rf .venv
    if can_bootstrap_pip; then
        quietly "$python" -m venv .venv
    else
        venv_without_ensurepip
    fi || fail "Python cannot make its own folder here" "Python 无法在此建立运行环境" "$(remedy python)"
}

install_packages() {
    case $wanted in
    run) size=65 ;;
    test) size=150 ;;
    *) size=190 ;;
    esac
    say "installing the locked packages (about $size MB, once) ..." \
        "正在安装锁定版本的软件包（约 $size MB，仅此一次）……"
    quietly "$venv_python" -m pip install --quiet --no-input --no-user --disable-pip-version-check \
        --require-hashes --only-binary :all: -r "locks/$wanted.txt" || {
        say "the packages could not be installed; check the network and try again" \
            "软件包未能安装，请检查网络后重试"
        exit 2
    }
}

# The names of the libraries stand in one place, yearbook/doctor.py, which needs no package.
libraries_load() {
    "$venv_python" -c 'import sys; from yearbook import doctor; sys.exit(not doctor.libraries_load())' \
        >/dev/null 2>&1
}

install_libraries() {
    if libraries_load; then return 0; fi
    if has_apt; then
        say "installing Pango, which sets the type (about 8 MB, once) ..." \
            "正在安装排版库 Pango（约 8 MB，仅此一次）……"
        # shellcheck disable=SC2086
        if is_root; then quietly apt_install $debian_libraries; else quietly unpack $debian_libraries; fi || true
        . tools/environment.sh
    fi
    libraries_load || fail "the type-setting library Pango is needed" "需要排版库 Pango" "$(remedy libraries)"
}

# key LOCK: what a finished set-up depends on: the locks, this folder, and the Python behind .venv.
key() {
    cksum locks/run.txt "locks/$1.txt"
    printf '%s\n%s\n' "$here" "$(readlink -f "$venv_python")"
}

is_ready() { [ -x "$venv_python" ] && [ -f ".venv/ready-$1" ] && [ "$(key "$1")" = "$(cat ".venv/ready-$1")" ]; }

if is_ready "$wanted"; then exit 0; fi
# Two commands started together take turns (the lock is only read, so the file stays as it is).
if command -v flock >/dev/null 2>&1; then
    exec 9<locks/run.txt
    flock 9
    if is_ready "$wanted"; then exit 0; fi
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' HUP INT TERM
is_ready run || make_venv
rm -f .venv/ready-*
install_packages
install_libraries
# The packages of a run are among those of the tests, and these among those of the benchmarks, at the
# same versions.
key run >.venv/ready-run
if [ "$wanted" != run ]; then key test >.venv/ready-test; fi
if [ "$wanted" = bench ]; then key bench >.venv/ready-bench; fi
