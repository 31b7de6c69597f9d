"""From a report to the end of an appeal, and what one person may not do."""

import asyncio
from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, TooOften, Unfit
from community.moderation.appealing import TIMERS, answer, appeal
from community.moderation.figures import summary
from community.moderation.hiding import Order, hide, second
from community.moderation.models import Appeal, Hiding, Report
from community.moderation.originals import read_original, read_sealed
from community.moderation.queries import appeals, find_hiding, log, queue, to_confirm
from community.moderation.reporting import report, settle
from community.moderation.rules import Reason, Source, Verdict
from community.moderation.states import State
from community.notice.models import Mail, Notice
from community.people.models import Holding, Person
from community.record.models import Event
from community.rights import Role
from community.timers.commands import fire_due
from tests.community.moderation.board import Slip, pin
from tests.world import NOON, World

DAY = timedelta(days=1)
ABUSE = Order(Reason.ABUSE, "请去掉骂人的话，改好后会重新显示。")
PRIVACY = Order(Reason.PRIVACY, "请去掉门牌号和电话。", conceal=("302", "东门"))


@pytest.fixture
def board(world: World) -> dict[str, Slip]:
    return pin(world)


async def another(world: World, *, role: Role = Role.MODERATOR) -> Person:
    person = await Person.create(name="街道老孙", email=f"sun-{role}@example.org", confirmed_at=NOON, joined_at=NOON)
    await Holding.create(person=person, role=role, place=world.street, since=NOON)
    return person


async def told(person: Person) -> list[str]:
    return [notice.sentence for notice in await Notice.filter(person_id=person.id).order_by("id")]


async def test_a_report_waits_for_the_moderator_and_is_counted_once(world: World, board: dict[str, Slip]) -> None:
    for reporter in (world.qiang, world.qiang, world.xiu):
        await report("slip-1", Reason.PRIVACY, "写了人家电话", by=reporter, at=NOON)
    (waiting,) = await queue(world.moderator, at=NOON)
    assert (waiting.subject, [each.reporter_id for each in waiting.reports]) == (
        "slip-1",
        [world.qiang.id, world.xiu.id],
    )
    assert await queue(world.clerk, at=NOON) == []
    assert len(await told(world.moderator)) == 1
    assert board["slip-1"].hidden == ""


async def test_what_one_may_not_see_one_cannot_report(world: World, board: dict[str, Slip]) -> None:
    for subject in ("slip-3", "slip-9", "stone-1", "nonsense"):
        with pytest.raises(Hidden):
            await report(subject, Reason.ABUSE, "", by=world.qiang, at=NOON)
    with pytest.raises(Forbidden):
        await report("slip-1", Reason.ABUSE, "", by=world.stranger, at=NOON)
    with pytest.raises(Unfit):
        await report("slip-1", Reason.AUTHORITY, "", by=world.qiang, at=NOON)


async def test_nobody_buries_the_moderators_in_reports(world: World, board: dict[str, Slip]) -> None:
    for n in range(20):
        board[f"slip-1{n}"] = Slip(world.lan.id, world.community.id, "x")
        await report(f"slip-1{n}", Reason.SPAM, "", by=world.qiang, at=NOON)
    with pytest.raises(TooOften):
        await report("slip-1", Reason.SPAM, "", by=world.qiang, at=NOON)


async def test_what_is_fine_stays_and_everybody_hears(world: World, board: dict[str, Slip]) -> None:
    await report("slip-1", Reason.ABUSE, "", by=world.qiang, at=NOON)
    await settle("slip-1", Verdict.KEEP, "", by=world.moderator, at=NOON)
    assert await queue(world.moderator, at=NOON) == []
    assert await told(world.qiang) == ["您举报的内容看过了：没有违反规定，留着。"]
    with pytest.raises(MovedOn):
        await settle("slip-1", Verdict.KEEP, "", by=world.moderator, at=NOON)
    await report("slip-1", Reason.OFF_TOPIC, "", by=world.qiang, at=NOON)
    await settle("slip-1", Verdict.MOVE, "", by=world.moderator, at=NOON)
    assert len(await told(world.lan)) == 1
    assert board["slip-1"].hidden == ""


