#!/usr/bin/env bash
# See that what the tests drive is on this machine; install it from Debian when that is possible and permitted.
set -euo pipefail

has_postgres() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }
has_chromium() { [ -x "${HEYI_CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser; }
has_fonts() { command -v fc-list && [ -n "$(fc-list :lang=zh family)" ]; }
has_pdfsig() { command -v pdfsig; }
has_redis() { command -v redis-server || command -v valkey-server; }

missing() {
  has_chromium >/dev/null 2>&1 || echo chromium
  has_fonts >/dev/null 2>&1 || echo fontconfig fonts-noto-cjk
  has_pdfsig >/dev/null 2>&1 || echo poppler-utils
  [ -n "${HEYI_TEST_POSTGRES:-}" ] || has_postgres >/dev/null 2>&1 || echo postgresql
  [ -n "${HEYI_TEST_REDIS:-}" ] || has_redis >/dev/null 2>&1 || echo redis-server
}

wanted=$(missing | tr '\n' ' ' | sed 's/ $//')
[ -n "$wanted" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=impossible; fi
fi
if command -v apt-get >/dev/null && [ "$as_root" != impossible ]; then
  printf '安装测试所需的系统软件 · installing for the tests: %s\n' "$wanted"
  log=$(mktemp)
  # shellcheck disable=SC2086
  if ! { $as_root apt-get update -q && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $wanted; } >"$log" 2>&1 </dev/null; then
    tail -20 "$log" >&2
  fi
  rm -f "$log"
fi

left=$(missing | tr '\n' ' ' | sed 's/ $//')
if [ -n "$left" ]; then
  printf '测试还缺少：%s。请执行：sudo apt install %s\n' "$left" "$left" >&2
  printf 'The tests still lack: %s. Please run: sudo apt install %s\n' "$left" "$left" >&2
  exit 1
fi
