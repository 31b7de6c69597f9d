"""Masking, moving, taking back, taking an item, spam in batches, and what the database itself refuses."""

import asyncio
from datetime import timedelta

import pytest
from tortoise.exceptions import IntegrityError

from community.errors import Forbidden, MovedOn, Unfit
from community.moderation.appealing import TIMERS, appeal
from community.moderation.batches import hide_many
from community.moderation.claiming import claim, claims, release
from community.moderation.hiding import hide, second
from community.moderation.models import Hiding, Report
from community.moderation.orders import Order
from community.moderation.originals import original_of
from community.moderation.queries import queue
from community.moderation.reporting import report, settle
from community.moderation.rules import UNDO_WITHIN, Measure, Reason, Verdict
from community.moderation.states import State
from community.moderation.undoing import may_undo, undo, undo_batch
from community.notice.models import Mail
from community.record.models import Event
from community.record.outbox import facts_of
from community.timers.commands import fire_due
from tests.community.moderation.board import Slip, pin
from tests.community.moderation.cast import ABUSE, PRIVACY, SPAM, hidden, street_moderator, told
from tests.world import NOON, World

MASK = Order(Reason.PRIVACY, "已替您遮住门牌和电话。", measure=Measure.MASK, conceal=("4号楼302", "老许"))
MOVE = Order(Reason.OFF_TOPIC, "这是另一件事。", measure=Measure.MOVE, target="wall-2")
MASKED = "＊＊＊＊＊＊的＊＊，电话138****5678，大家去找他"


@pytest.fixture
def board(world: World) -> dict[str, Slip]:
    return pin(world)


async def test_masking_keeps_the_opinion_seals_the_rest_and_logs_both_hashes(
    world: World, board: dict[str, Slip]
) -> None:
    was, words = board["slip-1"].text_hash, board["slip-1"].excerpt
    hiding = await hidden(world, MASK)
    slip = board["slip-1"]
    assert (slip.excerpt, slip.hidden, hiding.state) == (MASKED, "", State.STANDING)
    facts = facts_of(await Event.get(kind="content.hidden"))
    assert (facts["text_hash"], facts["masked_hash"], facts["measure"]) == (was, slip.text_hash, "mask")
    assert was != slip.text_hash
    stored = await Hiding.get()
    assert "老许" not in stored.sealed + stored.conceal
    assert await original_of(stored) == words
    assert (await told(world.lan))[0].startswith("您的一条内容打码后留着")
    await undo(hiding.code, by=world.moderator, at=NOON)
    assert slip.excerpt == words


async def test_masking_that_covers_nothing_is_a_mistake(world: World, board: dict[str, Slip]) -> None:
    order = Order(Reason.PRIVACY, "遮住", measure=Measure.MASK, conceal=("没有这个字",))
    board["slip-1"].excerpt = "没有号码"
    with pytest.raises(Unfit, match="遮住"):
        await hidden(world, order)
    assert await Hiding.all().count() == 0


async def test_off_topic_moves_and_comes_back_when_an_appeal_is_not_answered(
    world: World, board: dict[str, Slip]
) -> None:
    hiding = await hidden(world, MOVE)
    assert (board["slip-1"].below, board["slip-1"].hidden) == ("wall-2", "")
    await appeal(hiding.code, "就是这件事", by=world.lan, at=NOON)
    await fire_due(TIMERS, NOON + timedelta(days=30))
    assert (board["slip-1"].below, (await Hiding.get()).state) == ("wall-1", State.EXPIRED)


@pytest.mark.parametrize(
    "order",
    [
        Order(Reason.OFF_TOPIC, "跑题", measure=Measure.HIDE),
        Order(Reason.OFF_TOPIC, "跑题", measure=Measure.MASK),
        Order(Reason.OFF_TOPIC, "跑题", measure=Measure.MOVE),
        Order(Reason.ABUSE, "骂人", measure=Measure.MOVE, target="wall-2"),
        Order(Reason.SPAM, "广告", measure=Measure.MASK),
        Order(Reason.GROUNDLESS, "乱报", measure=Measure.HIDE),
        Order(Reason.GROUNDLESS, "乱报", measure=Measure.LIMIT),
    ],
)
async def test_a_reason_carries_only_its_own_measures(world: World, board: dict[str, Slip], order: Order) -> None:
    with pytest.raises(Unfit):
        await hidden(world, order)
    assert (board["slip-1"].hidden, board["slip-1"].below) == ("", "wall-1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": "  "},
        {"reason": Reason.OFF_TOPIC},
        {"measure": Measure.MOVE},
        {"reason": Reason.FALSE},
        {"reason": Reason.AUTHORITY},
        {"measure": Measure.LIMIT},
        {"told_at": None},
    ],
)
async def test_the_database_itself_takes_no_decision_without_its_reason(
    world: World, board: dict[str, Slip], wrong: dict[str, object]
) -> None:
    hiding = await hidden(world)
    with pytest.raises(IntegrityError):
        await Hiding.filter(id=hiding.id).update(**wrong)


