"""Who may read a file: by the kind of thing it belongs to (``message`` of ``message-12``), one line a kind.

A file that belongs to nothing, or to a kind that is not here, is its owner's alone.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final

from community.files.models import Upload
from community.people.models import Person
from community.people.roles import roles_in_place
from community.rights import Right, may
from deliberation.ballot.models import Ballot
from deliberation.body.models import Body
from deliberation.matter.models import Matter
from deliberation.polling.models import DoorVote, ReturnedSheet
from deliberation.publicity.models import Publication
from mediation.case.queries import seats_of
from mediation.intake.models import PaperForm
from mediation.intake.papers import KEYS
from mediation.letters.models import Letter
from mediation.letters.queries import CARRIES

KEEPERS: Final = (Right.MATTER_SCREEN, Right.MATTER_SUPERVISE, Right.CONTENT_MODERATE)
Reader = Callable[[Person | None, Upload, datetime], Awaitable[bool]]


async def anybody(person: Person | None, upload: Upload, at: datetime) -> bool:
    """Let everybody read what proves a public deed, a photograph of a board, the evidence of a step.

    While moderation has hidden the matter it belongs to, only those who keep the files and who moderate may.
    """
    matter = await _matter(upload.about)
    if matter is None or not matter.hidden_at:
        return True
    roles = await roles_in_place(person, matter.body.place_id, at=at) if person else frozenset()
    return any(may(roles, right) for right in KEEPERS)


async def _matter(about: str) -> Matter | None:
    """Return the matter that a publication, a step or an execution is about."""
    kind, _, number = about.rpartition("-")
    if kind == "publication":
        row = await Publication.get_or_none(id=int(number))
        return await Matter.get_or_none(id=row.matter_id or 0).select_related("body") if row else None
    if kind == "milestone":
        return await Matter.get_or_none(execution__milestones__id=int(number)).select_related("body")
    return await Matter.get_or_none(execution__id=int(number)).select_related("body")


async def ballot_keepers(person: Person | None, upload: Upload, at: datetime) -> bool:
    """Let those who serve a ballot and those who count it read its proofs of service and its mandates."""
    ballot = await Ballot.get_or_none(id=int(upload.about.rpartition("-")[2])).select_related("body")
    if person is None or ballot is None:
        return False
    roles = await roles_in_place(person, ballot.body.place_id, at=at)
    return may(roles, Right.BALLOT_DELIVER) or may(roles, Right.BALLOT_TELL)


async def tellers(person: Person | None, upload: Upload, at: datetime) -> bool:
    """Let those see the picture of a sheet, or of a signature given at a door, who count that ballot."""
    kind, _, number = upload.about.rpartition("-")
    row = await (ReturnedSheet if kind == "ballot_sheet" else DoorVote).get_or_none(id=int(number))
    body = await Body.get_or_none(ballots__id=row.ballot_id) if row else None
    if person is None or body is None:
        return False
    return may(await roles_in_place(person, body.place_id, at=at), Right.BALLOT_TELL)


async def hosts(person: Person | None, upload: Upload, at: datetime) -> bool:
    """Let those see the paper that adopted rules of procedure who take them down; it may bear signatures."""
    body = await Body.get_or_none(id=int(upload.about.rpartition("-")[2]))
    if person is None or body is None:
        return False
    return may(await roles_in_place(person, body.place_id, at=at), Right.MATTER_HOST)


async def clerks(person: Person | None, upload: Upload, at: datetime) -> bool:
    """Let intake and the director of its committee see the scan of an application written on paper."""
    paper = await PaperForm.get_or_none(id=int(upload.about.rpartition("-")[2])).select_related("case")
    if person is None or paper is None:
        return False
    return bool(await seats_of(person, paper.case, at=at) & KEYS)


async def carriers(person: Person | None, upload: Upload, at: datetime) -> bool:
    """Let those who work on a case, and the helper who carried the letter, see the signed card of a visit."""
    letter = await Letter.get_or_none(id=int(upload.about.rpartition("-")[2])).select_related("case")
    if person is None or letter is None:
        return False
    return bool(await seats_of(person, letter.case, at=at) & CARRIES)


READERS: Final[Mapping[str, Reader]] = {
    **dict.fromkeys(("publication", "milestone", "execution"), anybody),
    "case_paper": clerks,
    "letter": carriers,
    **dict.fromkeys(("delivery", "mandate"), ballot_keepers),
    "charter": hosts,
    **dict.fromkeys(("ballot_sheet", "door_vote"), tellers),
}
