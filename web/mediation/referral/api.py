"""Handovers for the program of a committee, a court or a centre: sent, answered, and the receipt of what arrived."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from community.tokens.rules import Scope
from mediation.case.models import Case, Proceeding, Track
from mediation.referral import answering
from mediation.referral.models import Handover
from mediation.referral.package import opened_words, text_of
from mediation.referral.queries import due_of, incoming, outgoing, visible_handover
from mediation.referral.rules import Basis, Passing
from web.api.call import Answer, Ask, Call
from web.forms import Form
from web.mediation.referral.forms import AcceptForm, RejectForm
from web.words import N_

Code = Annotated[str, StringConstraints(max_length=16)]


class Receipt(Answer):
    """Who took the papers when: ``manifest`` is the hash of the list of papers, ``case_number`` the receiver's own."""

    at: datetime
    manifest: str
    case_number: str


class HandoverOut(Answer):
    """A handover: from whom to whom, on what basis, until when it is to be answered, and what was answered."""

    code: str
    case: str
    number: str
    from_organisation: str
    to_organisation: str
    from_track: Track
    to_track: Track
    basis: Basis
    article: str
    reason: str
    state: Passing
    sent_at: datetime | None
    due: date | None
    answered_at: datetime | None
    answer: str
    answer_basis: str
    receipt: Receipt | None


class PaperOut(Answer):
    """One paper of those that went along, as it was sent."""

    part: str
    bytes: int
    sha256: str
    text: str


class PackageOut(Answer):
    """The papers: ``manifest`` is the hash of the list of their hashes."""

    handover: str
    manifest: str
    papers: list[PaperOut]


class HandoverList(Answer):
    """What waits for one's organisations, or what they handed on; a hundred at most."""

    items: list[HandoverOut]


class HandoversAsk(Form):
    """Which of them."""

    gone: bool = Field(default=False, description=N_("true 看移交出去的，不写看等着答复的"))


async def list_handovers(ask: Ask) -> HandoverList:
    """Answer with what waits for an answer, the oldest first; or with what was handed on."""
    rows = await (outgoing if ask.query.gone else incoming)(ask.person, at=ask.at)
    dues = await due_of(rows)
    return HandoverList(items=[await handover_out(each, each.case, dues.get(each.case_id)) for each in rows])


async def show(ask: Ask) -> HandoverOut:
    """Answer with one handover."""
    return await _shown(ask)


async def accept(ask: Ask) -> HandoverOut:
    """Take the case over."""
    await answering.accept(ask.path["code"], number=ask.body.number, by=ask.person, at=ask.at)
    return await _shown(ask)


async def reject(ask: Ask) -> HandoverOut:
    """Send the case back."""
    given = ask.body
    await answering.reject(ask.path["code"], reason=given.reason, article=given.article, by=ask.person, at=ask.at)
    return await _shown(ask)


async def package(ask: Ask) -> PackageOut:
    """Give the papers to their receiver; that they were read is on record."""
    handover, items = await answering.open_package(ask.path["code"], by=ask.person, at=ask.at)
    papers = [
        PaperOut(part=each.part, bytes=each.size, sha256=each.sha256, text=text_of(handover, each)) for each in items
    ]
    return PackageOut(handover=handover.code, manifest=handover.manifest, papers=papers)


async def _shown(ask: Ask) -> HandoverOut:
    handover, _ = await visible_handover(ask.person, ask.path["code"], at=ask.at)
    return await handover_out(handover, handover.case, (await due_of([handover])).get(handover.case_id))


async def handover_out(row: Handover, case: Case, due: date | None) -> HandoverOut:
    """Return a handover as its sender, its receiver and the centre read it; who calls has checked that they may."""
    return HandoverOut(
        code=row.code,
        case=case.code,
        number=row.number or "",
        from_organisation=row.from_org.name,
        to_organisation=row.to_org.name,
        from_track=row.from_track,
        to_track=row.to_track,
        basis=row.basis,
        article=row.article,
        reason=opened_words(row, "reason"),
        state=row.state,
        sent_at=row.sent_at,
        due=due,
        answered_at=row.answered_at,
        answer=opened_words(row, "answer"),
        answer_basis=row.answer_basis,
        receipt=await _receipt(row),
    )


async def _receipt(row: Handover) -> Receipt | None:
    if row.state is not Passing.ACCEPTED or row.answered_at is None:
        return None
    taken = await Proceeding.filter(case_id=row.case_id, org_id=row.to_org_id).order_by("-seq").first()
    return Receipt(at=row.answered_at, manifest=row.manifest, case_number=(taken.number or "") if taken else "")


calls = [
    Call(
        method="GET",
        path="/handovers",
        name="listHandovers",
        title=N_("看等我的单位答复的移交，或者移交出去的"),
        do=list_handovers,
        answer=HandoverList,
        query=HandoversAsk,
        scope=Scope.CASES_HAND,
    ),
    Call(
        method="GET",
        path="/handovers/{code}",
        name="showHandover",
        title=N_("看一件移交：谁移给谁，什么理由，答复和回执"),
        do=show,
        answer=HandoverOut,
        scope=Scope.CASES_HAND,
    ),
    Call(
        method="GET",
        path="/handovers/{code}/papers",
        name="readHandoverPapers",
        title=N_("看移来的材料；看过会记下来"),
        do=package,
        answer=PackageOut,
        scope=Scope.CASES_HAND,
    ),
    Call(
        method="POST",
        path="/handovers/{code}/acceptance",
        name="acceptHandover",
        title=N_("接收一件移交，回执里有新的案号"),
        do=accept,
        answer=HandoverOut,
        body=AcceptForm,
        scope=Scope.CASES_HAND,
    ),
    Call(
        method="POST",
        path="/handovers/{code}/rejection",
        name="rejectHandover",
        title=N_("退回一件移交，写明理由和依据"),
        do=reject,
        answer=HandoverOut,
        body=RejectForm,
        scope=Scope.CASES_HAND,
    ),
]
