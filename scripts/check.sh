#!/usr/bin/env bash
# Everything that can be said about the code without running it.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"

ruff format --check .
ruff check .
mypy community deliberation mediation web tests bench scripts hatch_build.py
lint-imports --no-logo
# Only as a linter: its formatter puts blanks into inline macros, and blanks are words on a page.
djlint web --lint --quiet
python -m web.locale.extract --check
