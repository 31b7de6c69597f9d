"""What anybody may read of communities and the organisations in them."""

from collections.abc import Sequence
from typing import Final

from community.orgs.models import Org
from community.places.models import Place, PlaceKind

PAGE: Final = 50


async def communities(*, after: int | None = None) -> tuple[list[Place], int | None]:
    """Return a page of communities in the order of their keys, and the key of the next page when there is more."""
    rows = Place.filter(kind=PlaceKind.COMMUNITY, id__gt=after or 0).order_by("id").limit(PAGE + 1)
    found = await rows.select_related("parent")
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


async def community(code: str) -> Place | None:
    """Return one community by its division code."""
    return await Place.get_or_none(code=code, kind=PlaceKind.COMMUNITY)


async def orgs_in(place: Place) -> Sequence[Org]:
    """Return the organisations that act in a community."""
    return await Org.filter(community_id=place.id).order_by("kind", "id")
