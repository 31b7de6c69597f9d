"""The evidence of a case for a program: the list as far as one sees it, and bringing a piece with its files."""

import base64
import binascii
import io
from datetime import date
from typing import Annotated, Final

from pydantic import Field, StringConstraints
from starlette.datastructures import UploadFile

from community.errors import Forbidden, Unfit
from community.tokens.rules import Scope
from mediation.case.access import Thing
from mediation.evidence import commands
from mediation.evidence.commands import Brought
from mediation.evidence.keeping import clear
from mediation.evidence.models import EvidenceFile
from mediation.evidence.queries import Desk, Piece, desk_of, piece_of, pieces_of
from mediation.evidence.rules import SOURCE, TITLE, WORDS, ProofForm, ProofKind, Sharing, Sight
from mediation.privacy.logging import note
from web.api.call import Answer, Ask, Call
from web.forms import Form
from web.mediation.evidence.receiving import kept_in
from web.mediation.evidence.view import brought_by
from web.words import N_

FILES: Final = 5
BYTES: Final = 8 * 1024 * 1024
"""Of the files of one piece together; larger ones are brought on the page."""
BODY: Final = BYTES * 4 // 3 + 64 * 1024


class FileIn(Form):
    """A file: its name with its ending, and its bytes in base64."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    base64: Annotated[str, StringConstraints(max_length=BYTES * 4 // 3 + 4)]


class EvidenceIn(Form):
    """A piece of evidence; ``shown`` to everybody at once when its owner is ``sure``, else for the mediator alone."""

    title: Annotated[str, StringConstraints(max_length=TITLE)]
    kind: ProofKind
    form: ProofForm
    source: Annotated[str, StringConstraints(max_length=SOURCE)] = ""
    taken_on: date | None = None
    proves: Annotated[str, StringConstraints(max_length=WORDS)] = ""
    medical: bool = False
    party: Annotated[str, StringConstraints(max_length=16)] = ""
    shown: bool = False
    sure: bool = False
    files: list[FileIn] = Field(default_factory=list, max_length=FILES)


class EvidenceFileOut(Answer):
    """A file as it came: its size and hash."""

    code: str
    name: str
    bytes: int
    sha256: str


class EvidenceOut(Answer):
    """A piece as far as this reader sees it; of one that was withdrawn nothing but that it was there."""

    code: str
    n: int
    sharing: Sharing
    brought_by: str
    own: bool
    title: str
    kind: ProofKind | None
    files: list[EvidenceFileOut]


class EvidenceList(Answer):
    """The evidence of a case, in the order in which it was brought."""

    items: list[EvidenceOut]


async def list_evidence(ask: Ask) -> EvidenceList:
    """Answer with the evidence of a case."""
    desk = await desk_of(ask.person, ask.path["code"], at=ask.at)
    pieces = await pieces_of(desk)
    if any(each.item.sharing is Sharing.SHARED for each in pieces):
        await note(desk.case, desk.seats, (Thing.SHARED,), by=ask.person, at=ask.at)
    return EvidenceList(items=[_out(desk, each) for each in pieces])


async def bring(ask: Ask) -> EvidenceOut:
    """Bring a piece."""
    desk, given = await desk_of(ask.person, ask.path["code"], at=ask.at), ask.body
    if not desk.brings:
        raise Forbidden(commands.NOT_NOW)
    told = Brought(**given.model_dump(exclude={"files", "sure", "shown"}))
    async with kept_in(ask.house.files, desk.case, [_file(each) for each in given.files]) as files:
        sure = {"shown": given.shown, "sure": given.sure}
        item = await commands.bring(desk.case.code, told, files, **sure, by=ask.person, at=ask.at)
    return _out(*await piece_of(ask.person, desk.case.code, item.code, at=ask.at))


def _file(given: FileIn) -> UploadFile:
    """Return a file as a form gives it; raises `Unfit` when it is no base64 or too much."""
    try:
        held = base64.b64decode(given.base64, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise Unfit("文件要写成 base64，请检查后再发。", field="files") from wrong
    return UploadFile(io.BytesIO(held), size=len(held), filename=given.name)


def _out(desk: Desk, piece: Piece) -> EvidenceOut:
    item, whole = piece.item, piece.sight is Sight.WHOLE
    return EvidenceOut(
        code=item.code,
        n=item.n,
        sharing=item.sharing,
        brought_by=brought_by(desk, item),
        own=piece.own,
        title=piece.title,
        kind=item.kind if whole else None,
        files=[_of(desk, each) for each in piece.files] if whole else [],
    )


def _of(desk: Desk, file: EvidenceFile) -> EvidenceFileOut:
    return EvidenceFileOut(code=file.code, name=clear(desk.case, file, "name"), bytes=file.size, sha256=file.sha256)


calls = [
    Call(
        method="GET",
        path="/cases/{code}/evidence",
        name="listEvidence",
        title=N_("看一件纠纷的证据目录"),
        do=list_evidence,
        answer=EvidenceList,
        scope=Scope.CASES_OPEN,
    ),
    Call(
        method="POST",
        path="/cases/{code}/evidence",
        name="bringEvidence",
        title=N_("交一份证据，文件用 base64，合起来不超过 8 MB"),
        do=bring,
        answer=EvidenceOut,
        body=EvidenceIn,
        scope=Scope.CASES_TALK,
        most=BODY,
    ),
]
