"""Taking a seat beside a party by a link: guardian, representative, interpreter, somebody asked in, the recorder.

Whoever works on the case hands the link over, on paper or on a screen; it is good once and for fourteen days.
Source: 人民调解法 20 (who may be asked in, with the parties' consent), 27 (record); 民事诉讼法 61; 民法典 165.
"""

from datetime import datetime, timedelta
from typing import Final

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import PARTIES
from mediation.case.keys import carry, lock_in
from mediation.case.models import Case, Consent, Party
from mediation.case.queries import HIDDEN, seats_of, visible_case
from mediation.case.standing import stands
from mediation.case.states import State
from mediation.intake.rules import new_token, token_hash
from mediation.parties.commands import OVER, at_work
from mediation.parties.models import Attendant, Guardian, Interpreter, Representative
from mediation.parties.queries import about
from mediation.parties.rules import AttendRole
from mediation.room.opening import admit

SeatRow = Guardian | Representative | Interpreter | Attendant
BESIDE: Final = (Guardian, Representative, Interpreter)
LIFE: Final = timedelta(days=14)
DEAD: Final = "这个链接已经用过或者失效了。请调解员再给您一个。"
NOT_YOU: Final = "这个账号在这件事里已经有别的身份，不能坐这个位子。请用本人自己的账号打开链接。"
SAID_IN: Final = "2026-11"
"""Version of the words by which parties agree that somebody is asked in."""


@command
async def ask_in(
    code: str, role: AttendRole, name: str, why: str, *, agreed: bool, sworn: bool, by: Person, at: datetime
) -> Attendant:
    """Put down somebody who is asked in, or who writes the minutes; they promise to keep silent outside.

    Raises:
        Unfit: no name or reason, the parties have not agreed (人民调解法 20), or nothing was promised.
    """
    case = await _worked_on(code, by, at)
    if not name.strip() or not why.strip():
        raise Unfit("请写姓名，再写为什么请他来。", field="why" if name.strip() else "name")
    if role is AttendRole.INVITEE and not agreed:
        raise Unfit("请先征得各方当事人同意，再请别人参加。", field="agreed")
    if not sworn:
        raise Unfit("请他先承诺对外保密。", field="sworn")
    row = Attendant(case=case, role=role, since=at)
    carry(case, row)
    row.name, row.why = (lock_in(row, text.strip(), about=about(row, c)) for c, text in (("name", name), ("why", why)))
    await row.save()
    if role is AttendRole.INVITEE:
        for party in await Party.filter(case_id=case.id, left_at=None):
            act, said = "invite_person", "spoken"
            await Consent.create(party=party, act=act, given=True, text_version=SAID_IN, method=said, at=at)
    await record("seat.asked-in", case.key, by=by, at=at, community_id=case.community_id, role=role, row=row.code)
    return row


@command
async def leave(code: str, row_code: str, *, by: Person, at: datetime) -> Case:
    """End the part of somebody who was asked in or wrote the minutes."""
    case = await _worked_on(code, by, at)
    if not await Attendant.filter(code=row_code, case_id=case.id, ended_at=None).update(ended_at=at, link_hash=""):
        raise MovedOn("这一项已经结束了，请刷新后再看。")
    await record("seat.left", case.key, by=by, at=at, community_id=case.community_id, row=row_code)
    return case


@command
async def offer(code: str, row_code: str, *, by: Person, at: datetime) -> str:
    """Make a link by which somebody takes their seat, and return its token; an earlier link ends."""
    case = await _worked_on(code, by, at)
    row = await _row(case, row_code)
    token, digest = new_token()
    await type(row).filter(id=row.id).update(link_hash=digest, link_until=at + LIFE)
    await record("seat.offered", case.key, by=by, at=at, community_id=case.community_id, row=row.code)
    return token


async def offered(token: str, *, at: datetime) -> tuple[Case, SeatRow]:
    """Return the case and the seat a link is for, or raise `Hidden` when it does not work any more."""
    live = {"link_hash": token_hash(token), "link_until__gt": at, "ended_at": None}
    for model in BESIDE:
        row = await model.filter(**live).select_related("party__case__org").first()
        if row:
            return row.party.case, row
    attendant = await Attendant.filter(**live).select_related("case__org").first()
    if attendant is None:
        raise Hidden(DEAD)
    return attendant.case, attendant


@command
async def take(token: str, *, by: Person, at: datetime) -> Case:
    """Take the seat a link is for; whoever stands for a party enters its rooms at once.

    Raises:
        Hidden: the link does not work any more.
        Forbidden: ``by`` stands on another side, or works on the case.
    """
    case, row = await offered(token, at=at)
    await _may_sit(case, row, by, at)
    if not await type(row).filter(id=row.id, link_hash=token_hash(token)).update(person_id=by.id, link_hash=""):
        raise MovedOn(DEAD)
    await record("seat.taken", case.key, by=by, at=at, community_id=case.community_id, row=row.code)
    if isinstance(row, Guardian | Representative):
        mine = [each for each in await stands(by, case.id, at=at) if each.party_id == row.party_id]
        if any(each.seat in PARTIES for each in mine):
            await admit(case, row.party, by, at=at)
    return case


async def _may_sit(case: Case, row: SeatRow, by: Person, at: datetime) -> None:
    """Raise `Forbidden` unless this account is free for the seat: who acts for one of a side may act for all of it."""
    if case.state in OVER:
        raise MovedOn("这件事已经办完，不能再参加了。")
    if isinstance(row, Guardian) and row.conflict:
        raise Forbidden("您和被代理人有利害冲突，不能代理，请换一位法定代理人。")
    held = await stands(by, case.id, at=at)
    side = row.party.side if isinstance(row, Guardian | Representative) else None
    elsewhere = any(side is None or not each.acts or each.side is not side for each in held)
    works = not held and at_work(await seats_of(by, case, at=at), State.MEDIATING)
    if elsewhere or works:
        raise Forbidden(NOT_YOU)


async def _worked_on(code: str, by: Person, at: datetime) -> Case:
    case, seats = await visible_case(by, code, at=at)
    if not at_work(seats, case.state):
        raise Hidden(HIDDEN)
    if case.state in OVER:
        raise MovedOn("这件事已经办完，不能再改当事人的身份。")
    return case


async def _row(case: Case, row_code: str) -> SeatRow:
    for model in BESIDE:
        row = await model.get_or_none(code=row_code, party__case_id=case.id, ended_at=None)
        if row:
            return row
    attendant = await Attendant.get_or_none(code=row_code, case_id=case.id, ended_at=None)
    if attendant is None:
        raise Hidden(HIDDEN)
    return attendant
