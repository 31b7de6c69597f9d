"""Setting up and changing organisations, and handing over their seals."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from community.errors import MovedOn, Unfit
from community.orgs.models import Org, OrgKind
from community.orgs.queries import members
from community.orgs.rules import check_term
from community.people.models import Person
from community.people.roles import require_in_place
from community.places.models import Place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgFacts:
    """What is said of an organisation."""

    kind: OrgKind
    name: str
    short_name: str
    phone: str = ""
    counter: str = ""
    hours: str = ""
    term_from: date | None = None
    term_until: date | None = None


@command
async def set_up_org(facts: OrgFacts, place: Place, *, by: Person | None, at: datetime) -> Org:
    """Set up an organisation that acts in ``place``; ``by`` is ``None`` for the operator at the machine.

    Raises:
        Forbidden: ``by`` is no administrator there.
        Unfit: its term ends before it begins, or there is one of that name.
    """
    if by:
        await require_in_place(by, place.id, Right.ROLE_GRANT, at=at)
    await _check(facts, place)
    org = await Org.create(place_id=place.id, community_id=place.community_id, **asdict(facts))
    await record("org.set-up", f"org-{org.id}", by=by, at=at, community_id=place.community_id, org_kind=facts.kind)
    return org


@command
async def change_org(org: Org, facts: OrgFacts, *, by: Person, at: datetime) -> None:
    """Change what is said of an organisation.

    Raises:
        Forbidden: ``by`` is no administrator there.
        Unfit: its term ends before it begins, or there is another of that name.
    """
    await require_in_place(by, org.place_id, Right.ROLE_GRANT, at=at)
    await _check(facts, await Place.get(id=org.place_id), org)
    await Org.filter(id=org.id).update(**asdict(facts))
    changed = [name for name, value in asdict(facts).items() if getattr(org, name) != value]
    await record("org.changed", f"org-{org.id}", by=by, at=at, community_id=org.community_id, fields=changed)


@command
async def hand_over_seal(org: Org, to: Person, *, by: Person, at: datetime) -> None:
    """Make ``to`` the keeper of the seal.

    Raises:
        Forbidden: ``by`` is no administrator there.
        Unfit: ``to`` holds no office in the organisation.
        MovedOn: it was handed over by somebody else meanwhile.
    """
    await require_in_place(by, org.place_id, Right.ROLE_GRANT, at=at)
    if to.id not in {person.id for person in await members(org)}:
        raise Unfit("印章只能交给在这个组织任职的人，请先办任职。", field="custodian")
    if not await Org.filter(id=org.id, seal_custodian_id=org.seal_custodian_id).update(seal_custodian_id=to.id):
        raise MovedOn("印章刚刚已经交给别人了，请刷新页面看看。")
    where, old = org.community_id, org.seal_custodian_id
    await record("seal.handed-over", f"org-{org.id}", by=by, at=at, community_id=where, old=old, new=to.id)


async def _check(facts: OrgFacts, place: Place, org: Org | None = None) -> None:
    check_term(facts.term_from, facts.term_until)
    same = Org.filter(name=facts.name, place_id=place.id)
    if await (same.exclude(id=org.id) if org else same).exists():
        raise Unfit("这里已经有一个同名的组织，请改名称。", field="name")
