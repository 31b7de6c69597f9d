"""Bodies and their rolls as open data: counts, dates and fingerprints, never who stands on a roll."""

from datetime import datetime

from pydantic import Field

from community.places.models import Place, PlaceKind
from deliberation.body.correcting import objections
from deliberation.body.models import Body, RollVersion
from deliberation.body.queries import find, listed, versions
from deliberation.body.rules import PRESETS, Basis, BodyKind
from deliberation.publicity.rules import Verdict
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.forms import Form
from web.words import N_


class BodyOut(Answer):
    """A body. ``notice_days`` are full days, neither the first nor the last counted."""

    id: int
    name: str
    kind: BodyKind
    source: str
    bases: list[Basis]
    notice_days: int
    founded_at: datetime
    ended_at: datetime | None
    url: str


class Bodies(Answer):
    """The bodies of a community."""

    items: list[BodyOut]


class RollOut(Answer):
    """One frozen version of a roll; ``area`` is in 0.01 m². ``corrected`` when an objection called for it."""

    id: int
    number: int
    basis: Basis
    heads: int
    area: int
    frozen_at: datetime
    objection_until: datetime
    corrected: bool
    sha256: str


class BodyWithRolls(BodyOut):
    """A body and its rolls, the newest first."""

    rolls: list[RollOut]


class ObjectionOut(Answer):
    """An objection to a roll by its dates and its outcome; the words may name homes and stay on the page."""

    id: int
    filed_at: datetime
    answer_due: datetime
    overdue: bool
    verdict: Verdict | None
    answered_at: datetime | None


class ObjectionPage(Page[ObjectionOut]):
    """A page of objections, newest first."""


class WantedBodies(Form):
    """Whose bodies."""

    community: str | None = Field(None, max_length=24, description=N_("社区的区划编码"))


async def list_bodies(ask: Ask) -> Bodies:
    """Answer with the bodies of one community, or of all."""
    wanted: WantedBodies = ask.query
    if not wanted.community:
        return Bodies(items=[BodyOut(**_facts(each)) for each in await listed(None)])
    place = await Place.get_or_none(code=wanted.community, kind=PlaceKind.COMMUNITY)
    return Bodies(items=[BodyOut(**_facts(each)) for each in await listed(place.id)] if place else [])


async def show_body(ask: Ask) -> BodyWithRolls:
    """Answer with one body and its rolls."""
    body = await find(ask.path["id"])
    return BodyWithRolls(**_facts(body), rolls=[_roll(each) for each in await versions(body)])


async def list_objections(ask: Ask) -> ObjectionPage:
    """Answer with a page of the objections to the rolls of a body."""
    wanted: Paging = ask.query
    found, more = await objections((await find(ask.path["id"])).id, before=key_of(wanted.cursor))
    plain = ("id", "filed_at", "answer_due", "verdict", "answered_at")
    items = [
        ObjectionOut(**{name: getattr(each, name) for name in plain}, overdue=each.overdue_at is not None)
        for each in found
    ]
    return ObjectionPage(items=items, next=cursor_of(more))


def _facts(body: Body) -> dict[str, object]:
    preset = PRESETS[body.kind]
    plain = {name: getattr(body, name) for name in ("id", "name", "kind", "founded_at", "ended_at")}
    more = {"source": preset.source, "bases": list(preset.bases), "notice_days": preset.notice_days}
    return {**plain, **more, "url": f"/bodies/{body.id}"}


def _roll(row: RollVersion) -> RollOut:
    plain = ("id", "number", "basis", "heads", "area", "frozen_at", "objection_until")
    facts = {name: getattr(row, name) for name in plain}
    return RollOut(**facts, corrected=row.corrects_id is not None, sha256=row.content_hash)


calls = [
    Call(
        method="GET",
        path="/bodies",
        name="listBodies",
        title=N_("列出会议和组织"),
        do=list_bodies,
        answer=Bodies,
        query=WantedBodies,
    ),
    Call(
        method="GET",
        path="/bodies/{id:int}",
        name="showBody",
        title=N_("看一个会议和它的各版名册"),
        do=show_body,
        answer=BodyWithRolls,
    ),
    Call(
        method="GET",
        path="/bodies/{id:int}/objections",
        name="listRollObjections",
        title=N_("列出名册异议的日期和结果，新的在前"),
        do=list_objections,
        answer=ObjectionPage,
        query=Paging,
    ),
]
