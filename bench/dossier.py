"""How long a dossier of 200 pages takes from its data to the bytes of the ZIP: python -m bench.dossier [pages]

Prints pages, seconds for the print and for the packing, and the size; ends in an error above ten seconds.
"""

import asyncio
import hashlib
import io
import json
import sys
import time
import zipfile
from typing import Any

from web.mediation.archive.printed import FORM
from web.paper import qr_drawing
from web.typeset.sheet import bound

LINE = "双方在调解员主持下核对了漏水的位置、修理的费用和以后怎样检修，各自说了意见，调解员逐条记下来请双方确认。"
LIMIT = 10.0


def told(pages: int) -> dict[str, Any]:
    """Return a dossier of about so many pages: three long records of talks and nine short papers."""
    lines = [f"{n}. {LINE}" for n in range(pages * 19 // 3)]
    papers = [{"title": f"人民调解记录 {n}", "remark": "1份", "lines": lines, "sha256": "0" * 64} for n in range(3)]
    facts = [["卷号", "（2026）幸福里居人调卷第1号"]]
    return {
        "org": "幸福里居民委员会人民调解委员会",
        "name": "人民调解卷宗",
        "title": "漏水纠纷",
        "number": "（2026）幸福里居人调卷第1号",
        "on": [2026, 5, 4],
        "cover": facts,
        "papers": papers,
        "statement": ["齐全。"],
        "checked": facts,
        "proof": facts,
        "address": "http://127.0.0.1:8000",
        "qr": qr_drawing("http://127.0.0.1:8000"),
    }


def main(pages: int) -> None:
    """Typeset and pack once with everything cold, and say how long it took."""
    begin = time.perf_counter()
    data = told(pages)
    made = asyncio.run(bound(FORM, data))
    printed = time.perf_counter()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("dossier.pdf", made)
        package.writestr("papers.json", json.dumps(data, ensure_ascii=False))
    hashlib.sha256(held.getvalue()).hexdigest()
    took = time.perf_counter() - begin
    count = made.count(b"/Type/Page/") + made.count(b"/Type /Page\n") + made.count(b"/Type/Page\n")
    print(f"pages ~{count or pages} print {printed - begin:.2f} s whole {took:.2f} s {len(held.getvalue()) // 1024} KB")
    if took > LIMIT:
        raise SystemExit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
