"""核对一份调解卷宗 — checks an exported dossier from the file alone: python3 -I dossier_verifier.py dossier.zip

Standard library only; every hash is counted a second time on purpose. Names each file that was changed, added or is
missing. Add --manifest 12ab… (from the record or from paper) to be sure that the list itself is the one handed out.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

LIST, FORM = "manifest.json", "heyi.dossier.1"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def opened(path: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        names = [each.filename for each in package.infolist()]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"同名文件出现两次 (twice): {'、'.join(sorted(twice))}")
        return {name: package.read(name) for name in names}


def compared(files: dict[str, bytes], listed: dict[str, str]) -> Iterator[str]:
    for name in sorted({*files, *listed} - {LIST}):
        if name not in files:
            yield f"少了 (missing)：{name}"
        elif name not in listed:
            yield f"多出来的 (added)：{name}"
        elif sha(files[name]) != listed[name]:
            yield f"改过 (changed)：{name}"


def chained(files: dict[str, bytes], told: dict[str, Any]) -> Iterator[str]:
    about = json.loads(files["metadata.json"])
    chain, papers = told["chain"], about["papers"]
    if about["chain"] != chain or about["number"] != told["number"]:
        yield "对不上：metadata.json 和 manifest.json 说的不是同一卷 (not the same dossier)"
    rows = [[each["leaf"], each["n"], each["sha256"]] for each in papers]
    if sha(canonical([about["case"], *rows])) != chain["manifest"]:
        yield "改过 (changed)：metadata.json 里的卷内目录和归档时的不一样"
    if sha(canonical([chain["before"], told["number"], chain["manifest"]])) != chain["link"]:
        yield "改过 (changed)：卷宗的链接值算不出来"
    for each in papers:
        if each["title"] not in about["changed"] and sha(files.get(each["file"], b"")) != each["sha256"]:
            yield f"和归档时不一样 (not as archived)：{each['file']}"


def faults(files: dict[str, bytes]) -> Iterator[str]:
    if LIST not in files:
        yield f"少了 (missing)：{LIST}"
        return
    told = json.loads(files[LIST])
    if told.get("form") != FORM:
        yield f"看不懂的清单 (unknown form)：{told.get('form')}"
        return
    yield from compared(files, told["files"])
    if "metadata.json" in files:
        yield from chained(files, told)


def main() -> int:
    ask = argparse.ArgumentParser(description="核对一份调解卷宗 (check a dossier)")
    ask.add_argument("file")
    ask.add_argument("--manifest", default="", help="清单的校验值 (hash of the list)")
    chosen = ask.parse_args()
    try:
        files = opened(chosen.file)
        found = list(faults(files))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as why:
        print(f"打不开 (cannot be read)：{why}")
        return 1
    root = sha(files.get(LIST, b""))
    if chosen.manifest and chosen.manifest.strip().lower() != root:
        found.append(f"清单换过 (another list)：{LIST}")
    print(f"清单校验值 (manifest) {root}")
    for fault in found:
        print(fault)
    if found:
        return 1
    told = json.loads(files[LIST])
    print(f"{told['number']}：{len(told['files'])} 个文件全部相符 (all files agree)。链接值 {told['chain']['link']}")
    changed = json.loads(files["metadata.json"])["changed"]
    if changed:
        print(f"注意：导出时已和归档时不一样的文书 (changed before the export)：{'、'.join(changed)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
