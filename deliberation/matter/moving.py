"""The one way a matter moves: the table says where to, a compare-and-swap does it, the record keeps it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from community.calendar.known import known
from community.calendar.rules import add_working_days, ends_at, local_day
from community.errors import MovedOn
from community.people.models import Person
from community.people.roles import require_in_place, roles_in_place
from community.record.outbox import record
from community.rights import may, require
from community.timers.commands import cancel_timers, set_timer
from deliberation.body.models import Body
from deliberation.matter.models import Matter
from deliberation.matter.states import (
    APPEAL_DAYS,
    ENDORSE_DAYS,
    EVALUATE_DAYS,
    PUBLISH_DAYS,
    RIGHTS,
    SCREEN_DAYS,
    SHOW_DAYS,
    STANDINGS,
    STUDY_DAYS,
    Actor,
    Clock,
    State,
)
from deliberation.matter.workflow import MOVED_ON, Verb, leads_back, step


async def move(matter: Matter, verb: Verb, *, by: Person | None, at: datetime, **facts: object) -> State:
    """Take ``matter`` along the step ``verb``; call it inside a command that has checked the guards.

    ``facts`` that are columns of the matter go along in the same swap when named ``set_<column>``.

    Raises:
        MovedOn: the road has no such step from here, or somebody was faster.
    """
    was = State(matter.state)
    to = step(was, verb).lands(returning=matter.returning)
    columns = {key.removeprefix("set_"): value for key, value in facts.items() if key.startswith("set_")}
    if to is not was:
        columns = {"state": to, "state_since": at, "due_at": due(to, at)} | columns
        columns |= {"returning": was} if leads_back(to) else {}
    if columns and not await Matter.filter(id=matter.id, state=was, version=matter.version).update(**columns):
        raise MovedOn(MOVED_ON)
    matter.update_from_dict(columns)
    if to is not was:
        await _set_clocks(matter, was, to)
    told: dict[str, Any] = {key: value for key, value in facts.items() if not key.startswith("set_")}
    await record(
        f"matter.{verb}", f"matter-{matter.id}", by=by, at=at, community_id=matter.community_id, was=was, now=to, **told
    )
    return to


async def _set_clocks(matter: Matter, was: State, to: State) -> None:
    """Stop the clock of the state that was left, and set the one of the state that was reached."""
    subject = f"matter-{matter.id}"
    if was in TIMERS:
        await cancel_timers(TIMERS[was], subject)
    if to in TIMERS and matter.due_at:
        await set_timer(TIMERS[to], subject, matter.due_at, community_id=matter.community_id)


TIMERS: Final = {
    State.ENDORSING: "matter.expire",
    State.SCREENING: "matter.late",
    State.PARTY_STUDY: "matter.late",
    State.APPEALED: "appeal.late",
}
"""By state, what strikes when its time is over; ballots set their own."""


def due(state: State, at: datetime) -> datetime | None:
    """Return when the clock of ``state`` runs out if it starts at ``at``; ballots set their own.

    Source: days as in ``states.py``; 民法典 201: the first day is not counted, the last one is whole.
    """
    clock, today = STANDINGS[state].clock, local_day(at)
    if clock in WORKING_DAYS:
        return ends_at(add_working_days(today, WORKING_DAYS[clock], known()).due)
    return ends_at(today + timedelta(days=DAYS[clock])) if clock in DAYS else None


WORKING_DAYS: Final[Mapping[Clock | None, int]] = {Clock.SCREEN: SCREEN_DAYS, Clock.APPEAL: APPEAL_DAYS}
DAYS: Final[Mapping[Clock | None, int]] = {
    Clock.ENDORSE: ENDORSE_DAYS,
    Clock.STUDY: STUDY_DAYS,
    Clock.PUBLISH: PUBLISH_DAYS,
    Clock.SHOW: SHOW_DAYS,
    Clock.EVALUATE: EVALUATE_DAYS,
}
"""By clock; ballots and plans set their own."""


async def require_any(matter: Matter, actors: Sequence[Actor], *, by: Person, at: datetime) -> None:
    """Raise `Forbidden` unless ``by`` holds, in the place of the body, one of the offices ``actors``."""
    body = await Body.get(id=matter.body_id)
    roles = await roles_in_place(by, body.place_id, at=at)
    if not any(may(roles, RIGHTS[actor]) for actor in actors):
        require(roles, RIGHTS[actors[0]])


async def require_actor(matter: Matter, actor: Actor, *, by: Person, at: datetime) -> None:
    """Raise `Forbidden` unless ``by`` holds, in the place of the body, the right that makes the actor."""
    body = await Body.get(id=matter.body_id)
    await require_in_place(by, body.place_id, RIGHTS[actor], at=at)