async def test_hiding_tells_the_author_in_the_same_transaction(world: World, board: dict[str, Slip]) -> None:
    await report("slip-1", Reason.PRIVACY, "", by=world.qiang, at=NOON)
    hiding = await hide("slip-1", PRIVACY, by=world.moderator, at=NOON)
    assert (hiding.state, hiding.source, board["slip-1"].hidden) == (State.STANDING, Source.REPORT, "M3")
    assert await told(world.lan) == ["您的一条内容被收起了（理由 {reason}）。不同意，可以在六个月内申诉。"]
    assert await told(world.qiang) == ["您举报的内容看过了：已经处理。"]
    assert await Mail.filter(person_id=world.lan.id).count() == 0, "not while it can be undone"
    await fire_due(TIMERS, NOON + timedelta(minutes=10))
    assert [mail.binding for mail in await Mail.filter(person_id=world.lan.id)] == [True]
    event = await Event.get(kind="content.hidden")
    assert board["slip-1"].text_hash in event.body
    assert "13812345678" not in event.body


@pytest.mark.parametrize(
    "order",
    [
        Order(Reason.OFF_TOPIC, "请移走"),
        Order(Reason.ABUSE, ""),
        Order(Reason.ABUSE, "长" * 501),
        Order(Reason.FALSE, "不实"),
        Order(Reason.FALSE, "不实", link="javascript:alert(1)"),
        Order(Reason.AUTHORITY, "按要求"),
    ],
)
async def test_a_reason_needs_what_its_terms_ask_for(world: World, board: dict[str, Slip], order: Order) -> None:
    with pytest.raises(Unfit):
        await hide("slip-1", order, by=world.moderator, at=NOON)
    assert (await Hiding.all().count(), board["slip-1"].hidden) == (0, "")


async def test_with_its_paper_a_reason_holds(world: World, board: dict[str, Slip]) -> None:
    await hide("slip-1", Order(Reason.FALSE, "请更正", link="https://x.example/1"), by=world.moderator, at=NOON)
    other = await hide("slip-2", Order(Reason.AUTHORITY, "按要求", document="公函1号"), by=world.moderator, at=NOON)
    assert (other.source, other.state) == (Source.AUTHORITY, State.ASKED)


async def test_nobody_judges_their_own_words_or_their_own_report(world: World, board: dict[str, Slip]) -> None:
    board["slip-1"].owner_id = world.moderator.id
    with pytest.raises(Unfit, match="本人"):
        await hide("slip-1", ABUSE, by=world.moderator, at=NOON)
    await report("slip-2", Reason.ABUSE, "", by=world.moderator, at=NOON)
    with pytest.raises(Unfit, match="本人"):
        await settle("slip-2", Verdict.KEEP, "", by=world.moderator, at=NOON)


async def test_others_cannot_moderate(world: World, board: dict[str, Slip]) -> None:
    for person in (world.lan, world.clerk, world.supervisor, world.mediator):
        with pytest.raises(Forbidden):
            await hide("slip-1", ABUSE, by=person, at=NOON)
    for person in (world.lan, world.clerk, world.mediator):
        with pytest.raises(Forbidden):
            await read_original("slip-1", by=person, at=NOON)


async def test_of_two_at_once_one_hides(world: World, board: dict[str, Slip]) -> None:
    other = await another(world)
    results = await asyncio.gather(
        hide("slip-1", ABUSE, by=world.moderator, at=NOON),
        hide("slip-1", PRIVACY, by=other, at=NOON),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in results) == ["Hiding", "MovedOn"]
    assert await Hiding.all().count() == 1


async def test_what_many_stand_behind_stays_until_a_second_person_agrees(world: World, board: dict[str, Slip]) -> None:
    other = await another(world)
    hiding = await hide("slip-2", ABUSE, by=world.moderator, at=NOON)
    assert (hiding.state, board["slip-2"].hidden, await told(world.lan)) == (State.ASKED, "", [])
    assert [each.code for each in await to_confirm(other, at=NOON)] == [hiding.code]
    assert await to_confirm(world.moderator, at=NOON) == []
    with pytest.raises(Forbidden):
        await second(hiding.code, agree=True, by=world.moderator, at=NOON)
    await second(hiding.code, agree=True, by=other, at=NOON)
    assert (board["slip-2"].hidden, len(await told(world.lan))) == ("M2", 1)
    with pytest.raises(MovedOn):
        await second(hiding.code, agree=False, by=other, at=NOON)
    assert await fire_due(TIMERS, NOON + 2 * DAY) == 1, "the mail; nothing lapses"


