"""Keyed hashes of filings: made whenever names or places change, looked up to suggest what belongs together."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from community.privacy import vault
from mediation.case.keys import opened, opened_case
from mediation.case.models import Case, Side
from mediation.case.queries import parties_of
from mediation.case.states import State
from mediation.intake.alike import CROSSED, TELLING, Likened, Likeness, plain_name, plain_phone, texts
from mediation.intake.models import Fingerprint

OPEN: Final = (State.REGISTERED, State.SUPPLEMENT, State.INVITING, State.ASSIGNING, State.MEDIATING, State.SUSPENDED)
MOST: Final = 10
"""Suggestions shown for one case."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another open filing that may be the same matter, and why: a `Likeness` or `CROSSED`."""

    case: Case
    why: str


async def imprint(case: Case) -> None:
    """Make the fingerprints of a case anew; call it inside the command that changed its parties."""
    await Fingerprint.filter(case_id=case.id).delete()
    marks = _marks(await _likened(case))
    await Fingerprint.bulk_create([Fingerprint(case=case, kind=kind, mark=mark) for kind, mark in marks])


async def alike(case: Case) -> list[Alike]:
    """Return the open filings of the same body that may be the same matter, the likeliest first."""
    filing = await _likened(case)
    whys: dict[str, str] = {mark: kind for kind, mark in _marks(filing) if kind in TELLING}
    turned = [mark for kind, mark in _marks(filing, turned=True) if kind is Likeness.SIDES]
    whys = {**whys, **{mark: CROSSED for mark in turned if mark not in whys}}
    hits = Fingerprint.filter(mark__in=list(whys), kind__in=TELLING, case__state__in=OPEN, case__org_id=case.org_id)
    found: dict[int, Alike] = {}
    order = [*map(str, TELLING), CROSSED]
    for hit in sorted(
        await hits.exclude(case_id=case.id).select_related("case"), key=lambda h: order.index(whys[h.mark])
    ):
        found.setdefault(hit.case_id, Alike(hit.case, whys[hit.mark]))
    return list(found.values())[:MOST]


def marks_of(org_id: int, typed: str) -> list[str]:
    """Return the marks under which a name or a telephone number, as typed into a search, is found."""
    name, phone = plain_name(typed), plain_phone(typed)
    given = [(Likeness.NAME, name)] * bool(name) + [(Likeness.PHONE, phone)] * bool(phone)
    return [_mark(kind, f"{org_id}|{text}") for kind, text in given]


async def _likened(case: Case) -> Likened:
    parties = await parties_of(case)
    names, phones = defaultdict(list), defaultdict(list)
    for party in parties:
        names[party.side].append(opened(party, "name"))
        phones[party.side].append(opened(party, "phone"))
    return Likened(
        org_id=case.org_id,
        type_code=case.type_code,
        applicants=tuple(names[Side.APPLICANT]),
        respondents=tuple(names[Side.RESPONDENT]),
        phones=tuple(each for side in phones.values() for each in side),
        applicant_phones=tuple(phones[Side.APPLICANT]),
        place=opened_case(case, "place"),
    )


def _marks(filing: Likened, *, turned: bool = False) -> list[tuple[Likeness, str]]:
    found = texts(filing, reversed_sides=turned)
    return [(kind, _mark(kind, text)) for kind, many in found.items() for text in many]


def _mark(kind: Likeness, text: str) -> str:
    return vault.blind(text, purpose=f"case {kind}")
