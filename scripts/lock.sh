#!/usr/bin/env bash
# Resolve the dependencies of pyproject.toml into the two lock files: hashes, all platforms, no host names.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
  .venv/bin/python -m pip install --quiet uv
  uv=.venv/bin/uv
fi
resolve() {
  "$uv" pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 \
    --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet "$@" >/dev/null
}
resolve -o requirements.lock "${@}"
# What runs is tested in the very same versions.
resolve --group dev --constraint requirements.lock -o requirements-dev.lock "${@}"
if grep -n '://' requirements.lock requirements-dev.lock; then
  echo "a lock file names a host" >&2
  exit 1
fi
