"""Founding a body, by the office that the table names; freezing its roll and publishing it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from tortoise.models import Model

from community.calendar.rules import DAY, ends_at, local_day
from community.errors import Hidden, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.places.models import Place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.body.freezing import Draft, content_hash
from deliberation.body.gathering import drafts
from deliberation.body.models import Body, RollEntry, RollHead, RollVersion, RollVoice
from deliberation.body.rules import OBJECTION_DAYS, PRESETS, Basis, BodyKind
from deliberation.publicity.models import Publication
from deliberation.publicity.opening import Sheet, hang
from deliberation.publicity.rules import Kind, check_days, ends

BATCH: Final = 500


@command
async def found(kind: BodyKind, place_id: int, name: str, *, by: Person, at: datetime) -> Body:
    """Found the body of that kind for a place; there is one of each at a time.

    Raises:
        Unfit: there is one already, or it does not belong to such a place.
    """
    place = await Place.get_or_none(id=place_id)
    if place is None or place.community_id is None:
        raise Hidden("没有这个地方。")
    await require_in_place(by, place.id, PRESETS[kind].founder, at=at)
    if place.kind not in PRESETS[kind].places:
        raise Unfit("这种会议不设在这一级。请换一个地方，或者换一种会议。", field="place")
    if await Body.exists(place_id=place.id, kind=kind, ended_at=None):
        raise Unfit("这里已经有这样一个会议了。", field="kind")
    body = await Body.create(community_id=place.community_id, place=place, kind=kind, name=name, founded_at=at)
    await record("body.founded", f"body-{body.id}", by=by, at=at, community_id=body.community_id, kind_is=kind)
    return body


@command
async def freeze_roll(
    body_id: int, basis: Basis, *, corrects: int | None = None, by: Person, at: datetime
) -> RollVersion:
    """Freeze the roll as it stands and publish it; objections may be raised for five days.

    ``corrects`` is the objection that was upheld and calls for it.

    Raises:
        Unfit: the basis does not suit the body, nobody is on the roll, or something is missing to know who is.
    """
    body = await Body.get_or_none(id=body_id)
    if body is None or body.ended_at:
        raise Hidden("没有这个会议，或者它已经结束了。")
    await require_in_place(by, body.place_id, Right.ROLL_FREEZE, at=at)
    if basis not in PRESETS[body.kind].bases:
        raise Unfit("这个会议不能按这种名册表决，请换一种。", field="basis")
    heads = await drafts(body, basis, at=at)
    if not heads:
        raise Unfit("名册是空的。请先导入居民和房屋。", field="basis")
    roll = await _version(body, basis, heads, corrects, by=by, at=at)
    await _keep(roll, heads)
    hung = await _hang(body, roll, by, at)
    await record(
        "roll.frozen",
        f"roll-{roll.id}",
        by=by,
        at=at,
        community_id=body.community_id,
        basis=basis,
        heads=roll.heads,
        hash=roll.content_hash,
        publication=hung.id,
        corrects=corrects,
    )
    return roll


async def _hang(body: Body, roll: RollVersion, by: Person, at: datetime) -> Publication:
    """Hang the roll up for as long as it may be objected to."""
    sheet = Sheet(
        kind=Kind.ROLL,
        subject=f"roll-{roll.id}",
        title=f"{body.name}名册，第 {roll.number} 版",
        community_id=body.community_id,
        place_id=body.place_id,
    )
    return await hang(sheet, until=roll.objection_until, by=by, at=at)


@command
async def show_for(body_id: int, days: int, *, by: Person, at: datetime) -> Body:
    """Let the results of a body be shown for ``days`` full days from the next one on.

    Raises:
        Unfit: fewer than the law asks for, or far too many.
    """
    body = await Body.get_or_none(id=body_id)
    if body is None:
        raise Hidden("没有这个会议。")
    await require_in_place(by, body.place_id, Right.ROLL_FREEZE, at=at)
    check_days(Kind.RESULT, at, ends(at, days))
    await Body.filter(id=body.id).update(show_days=days)
    await record("body.show_days", f"body-{body.id}", by=by, at=at, community_id=body.community_id, days=days)
    body.show_days = days
    return body


async def _version(
    body: Body, basis: Basis, heads: list[Draft], corrects: int | None, *, by: Person, at: datetime
) -> RollVersion:
    return await RollVersion.create(
        community_id=body.community_id,
        body=body,
        number=await RollVersion.filter(body_id=body.id).count() + 1,
        basis=basis,
        content_hash=content_hash(heads),
        heads=len(heads),
        area=sum(head.area for head in heads),
        frozen_at=at,
        frozen_by_id=by.id,
        published_from=at,
        objection_until=ends_at(local_day(at) + OBJECTION_DAYS * DAY),
        corrects_id=corrects,
    )


async def _keep(roll: RollVersion, heads: list[Draft]) -> None:
    await _all(
        RollHead(
            community_id=roll.community_id,
            roll=roll,
            key=head.key,
            label=head.label,
            area=head.area,
            parts=len(head.parts),
        )
        for head in heads
    )
    ids = {row.key: row.id for row in await RollHead.filter(roll_id=roll.id)}
    await _all(
        RollEntry(
            head_id=ids[head.key],
            roll_id=roll.id,
            key=part.key,
            kind=part.kind,
            building=part.building,
            area=part.area,
        )
        for head in heads
        for part in head.parts
    )
    await _all(
        RollVoice(head_id=ids[head.key], roll_id=roll.id, resident_id=voice.resident_id, key=voice.key)
        for head in heads
        for voice in head.voices.values()
    )


async def _all(rows: Iterable[Model]) -> None:
    every = list(rows)
    if every:
        await type(every[0]).bulk_create(every, batch_size=BATCH)
