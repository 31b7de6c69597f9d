"""The file of a matter holds what everybody said and what was done; names are for its keepers alone."""

from datetime import date, timedelta
from typing import Any

from deliberation.archive.dossier import Dossier, Reader
from deliberation.archive.gathering import gather
from deliberation.archive.package import canonical
from deliberation.calls.answering import answer
from deliberation.calls.asking import ask_answer
from deliberation.debate.commands import comment
from deliberation.debate.models import Comment
from deliberation.debate.rules import Position
from deliberation.matter.amending import amend, decline
from deliberation.matter.models import Matter
from deliberation.meeting import attending, minuting
from deliberation.meeting.naming import family, shortened
from deliberation.oversight.appealing import appeal, decide
from deliberation.oversight.orders import order
from deliberation.oversight.rules import Deed, Document, Issuer, Ruling
from deliberation.stakeholder.declaring import declare
from deliberation.stakeholder.inviting import invite, state
from deliberation.stakeholder.models import Slot
from deliberation.stakeholder.rules import Capacity, Seat
from tests.deliberation.meeting.hall import WORDS, opened, signed
from tests.deliberation.stage import body_of, deliberating, returned
from tests.world import NOON, World
from web.deliberation.archive.words import FIELDS, PARTS

PAPER = Document(issuer=Issuer.COURT, number="清法 7 号", issued_on=date(2026, 5, 1), reason="先停下，等判决。")
NAMES = ("阿兰", "阿强", "阿秀")


async def lively(world: World) -> Matter:
    """Give a matter about which everybody said something, and two of them too much."""
    body, _ = await body_of(world)
    matter = await deliberating(world, body, world.lan)
    await comment(matter.id, Position.FOR, "早该建了。", by=world.xiu, at=NOON)
    rude = await comment(matter.id, Position.AGAINST, "都是糊涂蛋。", by=world.qiang, at=NOON)
    await Comment.filter(id=rude.id).update(hidden_at=NOON, hidden_why="M2")
    proposal = await amend(matter.id, "p1", "第一段，写得更清楚。", "原来看不懂。", by=world.qiang, at=NOON)
    await decline(proposal.code, "原文已经写明。", by=world.clerk, at=NOON)
    for person, seat in ((world.xiu, Seat.LOCAL), (world.qiang, Seat.EXPERT)):
        slot = await invite(matter.id, seat, email=person.email, by=world.clerk, at=NOON)
        await state(matter.id, slot.id, f"{seat.value} 没有意见。", by=person, at=NOON)
    await Slot.filter(seat=Seat.EXPERT).update(hidden_at=NOON, hidden_why="M3")
    await declare(matter.id, Capacity.AUTHOR, interested=True, words="我家在车棚边上。", by=world.lan, at=NOON)
    asked = await ask_answer(matter.id, world.residents_committee.code, "公共收益有多少？", by=world.lan, at=NOON)
    await answer(asked.id, "账上有十二万元。", by=world.clerk, at=NOON)
    await minuted(world, matter)
    await order(matter.id, Deed.SUSPEND, PAPER, by=world.supervisor, at=NOON + timedelta(days=30))
    return await Matter.get(id=matter.id).select_related("body", "author")


async def minuted(world: World, matter: Matter) -> None:
    """Let a meeting talk about a matter and publish its minutes."""
    meeting = await opened(world, matter_id=matter.id)
    await attending.close_meeting(meeting.id, by=world.moderator, at=meeting.ends_at)
    await minuting.write(meeting.id, WORDS.replace("大家", "阿兰（3 分钟）和大家"), by=world.clerk, at=meeting.ends_at)
    for person in (world.moderator, world.clerk, world.lan, world.qiang):
        await signed(meeting, person)
    await minuting.publish(meeting.id, by=world.clerk, at=meeting.ends_at)


def texts(found: Dossier) -> str:
    """Return a whole file as text."""
    return canonical(found.sections).decode()


async def test_a_file_holds_what_everybody_said_and_did(world: World) -> None:
    found = await gather(await lively(world), Reader.KEEPER)
    part: dict[str, Any] = found.sections
    assert [(one["words"], one["hidden_why"]) for one in part["comments"]] == [
        ("早该建了。", ""),
        ("都是糊涂蛋。", "M2"),
    ]
    assert [(one["state"], one["answer"], one["by"]) for one in part["amendments"]] == [
        ("declined", "原文已经写明。", "阿强")
    ]
    assert [(one["words"], one["hidden_why"]) for one in part["table"]["stakeholders"]] == [
        ("local 没有意见。", ""),
        ("expert 没有意见。", "M3"),
    ]
    assert ("我家在车棚边上。", "阿兰") in [(one["words"], one["by"]) for one in part["table"]["interests"]]
    assert [one["words"] for one in part["calls"]] == ["账上有十二万元。"]
    assert [(one["deed"], one["issuer"], one["number"]) for one in part["orders"]] == [
        ("suspend", "court", "清法 7 号")
    ]
    [held] = part["meetings"]
    assert "阿兰（3 分钟）" in held["minutes"]["words"]
    assert {one["by"] for one in held["minutes"]["signatures"]} >= {"阿兰", "阿强"}
    assert [one["kind"] for one in part["office"]["opinions"]]


async def test_everybody_gets_the_same_file_without_names(world: World) -> None:
    matter = await lively(world)
    public = await gather(matter, Reader.ANYBODY)
    text = texts(public)
    assert not [name for name in NAMES if name in text]
    assert "阿*（3 分钟）" in text
    assert not [words for words in ("糊涂蛋", "expert 没有意见") if words in text]
    assert texts(await gather(matter, Reader.ANYBODY)) == text
    assert [name for name, _ in PARTS] == list(public.sections)


async def test_a_return_stands_with_its_appeal_and_how_that_ended(world: World) -> None:
    body, _ = await body_of(world)
    matter = await returned(world, body)
    await appeal(matter.id, "钱从公共收益出，写过了。", by=world.lan, at=NOON)
    await decide(matter.id, Ruling.REINSTATED, "确实写过。", by=world.supervisor, at=NOON)
    found = await gather(await Matter.get(id=matter.id).select_related("body", "author"), Reader.ANYBODY)
    [back, *_] = found.sections["office"]["screenings"]
    assert (back["accepted"], back["appeal"]["ruling"], back["appeal"]["reasons"]) == (
        False,
        "reinstated",
        "确实写过。",
    )


def keys_of(value: object) -> set[str]:
    """Return every key below a value, but not those inside rules, counts and facts."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    if isinstance(value, dict):
        deep = [keys_of(one) for name, one in value.items() if name not in ("facts", "by_version", "rule")]
        return set(value).union(*deep)
    return set()


async def test_every_key_of_a_file_is_told_in_words(world: World) -> None:
    found = await gather(await lively(world), Reader.KEEPER)
    assert sorted(keys_of(list(found.sections.values())) - set(FIELDS)) == []


def test_the_longer_of_two_names_is_cut() -> None:
    assert shortened("王小明和王小说话", ["王小", "王小明"]) == f"{family('王小明')}和{family('王小')}说话"
    assert shortened("和和气气", ["和"]) == "和和气气"
