#!/usr/bin/env bash
# Build the wheel, install it into an empty environment outside the checkout, and use the `heyi` command there.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
python=${HEYI_PYTHON:-$root/.venv/bin/python}
place=$(mktemp -d "${TMPDIR:-/tmp}/heyi-wheel.XXXXXX")
server=
finish() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$place"
}
trap finish EXIT

# hatchling builds in place with what the environment has: nothing is fetched for it.
"$python" -c 'import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])' "$place" >/dev/null
wheel=$(echo "$place"/heyi-*.whl)

"$python" - "$wheel" <<'PY'
import sys, zipfile
names = zipfile.ZipFile(sys.argv[1]).namelist()
for wanted in ("web/static/heyi.css", "web/layout.html", "web/locale/en/LC_MESSAGES/heyi.mo", "web/cli.py"):
    assert wanted in names, f"{wanted} is not in the wheel"
strangers = [n for n in names if n.split("/")[0] not in {"community", "deliberation", "mediation", "web"}]
assert all(".dist-info/" in n for n in strangers), f"strangers in the wheel: {strangers}"
PY

"$python" -m venv "$place/env"
if command -v uv >/dev/null; then
  uv pip install --quiet --python "$place/env/bin/python" --require-hashes -r requirements.lock
  uv pip install --quiet --python "$place/env/bin/python" --no-deps "$wheel"
else
  "$place/env/bin/pip" install -qq --no-compile --disable-pip-version-check --require-hashes -r requirements.lock
  "$place/env/bin/pip" install -qq --no-compile --disable-pip-version-check --no-deps "$wheel"
fi

cd "$place"
export HEYI_MODE=development HEYI_HOME="$place/var" PYTHONSAFEPATH=1
heyi=$place/env/bin/heyi
"$heyi" --help >/dev/null
"$heyi" migrate >/dev/null
"$heyi" demo --quiet >/dev/null
port=$("$python" -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$heyi" serve --host 127.0.0.1 --port "$port" >serve.log 2>&1 &
server=$!
"$python" - "$port" <<'PY' || { tail -30 serve.log >&2; exit 1; }
import re, sys, time, urllib.error, urllib.request
base = f"http://127.0.0.1:{sys.argv[1]}"
def get(path):
    with urllib.request.urlopen(base + path, timeout=10) as answer:
        return answer.read()
for _ in range(150):
    try:
        home = get("/").decode()
        break
    except (urllib.error.URLError, ConnectionError):
        time.sleep(0.1)
else:
    sys.exit("the server did not answer within 15 s")
sheet = re.search(r'href="([^"]+heyi[^"]*\.css[^"]*)"', home)
assert sheet, "the first page links no stylesheet"
assert len(get(sheet[1].removeprefix(base))) > 1000, "the stylesheet is not served"
PY
printf 'the wheel serves from an empty environment: %s\n' "$(basename "$wheel")"
