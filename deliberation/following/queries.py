"""Who follows what. Only the person themself may read it; tellers ask to know whom to tell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from community.people.models import Person
from community.places.models import Place
from deliberation.ballot.models import Ballot, Paper
from deliberation.following.models import Follow
from deliberation.following.rules import News, Why, goes_on, matter_key, place_key
from deliberation.matter.models import Endorsement, Matter

PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class Followed:
    """A matter that somebody follows, and why."""

    matter: Matter
    why: Why


async def followers(matter: Matter) -> list[int]:
    """Return whom to tell of a matter: who had a hand in it or asked, and did not say no more; the author too."""
    said = dict(await Follow.filter(subject=matter_key(matter.id)).values_list("person_id", "wanted"))
    by_itself = {matter.author_id, *await _seconded(matter), *await _voted(matter)}
    everybody = by_itself | {int(str(number)) for number in said}
    return sorted(each for each in everybody if goes_on(by_itself=each in by_itself, asked=_word(said, each)))


async def followers_of_place(place: Place, news: News) -> list[int]:
    """Return whom to tell of news in a place: who follows it or a place around it."""
    subjects = [place_key(number, news) for number in place.ancestors]
    found = await Follow.filter(subject__in=subjects, wanted=True).values_list("person_id", flat=True)
    return sorted({int(str(number)) for number in found})


async def why_following(person: Person, matter: Matter) -> Why | None:
    """Return why ``person`` follows a matter, or None when they do not."""
    word = await Follow.get_or_none(person_id=person.id, subject=matter_key(matter.id))
    if word and not word.wanted:
        return None
    return await _hand_in(person, matter) or (Why.ASKED if word else None)


async def _hand_in(person: Person, matter: Matter) -> Why | None:
    if matter.author_id == person.id:
        return Why.AUTHOR
    if await Endorsement.exists(matter_id=matter.id, person_id=person.id, ended=None):
        return Why.SECONDED
    ballots = Ballot.filter(matter_id=matter.id).values("id")
    return Why.VOTED if await Paper.exists(ballot_id__in=Subquery(ballots), by_id=person.id) else None


async def followed(person: Person, *, before: int | None = None) -> tuple[list[Followed], int | None]:
    """Return a page of the matters somebody follows, newest first, and the key of the next page."""
    reasons = await _reasons(person)
    wanted = sorted((number for number in reasons if before is None or number < before), reverse=True)
    page = wanted[:PAGE]
    rows = {each.id: each for each in await Matter.filter(id__in=page).exclude(public_at=None).select_related("body")}
    found = [Followed(rows[number], reasons[number]) for number in page if number in rows]
    return found, page[-1] if len(wanted) > PAGE else None


async def _reasons(person: Person) -> Mapping[int, Why]:
    said = dict(
        await Follow.filter(person_id=person.id, subject__startswith="matter-").values_list("subject", "wanted")
    )
    words = {int(str(subject).removeprefix("matter-")): bool(wanted) for subject, wanted in said.items()}
    reasons: dict[int, Why] = {number: Why.ASKED for number, wanted in words.items() if wanted}
    reasons |= dict.fromkeys(await _voted_in(person), Why.VOTED)
    reasons |= dict.fromkeys(
        await _numbers(Endorsement.filter(person_id=person.id, ended=None), "matter_id"), Why.SECONDED
    )
    reasons |= dict.fromkeys(await _numbers(Matter.filter(author_id=person.id), "id"), Why.AUTHOR)
    return {number: why for number, why in reasons.items() if words.get(number, True)}


async def places_followed(person: Person) -> Sequence[str]:
    """Return the kinds of news of places that somebody follows, as they are named."""
    rows = Follow.filter(person_id=person.id, subject__startswith="place-", wanted=True)
    return [str(subject) for subject in await rows.values_list("subject", flat=True)]


async def _seconded(matter: Matter) -> Iterable[int]:
    return await _numbers(Endorsement.filter(matter_id=matter.id, ended=None, person_id__isnull=False), "person_id")


async def _voted(matter: Matter) -> Iterable[int]:
    ballots = Ballot.filter(matter_id=matter.id).values("id")
    return await _numbers(Paper.filter(ballot_id__in=Subquery(ballots), by_id__not_isnull=True).distinct(), "by_id")


async def _voted_in(person: Person) -> Iterable[int]:
    papers = Paper.filter(by_id=person.id).distinct().values("ballot_id")
    return await _numbers(Ballot.filter(id__in=Subquery(papers)), "matter_id")


async def _numbers(rows: QuerySet[Any], column: str) -> list[int]:
    return [int(str(number)) for number in await rows.values_list(column, flat=True)]


def _word(said: Mapping[object, object], person_id: int) -> bool | None:
    return bool(said[person_id]) if person_id in said else None
