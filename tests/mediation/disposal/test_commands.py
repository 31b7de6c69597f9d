"""Two people destroy what an appraisal listed: all of it or none, numbered, and only what nothing holds."""

from datetime import date

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.orgs.models import NumberSeries
from community.record.models import Event
from mediation.agreement.models import Obligation
from mediation.archive.commands import archive
from mediation.archive.models import CaseDossier
from mediation.case.models import Case
from mediation.disposal import commands, queries
from mediation.disposal.rules import SERIES, DisposalStage
from mediation.feedback.grievances import Grievance
from mediation.feedback.models import CaseComplaint
from tests.conftest import utc
from tests.mediation.archive.test_archiving import AT, archivist_of, binding, finished
from tests.world import NOON, World

LATE = utc(2037, 1, 2, 4)
WHY = "已过十年，没有再用的价值。"


async def test_a_list_is_appraised_agreed_to_by_another_and_destroyed_under_a_number(world: World) -> None:
    keeper, case, director = await archivist_of(world), await finished(world), world.director
    await archive(case.code, await binding(case), by=keeper, at=AT)
    with pytest.raises(Unfit, match="现在不能列进清册"):
        await commands.propose([case.code], WHY, by=keeper, at=AT)
    for codes, words in (([], WHY), ([case.code], " 。")):
        with pytest.raises(Unfit):
            await commands.propose(codes, words, by=keeper, at=LATE)
    with pytest.raises(Unfit):
        await commands.propose([case.code], WHY, by=director, at=LATE)
    listed = await commands.propose([case.code], WHY, by=keeper, at=LATE)
    assert await queries.ripe(keeper, at=LATE) == []
    with pytest.raises(Hidden):
        await commands.approve(listed.code, by=world.lan, at=LATE)
    with pytest.raises(Forbidden):
        await commands.approve(listed.code, by=keeper, at=LATE)
    complaint = await CaseComplaint.create(
        case=case, grievance=next(iter(Grievance)), raised_by=world.lan, raised_at=NOON, words=""
    )
    with pytest.raises(Forbidden):
        await commands.approve(listed.code, by=director, at=LATE)
    assert await NumberSeries.filter(kind=SERIES).count() == 0, "what was not done took no number"
    assert (await queries.visible(keeper, listed.code, at=LATE)).stage is DisposalStage.PROPOSED
    await complaint.delete()
    done = await commands.approve(listed.code, by=director, at=LATE)
    assert done.number == "（2037）幸福里居销毁清册第1号"
    assert (await Case.get(id=case.id)).data_key == ""
    (line,) = await queries.lines(done)
    assert (line.row, line.manifest) == (1, (await CaseDossier.get(case_id=case.id)).manifest)
    assert line.talk is not None
    with pytest.raises(MovedOn):
        await commands.approve(listed.code, by=director, at=LATE)
    with pytest.raises(MovedOn):
        await commands.withdraw(listed.code, by=keeper, at=LATE)
    assert await Event.filter(kind__in=["disposal.proposed", "disposal.done", "case.erased"]).count() == 3


async def test_no_is_said_with_a_reason_and_what_was_refused_can_be_listed_again(world: World) -> None:
    keeper, case = await archivist_of(world), await finished(world)
    await archive(case.code, await binding(case), by=keeper, at=AT)
    await Obligation.filter(case_id=case.id).update(state="done")
    await CaseDossier.filter(case_id=case.id).update(kept_until=date(2030, 1, 1))
    first = await commands.propose([case.code], WHY, by=keeper, at=LATE)
    with pytest.raises(Forbidden):
        await commands.withdraw(first.code, by=world.director, at=LATE)
    with pytest.raises(Unfit):
        await commands.refuse(first.code, "", by=world.director, at=LATE)
    refused = await commands.refuse(first.code, "再留两年，有人来问过。", by=world.director, at=LATE)
    assert (refused.stage, refused.number) == (DisposalStage.REFUSED, None)
    second = await commands.propose([case.code], WHY, by=keeper, at=LATE)
    assert (await commands.withdraw(second.code, by=keeper, at=LATE)).stage is DisposalStage.WITHDRAWN
    assert (await Case.get(id=case.id)).data_key != ""
