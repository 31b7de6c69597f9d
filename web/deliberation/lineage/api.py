"""How matters hang together, as open data."""

from datetime import datetime

from deliberation.lineage.queries import links_of
from deliberation.lineage.rules import LinkKind
from deliberation.matter.queries import find
from web.api.call import Answer, Ask, Call
from web.words import N_


class LinkOut(Answer):
    """One link: ``one`` hangs on ``other``. ``heads`` of ``one`` were counted for ``other`` when it was merged."""

    id: int
    kind: LinkKind
    one: int
    other: int
    why: str
    heads: int
    at: datetime
    undone_at: datetime | None
    undone_why: str


class Links(Answer):
    """Every link of a matter, undone ones included."""

    items: list[LinkOut]


async def list_links(ask: Ask) -> Links:
    """Answer with the links of a public matter to other public ones."""
    found = await links_of(None, await find(None, ask.path["id"]))
    plain = ("id", "kind", "why", "heads", "at", "undone_at", "undone_why")
    return Links(
        items=[
            LinkOut(**{name: getattr(one, name) for name in plain}, one=one.one_id, other=one.other_id) for one in found
        ]
    )


calls = [
    Call(
        method="GET",
        path="/matters/{id:int}/links",
        name="listLinks",
        title=N_("看一件议题和哪些议题连着"),
        do=list_links,
        answer=Links,
    ),
]
