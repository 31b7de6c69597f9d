"""A member of a group says for themselves, by a link of their own, whether the agreement that goes round binds them.

Source: 民事诉讼法 56 (nobody settles for them), 民诉法解释 75–78. Whoever works on the case hands the link over.
"""

from datetime import datetime
from typing import Final

from community.errors import Forbidden, Hidden, MovedOn
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.agreement.models import AgreementVersion, Ratification
from mediation.agreement.queries import held_case, out_of
from mediation.case.models import Case
from mediation.case.queries import HIDDEN, seats_of
from mediation.case.standing import stands
from mediation.case.states import State
from mediation.intake.rules import new_token, token_hash
from mediation.parties.commands import at_work
from mediation.parties.models import GroupMember
from mediation.parties.rules import MemberVote
from mediation.parties.seating import DEAD, LIFE

NOT_NOW: Final = "协议发出签署以后，才请每一位成员表态。"
NOT_YOU: Final = "这个链接是给名册里一位成员本人的。请用本人自己的账号打开，一个账号只替自己表态。"


@command
async def offer_voice(code: str, member_code: str, *, by: Person, at: datetime) -> str:
    """Make the link by which one member reads the agreement and answers; return its token, an earlier one ends."""
    case, seats = await held_case(by, code, at=at)
    member = await GroupMember.get_or_none(code=member_code, party__case_id=case.id)
    if member is None or not at_work(seats, case.state):
        raise Hidden(HIDDEN)
    if case.state is not State.SIGNING:
        raise MovedOn(NOT_NOW)
    token, digest = new_token()
    await GroupMember.filter(id=member.id).update(link_hash=digest, link_until=at + LIFE, person_id=None)
    await record("seat.offered", case.key, by=by, at=at, community_id=case.community_id, row=member_code)
    return token


async def asked_voice(token: str, *, at: datetime) -> tuple[Case, GroupMember]:
    """Return the case and the member that a link is for, or raise `Hidden` when it does not work any more."""
    live = GroupMember.filter(link_hash=token_hash(token), link_until__gt=at)
    member = await live.select_related("party__case__org").first()
    if member is None:
        raise Hidden(DEAD)
    return member.party.case, member


async def shown_voice(token: str, *, by: Person, at: datetime) -> tuple[Case, GroupMember, AgreementVersion]:
    """Return what a member may read by their link: the case, themselves and the wording that goes round.

    Raises:
        Forbidden: the account works on the case, stands elsewhere in it, or answered for another member.
        MovedOn: nothing goes round.
    """
    case, member = await asked_voice(token, at=at)
    if member.person_id not in {None, by.id} or await _elsewhere(case, member, by, at):
        raise Forbidden(NOT_YOU)
    if case.state is not State.SIGNING:
        raise MovedOn(NOT_NOW)
    return case, member, await out_of(case)


async def _elsewhere(case: Case, member: GroupMember, by: Person, at: datetime) -> bool:
    held = await stands(by, case.id, at=at)
    works = not held and at_work(await seats_of(by, case, at=at), State.MEDIATING)
    other = GroupMember.filter(party_id=member.party_id, person_id=by.id).exclude(id=member.id)
    return works or any(each.party_id != member.party_id for each in held) or await other.exists()


@command
async def voice(token: str, vote: MemberVote, *, by: Person, at: datetime) -> Ratification:
    """Say yes or no for oneself; the last word before the seal counts.

    Raises:
        MovedOn: nothing goes round, or somebody else has taken the link meanwhile.
    """
    case, member, version = await shown_voice(token, by=by, at=at)
    if vote is MemberVote.PENDING:
        raise MovedOn(NOT_NOW)
    free = GroupMember.filter(id=member.id, link_hash=token_hash(token))
    if (
        not await free.filter(person_id=None).update(person_id=by.id)
        and not await free.filter(person_id=by.id).exists()
    ):
        raise MovedOn(DEAD)
    said = {"vote": vote, "at": at, "by": by}
    row, _ = await Ratification.update_or_create(defaults=said, version=version, member=member)
    facts = {"member": member.code, "vote": vote, "version": version.n, "own": True}
    await record("party.ratified", case.key, by=by, at=at, community_id=case.community_id, **facts)
    return row
