"""Reading publications; all of them are public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.queryset import QuerySet

from community.errors import Hidden
from community.people.models import Person
from deliberation.matter.models import Matter, called
from deliberation.publicity.models import Objection, Posting, Publication
from deliberation.publicity.rules import Check, Kind, check

PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which publications: of a kind, running or over, or only those that lack something."""

    kind: Kind | None = None
    running: bool | None = None
    lacking: bool = False


def checked(publication: Publication, at: datetime) -> Check:
    """Return how a publication stands: are its days full, is there a photograph."""
    each = publication
    return check(each.days, each.starts_at, each.ends_at, due=each.due_by, photos=each.photos, at=at)


async def find(_person: Person | None, publication_id: int) -> Publication:
    """Return one publication, or raise `Hidden`."""
    found = await Publication.get_or_none(id=publication_id)
    if found is None:
        raise Hidden("没有这份公示。可能地址抄错了。")
    return (await _veiled([found]))[0]


async def _veiled(rows: list[Publication]) -> list[Publication]:
    """Return rows to be read, those about a matter that moderation has hidden without its words; never to be saved."""
    about = {row.matter_id for row in rows if row.matter_id}
    hidden = {each.id for each in await Matter.filter(id__in=about, hidden_at__isnull=False)} if about else set()
    for row in rows:
        if row.matter_id in hidden:
            row.title, row.words, row.veiled = called(row.matter_id or 0), "", True
    return rows


async def listed(
    _person: Person | None,
    community_id: int | None,
    *,
    wanted: Wanted = Wanted(),
    before: int | None = None,
    at: datetime,
    newest: int = PAGE,
) -> tuple[list[Publication], int | None]:
    """Return a page of publications, newest first, and the key of the next page when there is more."""
    rows = _wanted(Publication.filter(**({"community_id": community_id} if community_id else {})), wanted, at)
    if before:
        rows = rows.filter(id__lt=before)
    found = await rows.order_by("-id").limit(newest + 1)
    return await _veiled(found[:newest]), found[newest - 1].id if len(found) > newest else None


def _wanted(rows: QuerySet[Publication], wanted: Wanted, at: datetime) -> QuerySet[Publication]:
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.running is not None:
        rows = rows.filter(ends_at__gt=at) if wanted.running else rows.filter(ends_at__lte=at)
    return rows.filter(photos=0) if wanted.lacking else rows


async def of_matter(matter_id: int) -> list[Publication]:
    """Return the publications about a matter, the oldest first."""
    return await Publication.filter(matter_id=matter_id).order_by("id")


async def about(subject: str, kind: Kind) -> Publication | None:
    """Return the publication of a kind about ``ballot-3``."""
    return await Publication.filter(subject=subject, kind=kind).order_by("-id").first()


async def postings(publication: Publication) -> list[Posting]:
    """Return the photographs, oldest first."""
    return await Posting.filter(publication_id=publication.id).select_related("upload", "by").order_by("id")


async def objections(publication: Publication) -> list[Objection]:
    """Return the objections, oldest first, with their answers."""
    rows = Objection.filter(publication_id=publication.id)
    return await rows.select_related("by", "answered_by").order_by("id")


async def unanswered(publication_id: int) -> int:
    """Return how many objections to a publication wait for an answer."""
    return await Objection.filter(publication_id=publication_id, verdict=None).count()
