"""The parties' deeds: choosing a court, applying each for themselves, sending it all to the court, taking it back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from community.calendar.rules import local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.agreement.models import AgreementVersion
from mediation.agreement.queries import held_case
from mediation.case.access import PARTIES, Seat, Thing, may_read
from mediation.case.keys import carry
from mediation.case.models import Case, Consent, Party
from mediation.case.queries import HIDDEN
from mediation.case.standing import NO_POWER, stands
from mediation.confirmation import window
from mediation.confirmation.grounds import STATED, Nexus
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.package import manifest_hash, papers, store
from mediation.confirmation.queries import ACT, applied, bars_of, courts_for, in_force, open_of
from mediation.confirmation.rules import AT_COURT, BY_DEED, Course, Deed, Who, demand, row_for
from mediation.parties.queries import standings

WORKERS: Final = frozenset({Seat.MEDIATOR, Seat.DIRECTOR})
HOW: Final = {Seat.GUARDIAN: "guardian", Seat.AGENT: "mandate"}
METHODS: Final = ("paper", "mandate")
"""How a party applied whom a mediator enters: by a signed paper, or by their agent under a mandate (民事诉讼法 61)."""
LOOK: Final = "这份协议定稿时核对过是不是真的。请先再看一遍核对的记录，没有疑问再登记；有疑问的先中止，报告法院。"
"""特邀调解规定 18: nobody is accused, somebody looks."""
NO_MANDATE: Final = "这位当事人没有在期限内、写明可以和解的委托书。请先登记委托书，或者请本人申请。"


def whose(seats: Iterable[Seat]) -> frozenset[Who]:
    """Return in which capacities somebody with these seats before the case deals with its application."""
    seats = frozenset(seats)
    held = {Who.PARTY: bool(seats & PARTIES), Who.WORKER: bool(seats & WORKERS), Who.DIRECTOR: Seat.DIRECTOR in seats}
    return frozenset(who for who, holds in held.items() if holds)


async def _case(code: str, by: Person, at: datetime) -> tuple[Case, frozenset[Who]]:
    case, seats = await held_case(by, code, at=at)
    if not may_read(seats, Thing.CONFIRMATION, case.state):
        raise Hidden(HIDDEN)
    return case, whose(seats)


async def _open(case: Case) -> CourtConfirmation:
    found = await open_of(case)
    if found is None:
        raise MovedOn("现在没有在办的司法确认，请刷新后再看。")
    return found


async def _in_window(case: Case, deed: Deed, at: datetime) -> None:
    days = await window.window_of(case)
    demand(deed, "in_window", holds=days is not None and local_day(at) <= days.due)


@command
async def prepare(code: str, court: str, *, nexus: Nexus | None = None, by: Person, at: datetime) -> CourtConfirmation:
    """Choose the court and begin; ``nexus`` says why it is the right one where the register does not.

    Raises:
        Unfit: the agreement is not fit, the days are over, or the court is not the right one.
        MovedOn: an application is open.
    """
    case, who = await _case(code, by, at)
    if not who & set(BY_DEED[Deed.PREPARE].who):
        raise Hidden(HIDDEN)
    if await open_of(case):
        raise MovedOn("已经有一件司法确认在办，请先办完或者撤回。")
    version = await in_force(case)
    demand(Deed.PREPARE, "eligible", holds=version is not None and not await bars_of(case, version))
    await _in_window(case, Deed.PREPARE, at)
    known = {each.code: (each, links) for each, links in await courts_for(case)}
    chosen, links = known.get(court, (None, ()))
    why = links[0] if links else nexus if nexus in STATED else None
    demand(Deed.PREPARE, "court_competent", holds=chosen is not None and why is not None, field="court")
    made = CourtConfirmation(
        case=case, community_id=case.community_id, version=version, court=chosen, link=why, began_at=at
    )
    carry(case, made)
    await made.save()
    await _told(made, case, "prepared", by=by, at=at, court=made.court_id, link=made.link)
    return made


@command
async def apply(code: str, *, sworn: bool, by: Person, at: datetime) -> CourtConfirmation:
    """Apply as a party, as their guardian, or as their agent under a mandate; who is silent has not applied.

    Raises:
        Unfit: the days are over, or they did not say that they are willing and the matter is real.
        MovedOn: nothing is open, or it is with the court already.
    """
    case, who = await _case(code, by, at)
    found = await _open(case)
    row_for(Deed.APPLY, found.stage, who & {Who.PARTY})
    demand(Deed.APPLY, "sworn", holds=sworn, field="sworn")
    for party_id, method in await _acting(case, by, at):
        await _apply(case, found, await Party.get(id=party_id), method, by=by, at=at)
    return found


async def _acting(case: Case, by: Person, at: datetime) -> list[tuple[int, str]]:
    """Return the parties for whom somebody may apply and who have not yet, with how.

    Raises:
        Forbidden: their mandate does not cover settling.
        MovedOn: all of them have applied.
    """
    acts = [each for each in await stands(by, case.id, at=at) if each.acts]
    settles = {each.party_id: HOW.get(each.seat, "click") for each in acts if each.settles}
    if not settles:
        raise Forbidden(NO_POWER)
    found = await _open(case)
    left = [each.party.id for each in await applied(found, case) if each.party.id in settles and not each.method]
    if not left:
        raise MovedOn("已经申请过了，不用再申请。")
    return [(each, settles[each]) for each in left]


@command
async def apply_for(
    code: str, party_code: str, method: str, *, real: bool = False, by: Person, at: datetime
) -> CourtConfirmation:
    """Write down that a party applied on a signed paper, or by an agent whose mandate covers settling.

    ``real``: whoever writes it down looked once more whether the matter is real, where the wording asked for that.

    Raises:
        Unfit: the days are over, the way is none of `METHODS`, or no such mandate is in force.
    """
    case, who = await _case(code, by, at)
    found = await _open(case)
    row_for(Deed.APPLY, found.stage, who & {Who.WORKER})
    party = await Party.filter(case_id=case.id, code=party_code, left_at=None).first()
    if party is None or method not in METHODS:
        raise Unfit("请选一位当事人，并选他是怎样申请的。", field="method")
    if not real and (await AgreementVersion.get(id=found.version_id)).looked_at:
        raise Unfit(LOOK, field="real")
    if method == "mandate" and not (await standings([party], at=at))[0].may_settle:
        raise Unfit(NO_MANDATE, field="method")
    return await _apply(case, found, party, method, by=by, at=at)


async def _apply(
    case: Case, found: CourtConfirmation, party: Party, method: str, *, by: Person, at: datetime
) -> CourtConfirmation:
    await _in_window(case, Deed.APPLY, at)
    if any(each.party.id == party.id and each.method for each in await applied(found, case)):
        raise MovedOn("已经申请过了，不用再申请。")
    version = found.consent_version
    await Consent.create(party=party, act=ACT, given=True, text_version=version, method=method, at=at)
    await swap(found, Course.APPLIED)
    await _told(found, case, "applied", by=by, at=at, party=party.sign, method=method)
    return found


@command
async def file(code: str, *, by: Person, at: datetime) -> CourtConfirmation:
    """Send it to the court: the papers are fixed as they are now, and the thirty days stand still.

    Raises:
        Unfit: somebody has not applied, or the days are over.
    """
    case, who = await _case(code, by, at)
    found = await _open(case)
    row_for(Deed.FILE, found.stage, who)
    await _in_window(case, Deed.FILE, at)
    demand(Deed.FILE, "all_applied", holds=all(each.method for each in await applied(found, case)))
    found.filed_at = at
    kept = await papers(case, found)
    await store(found, kept)
    await swap(found, Course.FILED, filed_at=at, manifest=manifest_hash(kept))
    await window.stop(case, at)
    await _told(found, case, "filed", by=by, at=at, court=found.court_id, manifest=found.manifest)
    return found


@command
async def withdraw(code: str, *, by: Person, at: datetime) -> CourtConfirmation:
    """Take the application back, any party at any time before the ruling; the days that are left run on."""
    case, who = await _case(code, by, at)
    found = await _open(case)
    row_for(Deed.WITHDRAW, found.stage, who)
    was = found.stage
    await swap(found, Course.WITHDRAWN, ended_at=at)
    if was in AT_COURT:
        await window.go_on(case, at)
    await _told(found, case, "withdrawn", by=by, at=at, was=was)
    return found


@command
async def lapse(case: Case, *, at: datetime) -> None:
    """End what was never sent to a court because the thirty days are over."""
    found = await _open(case)
    row_for(Deed.LAPSE, found.stage, frozenset({Who.SYSTEM}))
    await swap(found, Course.LAPSED, ended_at=at)
    await _told(found, case, "lapsed", by=None, at=at)


async def swap(found: CourtConfirmation, to: Course, **more: object) -> None:
    """Move an application from where it was read to ``to``; of two at once one succeeds."""
    changes = {"stage": to, **more}
    if not await CourtConfirmation.filter(id=found.id, stage=found.stage).update(**changes):
        raise MovedOn("司法确认已经往前走了一步，请刷新后再看。")
    found.update_from_dict(changes)


async def _told(
    found: CourtConfirmation,
    case: Case,
    deed: str,
    *,
    by: Person | None,
    at: datetime,
    **facts: Any,  # noqa: ANN401 - passed on to the record as they are
) -> None:
    facts["confirmation"] = found.id
    await record(f"confirmation.{deed}", case.key, by=by, at=at, community_id=case.community_id, **facts)