async def test_a_colleague_is_no_second_person(world: World, board: dict[str, Slip]) -> None:
    other = await another(world)
    for person in (other, world.moderator):
        await Holding.create(person=person, role=Role.CLERK, org=world.residents_committee, since=NOON)
    hiding = await hide("slip-2", ABUSE, by=world.moderator, at=NOON)
    with pytest.raises(Forbidden, match="同一个单位"):
        await second(hiding.code, agree=True, by=other, at=NOON)


async def test_an_office_neither_reads_nor_hides_a_draft(world: World, board: dict[str, Slip]) -> None:
    board["slip-1"].secret = True
    with pytest.raises(Hidden):
        await read_original("slip-1", by=world.moderator, at=NOON)
    with pytest.raises(Hidden):
        await hide("slip-1", ABUSE, by=world.moderator, at=NOON)
    assert await Event.filter(kind="content.unmasked").count() == 0


async def test_who_reported_it_is_no_second_person(world: World, board: dict[str, Slip]) -> None:
    other = await another(world)
    await Holding.create(person=other, role=Role.RESIDENT, place=world.community, since=NOON)
    await report("slip-2", Reason.ABUSE, "", by=other, at=NOON)
    hiding = await hide("slip-2", ABUSE, by=world.moderator, at=NOON)
    with pytest.raises(Forbidden, match="举报人"):
        await second(hiding.code, agree=True, by=other, at=NOON)


async def test_an_urgent_hiding_that_nobody_confirms_ends_by_itself(world: World, board: dict[str, Slip]) -> None:
    hiding = await hide("slip-2", PRIVACY, by=world.moderator, at=NOON)
    assert (hiding.state, board["slip-2"].hidden) == (State.URGENT, "M3")
    assert await fire_due(TIMERS, NOON + DAY - timedelta(seconds=1)) == 1, "the mail"
    assert await fire_due(TIMERS, NOON + DAY) == 1
    assert board["slip-2"].hidden == ""
    ended = await Hiding.get()
    assert (ended.state, ended.live) == (State.LAPSED, None)
    assert (await told(world.lan))[-1] == "您的一条内容已经恢复原样。"
    await hide("slip-2", PRIVACY, by=world.moderator, at=NOON + DAY)


async def test_a_second_person_who_refuses_restores(world: World, board: dict[str, Slip]) -> None:
    hiding = await hide("slip-2", PRIVACY, by=world.moderator, at=NOON)
    await second(hiding.code, agree=False, by=await another(world), at=NOON)
    assert (board["slip-2"].hidden, (await Hiding.get()).state) == ("", State.REFUSED)


async def appealed(world: World) -> Hiding:
    hiding = await hide("slip-1", ABUSE, by=world.moderator, at=NOON)
    await appeal(hiding.code, "我只是提意见。", by=world.lan, at=NOON)
    return hiding


async def test_an_appeal_is_answered_by_somebody_who_had_no_part(world: World, board: dict[str, Slip]) -> None:
    hiding = await appealed(world)
    assert [each.code for each in await appeals(world.supervisor, at=NOON)] == [hiding.code]
    assert await appeals(world.moderator, at=NOON) == []
    with pytest.raises(Forbidden, match="没有经手"):
        await answer(hiding.code, "维持", restore=False, by=world.moderator, at=NOON)
    with pytest.raises(Forbidden):
        await answer(hiding.code, "恢复", restore=True, by=world.lan, at=NOON)
    with pytest.raises(Unfit):
        await answer(hiding.code, "", restore=True, by=world.supervisor, at=NOON)
    await answer(hiding.code, "这是批评，不是辱骂。", restore=True, by=world.supervisor, at=NOON)
    assert (board["slip-1"].hidden, (await Hiding.get()).state) == ("", State.REVERSED)
    assert (await told(world.lan))[-1] == "您的申诉成立，内容已经恢复原样。"
    assert await fire_due(TIMERS, NOON + 30 * DAY) == 1, "the mail, which a reversed decision no longer sends"
    assert [mail.template for mail in await Mail.filter(person_id=world.lan.id)] == ["community/notice/mail_told"]


