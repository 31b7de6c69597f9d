#!/usr/bin/env bash
# Everything that can be said about the code without running it.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"

ruff format --check --quiet .
ruff check --quiet .
mypy community deliberation mediation web tests bench hatch_build.py | tail -40
lint-imports --no-logo 2>&1 | tail -20
djlint web --check --lint --quiet
python -m web.locale.extract --check
