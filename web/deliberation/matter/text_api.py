"""Versions, what changed between them, amendments, and the deeds of those who second, for programs; nobody's name."""

from datetime import datetime

from pydantic import Field

from community.tokens.rules import Scope
from deliberation.matter import amending, confirming, queries, seconding
from deliberation.matter.diff import Block, Mark, compare, compare_line
from deliberation.matter.meaning import Change
from deliberation.matter.models import Amendment, Fate, MatterVersion
from deliberation.matter.wording import amendments, pair
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.deliberation.matter.api import Standing
from web.forms import Form
from web.words import N_


class VersionOut(Answer):
    """One version; ``change`` and ``signs`` say what it did to the one before it, both empty while it was a draft."""

    number: int
    written_at: datetime
    text_sha256: str
    change: Change | None
    signs: list[str]


class VersionList(Answer):
    """Every version of a text, newest first; since ``meaning_since`` the meaning has stood."""

    items: list[VersionOut]
    meaning_since: int
    confirm_by: datetime | None
    unconfirmed: int


class RunOut(Answer):
    """Words that stayed, came or went."""

    mark: Mark
    words: str


class Compared(VersionOut):
    """A version held against another; ``lines`` by name, ``paragraphs`` in order, each a row of runs.

    ``against`` is none for the first version. All rows are empty when moderation hid the words.
    """

    against: int | None
    lines: dict[str, list[RunOut]]
    paragraphs: list[list[RunOut]]


class AmendmentOut(Answer):
    """New words proposed for one part: ``what``, ``cost``, ``who`` or a paragraph ``p1``, ``p2``.

    When moderation hid them, ``old``, ``new`` and ``reason`` are empty and ``hidden`` is the code of its reason.
    """

    code: str
    version: int
    part: str
    old: str
    new: str
    reason: str
    state: Fate
    answer: str
    became: int | None
    at: datetime
    answered_at: datetime | None
    hidden: str


class AmendmentPage(Page[AmendmentOut]):
    """A page of amendments, newest first; empty when moderation hid the words."""


class Against(Form):
    """What to hold a version against."""

    against: int | None = Field(None, ge=1, le=999_999_999, description=N_("和哪一版比；不写就是前一版"))


class VersionRead(Form):
    """Which version was read."""

    version: int | None = Field(None, description=N_("读过的是第几版；文字改过就答 409"))


class AmendmentIn(Form):
    """New words for one part; empty words strike a paragraph."""

    part: str = Field(max_length=8, description=N_("what、cost、who 或者 p1、p2……"))
    version: int = Field(description=N_("读过的是第几版；文字改过就答 409"))
    words: str = ""
    reason: str


async def list_versions(ask: Ask) -> VersionList:
    """Answer with every version."""
    matter = await queries.find(None, ask.path["id"])
    items = [VersionOut(**_version(each)) for each in await queries.versions(matter)]
    return VersionList(
        items=items,
        meaning_since=matter.meaning_since,
        confirm_by=matter.confirm_by,
        unconfirmed=matter.unconfirmed,
    )


async def show_version(ask: Ask) -> Compared:
    """Answer with what changed between two versions."""
    matter = await queries.find(None, ask.path["id"])
    old, new = await pair(matter, ask.path["n"], ask.query.against)
    was, hidden = old or new, matter.hidden_at is not None
    names = () if hidden else ("title", "what", "cost", "who")
    return Compared(
        **_version(new),
        against=old.number if old else None,
        lines={name: _runs(compare_line(getattr(was, name), getattr(new, name))) for name in names},
        paragraphs=[] if hidden else [_runs(block) for block in compare(was.body, new.body)],
    )


async def list_amendments(ask: Ask) -> AmendmentPage:
    """Answer with a page of amendments."""
    matter = await queries.find(None, ask.path["id"])
    if matter.hidden_at:
        return AmendmentPage(items=[])
    found, more = await amendments(matter, before=key_of(ask.query.cursor))
    return AmendmentPage(items=[amendment_out(each) for each in found], next=cursor_of(more))


