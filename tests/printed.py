"""What is on a PDF, found by a program not written here (poppler), and what would be wrong with it on paper."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

A4: Final = (595.28, 841.89)  # points
EDGE: Final = 24.0  # points that a printer may not reach
SLACK: Final = 2.0
WORD: Final = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
PAGE: Final = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
ABOVE: Final = ("-layout", "-r", "72", "-x", "0", "-y", "0", "-W", "596", "-H", "789")  # without the foot
MISSING: Final = "\N{REPLACEMENT CHARACTER}"
SHAPELESS: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\ue000-\uf8ff]")  # no letter that was written by anybody


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place on a page, in points from the upper left."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def _told(program: str, *arguments: str) -> str:
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout  # noqa: S603


def text_of(paper: Path) -> str:
    """Return the text of a PDF without spaces, line breaks and the feet of pages, as it is compared with data."""
    return squeezed(_told("pdftotext", *ABOVE, str(paper), "-"))


def squeezed(text: str) -> str:
    """Return a text without any space: where a line breaks is not what it says."""
    return "".join(text.split())


def pages_of(paper: Path) -> list[tuple[float, float, list[Word]]]:
    """Return every page: width, height and its words."""
    told = _told("pdftotext", "-bbox", str(paper), "-")
    return [(float(wide), float(tall), _words(body)) for wide, tall, body in PAGE.findall(told)]


def _words(body: str) -> list[Word]:
    return [Word(float(a), float(b), float(c), float(d), text) for a, b, c, d, text in WORD.findall(body)]


def loose_fonts(paper: Path) -> list[str]:
    """Return the fonts that are not inside the file, or of which nobody can tell the letters again."""
    rows = [line.split() for line in _told("pdffonts", str(paper)).splitlines()[2:]]
    return [row[0] for row in rows if row[-5:-2] not in (["yes", "yes", "yes"], ["yes", "no", "yes"])]


def outside(paper: Path, *, edge: float = EDGE) -> list[str]:
    """Return the words that stand where no printer prints."""
    return [
        word.text
        for wide, tall, words in pages_of(paper)
        for word in words
        if word.left < edge - SLACK
        or word.right > wide - edge + SLACK
        or word.top < edge - SLACK
        or word.bottom > tall - edge + SLACK
    ]


def wrong_with(paper: Path) -> list[str]:
    """Return what is wrong with a paper: its size, its fonts, a letter without a shape, words off the sheet."""
    found = [f"font not inside: {name}" for name in loose_fonts(paper)]
    pages = pages_of(paper)
    for number, (wide, tall, words) in enumerate(pages, start=1):
        if abs(wide - A4[0]) > 1 or abs(tall - A4[1]) > 1:
            found.append(f"page {number} is not A4: {wide} x {tall}")
        if not words:
            found.append(f"page {number} is empty")
    text = _told("pdftotext", str(paper), "-")
    if MISSING in text or SHAPELESS.search(text):
        found.append("a letter has no shape")
    return found + [f"off the sheet: {word}" for word in outside(paper)]


def lacks(paper: Path, *data: str) -> list[str]:
    """Return the data that are not on the paper."""
    text = text_of(paper)
    return [each for each in data if squeezed(each) not in text]


def split_rows(paper: Path, rows: list[tuple[str, str]]) -> list[str]:
    """Return the first cells of table rows whose two cells do not stand on one page, on one line."""
    pages = [words for _, _, words in pages_of(paper)]
    return [first for first, second in rows if not any(_beside(words, first, second) for words in pages)]


def _beside(words: list[Word], first: str, second: str) -> bool:
    one = [word for word in words if word.text == first]
    return any(_level(a, b) for a in one for b in words if b.text == second)


def _level(one: Word, other: Word) -> bool:
    return one.top < other.bottom and other.top < one.bottom


def pictures(paper: Path, folder: Path, *, dots: int = 70) -> list[Path]:
    """Render every page into ``folder`` and return the pictures, to be looked at."""
    stem = folder / paper.stem
    _told("pdftoppm", "-r", str(dots), "-png", str(paper), str(stem))
    return sorted(folder.glob(f"{paper.stem}-*.png"))
