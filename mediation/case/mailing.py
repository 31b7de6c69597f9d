"""Whose mailbox nobody may write to: who fears the other side is reached only as they said it is safe.

Source: 反家庭暴力法 5 (privacy of who suffers); 个人信息保护法 6.
"""

from collections.abc import Collection
from datetime import datetime

from community.errors import Hidden
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.models import Case, Party, Side
from mediation.case.queries import HIDDEN, visible_case
from mediation.case.standing import stood_for
from mediation.parties.models import Guardian, Representative


def mailed_nowhere(case: Case, party: Party) -> bool:
    """Return whether a party gets no mail: somebody at home may read it, so the clerk calls as agreed instead.

    Whoever is afraid may say that their own mailbox is safe after all (``mail_safe``).
    """
    return case.afraid and party.side is Side.APPLICANT and not party.mail_safe


async def not_mailed(case: Case, people: Collection[int]) -> set[int]:
    """Return whose account among ``people`` is told here alone: who is afraid, and who stands for them."""
    if not case.afraid:
        return set()
    parties = await Party.filter(case_id=case.id, side=Side.APPLICANT, mail_safe=False)
    shy = {each.person_id for each in parties}
    live = {"party_id__in": [each.id for each in parties], "ended_at": None}
    shy |= {each.person_id for each in await Guardian.filter(**live)}
    shy |= {each.person_id for each in await Representative.filter(**live)}
    return {each for each in shy if each in set(people)}


@command
async def choose_mail(code: str, *, safe: bool, by: Person, at: datetime) -> Case:
    """Say, as a party or for one, whether letters about this case may go to one's mailbox; nobody else learns it.

    Raises:
        Hidden: ``by`` stands for no party.
    """
    case, _ = await visible_case(by, code, at=at)
    own = await stood_for(by, case.id, at=at)
    if not own:
        raise Hidden(HIDDEN)
    await Party.filter(id__in=own).update(mail_safe=safe)
    await record("case.mail-chosen", case.key, by=None, at=at, community_id=case.community_id)
    return case


async def chose_mail(me: Person, case: Case, *, at: datetime) -> bool | None:
    """Return what ``me`` chose where it matters, None where mail goes out anyway."""
    own = await Party.filter(id__in=await stood_for(me, case.id, at=at), side=Side.APPLICANT) if case.afraid else []
    return all(each.mail_safe for each in own) if own else None
