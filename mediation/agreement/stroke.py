"""A signature drawn with finger or mouse: from the points that came in to a small picture, the same each time.

The page sends points and no picture, so that nothing foreign is ever decoded; the picture is drawn here.
Source: 电子签名法 13 (the reliable conditions the signers agreed on); mediation model "Electronic signature levels".
"""

import base64
import hashlib
import io
import re
from typing import Final

from PIL import Image, ImageDraw

from community.errors import Unfit

WIDE: Final = 600
HIGH: Final = 200
MOST: Final = 24_000
"""Characters of the points of one signature."""
LEAST_POINTS: Final = 12
LEAST_WIDE: Final = 60
"""Of `WIDE`: a dot or a short dash is no signature."""
PEN: Final = 5
_LINE: Final = re.compile(r"(?:\d{1,3},\d{1,3})(?: \d{1,3},\d{1,3})*")
Point = tuple[int, int]


def lines_in(text: str) -> list[list[Point]]:
    """Return the lines of a signature, written ``x,y x,y;x,y``.

    Raises:
        Unfit: it is no drawing, or too little of one to be a signature.

    >>> lines_in("0,0 " + " ".join(f"{n * 20},50" for n in range(15)))[0][1]
    (0, 50)
    """
    parts = text.split(";")
    if len(text) > MOST or not all(_LINE.fullmatch(each) for each in parts):
        raise Unfit("手写的签名没有收到，请清除后再写一次。", field="stroke")
    found = [[_point(each) for each in part.split(" ")] for part in parts]
    across = [x for line in found for x, _ in line]
    if len(across) < LEAST_POINTS or max(across) - min(across) < LEAST_WIDE:
        raise Unfit("手写的签名太短，请写出您的姓名；不会写的，可以只填姓名。", field="stroke")
    return found


def _point(text: str) -> Point:
    x, y = (int(each) for each in text.split(","))
    return min(x, WIDE - 1), min(y, HIGH - 1)


def drawn(text: str) -> bytes:
    """Return the picture of a signature as PNG, black on white. Raises as `lines_in`."""
    sheet = Image.new("1", (WIDE, HIGH), 1)
    pen = ImageDraw.Draw(sheet)
    for line in lines_in(text):
        pen.line(line, fill=0, width=PEN, joint="curve")
        pen.ellipse([(line[0][0] - 2, line[0][1] - 2), (line[0][0] + 2, line[0][1] + 2)], fill=0)
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


def kept_as(picture: bytes) -> tuple[str, str]:
    """Return a picture as text to lock, and its hash."""
    return base64.b64encode(picture).decode(), hashlib.sha256(picture).hexdigest()


def picture_of(text: str) -> bytes:
    """Return the picture that `kept_as` turned into text."""
    return base64.b64decode(text)
