"""The two files of a foreign platform: proposals, and comments in trees of any depth. Nothing here does I/O."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from community.errors import Unfit
from community.places.columns import Column, Reading, Wrong, readings
from community.places.sheet import Sheet

PROPOSALS: Final = (
    Column("id", "编号", must=True),
    Column("title", "标题", must=True),
    Column("user", "作者", must=True),
    Column("date", "日期", must=True),
    Column("summary", "概要"),
    Column("text", "正文"),
)
COMMENTS: Final = (
    Column("id", "编号", must=True),
    Column("parent_id", "上级编号", must=True),
    Column("proposal_id", "提议编号", must=True),
    Column("user", "作者", must=True),
    Column("date", "日期", must=True),
    Column("time", "时间"),
    Column("text", "正文", must=True),
)
ROOT: Final = "-1"
WORDS_MOST: Final = 10_000
EMPTY: Final = "（原平台上没有文字）"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldProposal:
    """A proposal as it came."""

    key: str
    title: str
    user: str
    on: datetime
    summary: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OldComment:
    """A comment as it came; ``parent`` is empty for the first of a thread."""

    key: str
    parent: str
    proposal: str
    user: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Both files as read, and every line that could not be."""

    proposals: tuple[OldProposal, ...]
    comments: tuple[OldComment, ...]
    wrong: tuple[Wrong, ...]


def parse(proposals: Sheet, comments: Sheet | None) -> Bundle:
    """Read both files. Columns they have besides ours are left alone.

    Raises:
        Unfit: a column is missing.
    """
    wrong: list[Wrong] = []
    found = [_proposal(each) for each in readings(proposals, PROPOSALS, wrong, strict=False)]
    said = [_comment(each) for each in readings(comments, COMMENTS, wrong, strict=False)] if comments else []
    keys = {each.key for each in found if each}
    known = [each for each in said if each and each.proposal in keys]
    return Bundle(tuple(each for each in found if each), tuple(known), tuple(wrong))


def heads(comments: Iterable[OldComment]) -> Mapping[str, str | None]:
    """Return, by comment, the first comment of its thread; ``None`` for that one itself.

    Two levels are shown, so deeper answers join their thread. An orphan, whose parent is not in the
    file, begins a thread; a ring of answers is cut before the member that stands first in the file.
    """
    parents = {each.key: each.parent for each in comments}
    return {key: _head(key, parents) for key in parents}


def _head(key: str, parents: Mapping[str, str]) -> str | None:
    way = [key]
    while (up := parents[way[-1]]) in parents:
        if up in way:
            order = list(parents)
            head = min(way[way.index(up) :], key=order.index)
            return None if key == head else head
        way.append(up)
    return None if key == way[-1] else way[-1]


def _proposal(read: Reading) -> OldProposal | None:
    key, title = read.need("id", _words(40)), read.need("title", _words(WORDS_MOST))
    user, on = read.need("user", _words(40)), read.need("date", _day)
    if key is None or title is None or user is None or on is None:
        return None
    summary, text = read.take("summary", _words(WORDS_MOST)), read.take("text", _words(WORDS_MOST * 10))
    at = datetime.combine(on, time(), UTC)
    return OldProposal(key=key, title=title, user=user, on=at, summary=summary or "", text=text or "")


def _comment(read: Reading) -> OldComment | None:
    key, proposal = read.need("id", _words(40)), read.need("proposal_id", _words(40))
    user, on = read.need("user", _words(40)), read.need("date", _day)
    words = read.take("text", _words(WORDS_MOST)) or EMPTY
    if key is None or proposal is None or user is None or on is None:
        return None
    parent = read.take("parent_id", _words(40)) or ""
    hour = read.take("time", time.fromisoformat) or time()
    at = datetime.combine(on, hour, UTC)
    up = "" if parent == ROOT else parent
    return OldComment(key=key, parent=up, proposal=proposal, user=user, at=at, words=words)


def _words(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise Unfit("这一格有 {n} 个字，最多 {most} 个。", n=len(text), most=most)
        return text

    return read


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Unfit("日期请写成 2026-05-04 这样。") from wrong
