"""The queue of intake: everything that came in by any way and is not accepted, sent on or ended yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.expressions import Q
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from community.errors import Forbidden
from community.people.models import Person
from community.people.roles import orgs_where
from community.privacy.checks import id_number_fits
from community.rights import Right
from mediation.case.channels import ASKED, Channel
from mediation.case.code import LENGTH, PREFIX
from mediation.case.keys import mark_of
from mediation.case.models import Case
from mediation.case.states import State
from mediation.intake.fingerprints import marks_of
from mediation.intake.models import ChannelRef
from mediation.intake.rules import Kind

WAITING: Final = (State.REGISTERED, State.SUPPLEMENT, State.INVITING)
SHOWN: Final = 40
"""Rows of one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """What of the queue is shown; what is not said is not asked for. ``words``: a code, a number, a name, a phone."""

    channel: Channel | None = None
    state: State | None = None
    kind: Kind | None = None
    afraid: bool = False
    words: str = ""


async def desks_of(person: Person, *, at: datetime) -> list[int]:
    """Return the bodies whose intake ``person`` works at; raises `Forbidden` when there is none."""
    both = [*await orgs_where(person, Right.CASE_INTAKE, at=at), *await orgs_where(person, Right.CASE_DIRECT, at=at)]
    if not both:
        raise Forbidden("收件台由受理员和调委会主任使用。需要登记一件事，请联系本社区的调委会。")
    return sorted(set(both))


def sieved(orgs: list[int], sieve: Sieve) -> QuerySet[Case]:
    """Return what waits in ``orgs`` as the sieve lets it through, the oldest first: first come, first served."""
    found = Case.filter(org_id__in=orgs, state__in=WAITING)
    if sieve.channel:
        found = found.filter(channel=sieve.channel)
    if sieve.state:
        found = found.filter(state=sieve.state)
    if sieve.kind:
        found = found.filter(type_code=sieve.kind)
    if sieve.afraid:
        found = found.filter(afraid=True)
    if sieve.words.strip():
        found = found.filter(_named(orgs, sieve.words.strip())).distinct()
    return found.order_by("id")


def _named(orgs: list[int], words: str) -> Q:
    marks = [mark for org_id in orgs for mark in marks_of(org_id, words)]
    found = Q(arrivals__number=words) | Q(fingerprints__mark__in=marks)
    if id_number_fits(words.upper()):
        found |= Q(parties__id_mark=mark_of(words))
    code = words.upper().replace(" ", "")
    return found | Q(code=code) if len(code) == len(PREFIX) + LENGTH + 1 else found


async def by_channel(orgs: list[int]) -> dict[Channel, int]:
    """Return how much waits by the way it came in."""
    rows = Case.filter(org_id__in=orgs, state__in=WAITING).annotate(n=Count("id")).group_by("channel")
    return {Channel(row["channel"]): int(row["n"]) for row in await rows.values("channel", "n")}


async def numbers_of(cases: Iterable[Case]) -> dict[int, str]:
    """Return the numbers that cases have where they came from; none for those that came straight to us."""
    rows = ChannelRef.filter(case_id__in=[case.id for case in cases], channel__not_in=list(ASKED)).order_by("-id")
    return {each.case_id: each.number for each in await rows if each.number}
