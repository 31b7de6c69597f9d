"""Cases for tests of what happens inside one: rows as the road leaves them, without walking it."""

from datetime import datetime

from community.people.models import Person
from community.record.transaction import transact
from mediation.case.keys import lock_party, share_key
from mediation.case.models import Assignment, Case, Party, Side, Will
from mediation.case.states import State
from mediation.room.models import Room
from mediation.room.opening import open_rooms
from tests.world import NOON, World


async def made_case(
    world: World, state: State = State.MEDIATING, *, at: datetime = NOON, will: Will = Will.CONSENTED
) -> Case:
    """Return a case of 阿兰 against 阿强, led by 吴老师, before the neighbourhood's mediation committee."""
    case = await Case.create(
        community_id=world.community.id,
        org=world.mediation_committee,
        type_code="02",
        state=state,
        statement="楼上漏水",
        wish="修好",
        place="302",
        filed_by=world.lan,
        filed_at=at,
        moved_at=at,
    )
    await _party(case, Side.APPLICANT, world.lan, will)
    await _party(case, Side.RESPONDENT, world.qiang, will)
    await Assignment.create(case=case, mediator=world.mediator, mode="chosen", since=at)
    return case


async def made_rooms(case: Case, mediator: Person, *, at: datetime = NOON) -> dict[str, Room]:
    """Open the rooms of a case and return them: ``joint``, ``internal``, ``A1`` and ``R1``."""

    async def body() -> list[Room]:
        return await open_rooms(case, mediator, at=at)

    opened = await transact(body)
    for room in opened:
        await room.fetch_related("party", "case")
    return {room.party.sign if room.party else str(room.kind): room for room in opened}


async def _party(case: Case, side: Side, person: Person, will: Will) -> Party:
    party = Party(case=case, side=side, person=person, will=will)
    share_key(case, party)
    for column, text in (("name", person.name), ("phone", ""), ("email", person.email)):
        lock_party(party, column, text)
    await party.save()
    return party
