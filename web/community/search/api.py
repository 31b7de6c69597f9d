"""Searching with a program: open data, the same hits in the same order as on the page."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from community.places.models import Place, PlaceKind
from community.search.queries import Hit, Wish, search
from community.search.rules import Piece
from deliberation.matter.queries import Shelf
from web.api.call import Answer, Ask, Call, Page, Paging
from web.community.search.asked import midnight, states_of
from web.words import N_


class PieceOut(Answer):
    """A piece of a text; ``marked`` where a word of the query stands."""

    text: str
    marked: bool


class HitOut(Answer):
    """A text that fits. ``title`` is that of the matter it belongs to, empty when that is hidden."""

    kind: str
    id: int
    title: str
    state: str
    at: datetime
    snippet: list[PieceOut]
    url: str


class HitPage(Page[HitOut]):
    """A page of hits, best first, and how many there are in all."""

    total: int


class Sought(Paging):
    """What to look for, and where."""

    q: str = Field("", max_length=60, description=N_("要找的词，用空格分开，都有的才列出来"))
    kind: str | None = Field(
        None, max_length=16, description=N_("哪一种：matter 议题 · comment 留言 · ballot 表决结果")
    )
    shelf: Literal["open", "talk", "vote", "done"] | None = Field(
        None, description=N_("open 正在附议 · talk 正在商议 · vote 正在表决 · done 有结果的")
    )
    community: str | None = Field(None, max_length=24, description=N_("社区的区划编码"))
    since: date | None = Field(None, description=N_("从哪天，北京时间"))
    until: date | None = Field(None, description=N_("到哪天，含当天，北京时间"))


async def find(ask: Ask) -> HitPage:
    """Answer with a page of hits."""
    sought: Sought = ask.query
    path = await _path(sought.community)
    if path is None:
        return HitPage(items=[], total=0)
    wish = Wish(
        words=sought.q,
        place_path=path,
        kinds=[sought.kind] if sought.kind else [],
        states=states_of(Shelf(sought.shelf)) if sought.shelf else [],
        since=midnight(sought.since),
        until=midnight(sought.until, days=1),
    )
    found = await search(None, wish, after=sought.cursor)
    return HitPage(items=[_out(hit) for hit in found.hits], next=found.next, total=found.total)


async def _path(code: str | None) -> str | None:
    """Return the path of a community, empty when none is named, None when there is no such."""
    if code is None:
        return ""
    place = await Place.get_or_none(code=code, kind=PlaceKind.COMMUNITY)
    return place.path if place else None


def _out(hit: Hit) -> HitOut:
    title = "".join(piece.text for piece in hit.heading) or hit.about_title
    shown = [_piece(piece) for piece in hit.snippet]
    return HitOut(kind=hit.kind, id=hit.number, title=title, state=hit.state, at=hit.at, snippet=shown, url=hit.url)


def _piece(piece: Piece) -> PieceOut:
    return PieceOut(text=piece.text, marked=piece.marked)


calls = [
    Call(
        method="GET",
        path="/search",
        name="search",
        title=N_("搜索公开的议题、留言和表决结果"),
        do=find,
        answer=HitPage,
        query=Sought,
    ),
]
