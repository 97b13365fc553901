#!/bin/sh
# Makes the virtual environment $VENV with $PYTHON: the locked packages, this project, and the language model.
# Run by `make setup`; an environment that is there already is kept and brought up to date.
set -eu

PYTHON=${PYTHON:-python3}
VENV=${VENV:-.venv}

fail() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

make_environment() {
    command -v "$PYTHON" >/dev/null 2>&1 ||
        fail "there is no $PYTHON: install Python 3.11 to 3.13, or name one with 'make setup PYTHON=/path/to/python3'"
    version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])') ||
        fail "$PYTHON does not run"
    case $version in
        3.11 | 3.12 | 3.13) ;;
        *) fail "$PYTHON is Python $version; WhoHolds needs 3.11, 3.12 or 3.13: name one with 'make setup PYTHON=python3.11'" ;;
    esac
    # Debian and Ubuntu ship venv without ensurepip, in a package of its own.
    "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null ||
        fail "$PYTHON cannot make virtual environments: its venv module is missing." \
            "On Debian or Ubuntu run 'apt-get install python3-venv' (or python$version-venv for this one)"
    printf 'setup: making %s with Python %s\n' "$VENV" "$version"
    "$PYTHON" -m venv --clear "$VENV"
}

install() {
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}

# pip is probed too: an interrupted first run leaves an environment without it.
"$VENV/bin/python" -m pip --version >/dev/null 2>&1 || make_environment

printf 'setup: installing the locked packages (first time: a minute or two)\n'
install --require-hashes --requirement requirements/dev.txt
install --no-deps --no-build-isolation --editable .

printf 'setup: looking for the language model (33 MB where there is none)\n'
"$VENV/bin/whoholds" setup-model
