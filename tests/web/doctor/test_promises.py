"""What was promised and not kept is told by the doctor, each kind by its name."""

from datetime import datetime, timedelta

from deliberation.ballot.votes import Choice
from deliberation.calls.answering import answer
from deliberation.calls.asking import ask_answer
from deliberation.ledger.commands import sequence
from deliberation.ledger.rules import PROMISE
from deliberation.matter.models import Matter
from deliberation.outcome.models import Milestone
from deliberation.publicity.objecting import object_to
from tests.deliberation.outcome.stage import BEGIN, executing, hung
from tests.deliberation.stage import VOTING, body_of, deliberating, opened, settle, vote
from tests.world import NOON, World
from web.doctor.promises import GRACE, look

LATER = timedelta(days=90)


async def levels(at: datetime) -> dict[str, tuple[str, str]]:
    """Return level and saying by name."""
    return {each.name: (each.level.value, each.saying) for each in await look(at)}


async def test_nothing_promised_is_nothing_broken(world: World) -> None:
    found = await levels(NOON)
    assert {level for level, _ in found.values()} == {"ok"}
    assert len(found) == 9


async def test_an_office_that_does_not_answer_is_told_until_it_does(world: World) -> None:
    body, _ = await body_of(world)
    matter = await deliberating(world, body, world.lan)
    call = await ask_answer(matter.id, world.residents_committee.code, "公共收益有多少？", by=world.lan, at=NOON)
    assert (await levels(call.due_at))["没有答复的单位"][0] == "ok"
    level, saying = (await levels(NOON + LATER))["没有答复的单位"]
    assert (level, saying.startswith("1 件"), call.due_at.strftime("%Y-%m") in saying) == ("warn", True, True)
    await answer(call.id, "账上有十二万元。", by=world.clerk, at=NOON + LATER)
    assert (await levels(NOON + LATER))["没有答复的单位"][0] == "ok"


async def test_a_matter_whose_clock_ran_out_is_told(world: World) -> None:
    body, _ = await body_of(world)
    matter = await deliberating(world, body, world.lan)
    await Matter.filter(id=matter.id).update(due_at=NOON + timedelta(days=1))
    assert (await levels(NOON + timedelta(days=1)))["议题过了这一步的期限"][0] == "ok"
    assert (await levels(NOON + timedelta(days=2)))["议题过了这一步的期限"][0] == "warn"
    await Matter.filter(id=matter.id).update(state="suspended")
    assert (await levels(NOON + timedelta(days=2)))["议题过了这一步的期限"][0] == "ok"


async def test_steps_that_were_not_done_and_objections_without_an_answer_are_told(world: World) -> None:
    matter, execution, people = await executing(world)
    notice = await hung(matter.id)
    late = {name for name, (level, _) in (await levels(BEGIN + LATER)).items() if level != "ok"}
    assert {"没有办完的步骤", "到日子还缺张贴照片的公示"} <= late
    assert "没有答复的异议" not in late
    await object_to(notice.id, "没有贴在三号楼。", by=people[0].person, at=notice.starts_at)
    assert (await levels(notice.starts_at + LATER))["没有答复的异议"][0] == "warn"
    await Milestone.filter(execution_id=execution.id).update(dropped_at=BEGIN)
    assert (await levels(BEGIN + LATER))["没有办完的步骤"][0] == "ok"


async def test_papers_that_are_not_signed_in_time_are_an_illness(world: World) -> None:
    people = await settle(world, 6)
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, [each.person for each in people])
    await vote(ballot, people[:2], Choice.YES)
    broken = VOTING + PROMISE + GRACE + timedelta(minutes=1)
    assert (await levels(VOTING))["票据日志的承诺"][0] == "ok"
    level, saying = (await levels(broken))["票据日志的承诺"]
    assert (level, saying.startswith("2 张票")) == ("bad", True)
    await sequence(at=VOTING + PROMISE)
    assert (await levels(broken))["票据日志的承诺"][0] == "ok"
