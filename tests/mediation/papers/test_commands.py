"""Numbers on a real database: in order whoever comes, nothing lost, voided with a reason, mended by another."""

import asyncio
from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.orgs.models import NumberSeries
from community.record.models import Event
from mediation.archive.contents import contents_of
from mediation.archive.reading import Names, lines_of
from mediation.archive.rules import Leaf, leaf_text
from mediation.case.keys import opened
from mediation.case.models import Proceeding
from mediation.case.queries import parties_of
from mediation.papers import commands
from mediation.papers.models import NumberedPaper
from mediation.papers.queries import mended, numbers_in, paper_in, papers_in, series_of
from mediation.papers.rules import Made
from mediation.papers.text import digest, void_words, words_on
from tests.mediation.agreement.making import mediating
from tests.mediation.filing import accepted
from tests.world import NOON, World

DAY = NOON + timedelta(days=4)


@pytest.mark.database
async def test_fifty_papers_at_once_are_numbered_without_a_gap(world: World) -> None:
    case = await accepted(world)
    hurried = [
        commands.issue(
            case.code, Made.ACCEPTED, "周三上午九点，居委会二楼。" if n % 5 else " ", by=world.director, at=DAY
        )
        for n in range(63)
    ]
    made = await asyncio.gather(*hurried, return_exceptions=True)
    papers = [each for each in made if isinstance(each, NumberedPaper)]
    assert sum(isinstance(each, Unfit) for each in made) == 13
    assert sorted(each.seq for each in papers) == list(range(1, 51)), "what failed gave its number back"
    whole = {each.series: each for each in await series_of(world.director, at=DAY)}
    assert (whole["调受"].first, whole["调受"].last, whole["调受"].count) == (1, 50, 50)
    assert all(each.whole for each in whole.values())
    org, rows = await numbers_in(world.director, case.org.code, "调受", 2026, at=DAY)
    assert org.id == case.org_id
    assert [each.seq for each in rows[:2]] == [50, 49]
    await NumberSeries.filter(kind="调受").update(last_number=51)
    lost = {each.series: each for each in await series_of(world.director, at=DAY)}
    assert not lost["调受"].whole, "a number without a paper would show"


@pytest.mark.database
async def test_a_number_is_voided_with_its_reason_and_mended_by_another(world: World) -> None:
    case = await mediating(world)
    (first,) = await papers_in(case)
    assert first.made is Made.CASE
    assert first.number == (await Proceeding.get(case_id=case.id)).number
    paper = await commands.issue(case.code, Made.EXTENDED, "延长到 6 月 30 日。", by=world.mediator, at=DAY)
    told = words_on(case, paper)
    assert opened((await parties_of(case))[0], "name") in told["lines"][0]
    assert told["words"] == "延长到 6 月 30 日。"
    assert "6 月" not in paper.body
    mending = await commands.correct(paper.code, "“6 月 30 日”改为“6 月 20 日”。", by=world.mediator, at=DAY)
    assert paper.number in "".join(words_on(case, mending)["lines"])
    assert [each.number for each in (await mended([paper]))[paper.id]] == [mending.number]
    with pytest.raises(Unfit):
        await commands.correct(mending.code, "再改。", by=world.mediator, at=DAY)
    with pytest.raises(Forbidden):
        await commands.void(mending.code, "写错了文书。", by=world.mediator, at=DAY)
    with pytest.raises(Unfit):
        await commands.void(mending.code, " ", by=world.director, at=DAY)
    with pytest.raises(Unfit, match="还在办"):
        await commands.void(first.code, "受理错了。", by=world.director, at=DAY)
    gone = await commands.void(mending.code, "写错了文书。", by=world.director, at=DAY)
    assert void_words(case, gone) == "写错了文书。"
    assert not await mended([paper])
    with pytest.raises(MovedOn):
        await commands.void(mending.code, "写错了文书。", by=world.director, at=DAY)
    again = await commands.correct(paper.code, "“6 月 30 日”改为“6 月 25 日”。", by=world.mediator, at=DAY)
    listed = (await contents_of(case))[Leaf.NOTICES]
    assert [each["number"] for each in listed] == [each.number for each in (paper, mending, again)]
    read = "\n".join(lines_of(Leaf.NOTICES, leaf_text(listed), Names({}, {}, {})))
    assert "延长到 6 月 30 日" in read
    assert "作废" in read
    assert again.seq == mending.seq + 1, "a voided number is never given again"
    assert all(each.whole for each in await series_of(world.director, at=DAY))
    kinds = await Event.filter(subject=case.key, kind__in=["paper.issued", "number.voided"]).values_list(
        "body", flat=True
    )
    assert len(kinds) == 4
    assert not [each for each in kinds if "写错" in str(each) or "延长" in str(each)], "words stay out of the record"
    assert again.sha256 != digest("")


@pytest.mark.database
async def test_the_book_is_read_by_its_own_office_alone(world: World) -> None:
    case = await mediating(world)
    (first,) = await papers_in(case)
    with pytest.raises(Forbidden):
        await series_of(world.lan, at=DAY)
    for stranger in (world.lan, world.mediator):
        with pytest.raises(Hidden):
            await numbers_in(stranger, case.org.code, "人调", 2026, at=DAY)
    with pytest.raises(Forbidden):
        await commands.issue(case.code, Made.ACCEPTED, "写一句。", by=world.lan, at=DAY)
    with pytest.raises(Unfit, match="现在不出"):
        await commands.issue(case.code, Made.URGED, "写一句。", by=world.director, at=DAY)
    with pytest.raises(Hidden):
        await commands.issue(case.code, Made.DOSSIER, "写一句。", by=world.director, at=DAY)
    with pytest.raises(Hidden):
        await paper_in(case, "nothing")
    assert (await paper_in(case, first.code)).id == first.id
    await NumberedPaper.filter(id=first.id).update(number="（2026）幸福里居调受字第1号")
    with pytest.raises(Unfit, match="简称"):
        await commands.issue(case.code, Made.ACCEPTED, "写一句。", by=world.director, at=DAY)
