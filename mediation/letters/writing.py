"""How a letter comes to wait: whoever would tell a party something, and finds no account, leaves it here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from community.people.models import Person
from community.record.outbox import canonical, record
from community.record.transaction import command
from mediation.case.models import Case, Invitation, Party
from mediation.letters.models import Letter
from mediation.letters.rules import OPEN, LetterKind, LetterState, kind_of

INVITED = "有一件事，对方希望请调解员帮着谈一谈（查询码 {code}）"
"""What an invitation says in one sentence; its sheet says more."""


@command
async def wait_for(
    case: Case,
    party: Party,
    sentence: str,
    facts: Mapping[str, object],
    *,
    event: str,
    link: str = "",
    at: datetime,
) -> Letter:
    """Leave a letter for a party; the same words that still wait for them are not written twice.

    Args:
        case: the case.
        party: to whom.
        sentence: the message id.
        facts: values in it.
        event: the kind of what happened.
        link: the code of the appointment that can be answered without an account.
        at: now.
    """
    told = canonical(facts)
    same = await Letter.get_or_none(party_id=party.id, sentence=sentence, facts=told, state=LetterState.WAITS)
    if same:
        await record("letter.again", f"letter-{same.id}", by=None, at=at, community_id=case.community_id, case=case.id)
        return same
    kind = kind_of(event)
    made = await Letter.create(case=case, party=party, kind=kind, sentence=sentence, facts=told, link=link, made_at=at)
    await _recorded(made, case, at)
    return made


async def invite_by_letter(case: Case, party: Party, link: Invitation, *, by: Person | None, at: datetime) -> Letter:
    """Leave an invitation that goes by letter; with ``by``, it is being printed now. An older one is not sent any more.

    Call it inside a command.
    """
    older = Letter.filter(party_id=party.id, kind=LetterKind.INVITATION)
    await older.filter(state__in=[LetterState.WAITS, LetterState.PRINTED]).update(
        state=LetterState.DROPPED, ended_at=at
    )
    made = Letter(case=case, party=party, kind=LetterKind.INVITATION, sentence=INVITED, invitation=link, made_at=at)
    made.facts = canonical({"code": case.code})
    if by:
        made.update_from_dict({"state": LetterState.PRINTED, "printed_by": by, "printed_at": at})
    await made.save()
    await _recorded(made, case, at)
    return made


async def answered(party: Party, *, at: datetime, by_link: bool) -> None:
    """End the invitations of a party who has answered: none needs to go, and whose link was used has arrived.

    Call it inside the command that writes the answer down.
    """
    asked = Letter.filter(party_id=party.id, kind=LetterKind.INVITATION)
    if by_link:
        await asked.filter(state=LetterState.SENT).update(state=LetterState.RECEIVED, ended_at=at)
    await asked.filter(state__in=OPEN).update(state=LetterState.DROPPED, ended_at=at)


async def _recorded(made: Letter, case: Case, at: datetime) -> None:
    where: dict[str, Any] = {"community_id": case.community_id, "case": case.id}
    await record("letter.written", f"letter-{made.id}", by=None, at=at, kind_of=made.kind, **where)