async def test_it_can_be_taken_back_for_ten_minutes_and_no_mail_goes_before(
    world: World, board: dict[str, Slip]
) -> None:
    await report("slip-1", Reason.ABUSE, "", by=world.qiang, at=NOON)
    hiding = await hidden(world)
    last = NOON + UNDO_WITHIN - timedelta(seconds=1)
    assert may_undo(hiding, world.moderator, at=last)
    assert not may_undo(hiding, world.supervisor, at=last)
    await undo(hiding.code, by=world.moderator, at=last)
    assert (board["slip-1"].hidden, (await Hiding.get()).state) == ("", State.UNDONE)
    assert [waiting.subject for waiting in await queue(world.moderator, at=last)] == ["slip-1"]
    assert (await told(world.qiang))[-1].endswith("会重新看。")
    assert await Event.filter(kind="content.undone").count() == 1
    await fire_due(TIMERS, NOON + timedelta(days=400))
    assert await Mail.filter(person_id=world.lan.id).count() == 0
    with pytest.raises(MovedOn):
        await undo(hiding.code, by=world.moderator, at=last)
    await hide("slip-1", ABUSE, by=world.moderator, at=last)


async def test_after_ten_minutes_or_by_somebody_else_nothing_is_taken_back(
    world: World, board: dict[str, Slip]
) -> None:
    hiding = await hidden(world)
    with pytest.raises(Unfit, match="十分钟"):
        await undo(hiding.code, by=world.moderator, at=NOON + UNDO_WITHIN)
    with pytest.raises(Forbidden):
        await undo(hiding.code, by=await street_moderator(world), at=NOON)
    await fire_due(TIMERS, NOON + UNDO_WITHIN)
    assert await Mail.filter(person_id=world.lan.id).count() == 1


async def test_what_waits_for_a_second_person_can_be_taken_back_and_does_not_lapse(
    world: World, board: dict[str, Slip]
) -> None:
    hiding = await hide("slip-2", PRIVACY, by=world.moderator, at=NOON)
    assert "东门" not in board["slip-2"].excerpt
    await undo(hiding.code, by=world.moderator, at=NOON)
    assert (board["slip-2"].excerpt, board["slip-2"].hidden) == ("请大家一起修东门", "")
    with pytest.raises(MovedOn):
        await second(hiding.code, agree=True, by=await street_moderator(world), at=NOON)


async def test_the_longest_time_ends_it_by_itself(world: World, board: dict[str, Slip]) -> None:
    await hidden(world)
    await fire_due(TIMERS, NOON + timedelta(days=179))
    assert board["slip-1"].hidden == "M2"
    await fire_due(TIMERS, NOON + timedelta(days=182))
    assert (board["slip-1"].hidden, (await Hiding.get()).state) == ("", State.SERVED)
    assert (await told(world.lan))[-1].startswith("处理的最长期限到了")


async def test_of_two_moderators_one_takes_an_item_until_the_lease_runs_out(
    world: World, board: dict[str, Slip]
) -> None:
    other = await street_moderator(world)
    await report("slip-1", Reason.ABUSE, "", by=world.qiang, at=NOON)
    results = await asyncio.gather(
        *[claim("slip-1", by=person, at=NOON) for person in (world.moderator, other)], return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in results) == ["MovedOn", "NoneType"]
    (held,) = (await claims(["slip-1"], at=NOON)).values()
    loser = other if held.person_id == world.moderator.id else world.moderator
    with pytest.raises(MovedOn, match="同事"):
        await hide("slip-1", ABUSE, by=loser, at=NOON)
    with pytest.raises(MovedOn, match="同事"):
        await settle("slip-1", Verdict.KEEP, "", by=loser, at=NOON)
    later = NOON + timedelta(minutes=15)
    assert await claims(["slip-1"], at=later) == {}
    await claim("slip-1", by=loser, at=later)
    await release("slip-1", by=loser)
    with pytest.raises(Forbidden):
        await claim("slip-1", by=world.lan, at=later)


