"""街道吹哨、请求答复 — a question to offices, in public, with the day by which they report back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from community.calendar.known import known
from community.calendar.rules import ends_at, local_day
from community.errors import Forbidden, Unfit
from community.orgs.models import Org
from community.people.models import Person
from community.places.models import Place
from community.record.transaction import command
from community.timers.commands import set_timer
from deliberation.calls.models import Call
from deliberation.calls.queries import count_for
from deliberation.calls.rules import NUDGE, CallKind, answer_due, check, check_due
from deliberation.matter.models import Matter
from deliberation.matter.moving import move
from deliberation.matter.queries import actors_of, find
from deliberation.matter.states import Actor
from deliberation.matter.workflow import Verb

MOST = 10  # departments called at once


@command
async def whistle(
    matter_id: int, orgs: Sequence[str], question: str, due_on: date, *, by: Person, at: datetime
) -> list[Call]:
    """Call departments (by their codes) to deal with something and report back by a day.

    Raises:
        Forbidden: neither the clerk nor an overseer.
        Unfit: no department, an unknown one, or a day that will not do.
    """
    matter = await _asked(matter_id, (Actor.CLERK, Actor.OVERSEER), by, at)
    check(question, "question")
    check_due(local_day(at), due_on)
    called = await _orgs(matter, orgs)
    due_at = ends_at(due_on)
    calls = [await _put(matter, CallKind.WHISTLE, org, question, due_at, by=by, at=at) for org in called]
    await move(matter, Verb.WHISTLE, by=by, at=at, calls=[each.id for each in calls], due=due_at)
    await count_for(matter.id)
    return calls


@command
async def ask_answer(matter_id: int, org: str, question: str, *, by: Person, at: datetime) -> Call:
    """Ask an office for its official answer; when it is due follows from the preset and the working days."""
    matter = await _asked(matter_id, (Actor.AUTHOR, Actor.CLERK, Actor.OVERSEER), by, at)
    check(question, "question")
    asked = (await _orgs(matter, [org]))[0]
    if await Call.exists(matter_id=matter.id, org_id=asked.id, kind=CallKind.ANSWER, answered_at=None):
        raise Unfit("已经请这个单位答复了，还没有到答复的日子。", field="org")
    due_at = ends_at(answer_due(local_day(at), known()))
    call = await _put(matter, CallKind.ANSWER, asked, question, due_at, by=by, at=at)
    await move(matter, Verb.ASK_ANSWER, by=by, at=at, calls=[call.id], due=due_at)
    await count_for(matter.id)
    return call


async def _asked(matter_id: int, actors: Sequence[Actor], by: Person, at: datetime) -> Matter:
    matter = await find(by, matter_id)
    if not await actors_of(by, matter, at=at) & set(actors):
        raise Forbidden("您现在的身份不能向单位提出这个要求。需要帮忙，请联系居委会。")
    return matter


async def _orgs(matter: Matter, codes: Sequence[str]) -> list[Org]:
    """Return the offices, which must act where the matter is decided."""
    place = await Place.get(id=matter.body.place_id)
    wanted = list(dict.fromkeys(codes))
    found = await Org.filter(code__in=wanted, place_id__in=place.ancestors).order_by("id")
    if not wanted or len(found) != len(wanted) or len(wanted) > MOST:
        raise Unfit("请从名单里选单位，最多 {most} 个。", field="org", most=MOST)
    return found


async def _put(
    matter: Matter, kind: CallKind, org: Org, question: str, due_at: datetime, *, by: Person, at: datetime
) -> Call:
    call = await Call.create(
        community_id=matter.community_id,
        matter=matter,
        kind=kind,
        org=org,
        question=question,
        asked_by=by,
        asked_at=at,
        due_at=due_at,
    )
    subject, nudge = f"call-{call.id}", due_at - timedelta(days=NUDGE)
    if nudge > at:
        await set_timer("call.nudge", subject, nudge, community_id=matter.community_id)
    await set_timer("call.late", subject, due_at, community_id=matter.community_id)
    return call
