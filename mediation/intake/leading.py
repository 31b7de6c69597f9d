"""Leading a dispute to where it belongs: to a body that must decide, into an older case, on without somebody."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import Seat
from mediation.case.code import normal
from mediation.case.events import Event
from mediation.case.keys import opened
from mediation.case.models import Case, Consent, Invitation, Party, Side, Will
from mediation.case.moving import demand, move, permitted
from mediation.case.noting import fitting, note
from mediation.case.queries import HIDDEN, parties_of, visible_case
from mediation.case.states import ENDS, Outcome, State
from mediation.intake.alike import plain_name
from mediation.intake.filing import add_party
from mediation.intake.fingerprints import imprint
from mediation.intake.rules import NOTICE_VERSION, Named


class Organ(StrEnum):
    """Who must decide what mediation cannot (民法典; 土地管理法 14; 治安管理处罚法; 劳动争议调解仲裁法)."""

    GOVERNMENT = "government"  # 政府及其部门
    ARBITRATION = "arbitration"  # 仲裁委员会
    POLICE = "police"  # 公安机关
    COURT = "court"  # 人民法院


POLICE_TOO: Final = "怀疑被骗的，请同时带上付款记录向公安机关报案（刑事诉讼法第一百一十条）。"


@command
async def redirect(
    code: str, organ: Organ | None, *, must: bool, words: str, fraud: bool = False, by: Person, at: datetime
) -> Case:
    """Lead a dispute to the body that must decide it; ``words`` tell where to go and what to bring.

    ``fraud``: it looks like one, so the way to the police is told as well.
    """
    case, seats = await visible_case(by, code, at=at)
    told = fitting(words, "words")
    told = f"{told}\n{POLICE_TOO}" if told and fraud else told
    demand(Event.REDIRECT, "other_organ_must_decide", holds=must, field="must")
    demand(Event.REDIRECT, "route_chosen", holds=organ is not None and bool(told), field="words" if organ else "organ")
    await move(case, Event.REDIRECT, seats=seats, by=by, at=at, outcome=Outcome.REDIRECTED, organ=organ)
    await note(case, Event.REDIRECT, told, by=by, at=at)
    await _end(case, at)
    return case


@command
async def merge(code: str, other_code: str, *, same: bool, words: str = "", by: Person, at: datetime) -> Case:
    """Join two filings of one matter; the earlier one goes on, so that the earliest day of filing is kept.

    Returns:
        The case that goes on.

    Raises:
        Unfit: nobody confirmed that it is the same, the other one is not there, is over, or has the sides the other
            way round: what each wants of the other are two matters.
    """
    case, seats = await visible_case(by, code, at=at)
    demand(Event.MERGE, "same_matter_confirmed", holds=same, field="same")
    other = await _other(case, other_code, by=by, at=at)
    keeper, joined = sorted((case, other), key=lambda each: (each.filed_at, each.id))
    demand(Event.MERGE, "keeper_earliest", holds=keeper.state not in (*ENDS, State.CLOSED), field="other")
    if await _crossed(keeper, joined):
        raise Unfit("两件事的申请人和被申请人正好相反，是各告各的，不能并案，请分别办理。", field="other")
    told = fitting(words, "words")
    await move(joined, Event.MERGE, seats=seats, by=by, at=at, outcome=Outcome.MERGED, into=keeper.id)
    await note(joined, Event.MERGE, told, by=by, at=at)
    await Case.filter(id=joined.id).update(merged_into_id=keeper.id)
    await _bring_along(joined, keeper)
    await _end(joined, at)
    return keeper


async def _bring_along(joined: Case, keeper: Case) -> None:
    """Let who filed the joined case with an account read the one that goes on: theirs too, only under their name."""
    accounts = {
        (party.side, plain_name(opened(party, "name"))): party.person_id
        for party in await parties_of(joined)
        if party.person_id
    }
    for party in await parties_of(keeper):
        person = accounts.get((party.side, plain_name(opened(party, "name"))))
        if person and party.person_id is None:
            await Party.filter(id=party.id, person_id=None).update(person_id=person)


async def _other(case: Case, other_code: str, *, by: Person, at: datetime) -> Case:
    try:
        other, seats = await visible_case(by, normal(other_code), at=at)
    except Hidden:
        raise Unfit("没有找到这个查询码的事，请对照回执再输一次。", field="other") from None
    if other.id == case.id or other.org_id != case.org_id or Seat.INTAKE not in seats:
        raise Unfit("请填本会另一件事的查询码。", field="other")
    return other


async def _crossed(one: Case, two: Case) -> bool:
    """Return whether who asks in one case is asked in the other, by account or by name."""
    first, second = await parties_of(one), await parties_of(two)
    asks = [_who(side, Side.APPLICANT) for side in (first, second)]
    asked = [_who(side, Side.RESPONDENT) for side in (first, second)]
    return bool(asks[0] & asked[1] or asks[1] & asked[0])


def _who(parties: Iterable[Party], side: Side) -> set[int | str]:
    there = [party for party in parties if party.side is side]
    return {plain_name(opened(party, "name")) for party in there} | {p.person_id for p in there if p.person_id}


@command
async def add_respondent(
    code: str, named: Named, *, needed: bool, side: Side = Side.RESPONDENT, by: Person, at: datetime
) -> Party:
    """Name one more party before the invitations go out, mostly of the other ``side``; a third one may be an insurer.

    ``needed``: without them nothing can be settled (必要当事人), e.g. co-owners of one wall. Whoever is named is asked
    whether they want mediation, on the applicant's side too.
    """
    case, seats = await visible_case(by, code, at=at)
    permitted(case, Event.INVITE, seats=seats, by=by)
    if not named.name.strip():
        raise Unfit("请至少写明一位对方当事人。", field="name")
    ordinal = await Party.filter(case_id=case.id, side=side).count() + 1
    party = await add_party(case, side, named, ordinal=ordinal, needed=needed)
    await imprint(case)
    where = case.community_id
    await record("case.party-added", case.key, by=by, at=at, community_id=where, party=party.code, needed=needed)
    return party


@command
async def proceed_severed(code: str, party_code: str, *, written: bool, by: Person, at: datetime) -> Case:
    """Go on without somebody who does not answer or refused and is not needed; their own matter stays untouched."""
    case, seats = await visible_case(by, code, at=at)
    permitted(case, Event.PROCEED_SEVERED, seats=seats, by=by)
    party = await Party.get_or_none(code=party_code, case_id=case.id, left_at=None)
    if party is None:
        raise Hidden(HIDDEN)
    apart = not party.indispensable and party.will is not Will.CONSENTED
    demand(Event.PROCEED_SEVERED, "missing_not_indispensable", holds=apart, field="party")
    others = [each.will for each in await parties_of(case) if each.id != party.id]
    agreed = written and all(will is Will.CONSENTED for will in others)
    demand(Event.PROCEED_SEVERED, "others_consent_written", holds=agreed, field="written")
    await move(case, Event.PROCEED_SEVERED, seats=seats, by=by, at=at, party=party.code)
    await Party.filter(id=party.id).update(left_at=at)
    await Invitation.filter(party_id=party.id, ended_at=None).update(ended_at=at)
    return case


@command
async def join_later(code: str, party_code: str, *, written: bool, by: Person, at: datetime) -> Party:
    """Let somebody without whom the others went on join what they agreed; a supplement then names them.

    Raises:
        Hidden: ``by`` does not lead this case, or nobody of that code was left aside.
        Unfit: they have not said so in writing.
        MovedOn: there is no agreement in force to join.
    """
    case, seats = await visible_case(by, code, at=at)
    party = await Party.get_or_none(code=party_code, case_id=case.id)
    if party is None or party.left_at is None or Seat.MEDIATOR not in seats:
        raise Hidden(HIDDEN)
    if case.state not in (State.PERFORMING, State.BREACHED):
        raise MovedOn("现在没有生效的协议可以加入，请刷新后再看。")
    if not written:
        raise Unfit("请先请他写明愿意加入，再登记。", field="written")
    await Party.filter(id=party.id).update(left_at=None, will=Will.CONSENTED)
    await Consent.create(party=party, act="mediate", given=True, text_version=NOTICE_VERSION, method="signed", at=at)
    await record("case.joined-later", case.key, by=by, at=at, community_id=case.community_id, party=party.code)
    return party


async def _end(case: Case, at: datetime) -> None:
    await Case.filter(id=case.id).update(closed_at=at)
    parties = [party.id for party in await parties_of(case)]
    await Invitation.filter(party_id__in=parties, ended_at=None).update(ended_at=at)
