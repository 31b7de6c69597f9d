#!/bin/sh
# Fetch the one script of others that Heyi serves, exactly as pinned, and check it against vendor.sha256.
# Only for maintainers who raise the version: the result is committed, so that nobody else needs Node.
# To raise it: change the version in package.json, run `sh fetch.sh --new`, read the difference, commit.
set -eu
cd "$(dirname "$0")"

if [ "${1:-}" = --new ]; then
  npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
fi
npm ci --ignore-scripts --omit-lockfile-registry-resolved
cp node_modules/htmx.org/dist/htmx.min.js htmx.min.js
cp node_modules/htmx.org/LICENSE htmx.LICENSE.txt
rm -rf node_modules
if [ "${1:-}" = --new ]; then
  sha256sum htmx.min.js htmx.LICENSE.txt >vendor.sha256
fi
sha256sum -c vendor.sha256
