"""Reading claims: of one promise with all that was said, and which of a case wait for an answer."""

from dataclasses import dataclass
from datetime import datetime

from community.errors import Hidden
from community.people.models import Person
from mediation.agreement.models import Obligation
from mediation.agreement.queries import readable_case
from mediation.agreement.rules import may_see_performance
from mediation.case.access import Seat
from mediation.case.keys import opened_with
from mediation.case.models import Case
from mediation.case.queries import HIDDEN
from mediation.case.standing import stands
from mediation.parties.rules import Power
from mediation.paying.models import ClaimVisit, KeptClaim
from mediation.paying.rules import LIVE, ClaimStage, Of


@dataclass(frozen=True, slots=True)
class Dispute:
    """A promise with the claims about it, the newest first, and who the reader is to it."""

    case: Case
    duty: Obligation
    claims: list[KeptClaim]
    visits: dict[int, list[ClaimVisit]]
    who: frozenset[Of]
    acts: frozenset[int]
    """The parties for whom the reader acts."""

    @property
    def live(self) -> KeptClaim | None:
        """Return the claim that is not settled, if there is one."""
        return next((each for each in self.claims if each.stage in LIVE), None)


async def dispute_of(person: Person, code: str, duty_code: str, *, at: datetime) -> Dispute:
    """Return a promise and what was said of it, for whoever sees whether promises are kept; else `Hidden`."""
    case, seats = await readable_case(person, code, at=at)
    found = Obligation.filter(case_id=case.id, code=duty_code)
    duty = await found.select_related("clause", "clause__obligor", "clause__obligee").first()
    if duty is None or not may_see_performance(seats, case.state):
        raise Hidden(HIDDEN)
    held = await stands(person, case.id, at=at)
    acts = frozenset(each.party_id for each in held if each.acts)
    takes = {
        each.party_id for each in held if each.acts and (each.seat is not Seat.AGENT or Power.RECEIVE in each.powers)
    }
    roles = {
        Of.DEBTOR: duty.clause.obligor_id in acts,
        Of.CREDITOR: duty.clause.obligee_id in takes,
        Of.MEDIATOR: Seat.MEDIATOR in seats,
    }
    claims = (
        await KeptClaim.filter(obligation_id=duty.id).order_by("-id").select_related("receipt", "by", "answered_by")
    )
    visits: dict[int, list[ClaimVisit]] = {}
    for each in await ClaimVisit.filter(claim__obligation_id=duty.id).order_by("id").select_related("by"):
        visits.setdefault(each.claim_id, []).append(each)
    return Dispute(case, duty, claims, visits, frozenset(who for who, is_so in roles.items() if is_so), acts)


async def stages_in(case: Case) -> dict[int, ClaimStage]:
    """Return where the newest claim about each promise of a case stands."""
    rows = KeptClaim.filter(obligation__case_id=case.id).order_by("id")
    return {int(duty): ClaimStage(stage) for duty, stage in await rows.values_list("obligation_id", "stage")}


async def unanswered(case_id: int) -> set[int]:
    """Return the promises of a case that are said to be kept and wait for an answer."""
    rows = KeptClaim.filter(obligation__case_id=case_id, stage=ClaimStage.OPEN)
    return {each.obligation_id for each in await rows}


def claim_words(case: Case, claim: KeptClaim, column: str) -> str:
    """Return what was said (``words``) or answered (``answer``) in the clear."""
    return opened_with(case, getattr(claim, column), about=f"kept_claim|{claim.code}|{column}")


def visit_words(case: Case, visit: ClaimVisit) -> str:
    """Return what a visit found, in the clear."""
    return opened_with(case, visit.words, about=f"claim_visit|{visit.code}|words")
