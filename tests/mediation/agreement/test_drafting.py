"""Writing an agreement down: whose words, who may, what is refused, what freezes it."""

from datetime import date, timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from mediation.agreement import commands
from mediation.agreement.checks import LEGALITY
from mediation.agreement.models import Agreement, AgreementVersion
from mediation.agreement.queries import (
    draft_of,
    frozen_of,
    opened_body,
    paper_of,
)
from mediation.agreement.rules import ClauseKind, Line
from mediation.agreement.text import draft_from
from mediation.case.models import Case, Party, Period
from mediation.case.states import State
from tests.mediation.agreement.making import (
    DAY,
    draft,
    drafting,
    finalized,
    mediating,
    sign,
)
from tests.mediation.filing import STATEMENT
from tests.world import World

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


async def state_of(case: Case) -> State:
    return (await Case.get(id=case.id)).state


async def test_a_draft_begins_with_the_applicants_own_words_and_lies_locked(world: World) -> None:
    case = await mediating(world)
    version = await commands.begin(case.code, accepted=True, by=world.mediator, at=DAY)
    assert draft_from(opened_body(version)).facts == STATEMENT
    assert STATEMENT not in (await AgreementVersion.get(id=version.id)).body
    assert await state_of(case) is State.DRAFTING


async def test_nothing_is_written_down_before_everybody_said_yes(world: World) -> None:
    case = await mediating(world)
    with pytest.raises(Unfit, match="接受同一个方案"):
        await commands.begin(case.code, accepted=False, by=world.mediator, at=DAY)
    with pytest.raises(Forbidden):
        await commands.begin(case.code, accepted=True, by=world.lan, at=DAY)
    assert await Agreement.all().count() == 0


async def test_only_the_mediator_writes_and_a_stranger_does_not_learn_that_there_is_a_case(world: World) -> None:
    case = await drafting(world)
    for person, refusal in ((world.lan, Forbidden), (world.director, Forbidden), (world.stranger, Hidden)):
        with pytest.raises(refusal):
            await commands.save(case.code, draft(), by=person, at=DAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts": "长" * 4001}, "facts"),
        ({"lines": (Line(what="长" * 501),)}, "what-1"),
        ({"lines": (Line(), Line(whom="T9"))}, "whom-2"),
        ({"lines": (Line(),) * 21}, "form"),
    ],
)
async def test_what_cannot_be_kept_is_named_and_the_draft_stays(
    world: World, changes: dict[str, object], field: str
) -> None:
    case = await drafting(world)
    with pytest.raises(Unfit) as refusal:
        await commands.save(case.code, draft(**changes), by=world.mediator, at=DAY)
    assert refusal.value.field == field
    assert draft_from(opened_body(await draft_of(case))) == draft()


async def test_finalizing_freezes_the_words_and_gives_the_number(world: World) -> None:
    case, version = await finalized(world)
    stored = await frozen_of(case)
    assert (stored.sha256, stored.frozen_at, case.state) == (version.sha256, DAY, State.SIGNING)
    assert stored.agreement.number == "（2026）幸福里居人调字第1号-协1"
    paper = paper_of(stored)
    assert (paper.number, paper.mediator, paper.copies) == (stored.agreement.number, "吴老师", 3)
    assert [party.name for party in paper.parties] == ["阿兰", "阿强"]
    assert (await Period.get(case_id=case.id, clock="T_SIGN", ended_at=None)).due > date(2026, 5, 9)
    with pytest.raises(MovedOn):
        await commands.save(case.code, draft(), by=world.mediator, at=DAY)


async def test_amounts_that_do_not_make_the_total_are_refused_with_the_row(world: World) -> None:
    third = Line(who="R1", whom="A1", amount=64867, until=date(2026, 6, 30))
    case = await drafting(world, third, third, third, total=194600)
    with pytest.raises(Unfit, match="各期金额") as refusal:
        await commands.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=DAY)
    assert refusal.value.field == "amount-3"
    assert (await state_of(case), await Agreement.filter(number=None).count()) == (State.DRAFTING, 1)


async def test_personal_status_is_not_signed_on_a_screen(world: World) -> None:
    case = await drafting(world)
    await commands.finalize(case.code, legality=LEGALITY, on_paper=True, by=world.mediator, at=DAY)
    with pytest.raises(Unfit, match="不能电子签名"):
        await sign(case, world.lan)


async def test_a_party_without_an_account_is_asked_in_first(world: World) -> None:
    case = await drafting(world, Line(kind=ClauseKind.STOP, who="A1", whom="R1", what="占用楼道"), total=None)
    await Party.filter(case_id=case.id, side="R").update(person_id=None)
    with pytest.raises(Unfit, match="没有账号"):
        await commands.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=DAY)