async def test_spam_goes_in_one_decision_with_an_event_each_and_one_line_to_each_author(
    world: World, board: dict[str, Slip]
) -> None:
    for n in range(4, 8):
        board[f"slip-{n}"] = Slip(world.lan.id if n < 6 else world.zhao.id, world.community.id, "加微信送安装")
    subjects = [f"slip-{n}" for n in range(4, 8)]
    batch = await hide_many(subjects, SPAM, by=world.moderator, at=NOON)
    assert [board[each].hidden for each in subjects] == ["M4"] * 4
    assert await Event.filter(kind="content.hidden").count() == 4
    assert facts_of(await Event.get(kind="content.batch-hidden"))["n"] == 4
    assert [len(await told(person)) for person in (world.lan, world.zhao)] == [1, 1]
    await fire_due(TIMERS, NOON + UNDO_WITHIN)
    assert sorted([mail.person_id or 0 for mail in await Mail.all()]) == sorted([world.lan.id, world.zhao.id])
    code = (await Hiding.get(subject="slip-4")).code
    await appeal(code, "不是广告", by=world.lan, at=NOON + UNDO_WITHIN)
    with pytest.raises(Unfit):
        await undo_batch(batch, by=world.moderator, at=NOON + UNDO_WITHIN)


async def test_a_batch_is_all_or_nothing_and_can_be_taken_back(world: World, board: dict[str, Slip]) -> None:
    board["slip-4"] = Slip(world.lan.id, world.community.id, "加微信")
    for subjects, order in ((["slip-4", "slip-2"], SPAM), (["slip-4"], ABUSE), ([], SPAM), (["slip-4"] * 1, ABUSE)):
        with pytest.raises(Unfit):
            await hide_many(subjects, order, by=world.moderator, at=NOON)
    assert (board["slip-4"].hidden, await Hiding.all().count()) == ("", 0)
    batch = await hide_many(["slip-4", "slip-1", "slip-4"], SPAM, by=world.moderator, at=NOON)
    with pytest.raises(Forbidden):
        await undo_batch(batch, by=await street_moderator(world), at=NOON)
    assert await undo_batch(batch, by=world.moderator, at=NOON) == 2
    assert [board[each].hidden for each in ("slip-1", "slip-4")] == ["", ""]


async def groundless(world: World, board: dict[str, Slip], *, times: int) -> None:
    for n in range(20, 20 + times):
        board[f"slip-{n}"] = Slip(world.lan.id, world.community.id, f"意见{n}")
        await report(f"slip-{n}", Reason.ABUSE, "", by=world.qiang, at=NOON)
        await settle(f"slip-{n}", Verdict.KEEP, "", by=world.moderator, at=NOON)


async def test_who_reports_without_ground_again_and_again_may_report_once_a_day_and_appeal(
    world: World, board: dict[str, Slip]
) -> None:
    about, order = f"reporter-{world.qiang.id}", Order(Reason.GROUNDLESS, "请先看规则。", measure=Measure.LIMIT)
    await groundless(world, board, times=4)
    with pytest.raises(Unfit, match="至少"):
        await hide(about, order, by=world.moderator, at=NOON)
    board["slip-30"] = Slip(world.lan.id, world.community.id, "意见30")
    await groundless(world, board, times=5)
    limit = await hide(about, order, by=world.moderator, at=NOON)
    assert (await told(world.qiang))[-1].startswith("您三十天内每天只能举报一次")
    with pytest.raises(Exception, match="每天只能举报一次"):
        await report("slip-30", Reason.ABUSE, "", by=world.qiang, at=NOON)
    await report("slip-30", Reason.ABUSE, "", by=world.qiang, at=NOON + timedelta(days=1, seconds=1))
    await appeal(limit.code, "我是认真看的", by=world.qiang, at=NOON)
    await fire_due(TIMERS, NOON + timedelta(days=20))
    assert (await Hiding.get(subject=about)).state is State.EXPIRED
    assert await Report.filter(reporter_id=world.qiang.id).count() == 10
