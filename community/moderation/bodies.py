"""Who may answer an appeal: nobody who acted, wrote, reported, answered before, or works with or under one who did."""

from datetime import datetime

from community.moderation.models import Appeal, Hiding, Report
from community.moderation.offices import depends
from community.people.models import Person
from community.people.roles import holdings_at, people_with
from community.places.models import Place
from community.rights import Right, may


async def may_answer(hiding: Hiding, level: int, person: Person, *, at: datetime) -> bool:
    """Return whether ``person`` may answer the appeal of ``level`` against ``hiding``."""
    return person.id in await deciders(hiding, level, at=at)


async def deciders(hiding: Hiding, level: int, *, at: datetime) -> list[int]:
    """Return the ids of the people who may answer."""
    place = hiding.community_id
    asked = await people_with(Right.APPEAL_DECIDE, place_id=place, at=at) if level == 1 else await _above(place, at)
    acted = await _acted(hiding)
    concerned = {hiding.author_id, *await _reporters(hiding)}
    free = [number for number in asked if number not in acted and number not in concerned]
    return [number for number in free if not await depends(number, acted, at=at)]


async def _above(community_id: int, at: datetime) -> list[int]:
    """Return who hears a second appeal: the street, that is a place around the community, or a third party."""
    place = await Place.get(id=community_id)
    around = [number for number in place.ancestors if number != community_id]
    held = await holdings_at(at).filter(place_id__in=place.ancestors)
    street = {each.person_id for each in held if each.place_id in around and may([each.role], Right.APPEAL_DECIDE)}
    return sorted(street | {each.person_id for each in held if may([each.role], Right.APPEAL_REVIEW)})


async def _acted(hiding: Hiding) -> set[int]:
    answered = await Appeal.filter(hiding_id=hiding.id).values_list("answered_by_id", flat=True)
    return {int(str(number)) for number in (hiding.by_id, hiding.second_id, *answered) if number}


async def _reporters(hiding: Hiding) -> set[int]:
    found = await Report.filter(subject=hiding.subject).values_list("reporter_id", flat=True)
    return {int(str(number)) for number in found}
