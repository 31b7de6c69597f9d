"""Elections and opinion polls on the database: announced, cast, counted by two tellers, published, voted again."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from community.errors import Forbidden, Unfit
from community.people.models import Holding, Person
from community.rights import Role
from deliberation.ballot import announcing, casting, counting, queries
from deliberation.ballot.breakdown import last_papers
from deliberation.ballot.decide import Outcome
from deliberation.ballot.frozen import thaw as rule_from
from deliberation.ballot.given import Handed
from deliberation.ballot.models import Ballot, Channel, Paper, Result
from deliberation.ballot.rules import Tie
from deliberation.ballot.votes import Choice
from deliberation.body import commands as bodies
from deliberation.body.models import Body, RollVersion
from deliberation.body.rules import Basis, BodyKind, Effect
from deliberation.ledger.bundle import bundle
from deliberation.mandate import commands as mandates
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.question import declaring, sides
from deliberation.question.asking import Asked
from deliberation.question.models import BallotSide, Candidacy
from deliberation.question.queries import declared, question_of
from deliberation.question.rules import Kind, Post, Side
from tests.deliberation.stage import PLAN as PLAIN
from tests.deliberation.stage import VOTING, body_of, counted, empty, finalised, opened, settle, tick
from tests.web.deliberation.checking import verdict
from tests.world import NOON, World

NAMES = "甲｜住 1 号楼\n乙\n丙\n丁"
SEATS = Asked(kind=Kind.SEATS, lines=NAMES, seats=2, post=Post.REPRESENTATIVES)
PLAN = replace(PLAIN, channels=(Channel.SITE, Channel.LINK))
ELECTION = replace(PLAN, asked=SEATS)


def poll(kind: Kind, **more: Any) -> announcing.Plan:  # noqa: ANN401 - the fields of Asked
    return replace(PLAN, effect=Effect.ADVISORY, asked=Asked(kind=kind, lines=NAMES, **more))


async def begun(world: World, plan: announcing.Plan) -> Ballot:
    body, roll = await body_of(world)
    return await opened(world, body, roll, world.residents, plan)


async def head(person: Person, ballot: Ballot) -> int:
    return (await queries.mine(person, ballot))[0].head_id


async def hand_in(ballot: Ballot, person: Person, marks: Choice | dict[str, int]) -> Handed:
    return await casting.cast(ballot.id, await head(person, ballot), marks, by=person, at=VOTING)


def found_in(result: Result) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(result.decision)["answer"]
    return answer


async def test_an_election_goes_the_whole_road(world: World) -> None:
    ballot = await begun(world, ELECTION)
    question = question_of(ballot)
    assert question
    assert [option.note for option in question.options] == ["住 1 号楼", "", "", ""]
    assert rule_from(ballot.rule_json).tie is Tie.REVOTE
    for person in world.residents[:3]:
        await hand_in(ballot, person, {"1": 1, "3": 1})
    await hand_in(ballot, world.residents[3], {"2": 1})
    changed = await hand_in(ballot, world.residents[3], {})
    assert changed.changed
    paper = await Paper.filter(ballot_id=ballot.id).order_by("-id").first()
    assert paper
    assert (paper.choice, paper.marks) == (Choice.ABSTAIN, "{}")
    result = await counted(world, ballot)
    assert result.outcome is Outcome.PASSED
    found = found_in(result)
    assert (found["winners"], found["papers"]) == (["1", "3"], 3)
    assert [(line["numerator"], line["denominator"]) for line in found["standings"][0]["lines"]] == [(3, 4)]
    await tick(result.shown_until)
    assert (await Matter.get(id=ballot.matter_id)).state is State.EFFECTIVE
    assert "✓" in verdict(await bundle(await Ballot.get(id=ballot.id), result))


async def test_a_paper_must_fit_the_question(world: World) -> None:
    ballot = await begun(world, ELECTION)
    for wrong, why in (
        (Choice.YES, "不是这样问"),
        ({"1": 1, "2": 1, "3": 1}, "最多选"),
        ({"7": 1}, "给出的选项"),
        ({"1": 2}, "给出的选项"),
    ):
        with pytest.raises(Unfit, match=why):
            await hand_in(ballot, world.lan, wrong)
    assert await Paper.all().count() == 0
    body, roll = await Body.get(id=ballot.body_id), await RollVersion.get(id=ballot.roll_id)
    plain = await opened(world, body, roll, world.residents)
    with pytest.raises(Unfit, match="不是这样问"):
        await hand_in(plain, world.lan, {"1": 1})


async def test_open_seats_are_voted_again_without_a_new_matter(world: World) -> None:
    ballot = await begun(world, ELECTION)
    await hand_in(ballot, world.residents[0], {"1": 1, "2": 1})
    await hand_in(ballot, world.residents[1], {"1": 1, "2": 1})
    await hand_in(ballot, world.residents[2], {"1": 1})
    await hand_in(ballot, world.residents[3], {"3": 1})
    result = await counted(world, ballot)
    found = found_in(result)
    assert (result.outcome, found["winners"], found["open_seats"]) == (Outcome.REVOTE, ["1"], 1)
    assert found["again"] == ["2", "3", "4"]
    await tick(result.shown_until)
    matter = await Matter.get(id=ballot.matter_id)
    assert matter.state is State.FINALISED
    late = result.shown_until
    opens = late.date().replace(month=late.month + 1)
    again = replace(ELECTION, opens_on=opens, closes_on=opens, asked=replace(SEATS, lines="乙\n丙\n丁", seats=1))
    stands = replace(again, asked=replace(SEATS, lines="甲\n乙", seats=1))
    with pytest.raises(Unfit, match="上一轮已经选上"):
        await announcing.announce(matter.id, stands, by=world.clerk, at=late)
    second = await announcing.announce(matter.id, again, by=world.clerk, at=late)
    asked = question_of(second)
    assert asked
    assert (second.attempt, [each.name for each in asked.sitting]) == (2, ["甲"])


async def test_what_those_who_sit_declared_holds_in_the_next_round(world: World) -> None:
    body, roll = await body_of(world, BodyKind.RESIDENTS_ASSEMBLY, Basis.HOUSEHOLDS)
    plan = replace(PLAN, effect=Effect.PREPARATORY, asked=replace(SEATS, post=Post.RESIDENTS_COMMITTEE))
    ballot = await opened(world, body, roll, world.residents, plan)
    for key, woman, kin in (("1", True, ("2",)), ("2", False, ("1",)), ("3", False, ())):
        await declaring.declare(ballot.id, key, woman=woman, kin=kin, by=world.clerk, at=VOTING)
    for person in world.residents:
        for row in await queries.mine(person, ballot):
            await casting.cast(ballot.id, row.head_id, {"1": 1}, by=person, at=VOTING)
    result = await counted(world, ballot)
    assert (result.outcome, found_in(result)["winners"]) == (Outcome.REVOTE, ["1"])
    await tick(result.shown_until)
    late = result.shown_until
    opens = late.date().replace(month=late.month + 1)
    again = replace(plan, opens_on=opens, closes_on=opens, asked=replace(plan.asked, lines="乙\n丙", seats=1))
    second = await announcing.announce(ballot.matter_id, again, by=world.clerk, at=late)
    await declaring.declare(second.id, "2", woman=False, kin=("31",), by=world.clerk, at=late)
    found = await declared(second)
    assert (found["31"].woman, found["31"].kin, found["2"].kin) == (True, frozenset("1"), frozenset({"31"}))
    with pytest.raises(Unfit, match="已经选上的人"):
        await declaring.declare(second.id, "2", woman=False, kin=("32",), by=world.clerk, at=late)


async def test_a_tie_is_drawn_by_a_seed_that_was_published(world: World) -> None:
    plan = replace(ELECTION, asked=replace(SEATS, tie=Tie.LOT, seats=1))
    ballot = await begun(world, plan)
    rule = rule_from(ballot.rule_json)
    assert (rule.tie, len(rule.lot_seed)) == (Tie.LOT, 32)


@pytest.mark.parametrize(
    ("kind", "papers", "winner"),
    [
        (Kind.APPROVAL, [{"1": 1, "2": 1}, {"2": 1}, {"2": 1, "3": 1}, {}], "2"),
        (Kind.SCORE, [{"1": 5, "2": 1}, {"1": 4}, {"3": 5}, {"1": 0}], "1"),
        (Kind.RANKED, [{"1": 1, "2": 2}, {"2": 1}, {"3": 1, "2": 2}, {"2": 1, "1": 2}], "2"),
    ],
)
async def test_opinions_are_counted_and_bind_nobody(
    world: World, kind: Kind, papers: list[dict[str, int]], winner: str
) -> None:
    ballot = await begun(world, poll(kind))
    for person, marks in zip(world.residents, papers, strict=False):
        await hand_in(ballot, person, marks)
    result = await counted(world, ballot)
    assert (result.outcome, found_in(result)["winners"]) == (Outcome.ANSWERED, [winner])
    assert "✓" in verdict(await bundle(await Ballot.get(id=ballot.id), result))


async def test_what_the_law_does_not_allow_is_not_announced(world: World) -> None:
    body, roll = await body_of(world)
    matter = await finalised(world, body, roll, world.residents)
    secret = replace(SEATS, post=Post.RESIDENTS_COMMITTEE)
    for plan, why in (
        (replace(poll(Kind.RANKED), effect=Effect.BINDING), "没有法律效力"),
        (replace(PLAN, asked=replace(SEATS, post=None)), "选的是什么人"),
        (replace(PLAN, asked=replace(SEATS, post=Post.OWNERS_COMMITTEE)), "不选这一种人"),
        (replace(PLAN, asked=secret), "不记名"),
        (replace(PLAN, asked=secret, effect=Effect.PREPARATORY), "户的代表"),
        (replace(PLAN, asked=replace(SEATS, seats=5)), "名额"),
        (replace(PLAN, asked=replace(SEATS, lines="甲")), "个选项，一行一个"),
        (replace(PLAN, asked=replace(SEATS, lines="甲\n乙\n甲")), "行一样"),
    ):
        with pytest.raises(Unfit, match=why):
            await announcing.announce(matter.id, plan, by=world.clerk, at=NOON)
    assert await Ballot.all().count() == 0


async def test_candidates_declare_what_the_rule_asks_and_nobody_else_does(world: World) -> None:
    body, roll = await body_of(world, BodyKind.RESIDENTS_ASSEMBLY, Basis.HOUSEHOLDS)
    plan = replace(PLAN, effect=Effect.PREPARATORY, asked=replace(SEATS, post=Post.RESIDENTS_COMMITTEE))
    ballot = await opened(world, body, roll, world.residents, plan)
    assert ballot.rule_id == "rc25.elect.households"
    assert await Candidacy.filter(ballot_id=ballot.id, declared_at=None).count() == 4
    await declaring.link(ballot.id, "1", world.lan.email, by=world.clerk, at=VOTING)
    with pytest.raises(Unfit, match="另一位候选人"):
        await declaring.link(ballot.id, "2", world.lan.email, by=world.clerk, at=VOTING)
    with pytest.raises(Forbidden):
        await declaring.declare(ballot.id, "2", woman=True, kin=(), by=world.lan, at=VOTING)
    with pytest.raises(Unfit, match="一起参选"):
        await declaring.declare(ballot.id, "1", woman=True, kin=("1",), by=world.lan, at=VOTING)
    await declaring.declare(ballot.id, "1", woman=False, kin=("2",), by=world.lan, at=VOTING)
    await declaring.declare(ballot.id, "2", woman=False, kin=(), by=world.clerk, at=VOTING)
    for row in await queries.mine(world.lan, ballot):
        await casting.cast(ballot.id, row.head_id, {"1": 1, "2": 1}, by=world.lan, at=VOTING)
    await tick(ballot.closes_at)
    found = await counting.count_again(await Ballot.get(id=ballot.id))
    assert found.answer
    if found.answer.winners:
        assert {each.reason.name for each in found.answer.wrong} == {"KIN", "NO_WOMAN"}


async def test_nobody_votes_for_another_where_there_is_more_than_yes_and_no(world: World) -> None:
    ballot = await begun(world, ELECTION)
    with pytest.raises(Unfit, match="要本人投"):
        await mandates._open(ballot.id, VOTING)


DATA = Path(os.environ.get("HEYI_DATA", "")) / "ballots_ranked"
SMALL = ("00007-00000022.soi",) if DATA.is_dir() else ()


@pytest.mark.parametrize("name", SMALL)
async def test_a_real_election_is_announced_cast_and_counted_to_its_reference(world: World, name: str) -> None:
    """The 68 papers of a real election, each handed in for a head of its own, told by two tellers."""
    text = (DATA / name).read_text(encoding="utf-8")
    known = json.loads((DATA / "REFERENCE.json").read_text(encoding="utf-8"))[name]
    names = dict(re.findall(r"^# ALTERNATIVE NAME (\d+): (.*?)\s*$", text, re.MULTILINE))
    orders = [
        order.replace(" ", "").split(",")
        for count, order in re.findall(r"^(\d+): *(.*)$", text, re.MULTILINE)
        for _ in range(int(count))
    ]
    await empty(world)
    people = await settle(world, len(orders))
    body, roll = await body_of(world)
    plan = replace(PLAN, effect=Effect.ADVISORY, asked=Asked(kind=Kind.RANKED, lines="\n".join(names.values())))
    ballot = await opened(world, body, roll, [each.person for each in people], plan)
    keys = {old: str(number) for number, old in enumerate(names, 1)}
    for each, order in zip(people, orders, strict=True):
        await hand_in(ballot, each.person, {keys[old]: rank for rank, old in enumerate(order, 1)})
    found = found_in(await counted(world, ballot))
    question = question_of(ballot)
    assert question
    assert len(orders) == known["voters"]
    assert [question.name(key) for key in found["winners"]] == [known["irv"]]
    assert len(found["rounds"]) == known["irv_rounds"]
    assert {question.name(key): n for key, n in found["rounds"][-1]["votes"].items()} == known["irv_last"]
    assert question.name(found["condorcet"]) == known["condorcet"]


async def test_sides_are_shown_beside_each_other_and_never_added_up(world: World) -> None:
    body, _ = await body_of(world, BodyKind.RESIDENTS_ASSEMBLY, Basis.HOUSEHOLDS)
    roll = await bodies.freeze_roll(body.id, Basis.RESIDENTS, by=world.clerk, at=NOON)
    for member in world.residents[:2]:
        await Holding.create(person_id=member.id, role=Role.PARTY_MEMBER, place_id=world.community.id, since=NOON)
    plan = replace(poll(Kind.APPROVAL), sides=frozenset({Side.PARTY, Side.HOUSEHOLDS}))
    ballot = await opened(world, body, roll, world.residents, plan)
    for person, marks in zip(world.residents, ({"1": 1}, {"1": 1, "2": 1}, {"2": 1}), strict=False):
        await hand_in(ballot, person, marks)
    last = await last_papers(ballot)
    party, homes = await sides.beside(ballot, last, exact=True)
    assert (party.side, party.entitled, party.took) == (Side.PARTY, 2, 2)
    assert party.found == {"1": 2, "2": 1, "3": 0, "4": 0}
    assert homes.side is Side.HOUSEHOLDS
    assert homes.took <= homes.entitled
    assert [each.found for each in await sides.beside(ballot, last, exact=False)] == [None, None]
    assert await BallotSide.filter(ballot_id=ballot.id, side=Side.PARTY).count() == 2


async def test_sides_are_for_opinions_of_residents_alone(world: World) -> None:
    body, roll = await body_of(world)
    matter = await finalised(world, body, roll, world.residents)
    for plan, why in (
        (replace(PLAN, sides=frozenset({Side.PARTY})), "征求意见上"),
        (replace(poll(Kind.SCORE), sides=frozenset({Side.PARTY})), "没有这一方的人"),
        (replace(poll(Kind.SCORE), sides=frozenset({Side.OWNERS})), "没有这一方的人"),
    ):
        with pytest.raises(Unfit, match=why) as refused:
            await announcing.announce(matter.id, plan, by=world.clerk, at=NOON)
        assert refused.value.field == "sides"
    assert await Ballot.all().count() == 0
