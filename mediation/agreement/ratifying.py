"""A group and one wording: those elected speak and sign, every member says for themselves whether it binds them.

Source: 民事诉讼法 56 (who was elected settles only with the consent of those represented), 民诉法解释 75–78.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from community.calendar.rules import local_day
from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.agreement.models import AgreementVersion, Ratification
from mediation.agreement.queries import held_case, out_of
from mediation.agreement.rules import RATIFY_DAYS, Draft
from mediation.case.models import Case, Party
from mediation.case.queries import HIDDEN, parties_of
from mediation.case.states import State
from mediation.parties.commands import at_work
from mediation.parties.models import GroupMember
from mediation.parties.rules import MemberVote, bound


@dataclass(frozen=True, slots=True)
class Roster:
    """A group before one wording: its members, and what each said, by id."""

    party: Party
    members: list[GroupMember]
    votes: Mapping[int, MemberVote]

    def count(self, vote: MemberVote) -> int:
        """Return how many said so."""
        return Counter(self.votes[each.id] for each in self.members)[vote]

    @property
    def unbound(self) -> list[GroupMember]:
        """Return whom the wording does not bind: who said no or nothing."""
        yes = bound(self.votes)
        return [each for each in self.members if each.id not in yes]


async def rosters(case: Case, version: AgreementVersion) -> list[Roster]:
    """Return every group of a case with what its members say of a wording."""
    parties = {party.id: party for party in await parties_of(case)}
    members = await GroupMember.filter(party_id__in=list(parties)).order_by("party_id", "ordinal")
    if not members:
        return []
    said = {each.member_id: each.vote for each in await Ratification.filter(version_id=version.id)}
    votes = {each.id: said.get(each.id, MemberVote.PENDING) for each in members}
    groups = dict.fromkeys(each.party_id for each in members)
    return [Roster(parties[g], [each for each in members if each.party_id == g], votes) for g in groups]


@command
async def ratify(
    code: str, party_code: str, member_code: str, vote: MemberVote, *, by: Person, at: datetime
) -> Ratification:
    """Put down what one member says of the wording that goes round; nobody says it for them.

    Raises:
        MovedOn: nothing goes round.
        Hidden: ``by`` does not work on the case, or there is no such member.
    """
    case, seats = await held_case(by, code, at=at)
    version = await out_of(case)
    member = await GroupMember.get_or_none(code=member_code, party__code=party_code, party__case_id=case.id)
    if member is None or not at_work(seats, case.state):
        raise Hidden(HIDDEN)
    if case.state is not State.SIGNING or vote is MemberVote.PENDING:
        raise MovedOn("协议发出签署以后，才请每一位成员表态。")
    said = {"vote": vote, "at": at, "by": by}
    row, _ = await Ratification.update_or_create(defaults=said, version=version, member=member)
    facts = {"member": member_code, "vote": vote, "version": version.n}
    await record("party.ratified", case.key, by=by, at=at, community_id=case.community_id, **facts)
    return row


async def require_spoken_for(case: Case, draft: Draft) -> None:
    """Raise `Unfit` when a group has elected nobody, or a promise for each member names no group."""
    parties = {party.id: party.sign for party in await parties_of(case)}
    members = await GroupMember.filter(party_id__in=list(parties)).only("id", "party_id", "elected")
    groups = {parties[each.party_id] for each in members}
    silent = groups - {parties[each.party_id] for each in members if each.elected}
    if silent:
        raise Unfit("{sign} 是一个群体，还没有推选代表人。请先登记推选结果。", sign=min(silent))
    for row, line in enumerate(draft.lines, start=1):
        if line.each and not groups & {line.who, line.whom}:
            raise Unfit("这一条写了每位成员一份，可是双方都没有名册。", field=f"each-{row}")


def require_ratified(found: Iterable[Roster], version: AgreementVersion, *, at: datetime) -> None:
    """Raise `Unfit` until everybody in each group has spoken or their days are over, and somebody said yes."""
    last = local_day(version.frozen_at or at) + timedelta(days=RATIFY_DAYS)
    for roster in found:
        waiting = roster.count(MemberVote.PENDING)
        if waiting and local_day(at) <= last:
            raise Unfit(
                "名册里还有 {n} 位没有表态，请等他们答复；过了 {last} 就按没有认可算。", n=waiting, last=str(last)
            )
        if not roster.count(MemberVote.YES):
            raise Unfit("名册里没有一位认可这份协议，协议不能生效。请退回协商。")


def ratified(found: Iterable[Roster], version: AgreementVersion, *, at: datetime) -> bool:
    """Return whether `require_ratified` holds."""
    try:
        require_ratified(found, version, at=at)
    except Unfit:
        return False
    return True


def shares(found: Iterable[Roster]) -> dict[str, int]:
    """Return how many of each group are bound, by the sign of the party."""
    return {roster.party.sign: roster.count(MemberVote.YES) for roster in found}
