"""Who runs the site for this reader: what the operator set, else the residents' committee of their community."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from community.orgs.models import Org, OrgKind
from community.people.models import Person
from community.places.models import Place, PlaceKind
from web.page import Host, Site

FRESH: Final = timedelta(minutes=1)


class Hosts:
    """Remembers for a minute who runs the site in which community."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[int | None, tuple[datetime, Host]] = {}

    async def of(self, person: Person | None, at: datetime) -> Host:
        """Return the site's host and the name of the community that ``person`` belongs to.

        A visitor sees the only community there is; where there are several, none is named.
        """
        key = person.community_id if person else None
        since, found = self._known.get(key, (at - FRESH, None))
        if found is None or at - since >= FRESH:
            found = await self._look(key)
            self._known[key] = (at, found)
        return found

    async def _look(self, community_id: int | None) -> Host:
        place = await _community(community_id)
        if place is None:
            return Host(self._site, "")
        committee = await Org.filter(community_id=place.id, kind=OrgKind.RESIDENTS_COMMITTEE).order_by("id").first()
        site = self._site
        if committee and not site.host_name:
            site = replace(site, host_name=committee.name, phone=site.phone or committee.phone)
        return Host(site, place.name)


async def _community(community_id: int | None) -> Place | None:
    if community_id is not None:
        return await Place.get_or_none(id=community_id)
    communities = await Place.filter(kind=PlaceKind.COMMUNITY).limit(2)
    return communities[0] if len(communities) == 1 else None
