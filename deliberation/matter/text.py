"""What a proposal must say, and the hash that binds seconds and votes to its words. Pure."""

from dataclasses import dataclass
from typing import Final

from community.errors import Unfit
from deliberation.ballot.certify import digest

TITLE: Final = (4, 60)  # characters, fewest and most
SENTENCE: Final = (2, 120)
BODY: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A title, three sentences (做什么、花多少、谁负责) and, for those who want it, the whole."""

    title: str
    what: str
    cost: str
    who: str
    body: str = ""

    @property
    def hash(self) -> str:
        """Return the SHA-256 of the words, in hexadecimal."""
        return digest(self)


def check(text: Text) -> None:
    """Raise `Unfit` when a part is missing or too long."""
    _size(text.title, TITLE, "title")
    for field in ("what", "cost", "who"):
        _size(getattr(text, field), SENTENCE, field)
    if len(text.body) > BODY:
        raise Unfit("正文有 {n} 个字，最多 {most} 个，请删短一些。", field="body", n=len(text.body), most=BODY)


def _size(words: str, limits: tuple[int, int], field: str) -> None:
    fewest, most = limits
    if len(words.strip()) < fewest:
        raise Unfit("这一项至少写 {fewest} 个字。", field=field, fewest=fewest)
    if len(words) > most:
        raise Unfit("这一项有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(words), most=most)