async def test_who_reported_it_answers_no_appeal_about_it(world: World, board: dict[str, Slip]) -> None:
    await report("slip-1", Reason.ABUSE, "", by=world.supervisor, at=NOON)
    hiding = await appealed(world)
    with pytest.raises(Forbidden, match="举报人"):
        await answer(hiding.code, "维持", restore=False, by=world.supervisor, at=NOON)


async def test_an_upheld_hiding_stays(world: World, board: dict[str, Slip]) -> None:
    hiding = await appealed(world)
    await answer(hiding.code, "确实是辱骂。", restore=False, by=world.supervisor, at=NOON)
    assert (board["slip-1"].hidden, (await Hiding.get()).state) == ("M2", State.UPHELD)
    with pytest.raises(MovedOn):
        await answer(hiding.code, "再答一次", restore=False, by=world.supervisor, at=NOON)


async def test_an_appeal_nobody_answers_in_five_working_days_restores(world: World, board: dict[str, Slip]) -> None:
    await appealed(world)
    # Monday noon, 4 and 5 May 2026 are holidays: 6, 7, 8, 9 (worked) and 11 May
    due = (await Appeal.get()).due_at
    assert await fire_due(TIMERS, due - timedelta(seconds=1)) == 1, "the mail"
    assert await fire_due(TIMERS, due) == 1
    assert (board["slip-1"].hidden, (await Hiding.get()).state) == ("", State.EXPIRED)


async def test_only_the_author_appeals_once_and_within_six_months(world: World, board: dict[str, Slip]) -> None:
    hiding = await hide("slip-1", ABUSE, by=world.moderator, at=NOON)
    with pytest.raises(Hidden):
        await appeal(hiding.code, "替她申诉", by=world.qiang, at=NOON)
    with pytest.raises(Unfit, match="六个月"):
        await appeal(hiding.code, "晚了", by=world.lan, at=NOON + 190 * DAY)
    await appeal(hiding.code, "不同意", by=world.lan, at=NOON + 180 * DAY)
    with pytest.raises(MovedOn):
        await appeal(hiding.code, "再来", by=world.lan, at=NOON + 181 * DAY)


async def test_the_file_is_for_those_concerned_and_looking_closer_is_recorded(
    world: World, board: dict[str, Slip]
) -> None:
    hiding = await hide("slip-1", ABUSE, by=world.moderator, at=NOON)
    for person in (world.lan, world.moderator, world.supervisor):
        assert (await find_hiding(person, hiding.code, at=NOON)).id == hiding.id
    for person in (world.qiang, world.clerk, world.stranger):
        with pytest.raises(Hidden):
            await find_hiding(person, hiding.code, at=NOON)
    for person in (world.moderator, world.supervisor):
        with pytest.raises(Forbidden, match="封存"):
            await read_sealed(hiding.code, by=person, at=NOON)
    with pytest.raises(Forbidden, match="封存"):
        await read_original("slip-1", by=world.moderator, at=NOON)
    await appeal(hiding.code, "只是意见", by=world.lan, at=NOON)
    assert "138" in await read_sealed(hiding.code, by=world.supervisor, at=NOON)
    with pytest.raises(Forbidden, match="封存"):
        await read_sealed(hiding.code, by=world.moderator, at=NOON)
    assert [each.actor_id for each in await Event.filter(kind="content.unmasked")] == [world.supervisor.id]


async def test_the_log_counts_what_was_decided(world: World, board: dict[str, Slip]) -> None:
    await report("slip-1", Reason.ABUSE, "", by=world.qiang, at=NOON)
    await report("slip-2", Reason.ABUSE, "", by=world.qiang, at=NOON)
    await settle("slip-2", Verdict.KEEP, "", by=world.moderator, at=NOON + timedelta(hours=2))
    await appealed(world)
    await hide("slip-2", PRIVACY, by=world.moderator, at=NOON)
    await fire_due(TIMERS, NOON + 30 * DAY)
    figures = await summary(NOON, NOON + DAY, community_id=world.community.id)
    assert (figures.hidings, figures.kept, figures.appeals, figures.restored, figures.by_clock) == (2, 1, 1, 1, 2)
    assert figures.by_reason == ((Reason.ABUSE, 1), (Reason.PRIVACY, 1))
    assert figures.by_source == ((Source.REPORT, 1), (Source.OWN, 1))
    assert [each.subject for each in await log()] == ["slip-2", "slip-1"]
    assert await log(community_id=99) == []
    assert await Report.filter(closed_at=None).count() == 0
