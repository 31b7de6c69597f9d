"""Spam in one go (M4): one decision, one event for each item and one for the batch, each author told once."""

from collections.abc import Sequence
from datetime import datetime

from community.codes import new_code
from community.errors import Unfit
from community.moderation.content import find_visible
from community.moderation.hiding import decide
from community.moderation.letters import tell_batch
from community.moderation.orders import Order
from community.moderation.rules import BATCH, TERMS
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command


@command
async def hide_many(subjects: Sequence[str], order: Order, *, by: Person, at: datetime) -> str:
    """Hide all of ``subjects`` and return the code of the batch; all of them or none.

    Raises:
        Hidden, Forbidden, MovedOn: as for one.
        Unfit: none or too many, a reason that is not decided about in batches, or one that many stand behind.
    """
    chosen = list(dict.fromkeys(subjects))
    if not chosen or len(chosen) > BATCH:
        raise Unfit("请选一条到 {most} 条。", field="subjects", most=BATCH)
    if not TERMS[order.reason].batch:
        raise Unfit("只有广告刷屏（M4）可以成批处理，别的理由请一条一条看。", field="reason")
    if any([(await find_visible(each, by, at=at)).protected for each in chosen]):
        raise Unfit("里面有很多人支持的内容，要单独处理，请先去掉它。", field="subjects")
    batch = new_code()
    done = [await decide(each, order, by=by, at=at, batch=batch) for each in chosen]
    await tell_batch(batch, done, at=at)
    await record(
        "content.batch-hidden",
        f"batch-{batch}",
        by=by,
        at=at,
        community_id=done[0].community_id,
        n=len(done),
        reason=order.reason.value,
    )
    return batch
