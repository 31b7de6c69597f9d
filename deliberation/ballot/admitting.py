"""Who may hand in a paper now: one question, asked before the paper waits for its turn to be written."""

from datetime import datetime
from functools import cache
from typing import Final

from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from community.people.roles import roles_along
from community.record.asking import asked
from community.record.reading import columns, made, width
from community.rights import Held, Right, Role, require
from deliberation.ballot.models import Ballot, BallotState

CLOSED: Final = "表决已经截止，不能再投了。"
NOT_NAMED: Final = "您不在这次表决的名册上，或者不能代表这一户。有疑问请联系居委会。"
OVER: Final = (BallotState.COUNTING, BallotState.DECIDED, BallotState.CALLED_OFF)
_ADMITTED: Final = """
SELECT {ballot}, p.path,
    (SELECT v.key FROM roll_voice v JOIN resident r ON r.id = v.resident_id
     WHERE r.person_id = $2 AND v.roll_id = b.roll_id AND v.head_id = $3 LIMIT 1),
    h.role, h.place_id, h.org_id
FROM ballot b JOIN body d ON d.id = b.body_id JOIN place p ON p.id = d.place_id
LEFT JOIN holding h ON h.person_id = $2 AND h.since <= $4 AND (h.until IS NULL OR h.until > $4)
WHERE b.id = $1 ORDER BY h.id
"""
_KINDS: Final = ("int", "int", "int", "timestamptz")


class Late(Unfit):
    """The ballot has closed; nothing of the paper is kept."""

    def __init__(self) -> None:
        super().__init__(CLOSED)


async def admitted(ballot_id: int, head_id: int, *, by: Person, at: datetime) -> tuple[Ballot, str]:
    """Return the ballot, and the key of the voice in which ``by`` acts for a head.

    Whether the ballot is still open is asked once more where the paper is written.

    Raises:
        Hidden: there is no such ballot.
        Late, Unfit: it takes no papers at ``at``.
        Forbidden: not on the roll, not for this head, or without the right to vote.
    """
    found = [tuple(row) for row in await asked(_sql(), _KINDS, ballot_id, by.id, head_id, at)]
    if not found:
        raise Hidden("没有这次表决。")
    cut = width(Ballot)
    ballot = made(Ballot, found[0][:cut])
    path, voice = found[0][cut : cut + 2]
    takes_papers(ballot, at=at)
    if voice is None:
        raise Forbidden(NOT_NAMED)
    held = [Held(Role(row[cut + 2]), row[cut + 3], row[cut + 4]) for row in found if row[cut + 2]]
    require(roles_along(path, held), Right.BALLOT_CAST)
    return ballot, voice


@cache
def _sql() -> str:
    return _ADMITTED.format(ballot=columns(Ballot, "b"))


def takes_papers(ballot: Ballot, *, at: datetime) -> None:
    """Raise `Late` or `Unfit` unless a ballot takes papers at ``at``."""
    if at >= ballot.closes_at or ballot.state in OVER:
        raise Late
    if ballot.state is BallotState.HALTED:
        raise Unfit("这次表决按决定暂停了。恢复以后接着投，期限顺延。")
    if ballot.state is BallotState.VOID:
        raise Unfit("这次表决已经作废，不再收票。")
    if ballot.state is BallotState.WAITING:
        raise Unfit("表决还没有开始，请等到开始的时间。")
