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
from deliberation.polling.models import DoorVote, ReturnedSheet

Reader = Callable[[Person | None, Upload, datetime], Awaitable[bool]]


async def anybody(_person: Person | None, _upload: Upload, _at: datetime) -> bool:
    """Let everybody read what proves a public deed: a photograph of a board, the evidence of a step."""
    return True


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


READERS: Final[Mapping[str, Reader]] = {
    **dict.fromkeys(("publication", "milestone", "execution"), anybody),
    **dict.fromkeys(("delivery", "mandate"), ballot_keepers),
    **dict.fromkeys(("ballot_sheet", "door_vote"), tellers),
}
