"""Whatever people do in whatever order: nothing stays hidden without a reason, untold, or past its clock."""

import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from community.errors import Refused
from community.moderation.appealing import EXPIRE, TIMERS, answer, appeal
from community.moderation.effects import SERVE
from community.moderation.hiding import LAPSE, hide, second
from community.moderation.models import Hiding
from community.moderation.orders import Order
from community.moderation.reporting import report, settle
from community.moderation.rules import TERMS, Measure, Reason, Verdict
from community.moderation.states import DISPUTED, IN_EFFECT, LIVE, PENDING
from community.moderation.undoing import undo
from community.notice.models import Notice
from community.people.models import Person
from community.record.models import Event
from community.timers.commands import fire_due
from community.timers.models import Timer
from tests.community.moderation.board import Slip, pin
from tests.community.moderation.cast import street_moderator, third_party
from tests.world import NOON, World

STEPS = 40
SUBJECTS = ("slip-1", "slip-2")
ORDERS = (
    Order(Reason.ABUSE, "请改。"),
    Order(Reason.ABUSE, ""),
    Order(Reason.PRIVACY, "请改。", measure=Measure.MASK, conceal=("302", "东门")),
    Order(Reason.PRIVACY, "请改。", conceal=("302", "东门")),
    Order(Reason.OFF_TOPIC, "移走。", measure=Measure.MOVE, target="wall-2"),
    Order(Reason.FALSE, "请改。"),
    Order(Reason.AUTHORITY, "来函。", document="公函1号"),
)


@pytest.mark.parametrize("seed", range(6))
async def test_no_sequence_leaves_anything_hidden_unfairly(world: World, seed: int) -> None:
    board, luck, at = pin(world), random.Random(seed), NOON  # noqa: S311 - a repeatable test
    people = [
        world.moderator,
        await street_moderator(world),
        await third_party(world),
        world.supervisor,
        *world.residents,
    ]
    before = {subject: (board[subject].excerpt, board[subject].below) for subject in SUBJECTS}
    done = 0
    for _ in range(STEPS):
        at += luck.choice((timedelta(minutes=3), timedelta(hours=5), timedelta(days=2), timedelta(days=8)))
        await fire_due(TIMERS, at)
        events = await Event.all().count()
        try:
            await (await deed(luck, people, at))()
            done += 1
            assert await Event.all().count() == events + 1
        except Refused:
            assert await Event.all().count() == events
        await fair(board, at)
    assert done, "everything was refused"
    at += timedelta(days=800)
    while await fire_due(TIMERS, at):
        pass
    endless = {
        each.subject for each in await Hiding.filter(state__in=list(IN_EFFECT)) if TERMS[each.reason].days is None
    }
    for subject in set(SUBJECTS) - endless:
        assert (board[subject].excerpt, board[subject].below, board[subject].hidden) == (*before[subject], "")


async def deed(luck: random.Random, people: list[Person], at: datetime) -> Callable[[], Awaitable[object]]:
    """Return something somebody tries, allowed or not."""
    who, subject, yes = luck.choice(people), luck.choice(SUBJECTS), luck.random() < 0.5
    order, moderator, newest = (
        luck.choice(ORDERS),
        people[luck.randrange(2)],
        await Hiding.all().order_by("-id").first(),
    )
    deeds: list[Callable[[], Awaitable[object]]] = [
        lambda: report(subject, Reason.ABUSE, "", by=who, at=at),
        lambda: settle(subject, Verdict.KEEP, "", by=who, at=at),
        lambda: hide(subject, order, by=moderator, at=at),
    ]
    if newest is not None:
        code = newest.code
        deeds += [
            lambda: second(code, agree=yes, by=who, at=at),
            lambda: appeal(code, "不同意", by=people[4], at=at),
            lambda: answer(code, "看过了", restore=yes, by=who, at=at),
            lambda: undo(code, by=moderator, at=at),
        ]
    return luck.choice(deeds)


async def fair(board: dict[str, Slip], at: datetime) -> None:
    """Check that whatever shows less than before has a reason, a told author, and a clock that runs."""
    for subject in SUBJECTS:
        found = await Hiding.get_or_none(live=subject)
        touched = board[subject].hidden or "＊" in board[subject].excerpt or board[subject].below != "wall-1"
        assert bool(touched) == bool(found and found.state in IN_EFFECT)
        if found is None or found.state not in LIVE:
            continue
        assert found.words
        if found.state in IN_EFFECT:
            assert found.told_at == found.effective_at
            assert await Notice.filter(person_id=found.author_id, url=f"/moderation/hidden/{found.code}").exists()
        clocks = {timer.kind: timer.due_at for timer in await Timer.filter(subject=found.key, fired_at=None)}
        for kind, wanted in ((LAPSE, found.state in PENDING), (EXPIRE, found.state in DISPUTED)):
            assert (kind in clocks) == wanted
        if found.state in IN_EFFECT and TERMS[found.reason].days:
            assert SERVE in clocks
        assert all(due > at for due in clocks.values())
