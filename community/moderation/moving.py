"""One step of a decision, and its line in the record."""

from datetime import datetime

from community.errors import MovedOn
from community.moderation.models import Hiding
from community.moderation.states import LIVE, MOVES
from community.people.models import Person
from community.record.outbox import record
from community.words import N_

STALE = N_("这条处理已经往前走了一步，请刷新后再看。")


async def move(hiding: Hiding, deed: str, *, at: datetime, **more: object) -> None:
    """Take ``hiding`` one step on; of two who try, one succeeds.

    Raises:
        MovedOn: from where it stands now that cannot be done.
    """
    target = MOVES.get((hiding.state, deed))
    if target is None:
        raise MovedOn(STALE)
    ended: dict[str, object] = {} if target in LIVE else {"live": None, "ended_at": at}
    if not await Hiding.filter(id=hiding.id, state=hiding.state).update(state=target, **ended, **more):
        raise MovedOn(STALE)
    hiding.state = target


async def note(kind: str, hiding: Hiding, *, by: Person | None, at: datetime, **facts: str | int) -> None:
    """Record what became of ``hiding``."""
    where, code = hiding.community_id, hiding.code
    await record(kind, hiding.subject, by=by, at=at, community_id=where, on_behalf_of=None, hiding=code, **facts)
