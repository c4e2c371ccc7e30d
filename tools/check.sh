#!/bin/sh
# Everything that is checked, in the order in which a mistake is cheapest to find. Stops at the first failure.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
step() { printf '\n== %s\n' "$1"; }

step "format";  $bin/ruff format --check .
step "lint";    $bin/ruff check .
step "layers";  $bin/lint-imports --no-cache 2>/dev/null || { $bin/lint-imports --no-cache; exit 1; }
step "types";   $bin/mypy
step "tests, documentation, notebook"
exec $bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder "$@"
