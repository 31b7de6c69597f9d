"""Publications as open data: the checker's verdict, the photographs, objections and answers, without names."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from community.places.models import Place, PlaceKind
from community.tokens.rules import Scope
from deliberation.publicity import queries
from deliberation.publicity.models import Objection, Posting, Publication
from deliberation.publicity.objecting import object_to
from deliberation.publicity.queries import Wanted
from deliberation.publicity.rules import PRESETS, Kind, Verdict
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.deliberation.publicity.forms import ObjectionForm
from web.words import N_


class CheckOut(Answer):
    """What the checker finds: full days asked for, shown so far, days hung up late, photographs."""

    days: int
    shown: int
    over: bool
    long_enough: bool
    late: int
    photos: int
    lacking: bool


class PublicationOut(Answer):
    """Something hung up; ``source`` is the article that asks for its days."""

    id: int
    kind: Kind
    title: str
    matter: int | None
    starts_at: datetime
    ends_at: datetime
    boards: list[str]
    source: str
    check: CheckOut
    url: str


class PublicationPage(Page[PublicationOut]):
    """A page of publications, newest first."""


class PhotoOut(Answer):
    """A photograph of a board; ``url`` is the picture."""

    board: str
    taken_at: datetime
    url: str


class SaidAgainst(Answer):
    """An objection and its answer. ``words`` are null while hidden; ``hidden`` is the code of the reason."""

    id: int
    words: str | None
    hidden: str
    filed_at: datetime
    answer_due: datetime
    overdue: bool
    verdict: Verdict | None
    answer: str
    answered_at: datetime | None


class PublicationWhole(PublicationOut):
    """A publication with its words, its proof and what was objected, oldest first."""

    words: str
    photographs: list[PhotoOut]
    objections: list[SaidAgainst]


class WantedPublications(Paging):
    """Which publications."""

    community: str | None = Field(None, max_length=24, description=N_("社区的区划编码"))
    kind: Kind | None = Field(None, description=N_("哪一种公示"))
    running: bool | None = Field(None, description=N_("只要正在公示的，或者只要期满的"))
    lacking: bool = Field(default=False, description=N_("只要缺张贴照片的"))


async def list_publications(ask: Ask) -> PublicationPage:
    """Answer with a page of publications."""
    asked: WantedPublications = ask.query
    number = None
    if asked.community:
        place = await Place.get_or_none(code=asked.community, kind=PlaceKind.COMMUNITY)
        if place is None:
            return PublicationPage(items=[])
        number = place.id
    wanted = Wanted(asked.kind, asked.running, asked.lacking)
    rows, more = await queries.listed(None, number, wanted=wanted, before=key_of(asked.cursor), at=ask.at)
    return PublicationPage(items=[PublicationOut(**facts(each, ask.at)) for each in rows], next=cursor_of(more))


async def show_publication(ask: Ask) -> PublicationWhole:
    """Answer with one publication."""
    hung = await queries.find(None, ask.path["id"])
    return PublicationWhole(
        **facts(hung, ask.at),
        words=hung.words,
        photographs=[] if hung.veiled else _photographs(await queries.postings(hung)),
        objections=[_objection(each) for each in await queries.objections(hung)],
    )


async def object_against(ask: Ask) -> SaidAgainst:
    """Object to what hangs."""
    return _objection(await object_to(ask.path["id"], ask.body.words, by=ask.person, at=ask.at))


def facts(hung: Publication, at: datetime) -> dict[str, object]:
    """Return what a list says of one publication."""
    plain = {name: getattr(hung, name) for name in ("id", "kind", "title", "starts_at", "ends_at")}
    found = queries.checked(hung, at)
    told = CheckOut(**{name: getattr(found, name) for name in CheckOut.model_fields})
    more = {"matter": hung.matter_id, "boards": hung.board_names, "source": PRESETS[hung.kind].source}
    return {**plain, **more, "check": told, "url": f"/publications/{hung.id}"}


def _photographs(rows: Sequence[Posting]) -> list[PhotoOut]:
    return [PhotoOut(board=one.board, taken_at=one.taken_at, url=f"/files/{one.upload.code}") for one in rows]


def _objection(row: Objection) -> SaidAgainst:
    plain = ("id", "filed_at", "answer_due", "verdict", "answer", "answered_at")
    return SaidAgainst(
        **{name: getattr(row, name) for name in plain},
        words=None if row.hidden_at else row.words,
        hidden=row.hidden_why if row.hidden_at else "",
        overdue=row.overdue_at is not None,
    )


calls = [
    Call(
        method="GET",
        path="/publications",
        name="listPublications",
        title=N_("列出公示：挂得够不够、有没有照片，新的在前"),
        do=list_publications,
        answer=PublicationPage,
        query=WantedPublications,
    ),
    Call(
        method="GET",
        path="/publications/{id:int}",
        name="showPublication",
        title=N_("看一份公示、张贴照片、异议和答复"),
        do=show_publication,
        answer=PublicationWhole,
    ),
    Call(
        method="POST",
        path="/publications/{id:int}/objections",
        name="objectToPublication",
        title=N_("对一份公示提异议"),
        do=object_against,
        answer=SaidAgainst,
        scope=Scope.PUBLICATIONS_OBJECT,
        body=ObjectionForm,
        status=201,
    ),
]
