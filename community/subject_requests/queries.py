"""Reading requests: one's own; and those of the places where one answers or sits at the window."""

from datetime import datetime
from typing import Final

from community.errors import Hidden
from community.people.models import Person
from community.people.roles import places_where, roles_in_place
from community.places.models import Place
from community.rights import Right, may
from community.subject_requests.models import SubjectRequest
from community.subject_requests.rules import Kind, Outcome, Standing

HIDDEN: Final = "没有找到这份申请。请从“我的个人信息”里打开，或者换一个账号登录。"
MOST: Final = 200


async def mine(person: Person) -> list[SubjectRequest]:
    """Return what ``person`` has asked, the newest first."""
    return await SubjectRequest.filter(person_id=person.id).order_by("-id").limit(MOST)


async def queue(person: Person, *, at: datetime) -> tuple[list[SubjectRequest], list[SubjectRequest]]:
    """Return what waits where ``person`` answers, the nearest last day first, and what was answered last."""
    places = await places_where(person, Right.SUBJECT_ANSWER, at=at)
    inside = [place.id for root in places for place in await _within(root)]
    every = SubjectRequest.filter(community_id__in=inside)
    waiting = await every.filter(state=Standing.OPEN).order_by("due_on", "id").limit(MOST)
    return waiting, await every.exclude(state=Standing.OPEN).order_by("-id").limit(50)


async def taken(person: Person) -> list[SubjectRequest]:
    """Return what ``person`` took in at the window and is not yet handed over, and what was."""
    return await SubjectRequest.filter(taken_by_id=person.id).order_by("-id").limit(MOST)


async def visible(person: Person, code: str, *, at: datetime) -> SubjectRequest:
    """Return a request to whom it is about, who took it in and who answers; to everybody else it is `Hidden`."""
    row = await SubjectRequest.get_or_none(code=code)
    if row is None or not (person.id in (row.person_id, row.taken_by_id) or await answers(person, row, at=at)):
        raise Hidden(HIDDEN)
    return row


async def answers(person: Person, row: SubjectRequest, *, at: datetime) -> bool:
    """Return whether ``person`` may answer it; nobody answers their own."""
    own = person.id in (row.person_id, row.taken_by_id)
    return not own and may(await roles_in_place(person, row.community_id, at=at), Right.SUBJECT_ANSWER)


async def restricted() -> frozenset[int]:
    """Return whose data is used for nothing but what the law wants, by id: granted, and not taken back.

    Source: 个人信息保护法 44, 47.
    """
    granted = SubjectRequest.filter(kind=Kind.RESTRICT, state=Standing.ANSWERED).exclude(person_id=None)
    found = granted.exclude(outcome=Outcome.REFUSED).values_list("person_id", flat=True)
    return frozenset([int(str(each)) for each in await found])


async def _within(place_id: int) -> list[Place]:
    root = await Place.get(id=place_id)
    return await Place.filter(path__startswith=root.path)
