"""What is hung up stays for its days, is proved by a photograph, and may be objected to."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.record.models import Event
from deliberation.ballot.models import Recount, Result
from deliberation.ballot.recounting import count
from deliberation.body.commands import show_for
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.outcome.answering import answer
from deliberation.publicity import opening, queries
from deliberation.publicity.models import Publication
from deliberation.publicity.objecting import object_to
from deliberation.publicity.opening import Bill, prove, publish
from deliberation.publicity.rules import PRESETS, Kind, Verdict, check, check_days, ends, full_days
from tests.deliberation.outcome.stage import BEGIN, DAY, hung, picture, result_shown
from tests.deliberation.stage import AFTER, body_of, counted, opened, settle, tick
from tests.world import NOON, World

INSTANTS = st.timedeltas(timedelta(0), timedelta(days=900)).map(lambda delta: NOON + delta)
BILL = Bill(kind=Kind.AFFAIRS, title="五月的公共收益", words="收入三千元，支出一千元，结余两千元。")


@given(st.sampled_from(Kind), INSTANTS, st.timedeltas(timedelta(0), timedelta(days=400)), st.integers(0, 60))
def test_nothing_is_published_for_fewer_days_than_its_preset(
    kind: Kind, starts: datetime, lasts: timedelta, asked: int
) -> None:
    try:
        days = check_days(kind, starts, starts + lasts, asked=asked)
    except Unfit:
        return
    assert full_days(starts, starts + lasts) >= days >= max(PRESETS[kind].days, asked)


@given(INSTANTS, st.integers(1, 300))
def test_so_many_full_days_are_so_many_days_of_hanging(starts: datetime, days: int) -> None:
    assert full_days(starts, ends(starts, days)) == days
    assert ends(starts, days) - starts >= timedelta(days=days)


async def test_the_deeds_that_call_for_a_notice_hang_it_up(world: World) -> None:
    ballot, _ = await result_shown(world)
    found = {each.kind: each for each in await Publication.all()}
    assert set(found) == {Kind.ROLL, Kind.BEFORE, Kind.RESULT}
    for kind, each in found.items():
        assert full_days(each.starts_at, each.ends_at) >= each.days >= PRESETS[kind].days
    assert (await Result.get()).shown_until == found[Kind.RESULT].ends_at
    assert [each.kind for each in await queries.of_matter(ballot.matter_id)] == [Kind.BEFORE, Kind.RESULT]


async def test_a_body_may_ask_for_more_days_and_never_for_fewer(world: World) -> None:
    people = await settle(world, 6)
    body, roll = await body_of(world)
    with pytest.raises(Unfit, match="公示要满"):
        await show_for(body.id, 14, by=world.clerk, at=NOON)
    with pytest.raises(Forbidden):
        await show_for(body.id, 30, by=world.lan, at=NOON)
    await show_for(body.id, 30, by=world.clerk, at=NOON)
    ballot = await opened(world, body, roll, [each.person for each in people])
    result = await counted(world, ballot)
    assert full_days(result.decided_at, result.shown_until) == 30
    await tick(BEGIN)
    assert (await Matter.get(id=ballot.matter_id)).state is State.RESULT_NOTICE


async def test_a_clerk_publishes_affairs_for_fifteen_days_or_more(world: World) -> None:
    place = world.community.id
    for bad in (
        {"days": 14}, {"days": 400}, {"kind": Kind.RESULT}, {"title": "短"}, {"words": "无"}, {"boards": "长" * 25},
    ):  # fmt: skip
        with pytest.raises(Unfit):
            await publish(place, Bill(**{**_plain(BILL), **bad}), by=world.clerk, at=NOON)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        await publish(place, BILL, by=world.lan, at=NOON)
    assert await Publication.all().count() == 0
    made = await publish(place, BILL, by=world.clerk, at=NOON)
    await tick(made.ends_at - timedelta(seconds=1))
    assert (await queries.find(None, made.id)).ended_at is None
    await tick(made.ends_at)
    assert (await queries.find(None, made.id)).ended_at == made.ends_at
    kinds = [event.kind for event in await Event.filter(subject=made.key).order_by("id")]
    assert kinds == ["publication.hung", "publication.ended"]


def _plain(bill: Bill) -> dict[str, object]:
    return {name: getattr(bill, name) for name in Bill.__slots__}


async def test_a_photograph_of_the_board_is_a_picture_taken_while_it_hung(world: World) -> None:
    made = await publish(world.community.id, BILL, by=world.clerk, at=NOON)
    later = NOON + DAY
    paper = await picture(world.clerk, later, media_type="application/pdf")
    good = await picture(world.clerk, later)
    for code, taken, at in ((paper, later, later), (good, NOON - DAY, later), (good, later + DAY, later)):
        with pytest.raises(Unfit):
            await prove(made.id, "东门公告栏", code, taken_at=taken, by=world.clerk, at=at)
    with pytest.raises(Forbidden):
        await prove(made.id, "东门", await picture(world.lan, later), taken_at=later, by=world.lan, at=later)
    with pytest.raises(Hidden):
        await prove(999, "东门", good, taken_at=later, by=world.clerk, at=later)
    assert queries.checked(made, later).lacking
    await prove(made.id, "东门公告栏", good, taken_at=later, by=world.clerk, at=later)
    proved = await queries.find(None, made.id)
    assert not queries.checked(proved, later).lacking
    assert [(each.board, each.by.name) for each in await queries.postings(proved)] == [("东门公告栏", "老陈")]


def test_the_checker_counts_days_and_photographs() -> None:
    due = ends(NOON, 3)
    fine = check(15, NOON, ends(NOON, 15), due=due, photos=1, at=ends(NOON, 15))
    assert (fine.shown, fine.long_enough, fine.over, fine.lacking) == (15, True, True, False)
    young = check(15, NOON, ends(NOON, 15), due=None, photos=1, at=NOON + 2 * DAY)
    assert (young.shown, young.long_enough, young.over) == (1, False, False)
    late = check(15, NOON + 5 * DAY, ends(NOON, 30), due=due, photos=0, at=NOON + 6 * DAY)
    assert (late.late, late.lacking) == (2, True)


async def test_objections_are_filed_while_it_hangs_and_answered_once(world: World) -> None:
    made = await publish(world.community.id, BILL, by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="已经过了"):
        await object_to(made.id, "账目对不上。", by=world.lan, at=made.ends_at)
    with pytest.raises(Forbidden):
        await object_to(made.id, "账目对不上。", by=world.stranger, at=NOON)
    filed = await object_to(made.id, "账目对不上。", by=world.lan, at=NOON)
    with pytest.raises(Unfit, match="已经提过"):
        await object_to(made.id, "再说一遍。", by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await answer(filed.id, Verdict.DISMISSED, "没有道理的话。", by=world.qiang, at=NOON)
    await tick(filed.answer_due)
    assert (await queries.objections(made))[0].overdue_at == filed.answer_due
    await answer(filed.id, Verdict.UPHELD, "查过了，您说得对，已经改。", by=world.clerk, at=filed.answer_due)
    with pytest.raises(MovedOn):
        await answer(filed.id, Verdict.DISMISSED, "换个说法。", by=world.supervisor, at=filed.answer_due)
    assert await queries.unanswered(made.id) == 0


async def test_an_unanswered_objection_keeps_a_result_from_taking_effect(world: World) -> None:
    ballot, people = await result_shown(world)
    filed = await object_to((await hung(ballot.matter_id)).id, "少数了一票。", by=people[0].person, at=AFTER + DAY)
    await tick(BEGIN)
    assert (await Matter.get(id=ballot.matter_id)).state is State.RESULT_NOTICE
    assert await Event.filter(kind="ballot.held", subject=f"ballot-{ballot.id}").count() == 1
    with pytest.raises(Forbidden, match="数过"):
        await answer(filed.id, Verdict.DISMISSED, "数得没有错。", by=world.clerk, at=BEGIN)
    await answer(filed.id, Verdict.DISMISSED, "核对过了，一票不少。", by=world.moderator, at=BEGIN)
    await tick(BEGIN)
    assert (await Matter.get(id=ballot.matter_id)).state is State.EFFECTIVE


async def test_an_upheld_objection_has_two_tellers_count_again_before_anything_stands(world: World) -> None:
    ballot, people = await result_shown(world)
    with pytest.raises(Unfit, match="没有要重新"):
        await count(ballot.id, by=world.clerk, at=AFTER + DAY)
    filed = await object_to((await hung(ballot.matter_id)).id, "少数了一票。", by=people[0].person, at=AFTER + DAY)
    await answer(filed.id, Verdict.UPHELD, "请计票人再数一遍。", by=world.moderator, at=AFTER + 2 * DAY)
    assert (await Matter.get(id=ballot.matter_id)).recount_at == AFTER + 2 * DAY
    await tick(BEGIN)
    assert (await Matter.get(id=ballot.matter_id)).state is State.RESULT_NOTICE
    assert (await count(ballot.id, by=world.clerk, at=BEGIN)).agrees
    with pytest.raises(Unfit, match="另一位"):
        await count(ballot.id, by=world.clerk, at=BEGIN)
    with pytest.raises(Forbidden):
        await count(ballot.id, by=world.lan, at=BEGIN)
    await tick(BEGIN)
    assert (await Matter.get(id=ballot.matter_id)).state is State.RESULT_NOTICE
    await count(ballot.id, by=world.supervisor, at=BEGIN)
    await tick(BEGIN)
    matter = await Matter.get(id=ballot.matter_id)
    assert (matter.state, matter.recount_at) == (State.EFFECTIVE, None)
    assert (await Recount.get()).settled_at == BEGIN


async def test_a_recount_that_finds_something_else_keeps_the_result_back(world: World) -> None:
    ballot, people = await result_shown(world)
    filed = await object_to((await hung(ballot.matter_id)).id, "结果写错了。", by=people[0].person, at=AFTER + DAY)
    await answer(filed.id, Verdict.UPHELD, "请计票人再数一遍。", by=world.moderator, at=AFTER + DAY)
    await Result.filter(ballot_id=ballot.id).update(seal="0" * 64)
    for teller in (world.clerk, world.supervisor):
        assert not (await count(ballot.id, by=teller, at=BEGIN)).agrees
    await tick(BEGIN)
    assert (await Matter.get(id=ballot.matter_id)).state is State.RESULT_NOTICE


async def test_the_list_is_sifted(world: World) -> None:
    first = await publish(world.community.id, BILL, by=world.clerk, at=NOON)
    body, _ = await body_of(world)
    later = first.ends_at + DAY
    here = world.community.id

    async def ids(wanted: queries.Wanted) -> list[Kind]:
        return [each.kind for each in (await queries.listed(None, here, wanted=wanted, at=later))[0]]

    assert await ids(queries.Wanted()) == [Kind.ROLL, Kind.AFFAIRS]
    assert await ids(queries.Wanted(kind=Kind.ROLL)) == [Kind.ROLL]
    assert await ids(queries.Wanted(running=True)) == []
    assert await ids(queries.Wanted(lacking=True)) == [Kind.ROLL, Kind.AFFAIRS]
    page, more = await queries.listed(None, here, at=later, newest=1)
    assert more == page[0].id
    assert (await queries.listed(None, 999, at=later))[0] == []
    assert body.show_days == 15


async def test_a_publication_that_is_too_short_cannot_be_hung_by_any_room(world: World) -> None:
    sheet = opening.Sheet(
        kind=Kind.RESULT, subject="ballot-1", title="结果", community_id=world.community.id, place_id=world.community.id
    )
    with pytest.raises(Unfit):
        await opening.hang(sheet, until=ends(NOON, 14), by=None, at=NOON)
    assert await Publication.all().count() == 0
