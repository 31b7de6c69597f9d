"""Reading matters. Drafts are their author's alone: for everybody else they do not exist."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from community.errors import Hidden
from community.people.models import Person
from community.people.roles import held_by, roles_in_place
from community.rights import Role, may
from deliberation.matter.models import Endorsement, Matter, MatterVersion, Screening, Sitting, Study
from deliberation.matter.states import RIGHTS, STANDINGS, Actor, State

PAGE: Final = 50


class Shelf(StrEnum):
    """How the list of matters is sorted for readers."""

    OPEN = "open"  # 正在附议
    TALK = "talk"  # 正在商议
    VOTE = "vote"  # 正在表决
    DONE = "done"  # 有结果的
    MINE = "mine"  # 我提的


SHELVES: Final = {
    Shelf.OPEN: (State.ENDORSING,),
    Shelf.TALK: (State.SCREENING, State.PARTY_STUDY, State.DELIBERATING, State.FINALISED),
    Shelf.VOTE: (State.NOTICED, State.VOTING, State.COUNTING),
    Shelf.DONE: (
        State.RESULT_NOTICE,
        State.EFFECTIVE,
        State.NOT_PASSED,
        State.NO_QUORUM,
        State.EXECUTING,
        State.EVALUATING,
        State.CLOSED,
        State.ARCHIVED,
    ),
}


def visible_to(person: Person | None) -> QuerySet[Matter]:
    """Return the matters ``person`` may know of: public ones and their own."""
    public = Q(public_at__isnull=False)
    return Matter.filter(public | Q(author_id=person.id) if person else public)


async def find(person: Person | None, matter_id: int) -> Matter:
    """Return one matter, or raise `Hidden` when there is none that ``person`` may know of."""
    matter = await visible_to(person).select_related("body", "author").get_or_none(id=matter_id)
    if matter is None:
        raise Hidden("没有找到这件事。可能还是草稿，也可能地址抄错了。")
    return matter


async def listed(
    person: Person | None,
    community_id: int | None,
    *,
    shelf: Shelf | None = None,
    before: int | None = None,
    newest: int = PAGE,
) -> tuple[list[Matter], int | None]:
    """Return a page of matters, newest first, and the key of the next page when there is more."""
    rows = visible_to(person).filter(**({"community_id": community_id} if community_id else {}))
    if shelf is Shelf.MINE:
        rows = rows.filter(author_id=person.id if person else 0)
    elif shelf:
        rows = rows.filter(state__in=SHELVES[shelf])
    if before:
        rows = rows.filter(id__lt=before)
    found = await rows.select_related("body").order_by("-id").limit(newest + 1)
    return found[:newest], found[newest - 1].id if len(found) > newest else None


async def mine_in(person: Person, states: Sequence[State]) -> list[Matter]:
    """Return the matters of an author that stand in one of these states, newest first."""
    return await Matter.filter(author_id=person.id, state__in=list(states)).order_by("-id").limit(10)


async def text_of(matter: Matter) -> MatterVersion:
    """Return the words as they stand."""
    return await MatterVersion.get(matter_id=matter.id, number=matter.version).select_related("written_by")


async def versions(matter: Matter) -> Sequence[MatterVersion]:
    """Return every version, newest first."""
    return await MatterVersion.filter(matter_id=matter.id).order_by("-number")


async def endorsed_by(person: Person | None, matter: Matter) -> Endorsement | None:
    """Return the second that ``person`` gave, of whatever version."""
    return await second_of(matter.id, person.id, None) if person else None


async def second_of(matter_id: int, person_id: int | None, resident_id: int | None) -> Endorsement | None:
    """Return the second of somebody, also one that was given with help before they had an account."""
    rows = Endorsement.filter(matter_id=matter_id)
    own = await rows.get_or_none(person_id=person_id) if person_id else None
    if own or not (person_id or resident_id):
        return own
    row = Q(resident_id=resident_id) if resident_id else Q(resident__person_id=person_id)
    return await rows.filter(row, person_id=None).first()


async def to_confirm(person: Person, *, at: datetime) -> list[Matter]:
    """Return the matters whose meaning changed after ``person`` seconded them, while that can be confirmed."""
    changed = Matter.filter(unconfirmed__gt=0, confirm_by__gt=at, hidden_at=None).values("id")
    mine = Endorsement.filter(matter_id__in=Subquery(changed), person_id=person.id, ended=None)
    given = await mine.select_related("matter")
    return [each.matter for each in given if each.version < each.matter.meaning_since]


async def papers(matter: Matter) -> dict[str, object]:
    """Return what was put on file on the way: screening, study, sessions."""
    return {
        "screening": await Screening.filter(matter_id=matter.id).order_by("-id").first(),
        "study": await Study.filter(matter_id=matter.id).order_by("-id").first(),
        "sittings": await Sitting.filter(matter_id=matter.id).order_by("id"),
    }


async def actors_of(person: Person | None, matter: Matter, *, at: datetime) -> frozenset[Actor]:
    """Return in which capacities ``person`` may act on a matter; for buttons, commands ask again."""
    if person is None:
        return frozenset()
    roles = await roles_in_place(person, matter.body.place_id, at=at)
    return capacities(roles, author=matter.author_id == person.id)


def capacities(roles: frozenset[Role], *, author: bool) -> frozenset[Actor]:
    """Return in which capacities somebody with these roles may act on a matter, theirs or not."""
    found = {actor for actor, right in RIGHTS.items() if may(roles, right)}
    return frozenset(found | ({Actor.AUTHOR} if author else set()))


async def waiting_for(person: Person, *, at: datetime) -> list[Matter]:
    """Return the matters whose next move is up to an office that ``person`` holds, the most urgent first."""
    held = await held_by(person, at=at)
    wanted: list[Q] = []
    for actor, right in RIGHTS.items():
        states = [state for state, standing in STANDINGS.items() if standing.owner is actor and state in DESK]
        places = [each.place_id for each in held if each.place_id and may([each.role], right)]
        if states and places:
            within = Q(*(Q(body__place__path__contains=f"/{place}/") for place in places), join_type=Q.OR)
            wanted.append(Q(state__in=states) & within)
    if not wanted:
        return []
    found = (
        await Matter.filter(Q(*wanted, join_type=Q.OR))
        .exclude(public_at=None)
        .select_related("body")
        .order_by("id")
        .limit(200)
    )
    return sorted(found, key=lambda each: (each.due_at is None, each.due_at or each.state_since))


DESK: Final = frozenset(
    {
        State.SCREENING,
        State.PARTY_STUDY,
        State.APPEALED,
        State.DELIBERATING,
        State.FINALISED,
        State.COUNTING,
        State.SUSPENDED,
        State.ORDERED_TO_CORRECT,
    }
)
"""What lies on somebody's desk: the states whose next step an office takes through this site."""