async def amend(ask: Ask) -> AmendmentOut:
    """Propose new words for one part."""
    given: AmendmentIn = ask.body
    made = await amending.amend(
        ask.path["id"], given.part, given.words, given.reason, version=given.version, by=ask.person, at=ask.at
    )
    return amendment_out(made)


async def endorse(ask: Ask) -> Standing:
    """Second the words that were read."""
    await seconding.endorse(ask.path["id"], version=ask.body.version, by=ask.person, at=ask.at)
    return await _standing(ask)


async def confirm(ask: Ask) -> Standing:
    """Say that one's second holds for the new meaning."""
    await confirming.confirm(ask.path["id"], version=ask.body.version, by=ask.person, at=ask.at)
    return await _standing(ask)


async def retract(ask: Ask) -> Standing:
    """Take one's second back."""
    await confirming.retract(ask.path["id"], by=ask.person, at=ask.at)
    return await _standing(ask)


async def _standing(ask: Ask) -> Standing:
    matter = await queries.find(ask.person, ask.path["id"])
    return Standing(id=matter.id, state=matter.state, seconded=matter.seconded, threshold=matter.threshold)


def _version(each: MatterVersion) -> dict[str, object]:
    plain = {"number": each.number, "written_at": each.written_at, "text_sha256": each.hash}
    return {**plain, "change": each.change, "signs": each.signs.split()}


def _runs(block: Block) -> list[RunOut]:
    return [RunOut(mark=run.mark, words=run.words) for run in block.runs]


def amendment_out(each: Amendment) -> AmendmentOut:
    """Return an amendment as anybody may read it."""
    told = {name: getattr(each, name) for name in AmendmentOut.model_fields if name != "hidden"}
    gone = dict.fromkeys(("old", "new", "reason"), "") if each.hidden_at else {}
    return AmendmentOut(**{**told, **gone}, hidden=each.hidden_why if each.hidden_at else "")


_ROOT = "/matters/{id:int}"

calls = [
    Call(
        method="GET",
        path=f"{_ROOT}/versions",
        name="listVersions",
        title=N_("列出一件议题的各版文字"),
        do=list_versions,
        answer=VersionList,
    ),
    Call(
        method="GET",
        path=f"{_ROOT}/versions/{{n:int}}",
        name="showVersion",
        title=N_("看一版和另一版比改了什么"),
        do=show_version,
        answer=Compared,
        query=Against,
    ),
    Call(
        method="GET",
        path=f"{_ROOT}/amendments",
        name="listAmendments",
        title=N_("列出修改建议和答复，新的在前"),
        do=list_amendments,
        answer=AmendmentPage,
        query=Paging,
    ),
    Call(
        method="POST",
        path=f"{_ROOT}/amendments",
        name="amendMatter",
        title=N_("提一条修改建议"),
        do=amend,
        answer=AmendmentOut,
        scope=Scope.MATTERS_AMEND,
        body=AmendmentIn,
        status=201,
    ),
    Call(
        method="POST",
        path=f"{_ROOT}/endorsements",
        name="endorseMatter",
        title=N_("附议这件议题现在的文字"),
        do=endorse,
        answer=Standing,
        scope=Scope.MATTERS_ENDORSE,
        body=VersionRead,
        status=201,
    ),
    Call(
        method="POST",
        path=f"{_ROOT}/confirmations",
        name="confirmEndorsement",
        title=N_("意思改过以后，确认仍然附议"),
        do=confirm,
        answer=Standing,
        scope=Scope.MATTERS_ENDORSE,
        body=VersionRead,
        status=201,
    ),
    Call(
        method="POST",
        path=f"{_ROOT}/retractions",
        name="retractEndorsement",
        title=N_("收回附议"),
        do=retract,
        answer=Standing,
        scope=Scope.MATTERS_ENDORSE,
        status=201,
    ),
]
