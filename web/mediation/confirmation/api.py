"""Confirmation for a court's program: what came, its papers, and the court's answer put down by its liaison."""

from datetime import date, datetime

from community.people.models import Person
from community.tokens.rules import Scope
from mediation.agreement.queries import number_for
from mediation.confirmation import ruling
from mediation.confirmation.grounds import Denial
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.package import text_of
from mediation.confirmation.queries import before_court, visible, words_of
from mediation.confirmation.rules import Course, Deed
from web.api.call import Answer, Ask, Call
from web.mediation.confirmation.forms import AnswerForm
from web.words import N_


class ConfirmationPaperOut(Answer):
    """One paper of an application, as it was filed; ``text`` is empty where only the list is asked for."""

    part: str
    bytes: int
    sha256: str
    text: str = ""


class ConfirmationOut(Answer):
    """An application for confirmation: which agreement, where it stands, and what the court said."""

    code: str
    case: str
    agreement: str
    court: str
    stage: Course
    filed_at: datetime | None
    manifest: str
    court_number: str
    admitted_on: date | None
    ruling: str
    decided_on: date | None
    refusal: Denial | None
    words: str


class ConfirmationList(Answer):
    """What came to one's court, those that wait first; a hundred at most."""

    items: list[ConfirmationOut]


class ConfirmationPapers(Answer):
    """The papers of an application."""

    confirmation: str
    manifest: str
    papers: list[ConfirmationPaperOut]


async def list_confirmations(ask: Ask) -> ConfirmationList:
    """Answer with what came to the courts whose liaison this person is."""
    return ConfirmationList(items=[_out(each) for each in await (await before_court(ask.person, at=ask.at))])


async def show(ask: Ask) -> ConfirmationOut:
    """Answer with one application."""
    return await _shown(ask)


async def papers(ask: Ask) -> ConfirmationPapers:
    """Give the papers to the court's liaison; that they were read is on record."""
    found, rows = await ruling.open_papers(ask.path["code"], by=ask.person, at=ask.at)
    listed = [
        ConfirmationPaperOut(part=each.part, bytes=each.size, sha256=each.sha256, text=text_of(found, each))
        for each in rows
    ]
    return ConfirmationPapers(confirmation=found.code, manifest=found.manifest, papers=listed)


async def answer(ask: Ask) -> ConfirmationOut:
    """Put down what the court answered."""
    await decided(ask.path["code"], ask.body, ask.person, ask.at)
    return await _shown(ask)


async def decided(code: str, given: AnswerForm, me: Person, at: datetime) -> None:
    """Do the deed that an answer names: taken up, something wanting, or the end."""
    deed = Deed(given.deed)
    if deed is Deed.ADMIT:
        await ruling.admit(code, number=given.number, on=given.on, by=me, at=at)
    elif deed is Deed.ASK_MORE:
        await ruling.ask_more(code, words=given.words, by=me, at=at)
    else:
        await ruling.decide(code, deed, given.ruling(), by=me, at=at)


async def _shown(ask: Ask) -> ConfirmationOut:
    found, _ = await visible(ask.person, ask.path["code"], at=ask.at)
    return _out(found)


def _out(found: CourtConfirmation) -> ConfirmationOut:
    return ConfirmationOut(
        code=found.code,
        case=found.case.code,
        agreement=number_for(found.version),
        court=found.court.name,
        stage=found.stage,
        filed_at=found.filed_at,
        manifest=found.manifest,
        court_number=found.court_number,
        admitted_on=found.admitted_on,
        ruling=found.ruling,
        decided_on=found.decided_on,
        refusal=found.refusal,
        words=words_of(found),
    )


calls = [
    Call(
        method="GET",
        path="/confirmations",
        name="listConfirmations",
        title=N_("看送到我的法院的司法确认"),
        do=list_confirmations,
        answer=ConfirmationList,
        scope=Scope.CASES_COURT,
    ),
    Call(
        method="GET",
        path="/confirmations/{code}",
        name="showConfirmation",
        title=N_("看一件司法确认"),
        do=show,
        answer=ConfirmationOut,
        scope=Scope.CASES_COURT,
    ),
    Call(
        method="GET",
        path="/confirmations/{code}/papers",
        name="readConfirmationPapers",
        title=N_("法院看申请材料；看过会记下来"),
        do=papers,
        answer=ConfirmationPapers,
        scope=Scope.CASES_COURT,
    ),
    Call(
        method="POST",
        path="/confirmations/{code}/answers",
        name="answerConfirmation",
        title=N_("登记法院的答复：受理、要补充、确认有效、驳回、不予受理"),
        do=answer,
        answer=ConfirmationOut,
        body=AnswerForm,
        scope=Scope.CASES_COURT,
    ),
]
