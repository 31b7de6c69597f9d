"""The pages of a package: a cover with its contents, and one page a section, to print or to read without the site."""

from collections.abc import Mapping
from typing import Final

from deliberation.archive.dossier import Dossier
from web.deliberation.archive.words import FIELDS, PARTS
from web.page import render

STYLE: Final = b"""body{font:16px/1.7 serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111}
h1{font-size:1.5rem}dl{display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;gap:.2rem 1rem}dt{color:#555}
dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}li{margin:.4rem 0}
.one{border-top:1px solid #bbb;padding:.4rem 0}
img{max-width:100%}code{font-size:.8em;overflow-wrap:anywhere}@media print{body{margin:0;max-width:none}a{color:#111}}
"""


def pages(found: Dossier) -> Mapping[str, bytes]:
    """Return the printable pages of a file by their names in the package."""
    parts = [(name, title, f"{number:02}-{name}.html") for number, (name, title) in enumerate(PARTS, 1)]
    made = {"style.css": STYLE, "index.html": _page("file_index", found, parts=parts, uploads=sorted(found.uploads))}
    for name, title, file in parts:
        made[file] = _page("file_part", found, title=title, data=found.sections[name], name=name)
    return made


def _page(template: str, found: Dossier, **more: object) -> bytes:
    view = {
        "matter": found.matter,
        "cover": found.sections["cover"],
        "fields": FIELDS,
        "full": found.reader.value == "full",
    }
    return render(f"deliberation/archive/{template}.html", {**view, **more}).encode()
