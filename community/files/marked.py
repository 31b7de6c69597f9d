"""A served picture with words drawn over it: who looks, and when. What lies in storage is never touched.

The words are ASCII (a code and a time): Pillow brings a typeface for those, and no server needs one of its own.
"""

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFont

ACROSS: Final = 26
"""The letters are one part in so many of the picture's width high, so that a smaller copy can still be read."""
LEAST: Final = 12  # pixels of a letter
GAP: Final = 5  # heights of a letter between two rows
SEEN: Final = 70  # of 255: the picture can be read through the words


def marked(picture: bytes, words: str) -> bytes:
    """Return a WebP picture with ``words`` (ASCII) repeated all over it. Slow: run it in a thread."""
    with Image.open(io.BytesIO(picture), formats=("WEBP",)) as opened:
        plain = opened.convert("RGBA")
    out = io.BytesIO()
    fresh = Image.alpha_composite(plain, _cover(plain.size, words)).convert("RGB")
    fresh.save(out, "WEBP", quality=82)
    return out.getvalue()


def _cover(size: tuple[int, int], words: str) -> Image.Image:
    """Return the words in rows, light with a dark edge: on any ground one of the two is seen."""
    width, height = size
    letter = max(LEAST, width // ACROSS)
    cover, font = Image.new("RGBA", size, (0, 0, 0, 0)), ImageFont.load_default(letter)
    draw = ImageDraw.Draw(cover)
    wide = int(draw.textlength(words, font)) + 2 * letter
    for row, y in enumerate(range(letter, height + letter, GAP * letter)):
        for x in range(-(wide // 2) * (row % 2), width, wide):
            edge = (0, 0, 0, SEEN)
            draw.text((x, y), words, (255, 255, 255, SEEN), font, stroke_width=max(1, letter // 14), stroke_fill=edge)
    return cover
