"""Communities and the organisations that act in them, as open data."""

from community.errors import Hidden
from community.orgs.models import Org, OrgKind
from community.orgs.open_data import communities, community, orgs_in
from community.places.models import Place
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.words import N_


class CommunityOut(Answer):
    """One community."""

    code: str
    name: str
    street: str


class CommunityPage(Page[CommunityOut]):
    """A page of communities."""


class OrgOut(Answer):
    """One organisation with the telephone of its office."""

    code: str
    kind: OrgKind
    name: str
    phone: str


class OrgPage(Page[OrgOut]):
    """The organisations of a community."""


async def list_communities(ask: Ask) -> CommunityPage:
    """Answer with a page of communities."""
    found, more = await communities(after=key_of(ask.query.cursor))
    return CommunityPage(items=[_community(each) for each in found], next=cursor_of(more))


async def list_orgs(ask: Ask) -> OrgPage:
    """Answer with the organisations of one community."""
    place = await community(ask.path["code"])
    if place is None:
        raise Hidden("没有找到这个社区。请核对编码。")
    return OrgPage(items=[_org(each) for each in await orgs_in(place)])


def _community(place: Place) -> CommunityOut:
    return CommunityOut(code=place.code, name=place.name, street=place.parent.name if place.parent else "")


def _org(org: Org) -> OrgOut:
    return OrgOut(code=org.code, kind=org.kind, name=org.name, phone=org.phone)


calls = [
    Call(
        method="GET",
        path="/communities",
        name="listCommunities",
        title=N_("列出社区"),
        do=list_communities,
        answer=CommunityPage,
        query=Paging,
    ),
    Call(
        method="GET",
        path="/communities/{code}/organisations",
        name="listOrganisations",
        title=N_("列出一个社区的组织"),
        do=list_orgs,
        answer=OrgPage,
    ),
]
