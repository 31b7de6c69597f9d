"""Which cards somebody sees, as whom, and what was written on them."""

from datetime import datetime

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from community.errors import Hidden
from community.people.models import Person
from community.people.roles import orgs_where, places_where
from community.places.models import Place
from community.rights import Right
from mediation.case.access import Seat
from mediation.case.keys import opened_in
from mediation.case.models import Case
from mediation.case.queries import HIDDEN, visible_case
from mediation.supervision.models import CardTurn, SupervisionCard
from mediation.supervision.rules import CardState, Hand

OFFICES = frozenset({Seat.CENTRE, Seat.JUSTICE})
NO_CARD = "没有找到这张督办单。请核对地址，或者换一个账号登录。"


async def watched(person: Person, code: str, *, at: datetime) -> Case:
    """Return a case that ``person`` may send a card about: the centre and the justice office, not its parties."""
    case, seats = await visible_case(person, code, at=at)
    if not seats & OFFICES:
        raise Hidden(HIDDEN)
    return case


async def cards_of(person: Person, *, at: datetime) -> QuerySet[SupervisionCard]:
    """Return the cards of the places that ``person`` oversees and of the organisations they direct."""
    orgs = await orgs_where(person, Right.CASE_DIRECT, at=at)
    offices = await _overseen(person, at=at)
    mine = Q(org_id__in=orgs) if orgs else Q(id=0)
    if offices:
        inside = Q(*(Q(path__startswith=each.path) for each in offices), join_type="OR")
        mine |= Q(community_id__in=Subquery(Place.filter(inside).values("id")))
    return SupervisionCard.filter(mine).select_related("org", "case")


async def card_for(person: Person, code: str, *, at: datetime) -> tuple[SupervisionCard, frozenset[Hand]]:
    """Return a card with the hands that ``person`` has in it, or raise `Hidden`."""
    card = await (await cards_of(person, at=at)).get_or_none(code=code)
    if card is None:
        raise Hidden(NO_CARD)
    hands = set()
    if card.org_id in await orgs_where(person, Right.CASE_DIRECT, at=at):
        hands.add(Hand.ORG)
    around = await Place.get_or_none(id=card.community_id)
    if around and any(around.path.startswith(each.path) for each in await _overseen(person, at=at)):
        hands.add(Hand.OFFICE)
    return card, frozenset(hands)


async def _overseen(person: Person, *, at: datetime) -> list[Place]:
    ids = [
        each
        for right in (Right.CASE_DISPATCH, Right.CASE_SUPERVISE)
        for each in await places_where(person, right, at=at)
    ]
    return await Place.filter(id__in=ids) if ids else []


async def open_card(case: Case) -> SupervisionCard | None:
    """Return the card of a case that is not settled yet."""
    rows = SupervisionCard.filter(case_id=case.id, state__in=[CardState.OPEN, CardState.ANSWERED])
    return await rows.order_by("-id").first()


async def turns_of(card: SupervisionCard) -> list[tuple[CardTurn, str]]:
    """Return what was written on a card, the first turn first, opened; call it for somebody who may see it."""
    rows = await CardTurn.filter(card_id=card.id).order_by("n").select_related("by")
    return [(each, opened_in(card, each.words, about=about(card, each.n))) for each in rows]


def about(card: SupervisionCard, n: int) -> str:
    """Return what the locked words of a turn are bound to."""
    return f"card|{card.code}|{n}"
