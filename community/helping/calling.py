"""回访 — a part of what was done in a week is drawn by lot, and the residents are called."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from community.calendar.known import known
from community.calendar.rules import add_working_days, ends_at, local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.helping.models import Callback, CallDraw, CallTry, Errand, HelpStop
from community.helping.queries import to_call
from community.helping.rules import CALL_DAYS, NOTES, TRIES, Outcome, monday_of, sample
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.models import Seal
from community.record.outbox import record
from community.record.seal import GENESIS
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import Handler, set_timer


async def remember(community_id: int, week: str) -> None:
    """Let the lot of a week be drawn when it is over; call it inside a command."""
    over = ends_at(monday_of(week) + timedelta(days=6))
    await set_timer("help.draw", f"week-{community_id}-{week}", over, community_id=community_id, key=week)


async def falls_due(subject: str, at: datetime) -> None:
    """Draw the lot of the week that a timer names."""
    _, community, week = subject.split("-", 2)
    if not await CallDraw.exists(community_id=int(community), week=week):
        await draw(int(community), week, at=at)


TIMERS: Final[Mapping[str, Handler]] = {"help.draw": falls_due}


@command
async def draw(community_id: int, week: str, *, at: datetime) -> CallDraw:
    """Draw one in five of what each helper did in a week, with the last link of the sealed record as the seed.

    Nobody knows that link before the week is over, and afterwards everybody can look it up and draw again.
    """
    last = await Seal.all().order_by("-seq").first()
    seed = f"{week}|{last.hash if last else GENESIS}"
    rows = await Errand.filter(community_id=community_id, week=week).select_related("authorisation").order_by("id")
    done: dict[int, list[str]] = {}
    for row in rows:
        done.setdefault(row.authorisation.helper_id, []).append(row.code)
    taken = set(sample(seed, done))
    made = await CallDraw.create(
        community_id=community_id, week=week, seed=seed, done=len(rows), drawn=len(taken), at=at
    )
    due_at = ends_at(add_working_days(local_day(at), CALL_DAYS, known()).due)
    for row in rows:
        if row.code in taken:
            await Callback.create(community_id=community_id, draw=made, errand=row, due_at=due_at)
    await record(
        "help.drawn",
        f"call-draw-{made.id}",
        by=None,
        at=at,
        community_id=community_id,
        week=week,
        seed=seed,
        done=sorted(code for codes in done.values() for code in codes),
        drawn=sorted(taken),
    )
    return made


async def callable_by(person: Person, code: str, *, at: datetime) -> Callback:
    """Return a call that ``person`` may make.

    Raises:
        Hidden: there is none, it is closed, or they helped themself or are of the helper's grid.
    """
    found = next((row for row in await to_call(person, at=at) if row.code == code), None)
    if found is None:
        raise Hidden("没有找到这次回访。可能已经办完，也可能要换一位同事来打。")
    return found


@command
async def note_call(code: str, outcome: Outcome, notes: str, *, by: Person, at: datetime) -> Callback:
    """Put down one call. Something untrue stops the helper; a resident not reached is called `TRIES` times.

    Raises:
        Hidden: not theirs to call.
        MovedOn: somebody else has just called.
        Unfit: untrue, and nothing is said about it.
    """
    found = await callable_by(by, code, at=at)
    if len(notes) > NOTES or (outcome is Outcome.UNTRUE and not notes.strip()):
        raise Unfit("请写下本人是怎么说的，最多 {most} 个字。", field="notes", most=NOTES)
    number = found.tries + 1
    over = outcome is not Outcome.UNREACHED or number >= TRIES
    new = {"tries": number, "outcome": outcome if over else None, "closed_at": at if over else None}
    if not await Callback.filter(id=found.id, tries=found.tries, closed_at=None).update(**new):
        raise MovedOn("同事刚刚打过这一通，请刷新后再看。")
    found.update_from_dict(new)
    await CallTry.create(callback=found, number=number, outcome=outcome, notes=notes, by=by, at=at)
    helper = found.errand.authorisation.helper_id
    if outcome is Outcome.UNTRUE:
        await HelpStop.create(community_id=found.community_id, helper_id=helper, callback=found, since=at)
    facts = {"errand": found.errand.code, "outcome": outcome, "number": number, "helper": helper}
    await record("help.called", f"callback-{found.id}", by=by, at=at, community_id=found.community_id, **facts)
    return found


@command
async def lift(code: str, why: str, *, by: Person, at: datetime) -> HelpStop:
    """Let a helper help again, with a reason.

    Raises:
        Forbidden: not a supervisor there, or stopped themself.
        MovedOn: lifted already.
    """
    found = await HelpStop.get_or_none(code=code)
    if found is None:
        raise Hidden("没有找到这条停办记录。")
    await require_in_place(by, found.community_id, Right.MATTER_SUPERVISE, at=at)
    if found.helper_id == by.id:
        raise Forbidden("您自己被停办，要由别人来恢复。")
    if not 4 <= len(why.strip()) <= 300:  # noqa: PLR2004 - said in the sentence
        raise Unfit("请写明恢复的理由，4 到 300 个字。", field="why")
    new = {"lifted_at": at, "lifted_by_id": by.id, "lifted_why": why}
    if not await HelpStop.filter(id=found.id, lifted_at=None).update(**new):
        raise MovedOn("已经恢复过了。")
    await record(
        "help.lifted", f"help-stop-{found.id}", by=by, at=at, community_id=found.community_id, helper=found.helper_id
    )
    return found
