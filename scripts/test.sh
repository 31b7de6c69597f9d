#!/usr/bin/env bash
# Every check and every test. Stops at the first stage that fails; the last line is pytest's own.
set -euo pipefail
unset PYTHONDONTWRITEBYTECODE  # each stage imports the same tests
cd "$(dirname "$0")/.."
python=$PWD/.venv/bin/python
times=

stage() {
  local name=$1 since=$SECONDS
  shift
  printf '\n── %s\n' "$name"
  "$@" || { printf '✗ %s: failed after %s s\n' "$name" $((SECONDS - since)) >&2; exit 1; }
  printf '✓ %s: %s s\n' "$name" $((SECONDS - since))
  times+="   $name: $((SECONDS - since)) s"$'\n'
}
tests() { "$python" -m pytest -n "${HEYI_TEST_WORKERS:-2}" --dist worksteal -p no:cacheprovider "$@"; }
both_servers() { "$python" -m tests.services "$python" -m pytest -n "${HEYI_TEST_WORKERS:-2}" --dist worksteal -p no:cacheprovider "$@"; }

stage "system packages" scripts/system.sh
stage "static checks" scripts/check.sh
stage "the wheel in an empty environment" scripts/wheel.sh
export HEYI_TEST_ENGINE=sqlite
stage "tests on SQLite" tests -m "not browser and not postgres"
export HEYI_TEST_ENGINE=postgres
stage "the database tests again, on PostgreSQL with Redis" both_servers -m "(database or postgres) and not (browser or pages)"
export HEYI_TEST_ENGINE=sqlite

printf '\n── in a real browser, after\n%s' "$times"
tests -m browser
