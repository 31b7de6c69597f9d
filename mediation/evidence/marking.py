"""The mark on a picture that was given to look at: whoever carries it outside is told by it.

It is the same for one reader in one case, and nothing to anybody without the keys; whoever brought the picture reads
beside each who looked which mark is theirs. It says whose screen it was, no more.
"""

from typing import Final

from community.people.models import Person
from community.privacy import vault
from mediation.case.models import Case

LENGTH: Final = 8


def mark_of(case: Case, person: Person) -> str:
    """Return the mark of one reader of the evidence of a case."""
    return vault.blind(f"{case.code}|{person.code}", purpose="evidence watermark")[:LENGTH].upper()
