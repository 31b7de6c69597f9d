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
from community.timers.commands import set_timer
from deliberation.body.models import Body
from deliberation.matter.models import Matter
from deliberation.matter.states import (
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
from deliberation.matter.workflow import MOVED_ON, Verb, step


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
    if columns and not await Matter.filter(id=matter.id, state=was, version=matter.version).update(**columns):
        raise MovedOn(MOVED_ON)
    matter.update_from_dict(columns)
    if to is State.ENDORSING and to is not was and matter.due_at:
        await set_timer("matter.expire", f"matter-{matter.id}", matter.due_at, community_id=matter.community_id)
    told: dict[str, Any] = {key: value for key, value in facts.items() if not key.startswith("set_")}
    await record(
        f"matter.{verb}", f"matter-{matter.id}", by=by, at=at, community_id=matter.community_id, was=was, now=to, **told
    )
    return to


def due(state: State, at: datetime) -> datetime | None:
    """Return when the clock of ``state`` runs out if it starts at ``at``; ballots set their own.

    Source: days as in ``states.py``; 民法典 201: the first day is not counted, the last one is whole.
    """
    clock, today = STANDINGS[state].clock, local_day(at)
    if clock is Clock.SCREEN:
        return ends_at(add_working_days(today, SCREEN_DAYS, known()).due)
    days = DAYS.get(clock) if clock else None
    return ends_at(today + timedelta(days=days)) if days else None


DAYS: Final[Mapping[Clock, int]] = {
    Clock.ENDORSE: ENDORSE_DAYS,
    Clock.STUDY: STUDY_DAYS,
    Clock.PUBLISH: PUBLISH_DAYS,
    Clock.SHOW: SHOW_DAYS,
    Clock.EVALUATE: EVALUATE_DAYS,
}
"""Calendar days by clock; screening is counted in working days, ballots and plans set their own."""


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
