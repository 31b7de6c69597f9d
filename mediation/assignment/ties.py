"""What ties a mediator to somebody: declared once in the register or on a case, looked up before every assignment.

Source: 人民调解法 22, 若干规定 25 (a mediator says so themselves); 特邀调解规定 15 (declared to the parties).
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from tortoise.expressions import Q

from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from community.people.roles import orgs_where
from community.privacy import vault
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from mediation.assignment.models import DeclaredTie
from mediation.assignment.recusing import plead, waiting_plea
from mediation.assignment.rules import WAYS, Kin
from mediation.case.access import Seat
from mediation.case.keys import opened
from mediation.case.models import Case, Party
from mediation.case.noting import fitting
from mediation.case.queries import HIDDEN, lead_of, parties_of, visible_case
from mediation.intake.alike import plain_name, plain_phone

DECLARERS = frozenset({Seat.MEDIATOR, Seat.CO, Seat.COLLEAGUE})
NAME_MOST = 64


@command
async def declare(kin: Kin, name: str, *, phone: str = "", note: str = "", by: Person, at: datetime) -> DeclaredTie:
    """Declare, as a mediator, what ties one to whoever bears this name; with a telephone no namesake is meant.

    Raises:
        Forbidden: ``by`` mediates nowhere.
        Unfit: no name is given, or it is too long.
    """
    if not await orgs_where(by, Right.CASE_MEDIATE, at=at):
        raise Forbidden("只有调解员要申报。您不愿意由某位调解员调解，请在那件事里点“换一位调解员”。")
    told = name.strip()
    if not plain_name(told) or len(told) > NAME_MOST:
        raise Unfit("请写和您有关系的人的姓名，最多 {most} 个字。", field="name", most=NAME_MOST)
    tie = DeclaredTie(mediator=by, kin=kin, declared_at=at, name_mark=_mark("name", plain_name(told)))
    tie.phone_mark = _mark("phone", plain_phone(phone))
    tie.name = vault.lock(told, about=_about(tie, "name"))
    return await _kept(tie, note, None, by, at)


@command
async def declare_here(
    code: str, party_code: str, kin: Kin, *, note: str = "", by: Person, at: datetime
) -> DeclaredTie:
    """Declare, as a mediator, what ties one to a party of a case; whoever leads it asks to be replaced by that.

    On the people's track they are replaced at once, on a court's the parties may let them go on.
    """
    case, seats = await visible_case(by, code, at=at)
    party = await Party.get_or_none(code=party_code, case_id=case.id, left_at=None)
    if not seats & DECLARERS:
        raise Hidden(HIDDEN)
    if party is None:
        raise Unfit("请选一位当事人。", field="party")
    tie = await _kept(DeclaredTie(mediator=by, party=party, kin=kin, declared_at=at), note, case, by, at)
    lead = await lead_of(case)
    if lead and lead.mediator_id == by.id and await waiting_plea(case) is None:
        await plead(code, words=note, by=by, at=at)
    return tie


@command
async def end(tie_code: str, *, by: Person, at: datetime) -> None:
    """Take back what one declared, since it is no longer so; what was declared stays on record."""
    tie = await DeclaredTie.get_or_none(code=tie_code, mediator_id=by.id, ended_at=None)
    if tie is None:
        raise Hidden("没有找到这条申报。请从“我的申报”里选。")
    await DeclaredTie.filter(id=tie.id).update(ended_at=at)
    await record("tie.ended", f"tie-{tie.id}", by=by, at=at)


async def own_ties(me: Person) -> list[tuple[DeclaredTie, str, str]]:
    """Return what ``me`` declared and did not take back: each with the name, or with a case's code instead."""
    rows = DeclaredTie.filter(mediator_id=me.id, ended_at=None).order_by("-id").select_related("party__case")
    return [(each, opened_name(each), each.party.case.code if each.party else "") for each in await rows]


async def ties_to(case: Case, mediators: Collection[int]) -> dict[int, list[tuple[Party, Kin]]]:
    """Return by mediator to which parties of a case they have declared ties."""
    parties = await parties_of(case)
    marks = {each.id: _mark("name", plain_name(opened(each, "name"))) for each in parties}
    near = Q(party_id__in=list(marks)) | Q(name_mark__in=[each for each in marks.values() if each])
    found: dict[int, list[tuple[Party, Kin]]] = defaultdict(list)
    for tie in await DeclaredTie.filter(near, mediator_id__in=list(mediators), ended_at=None).order_by("id"):
        found[tie.mediator_id] += [(each, tie.kin) for each in parties if _means(tie, each, marks[each.id])]
    return {mediator: those for mediator, those in found.items() if those}


def waivable(case: Case) -> bool:
    """Return whether somebody with a declared tie may mediate where all parties, told of it, agree in writing."""
    return WAYS[case.track].waivable


def opened_name(tie: DeclaredTie) -> str:
    """Return whom a tie names, in the clear."""
    return vault.unlock(tie.name, about=_about(tie, "name")) if tie.name else ""


def _means(tie: DeclaredTie, party: Party, mark: str) -> bool:
    if tie.party_id:
        return tie.party_id == party.id
    phone = _mark("phone", plain_phone(opened(party, "phone"))) if tie.phone_mark else ""
    return tie.name_mark == mark and (not phone or phone == tie.phone_mark)


async def _kept(tie: DeclaredTie, note: str, case: Case | None, by: Person, at: datetime) -> DeclaredTie:
    told = fitting(note, "note")
    tie.note = vault.lock(told, about=_about(tie, "note")) if told else ""
    await tie.save()
    where = case.community_id if case else by.community_id
    await record("tie.declared", f"tie-{tie.id}", by=by, at=at, community_id=where, kin=tie.kin)
    return tie


def _mark(what: str, text: str) -> str:
    return vault.blind(text, purpose=f"tie {what}") if text else ""


def _about(tie: DeclaredTie, column: str) -> str:
    return f"tie|{tie.code}|{column}"
