"""Whose mailbox nobody may write to: who fears the other side is reached only as they said it is safe.

Source: 反家庭暴力法 5 (privacy of who suffers); 个人信息保护法 6.
"""

from collections.abc import Collection

from mediation.case.models import Case, Party, Side


def mailed_nowhere(case: Case, party: Party) -> bool:
    """Return whether a party gets no mail: somebody at home may read it, so the clerk calls as agreed instead."""
    return case.afraid and party.side is Side.APPLICANT


async def not_mailed(case: Case, people: Collection[int]) -> set[int]:
    """Return whose account among ``people`` is told here alone, and not by mail."""
    if not case.afraid:
        return set()
    rows = Party.filter(case_id=case.id, side=Side.APPLICANT, person_id__in=list(people))
    return {each.person_id for each in await rows if each.person_id}
