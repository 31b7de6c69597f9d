"""What holds a dossier whose term is over, in one table; and the report of the terms, page and figures."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import httpx2
import pytest

from community.errors import Forbidden, Hidden
from community.people.models import Person
from community.record.models import Event
from mediation.agreement.models import Obligation
from mediation.archive import holds
from mediation.archive.commands import archive
from mediation.archive.erasing import erase
from mediation.archive.holds import back, holds_on
from mediation.archive.models import CaseDossier
from mediation.archive.purging import purge_due
from mediation.archive.retention import report, report_for
from mediation.archive.rules import Retention
from mediation.case.models import Case
from mediation.case.states import State
from mediation.confirmation.grounds import Nexus
from mediation.confirmation.models import CourtConfirmation
from mediation.feedback.grievances import Grievance
from mediation.feedback.models import CaseComplaint
from mediation.room.models import Room
from mediation.supervision.models import SupervisionCard
from mediation.supervision.rules import CardState, Colour, Ground
from tests.conftest import utc
from tests.mediation.archive.test_archiving import AT, archivist_of, binding, finished
from tests.mediation.making import made_case
from tests.world import NOON, World, sign_in

LATE = utc(2037, 1, 2, 4)
TODAY = date(2037, 1, 2)
Lift = Callable[[], Awaitable[object]]


def test_what_fell_due_three_years_ago_can_still_be_sued_for() -> None:
    assert back(date(2037, 1, 2)) == date(2034, 1, 2)
    assert back(date(2028, 2, 29)) == date(2025, 2, 28)


async def _goes_on(world: World, case: Case) -> Lift:
    later = await made_case(world)
    await Case.filter(id=later.id).update(linked_from_id=case.id)
    return lambda: Case.filter(id=later.id).update(state=State.ARCHIVED)


async def _merged(world: World, case: Case) -> Lift:
    other = await made_case(world)
    await Case.filter(id=other.id).update(merged_into_id=case.id)
    return lambda: Case.filter(id=other.id).update(state=State.MERGED)


async def _complaint(world: World, case: Case) -> Lift:
    first = next(iter(Grievance))
    row = await CaseComplaint.create(case=case, grievance=first, raised_by=world.lan, raised_at=NOON, words="")
    return row.delete


async def _court(world: World, case: Case) -> Lift:
    duty = await Obligation.filter(case_id=case.id).select_related("clause").first()
    assert duty
    row = await CourtConfirmation.create(
        community_id=case.community_id,
        case=case,
        version_id=duty.clause.version_id,
        court=world.mediation_committee,
        link=next(iter(Nexus)),
        began_at=NOON,
    )
    return lambda: CourtConfirmation.filter(id=row.id).update(ended_at=NOON)


async def _card(world: World, case: Case) -> Lift:
    row = await SupervisionCard.create(
        community_id=case.community_id,
        case=case,
        org=world.mediation_committee,
        ground=next(iter(Ground)),
        colour=next(iter(Colour)),
        days=3,
        due_on=TODAY,
        issued_by=world.director,
        issued_at=NOON,
    )
    await SupervisionCard.filter(id=row.id).update(state=CardState.ANSWERED)
    return row.delete


async def _owing(_world: World, case: Case) -> Lift:
    duty = await Obligation.filter(case_id=case.id).first()
    assert duty
    await Obligation.filter(id=duty.id).update(state="partial", due_on=date(2034, 1, 2))
    return lambda: Obligation.filter(id=duty.id).update(due_on=date(2034, 1, 1))


TABLE = (
    (_goes_on, holds.GOES_ON),
    (_merged, holds.GOES_ON),
    (_complaint, holds.COMPLAINT),
    (_court, holds.COURT),
    (_card, holds.CARD),
    (_owing, holds.OWING),
)


async def test_everything_that_holds_a_dossier_and_its_report(client: httpx2.AsyncClient, town: World) -> None:
    assert {sentence for _, sentence in TABLE} == {sentence for sentence, _, _ in holds.HOLDS}
    keeper, case = await archivist_of(town), await finished(town)
    await archive(case.code, await binding(case), by=keeper, at=AT)
    case, both = await Case.get(id=case.id), {"by": keeper, "second": town.director}
    for holding, sentence in TABLE:
        lift = await holding(town, case)
        assert await holds_on([case.id], today=TODAY) == {case.id: [sentence]}
        with pytest.raises(Forbidden) as refused:
            await erase(case.code, **both, at=LATE)
        assert refused.value.reason == sentence
        await lift()
        assert await holds_on([case.id], today=TODAY) == {}
    await _reported(client, town, case, both)


async def _reported(client: httpx2.AsyncClient, town: World, case: Case, both: dict[str, Person]) -> None:
    """Follow the figures from the shelf to the destruction, on the page and by law of who may see."""
    org, talk = town.mediation_committee.id, await Room.filter(case_id=case.id).count()
    early = await report([org], at=AT)
    assert (early.kept, early.soon, early.over, early.talk_late) == ({Retention.TEN: 1}, 0, [], 0)
    assert (await report([org], at=utc(2036, 5, 1, 4))).soon == 1
    late = await report([org], at=LATE)
    assert (late.due, late.talk_late, late.destroyed) == (1, talk, 0)
    client.cookies.update(await sign_in(both["by"]))
    await CaseDossier.filter(case_id=case.id).update(kept_until=NOON.date() - timedelta(days=1))
    await Obligation.filter(case_id=case.id).update(state="done")
    lift = await _complaint(town, case)
    for room in await Room.filter(case_id=case.id):
        await purge_due(room.name, LATE)
    assert await Event.filter(kind="room.purge-put-off").count() == talk  # the talk may prove what is complained of
    held = await report([org], at=LATE)
    assert (held.talk_late, held.talk_gone) == (0, 0)
    page = (await client.get("/shelf/retention")).text
    assert "人调卷第1号" in page
    assert holds.COMPLAINT in page
    await lift()
    assert "没有暂缓的理由" in (await client.get("/shelf/retention")).text
    await erase(case.code, **both, at=LATE)
    done = await report([org], at=LATE)
    assert (done.kept, done.over, done.destroyed, done.talk_gone, done.talk_late) == ({}, [], 1, talk, 0)
    assert (await report([org + 1000], at=LATE)).destroyed == 0
    with pytest.raises(Hidden):
        await report_for(town.lan, at=LATE)
