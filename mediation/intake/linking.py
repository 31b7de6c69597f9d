"""What somebody can do after mediation has ended: report to the street, or bring their own claim anew, filled in.

A new case is made only by whoever asks for it, with a day of filing of its own; the other side of the old one hears
nothing of it. Source: 噪声污染防治法 70; 诉讼时效规定 12.
"""

from datetime import datetime
from typing import Final

from community.errors import Hidden, MovedOn, Unfit
from community.orgs.models import Org
from community.orgs.rules import OrgKind
from community.people.models import Person
from community.places.models import Place
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import PARTIES
from mediation.case.keys import opened, opened_case
from mediation.case.models import Case, Party, Side, Track
from mediation.case.queries import HIDDEN, parties_of, visible_case
from mediation.case.standing import stands
from mediation.case.states import Outcome, State
from mediation.intake.filing import put_down
from mediation.intake.rules import Filing, Kind, Named

NO_STREET: Final = "街道还没有在这里开通收件，请拨打 12345，或者到街道办事处反映。"
ENDED: Final = (State.TERMINATED, State.CLOSED, State.ARCHIVED)


@command
async def report_to_street(code: str, *, by: Person, at: datetime) -> Case:
    """Bring what the other side would not talk about to the street office, as a new case linked to the old one.

    Raises:
        Hidden: ``by`` did not apply.
        MovedOn: nobody refused, or it was reported already.
        Unfit: no street office takes cases here.
    """
    case, _ = await visible_case(by, code, at=at)
    if not any(each.side is Side.APPLICANT and each.acts for each in await stands(by, case.id, at=at)):
        raise Hidden(HIDDEN)
    if case.outcome is not Outcome.REFUSED_BEFORE_ACCEPTANCE or await Case.exists(linked_from_id=case.id):
        raise MovedOn("已经转报过了，或者现在不用转报，请刷新后再看。")
    parties = await parties_of(case)
    sides = {side: next(each for each in parties if each.side is side) for side in (Side.APPLICANT, Side.RESPONDENT)}
    filing = Filing(
        kind=Kind(case.type_code),
        statement=opened_case(case, "statement"),
        wish=opened_case(case, "wish"),
        place=opened_case(case, "place"),
        applicant=_named(sides[Side.APPLICANT]),
        respondent=_named(sides[Side.RESPONDENT]),
        told=True,
    )
    made = await put_down(filing, await _street(case), by=by, at=at, after=case, track=Track.ADMIN)
    await record("case.reported-on", case.key, by=by, at=at, community_id=case.community_id, to=made.id)
    return made


def _named(party: Party) -> Named:
    return Named(**{column: opened(party, column) for column in ("name", "phone", "email")})


async def _street(case: Case) -> Org:
    here = await Place.get_or_none(id=case.community_id)
    around = [int(each) for each in here.path.split("/") if each] if here else []
    street = await Org.filter(kind=OrgKind.STREET_OFFICE, place_id__in=around).order_by("id").first()
    if street is None:
        raise Unfit(NO_STREET)
    return street


async def begun_after(code: str, *, by: Person, at: datetime) -> dict[str, object]:
    """Return what the form of a new filing begins with for a party of a case that ended: no word of what was offered.

    Raises:
        Hidden: ``by`` is no party of it.
    """
    case, seats = await visible_case(by, code, at=at)
    mine = [each.side for each in await stands(by, case.id, at=at) if each.acts]
    if not seats & PARTIES or not mine or case.state not in ENDED:
        raise Hidden(HIDDEN)
    other = next((each for each in await parties_of(case) if each.side not in mine), None)
    name = opened(other, "name") if other else ""
    return {"other_name": name, "kind": case.type_code, "place": opened_case(case, "place")}
