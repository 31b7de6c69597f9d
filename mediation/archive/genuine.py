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
from mediation.agreement.queries import number_for
from mediation.archive.models import CaseDossier
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.rules import Course

LEAST: Final = 16
"""Signs of a hash that have to be typed."""
MARK: Final = 16
"""Signs of a dossier's link that are its code on paper."""
_VOID: Final = frozenset({Course.WITHDRAWN, Course.LAPSED, Course.DISMISSED, Course.NOT_ACCEPTED})


class PaperState(StrEnum):
    """What a paper is worth today."""

    PENDING = "pending"  # 还没有生效
    IN_FORCE = "in-force"  # 有效
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
    return await _one_of(version, dossier, filed)


async def by_number(number: str, sha256: str, *, host: str, at: datetime) -> Genuine | None:
    """Return what is told of the paper with this number and hash; ``None`` unless both fit. Raises as `by_code`."""
    await attempt(Deed.PAPER, account=host, host=host, at=at)
    number, mark = "".join(number.split()), sha256.strip().lower()
    rows = AgreementVersion.filter(sha256__startswith=mark, voided_at=None).select_related("agreement")
    version = next((each for each in await rows.limit(20) if number_for(each) == number), None)
    dossier = await CaseDossier.get_or_none(number=number)
    if len(mark) < LEAST:
        return None
    return await _one_of(version, dossier if dossier and dossier.link.startswith(mark) else None, None)


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
        return Genuine(dossier.number, local_day(dossier.at), dossier.link, PaperState.IN_FORCE)
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
