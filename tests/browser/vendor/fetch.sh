#!/bin/sh
# Fetch the accessibility checker that the browser tests run, exactly as pinned, and check it against vendor.sha256.
# Only for maintainers who raise the version: the result is committed, so that the tests need neither Node nor a network.
# To raise it: change the version in package.json, run `sh fetch.sh --new`, read the difference, commit.
set -eu
cd "$(dirname "$0")"

if [ "${1:-}" = --new ]; then
  npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
fi
npm ci --ignore-scripts --omit-lockfile-registry-resolved
cp node_modules/axe-core/axe.min.js axe.min.js
cp node_modules/axe-core/LICENSE axe.LICENSE.txt
rm -rf node_modules
if [ "${1:-}" = --new ]; then
  sha256sum axe.min.js axe.LICENSE.txt >vendor.sha256
fi
sha256sum -c vendor.sha256
