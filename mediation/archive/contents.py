"""Listing the papers of a case: each with its hash, none with a word of what was said in a room."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from community.record.models import Event as Fact
from mediation.agreement.models import Agreement, AgreementVersion, Clause, Obligation, SealUse, Signature
from mediation.agreement.queries import opened_body
from mediation.archive.models import CaseDossier
from mediation.archive.rules import Leaf, Sheet, leaf_hash
from mediation.case.keys import opened, opened_case
from mediation.case.models import Case, Consent, Party, Proceeding
from mediation.case.noting import notes_of
from mediation.evidence.queries import shared_list
from mediation.minutes.models import TalkMinutes
from mediation.minutes.rules import RecordStage
from mediation.minutes.text import sealed_words
from mediation.papers.models import NumberedPaper
from mediation.papers.text import void_words, words_on
from mediation.paying.models import ClaimVisit, KeptClaim
from mediation.paying.queries import claim_words, visit_words

Papers = Callable[[Case], Awaitable[list[Any]]]

ENDINGS: Final = (
    "case.decline",
    "case.redirect",
    "case.terminate",
    "case.expire",
    "case.sign_refused",
    "case.refuse",
    "case.unreachable",
    "case.withdraw_early",
    "case.supplement_lapse",
)


async def _application(case: Case) -> list[Any]:
    told = {column: opened_case(case, column) for column in ("statement", "wish", "place")}
    parties = await Party.filter(case_id=case.id).order_by("side", "ordinal")
    sides = [[party.sign, *(opened(party, column) for column in ("name", "phone", "email"))] for party in parties]
    return [{**told, "code": case.code, "kind": case.type_code, "filed_at": case.filed_at, "sides": sides}]


async def _consents(case: Case) -> list[Any]:
    rows = Consent.filter(party__case_id=case.id).order_by("id")
    return list(await rows.values("party__code", "act", "given", "text_version", "method", "at"))


async def _acceptance(case: Case) -> list[Any]:
    rows = Proceeding.filter(case_id=case.id).exclude(number=None).order_by("seq")
    return list(await rows.values("seq", "track", "number", "court_number", "accepted_on", "returned_on"))


async def _minutes(case: Case) -> list[Any]:
    """Return the sealed records; one that was not signed in time is no paper of the dossier."""
    rows = TalkMinutes.filter(case_id=case.id, stage=RecordStage.SEALED).order_by("n")
    return [[each.code, each.sha256, await sealed_words(case, each)] for each in await rows]


async def _evidence(case: Case) -> list[Any]:
    """List what was shown to everybody and not withdrawn; nothing that was for the mediator only."""
    rows = await shared_list(case)
    return [
        [each.n, each.code, each.kind, each.form, each.shared_at, [file.sha256 for file in files]]
        for each, files in rows
    ]


async def _agreements(case: Case) -> list[Any]:
    bound = await Agreement.filter(case_id=case.id).exclude(effective_at=None).values_list("id", flat=True)
    rows = AgreementVersion.filter(agreement_id__in=list(bound), voided_at=None).exclude(frozen_at=None)
    return [[each.code, each.sha256, opened_body(each)] for each in await rows.order_by("id")]


_SIGNED: Final = (
    "signer_id",
    "party_id",
    "capacity",
    "level",
    "method",
    "mark",
    "stroke_sha256",
    "doc_sha256",
    "signed_at",
)


async def _signatures(case: Case) -> list[Any]:
    of_case = {"version__agreement__case_id": case.id, "version__voided_at": None}
    hands = Signature.filter(**of_case, taken_back_at=None).order_by("id")
    seals = SealUse.filter(**of_case).order_by("id")
    return [
        *await hands.values("version__code", *_SIGNED),
        *await seals.values("version__code", "custodian_id", "method", "doc_sha256", "at"),
    ]


async def _performance(case: Case) -> list[Any]:
    clauses = Clause.filter(version__agreement__case_id=case.id).order_by("id")
    duties = Obligation.filter(case_id=case.id).order_by("id")
    promised = await clauses.values("code", "kind", "amount_fen", "due_on")
    settled = await duties.values("clause__code", "state", "due_on", "confirmed_at", "confirmed_by_id")
    return [*promised, *settled, *await _claims(case)]


async def _claims(case: Case) -> list[Any]:
    """List who said that a promise was kept, what was answered, and what a visit saw."""
    found = list[dict[str, Any]]()
    for each in await KeptClaim.filter(obligation__case_id=case.id).order_by("id").select_related("obligation__clause"):
        told = {"claim": each.code, "clause": each.obligation.clause.code, "stage": each.stage, "at": each.at}
        told |= {"fen": each.fen, "done_on": each.done_on, "words": claim_words(case, each, "words")}
        told |= {"answered_at": each.answered_at, "answer": claim_words(case, each, "answer")}
        found.append(told)
        for seen in await ClaimVisit.filter(claim_id=each.id).order_by("id"):
            found.append({"visit": seen.code, "at": seen.at, "by_id": seen.by_id, "words": visit_words(case, seen)})
    return found


async def _notices(case: Case) -> list[Any]:
    """List what was made under a number until the binding: what it says, what it mends, whether it is void."""
    bound = await CaseDossier.get_or_none(case_id=case.id)
    rows = NumberedPaper.filter(case_id=case.id).exclude(sha256="").order_by("id").select_related("mends")
    found = list[Any]()
    for each in await rows:
        if bound and each.at > bound.at:
            break
        told = {"number": each.number, "made": each.made, "at": each.at, "by_id": each.by_id, "sha256": each.sha256}
        told |= {"mends": each.mends.number if each.mends else "", "says": words_on(case, each)}
        void = each.voided_at is not None and not (bound and each.voided_at > bound.at)
        told |= {"voided_at": each.voided_at if void else None, "void": void_words(case, each) if void else ""}
        found.append(told)
    return found


async def _notes(case: Case) -> list[Any]:
    return [[each.event, each.at, each.by_id, words] for each, words in await notes_of(case)]


def _facts(*kinds: str) -> Papers:
    async def found(case: Case) -> list[Any]:
        rows = Fact.filter(subject=case.key)
        rows = rows.filter(kind__in=kinds) if kinds else rows
        bound = await Fact.filter(subject=case.key, kind="case.archive").order_by("id").first()
        rows = rows.filter(id__lt=bound.id) if bound else rows  # what came after the binding is not in the dossier
        return list(await rows.order_by("id").values("kind", "at", "actor_id", "body"))

    return found


PAPERS: Final[Mapping[Leaf, Papers]] = {
    Leaf.APPLICATION: _application,
    Leaf.CONSENTS: _consents,
    Leaf.ACCEPTANCE: _acceptance,
    Leaf.SESSIONS: _facts("case.session"),
    Leaf.MINUTES: _minutes,
    Leaf.EVIDENCE: _evidence,
    Leaf.AGREEMENT: _agreements,
    Leaf.SIGNATURES: _signatures,
    Leaf.PERFORMANCE: _performance,
    Leaf.VISIT: _facts("case.followup_done", "case.relapse"),
    Leaf.ENDING: _facts(*ENDINGS),
    Leaf.NOTICES: _notices,
    Leaf.NOTES: _notes,
    Leaf.COURSE: _facts(),
}
"""Where the papers of each kind come from."""


async def contents_of(case: Case) -> dict[Leaf, list[Any]]:
    """Return what the papers of a case say now, in the order in which they are bound; none that is empty."""
    found = [(leaf, await papers(case)) for leaf, papers in PAPERS.items()]
    return {leaf: content for leaf, content in found if content}


async def sheets_of(case: Case) -> list[Sheet]:
    """Return the papers of a case as they stand now, each with its hash."""
    found = await contents_of(case)
    return [Sheet(leaf, len(content), leaf_hash(content)) for leaf, content in found.items()]
