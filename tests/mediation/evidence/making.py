"""Small files to bring: a picture that carries where it was taken, and a paper."""

import io
from pathlib import Path
from typing import Final

from PIL import Image

from community.files.storage import Disk
from mediation.case.models import Case
from mediation.evidence.commands import Brought
from mediation.evidence.keeping import Kept, keep
from mediation.evidence.rules import ProofForm, ProofKind

PLACE: Final = "拍摄地点 39.9,116.4"
PAPER: Final = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(colour: str = "navy") -> bytes:
    """Return a JPEG with a description in its metadata."""
    held, facts = io.BytesIO(), Image.Exif()
    facts[0x010E] = PLACE.encode().hex()
    Image.new("RGB", (60, 40), colour).save(held, "JPEG", exif=facts)
    return held.getvalue()


def told(title: str = "漏水照片", **changes: object) -> Brought:
    """Return what is said of a piece, with ``changes``."""
    given: dict[str, object] = {"title": title, "kind": ProofKind.PAPER, "form": ProofForm.COPY, **changes}
    return Brought(**given)  # type: ignore[arg-type]


async def paper(case: Case, folder: Path, name: str = "发票.pdf", data: bytes = PAPER) -> list[Kept]:
    """Return one file, locked with the key of the case and belonging to nothing yet."""
    return [await keep(Disk(folder), case, io.BytesIO(data), name)]
