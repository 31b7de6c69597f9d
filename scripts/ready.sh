#!/usr/bin/env bash
# Make .venv hold exactly what a lock file names. Usage: scripts/ready.sh requirements.lock
# Costs nothing when the same lock was installed before: the stamp is the lock's own checksum.
set -euo pipefail
cd "$(dirname "$0")/.."

lock=$1
python=${PYTHON:-python3}

lacks() {
  printf '缺少 %s。请先安装：sudo apt install %s\n' "$1" "$2" >&2
  printf '%s is missing. Please install it first: sudo apt install %s\n' "$1" "$2" >&2
  exit 1
}

command -v git >/dev/null || lacks git git
command -v make >/dev/null || lacks make make
command -v "$python" >/dev/null || lacks "$python" python3

stamp=".venv/.installed-$lock"
mark="$(sha256sum "$lock" scripts/ready.sh) $("$python" -V) $PWD"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$mark" ]; then exit 0; fi

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  printf '%s；和议需要 Python 3.11 或更新的版本（Debian 12、Ubuntu 24.04 起自带 python3）。\n' "$("$python" -V)" >&2
  printf 'Heyi needs Python 3.11 or newer, as in the package python3 of Debian 12 and Ubuntu 24.04.\n' >&2
  printf '若已另装：make run PYTHON=python3.12 · if it has another name: make run PYTHON=python3.12\n' >&2
  exit 1
fi
uv=$(command -v uv || true)
[ -n "$uv" ] || "$python" -c 'import venv, ensurepip' 2>/dev/null || lacks "$python -m venv" python3-venv

same='import os, sys; print(sys.version_info[:2], os.path.realpath(sys.base_prefix))'
if [ "$(.venv/bin/python -c "$same" 2>/dev/null)" != "$("$python" -c "$same")" ]; then
  rm -rf .venv
  if [ -n "$uv" ]; then "$uv" venv --quiet --python "$python" .venv; else "$python" -m venv .venv; fi
fi

printf '安装 %s · installing %s\n' "$lock" "$lock"
if [ -n "$uv" ]; then
  "$uv" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
else
  .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
fi

# The project itself stays where it is: one line tells Python where, one file its version, one script is the command.
.venv/bin/python - <<'PY'
import pathlib, sysconfig, tomllib
project = tomllib.loads(pathlib.Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
packages = pathlib.Path(sysconfig.get_path("purelib"))
(packages / "heyi.pth").write_text(f"{pathlib.Path.cwd()}\n", encoding="utf-8")
card = packages / "heyi-checkout.dist-info"
card.mkdir(exist_ok=True)
(card / "METADATA").write_text(f"Metadata-Version: 2.1\nName: heyi\nVersion: {project['version']}\n", encoding="utf-8")
(card / "INSTALLER").write_text("make\n", encoding="utf-8")
command = pathlib.Path(".venv/bin/heyi")
command.write_text(
    '#!/bin/sh\nexec "$(dirname "$0")/python" -c \'from web.cli import main; main(prog_name="heyi")\' "$@"\n',
    encoding="utf-8",
)
command.chmod(0o755)
PY
printf '%s' "$mark" >"$stamp"
