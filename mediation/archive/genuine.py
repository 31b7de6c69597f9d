"""Is this paper genuine: its number, day, hash and state, and nothing else, for whoever holds it in their hands.

A paper is asked for by the code printed on it, or by its number together with its hash; whoever has neither learns
nothing, and for a paper that is not there the same questions are asked as for one that is.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from community.calendar.rules import local_day
from community.people.rules import Deed
from community.people.throttle import attempt
from mediation.agreement.models import AgreementVersion
from mediation.agreement.queries import case_number_of, number_for
from mediation.archive.models import CaseDossier
from mediation.case.models import Case
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.rules import Course
from mediation.digitised.models import PaperDossier
from mediation.digitised.rules import CopyStage
from mediation.minutes.models import TalkMinutes
from mediation.minutes.rules import RecordStage
from mediation.papers.models import NumberedPaper

LEAST: Final = 16
"""Signs of a hash that have to be typed."""
MARK: Final = 16
"""Signs of a dossier's link that are its code on paper."""
_VOID: Final = frozenset({Course.WITHDRAWN, Course.LAPSED, Course.DISMISSED, Course.NOT_ACCEPTED})


class PaperState(StrEnum):
    """What a paper is worth today."""

    PENDING = "pending"  # 还没有生效
    IN_FORCE = "in-force"  # 有效
    MENDED = "mended"  # 有补正
    REPLACED = "replaced"  # 有新的代替
    VOID = "void"  # 作废


@dataclass(frozen=True, slots=True)
class Genuine:
    """All that is told of a paper."""

    number: str
    on: date
    sha256: str
    state: PaperState


async def by_code(code: str, *, host: str, at: datetime) -> Genuine | None:
    """Return what is told of the paper with this code; ``None`` when there is none.

    Raises:
        TooOften: too many were asked for from one address.
    """
    await attempt(Deed.PAPER, account=host, host=host, at=at)
    typed = code.strip().lower()
    version = await AgreementVersion.get_or_none(code=typed).select_related("agreement")
    dossier = await CaseDossier.filter(link__startswith=typed.ljust(MARK, "x")).first()
    filed = await CourtConfirmation.get_or_none(code=typed).select_related("version__agreement")
    notice = await NumberedPaper.get_or_none(code=typed)
    record = await TalkMinutes.get_or_none(code=typed, stage=RecordStage.SEALED).select_related("case")
    copy = await PaperDossier.filter(link__startswith=typed.ljust(MARK, "x")).first()
    return await _one_of(version, dossier, filed) or await _other_of(notice, record) or _digitised(copy)


async def by_number(number: str, sha256: str, *, host: str, at: datetime) -> Genuine | None:
    """Return what is told of the paper with this number and hash; ``None`` unless both fit. Raises as `by_code`."""
    await attempt(Deed.PAPER, account=host, host=host, at=at)
    number, mark = "".join(number.split()), sha256.strip().lower()
    rows = AgreementVersion.filter(sha256__startswith=mark, voided_at=None).select_related("agreement")
    version = next((each for each in await rows.limit(20) if number_for(each) == number), None)
    dossier = await CaseDossier.get_or_none(number=number)
    sent = CourtConfirmation.filter(manifest__startswith=mark).select_related("version__agreement")
    filed = next((each for each in await sent.limit(20) if number_for(each.version) == number), None)
    notice = await NumberedPaper.get_or_none(number=number, sha256__startswith=mark)
    record = await _record(number, mark)
    copy = await PaperDossier.filter(number=number, link__startswith=mark).first()
    if len(mark) < LEAST:
        return None
    found = await _one_of(version, dossier if dossier and dossier.link.startswith(mark) else None, filed)
    return found or await _other_of(notice, record) or _digitised(copy)


def _digitised(copy: PaperDossier | None) -> Genuine | None:
    """Return what is told of the digitised copy of a paper dossier."""
    if copy is None or not copy.link or copy.compared_at is None:
        return None
    state = PaperState.VOID if copy.stage is CopyStage.DESTROYED else PaperState.IN_FORCE
    return Genuine(copy.number, local_day(copy.compared_at), copy.link, state)


async def _record(number: str, mark: str) -> TalkMinutes | None:
    rows = TalkMinutes.filter(sha256__startswith=mark, stage=RecordStage.SEALED).select_related("case")
    told = [(each, await record_number(each.case, each.n)) for each in await rows.limit(20)]
    return next((each for each, known in told if known == number), None)


async def record_number(case: Case, n: int) -> str:
    """Return the number printed on a record: that of the case, and which record of it."""
    return f"{await case_number_of(case)}-录{n}"


async def _other_of(notice: NumberedPaper | None, record: TalkMinutes | None) -> Genuine | None:
    """Return what is told of a numbered notice or of a sealed record."""
    if notice and notice.sha256:
        return Genuine(notice.number, local_day(notice.at), notice.sha256, await _number_state(notice))
    if record and record.sha256:
        on = local_day(record.ended_at or record.held_at)
        return Genuine(await record_number(record.case, record.n), on, record.sha256, PaperState.IN_FORCE)
    return None


async def _number_state(line: NumberedPaper) -> PaperState:
    if line.voided_at:
        return PaperState.VOID
    mended = await NumberedPaper.filter(mends_id=line.id, voided_at=None).exists()
    return PaperState.MENDED if mended else PaperState.IN_FORCE


def mark_of(dossier: CaseDossier) -> str:
    """Return the code that is printed on a dossier."""
    return dossier.link[:MARK]


async def _one_of(
    version: AgreementVersion | None, dossier: CaseDossier | None, filed: CourtConfirmation | None
) -> Genuine | None:
    if version and version.frozen_at and version.sha256:
        on = version.in_effect_at or version.agreement.effective_at or version.frozen_at
        return Genuine(number_for(version), local_day(on), version.sha256, await _state(version))
    if dossier:
        line = await NumberedPaper.get_or_none(number=dossier.number)
        state = await _number_state(line) if line else PaperState.IN_FORCE
        return Genuine(dossier.number, local_day(dossier.at), dossier.link, state)
    if filed and filed.filed_at and filed.manifest:
        state = PaperState.VOID if filed.stage in _VOID else PaperState.IN_FORCE
        return Genuine(number_for(filed.version), local_day(filed.filed_at), filed.manifest, state)
    return None


async def _state(version: AgreementVersion) -> PaperState:
    if version.voided_at:
        return PaperState.VOID
    effective = version.in_effect_at if version.supplement else version.agreement.effective_at
    if effective is None:
        return PaperState.PENDING
    later = AgreementVersion.filter(agreement__case_id=version.agreement.case_id, voided_at=None)
    changed = later.filter(agreement_id=version.agreement_id, supplement__gt=version.supplement)
    anew = later.filter(agreement__seq__gt=version.agreement.seq).exclude(agreement__effective_at=None)
    if await changed.exclude(in_effect_at=None).exists() or await anew.exists():
        return PaperState.REPLACED
    return PaperState.IN_FORCE
