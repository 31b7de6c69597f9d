"""Matters as open data, without anybody's name."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from community.places.models import Place, PlaceKind
from deliberation.body.rules import Weight
from deliberation.matter.models import Matter
from deliberation.matter.queries import Shelf, find, listed, text_of
from deliberation.matter.states import State
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.words import N_


class MatterOut(Answer):
    """A matter as lists show it. ``seconded`` and ``threshold`` count heads of the roll.

    ``hidden`` when moderation hid the words: title and text are empty then, as on the pages.
    """

    id: int
    title: str
    hidden: bool
    body: str
    weight: Weight
    state: State
    state_since: datetime
    due_at: datetime | None
    seconded: int
    threshold: int
    public_at: datetime
    url: str


class MatterPage(Page[MatterOut]):
    """A page of matters, newest first."""


class MatterText(MatterOut):
    """A matter with its words as they stand."""

    version: int
    what: str
    cost: str
    who: str
    text: str
    text_sha256: str


class Standing(Answer):
    """Where a matter stands after one's own deed."""

    id: int
    state: State
    seconded: int
    threshold: int


class Wanted(Paging):
    """Which matters."""

    community: str | None = Field(None, max_length=24, description=N_("社区的区划编码"))
    shelf: Literal["open", "talk", "vote", "done"] | None = Field(
        None, description=N_("open 正在附议 · talk 正在商议 · vote 正在表决 · done 有结果的")
    )


async def list_matters(ask: Ask) -> MatterPage:
    """Answer with a page of public matters."""
    wanted: Wanted = ask.query
    place = await _community(wanted.community)
    if wanted.community and place is None:
        return MatterPage(items=[])
    number = place.id if place else None
    found, more = await listed(
        None, number, shelf=Shelf(wanted.shelf) if wanted.shelf else None, before=key_of(wanted.cursor)
    )
    return MatterPage(items=[MatterOut(**_facts(each)) for each in found], next=cursor_of(more))


async def show_matter(ask: Ask) -> MatterText:
    """Answer with one public matter."""
    matter = await find(None, ask.path["id"])
    text = await text_of(matter)
    words = {"what": text.what, "cost": text.cost, "who": text.who, "text": text.body}
    shown = dict.fromkeys(words, "") if matter.hidden_at else words
    return MatterText(**_facts(matter), **shown, version=text.number, text_sha256=text.hash)


async def _community(code: str | None) -> Place | None:
    return await Place.get_or_none(code=code, kind=PlaceKind.COMMUNITY) if code else None


def _facts(matter: Matter) -> dict[str, object]:
    plain = ("id", "weight", "state", "state_since", "due_at", "seconded", "threshold", "public_at")
    hidden = matter.hidden_at is not None
    more = {"title": "" if hidden else matter.title, "hidden": hidden, "body": matter.body.name}
    return {**{name: getattr(matter, name) for name in plain}, **more, "url": f"/matters/{matter.id}"}


calls = [
    Call(
        method="GET",
        path="/matters",
        name="listMatters",
        title=N_("列出公开的议题，新的在前"),
        do=list_matters,
        answer=MatterPage,
        query=Wanted,
    ),
    Call(
        method="GET",
        path="/matters/{id:int}",
        name="showMatter",
        title=N_("看一件议题和它现在的文字"),
        do=show_matter,
        answer=MatterText,
    ),
]
