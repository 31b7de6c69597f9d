"""Wrapping data keys anew with the present key of the ring, so that the one before can be thrown away.

Cut off in the middle it goes on where it was: what names the present key is done. Thrown away, the old key takes with
it whatever was destroyed since the backups that still hold it. Source: trust model "Confidentiality at rest".
"""

from collections import Counter
from datetime import datetime
from typing import Any, Final

from tortoise.models import Model

from community.privacy import vault
from community.record.outbox import record
from community.record.transaction import bookkeeping, command
from mediation.archive.locked import KEY, carriers
from mediation.case.models import Case
from mediation.digitised.models import PaperDossier
from mediation.room.models import Room

BATCH: Final = 200
Kind = tuple[type[Model], str, str]
KEPT: Final[tuple[Kind, ...]] = (
    *((each, KEY, "case" if each is Case else str(each._meta.db_table)) for each in carriers()),  # noqa: SLF001
    (Room, "key", "room"),
    (PaperDossier, KEY, "paper_dossier"),
)
"""Where data keys lie: the model, the column, and what the place of a wrapped key begins with."""


async def wrapped() -> Counter[str]:
    """Return how many data keys each key of the ring is around."""
    found: Counter[str] = Counter()
    for model, column, _ in KEPT:
        keys = await model.exclude(**{column: ""}).values_list(column, flat=True)
        found.update(vault.wrapped_by(str(each)) for each in keys)
    return found


async def rotate(*, at: datetime) -> int:
    """Wrap every data key anew that is not in the present key, and put it on record; return how many there were.

    Raises:
        Tampered: a data key is in a key that is not on the ring; what was done until then stays done.
    """
    count = 0
    for kind in KEPT:
        last = 0
        while batch := await _after(kind, last):
            count += await _anew(kind, batch)
            last = batch[-1][0]
    await _done(count, at=at)
    return count


async def _after(kind: Kind, last: int) -> list[tuple[int, str, str]]:
    model, column, _ = kind
    rows = model.filter(id__gt=last).exclude(**{column: ""}).order_by("id").limit(BATCH)
    return [(int(number), code, key) for number, code, key in await rows.values_list("id", "code", column)]


@bookkeeping
async def _anew(kind: Kind, batch: list[tuple[int, str, str]]) -> int:
    model, column, begins = kind
    count = 0
    for number, code, key in batch:
        if vault.wrapped_by(key) != vault.wrapping():
            about = f"{begins}|{code}|key"
            fresh: dict[str, Any] = {column: vault.wrap(vault.unwrap(key, about=about), about=about)}
            count += await model.filter(**{"id": number, column: key}).update(**fresh)
    return count


@command
async def _done(count: int, *, at: datetime) -> None:
    await record("keys.rotated", "keys", by=None, at=at, key=vault.wrapping(), count=count)
