"""Reading one matter by SQL, with all that its page tells of it. Says the same as `queries`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import Any, Final

from tortoise.models import Model

from community.errors import Hidden
from community.people.models import Person
from community.record.reading import columns, made, rows, width
from deliberation.body.models import Body
from deliberation.debate.rules import without
from deliberation.matter.models import Endorsement, Matter, MatterVersion, Screening, Sitting, Study

_PARTS: Final[tuple[tuple[str, type[Model]], ...]] = (
    ("m", Matter),
    ("b", Body),
    ("a", Person),
    ("t", MatterVersion),
    ("e", Endorsement),
    ("s", Screening),
    ("y", Study),
)
_SQL: Final = """
SELECT {parts}, p.path,
    (SELECT count(*) FROM comment c WHERE c.matter_id = m.id),
    (SELECT max(v.id) FROM ballot v WHERE v.matter_id = m.id)
FROM matter m JOIN body b ON b.id = m.body_id JOIN place p ON p.id = b.place_id JOIN person a ON a.id = m.author_id
JOIN matter_version t ON t.matter_id = m.id AND t.number = m.version
LEFT JOIN endorsement e ON e.id = coalesce(
    (SELECT own.id FROM endorsement own WHERE own.matter_id = m.id AND own.person_id = $2),
    (SELECT helped.id FROM endorsement helped JOIN resident r ON r.id = helped.resident_id
        WHERE helped.matter_id = m.id AND helped.person_id IS NULL AND r.person_id = $2))
LEFT JOIN screening s ON s.id = (SELECT max(id) FROM screening WHERE matter_id = m.id)
LEFT JOIN study y ON y.id = (SELECT max(id) FROM study WHERE matter_id = m.id)
WHERE m.id = $1 AND (m.public_at IS NOT NULL OR m.author_id = $2)
"""
_SITTINGS: Final = """
SELECT {columns}, o.words FROM sitting s LEFT JOIN opinion o ON o.sitting_id = s.id AND o.hidden_at IS NOT NULL
WHERE s.matter_id = $1 ORDER BY s.id
"""


@dataclass(slots=True)
class Sheet:
    """A matter with its body and author; its words; the reader's own second; what was put on file on the way.

    ``path`` is that of the body's place, ``comments`` counts them, ``voted`` is whether a ballot was ever announced.
    """

    matter: Matter
    text: MatterVersion
    mine: Endorsement | None
    screening: Screening | None
    study: Study | None
    path: str
    comments: int
    voted: bool
    sittings: list[Sitting] = field(default_factory=list)


async def sheet(person: Person | None, matter_id: int) -> Sheet:
    """Return the sheet of a matter, or raise `Hidden` when there is none that ``person`` may know of."""
    found = await rows(_sql(), matter_id, person.id if person else 0)
    if not found:
        raise Hidden("没有找到这件事。可能还是草稿，也可能地址抄错了。")
    matter, body, author, text, mine, screening, study = _models(tuple(found[0]))
    matter.body, matter.author = body, author
    path, comments, ballot = tuple(found[0])[-3:]
    sittings = _as_told([tuple(row) for row in await rows(_sittings(), matter.id)])
    return Sheet(matter, text, mine, screening, study, path, comments, bool(ballot), sittings)


def _as_told(found: Sequence[tuple[Any, ...]]) -> list[Sitting]:
    """Return the sessions of these rows, each once, without the opinions that moderation has put away."""
    every: dict[int, Sitting] = {}
    for row in found:
        sitting = every.setdefault(row[0], made(Sitting, row[:-1]))
        if row[-1]:
            sitting.consensus, sitting.dissent = (
                without(text, [row[-1]]) for text in (sitting.consensus, sitting.dissent)
            )
    return list(every.values())


def _models(values: tuple[Any, ...]) -> list[Any]:
    """Cut a row into the models it holds; one whose id is missing was not joined."""
    widths = [width(model) for _, model in _PARTS]
    starts = [0, *accumulate(widths)]
    pieces = [values[start : start + many] for start, many in zip(starts, widths, strict=False)]
    return [made(model, piece) if piece[0] else None for (_, model), piece in zip(_PARTS, pieces, strict=True)]


@cache
def _sql() -> str:
    return _SQL.format(parts=", ".join(columns(model, alias) for alias, model in _PARTS))


@cache
def _sittings() -> str:
    return _SITTINGS.format(columns=columns(Sitting, "s"))
