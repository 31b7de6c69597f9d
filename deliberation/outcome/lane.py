"""监事台 — what those who oversee see at a glance: clocks that ran out, publications that lack something, silence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.expressions import Q

from community.people.models import Person
from community.people.roles import holdings_at
from community.rights import Right, may
from deliberation.body.models import Body
from deliberation.matter.models import Matter
from deliberation.matter.states import RIGHTS
from deliberation.outcome.models import Milestone, Note
from deliberation.outcome.rules import OFFICES
from deliberation.publicity.models import Objection, Publication

MOST: Final = 50  # of each list; a longer one is itself the finding


@dataclass(frozen=True, slots=True)
class Lane:
    """Four lists, the most urgent first."""

    late: Sequence[Matter]
    steps: Sequence[Milestone]
    bare: Sequence[Publication]
    silent: Sequence[Note]
    objections: Sequence[Objection]


async def places_seen(person: Person, rights: Iterable[Right], *, at: datetime) -> dict[Right, list[int]]:
    """Return, by right, the ids of the places of bodies in which ``person`` holds it, there or around them."""
    held = await holdings_at(at).filter(person_id=person.id).exclude(place_id=None)
    tops = {right: {f"/{one.place_id}/" for one in held if may([one.role], right)} for right in rights}
    every = set().union(*tops.values())
    if not every:
        return {right: [] for right in tops}
    within = Q(*(Q(place__path__contains=top) for top in every), join_type=Q.OR)
    paths = dict(await Body.filter(within).values_list("place_id", "place__path"))
    return {
        right: [place for place, path in paths.items() if any(top in path for top in tops[right])] for right in tops
    }


async def lane(person: Person, *, at: datetime) -> Lane:
    """Return what ``person`` oversees and what is wrong there."""
    places = (await places_seen(person, [Right.MATTER_SUPERVISE], at=at))[Right.MATTER_SUPERVISE]
    here = Matter.filter(body__place_id__in=places, due_at__lte=at).exclude(public_at=None)
    steps = Milestone.filter(execution__matter__body__place_id__in=places, done_at=None, dropped_at=None)
    bare = Publication.filter(place_id__in=places, photos=0)
    silent = Note.filter(place_id__in=places, answered_at=None)
    filed = Objection.filter(publication__place_id__in=places, verdict=None)
    return Lane(
        late=await here.select_related("body").order_by("due_at").limit(MOST),
        steps=await steps.exclude(overdue_at=None).select_related("execution__matter").order_by("due_on").limit(MOST),
        bare=await bare.order_by("-id").limit(MOST),
        silent=await silent.select_related("matter").order_by("due_at").limit(MOST),
        objections=await filed.select_related("publication").order_by("answer_due").limit(MOST),
    )


async def addressed_to(person: Person, *, at: datetime) -> list[Note]:
    """Return the notes that wait for the offices of ``person``, the most urgent first."""
    seen = await places_seen(person, {RIGHTS[office] for office in OFFICES}, at=at)
    wanted = [Q(office=each, place_id__in=seen[RIGHTS[each]]) for each in OFFICES if seen[RIGHTS[each]]]
    if not wanted:
        return []
    rows = Note.filter(Q(*wanted, join_type=Q.OR), answered_at=None)
    return await rows.select_related("matter", "by").order_by("due_at").limit(MOST)
