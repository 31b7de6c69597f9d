"""What a file says of those who spoke: amendments, comments, stakeholders, declarations, answers of offices."""

from collections.abc import Iterable
from typing import Any

from deliberation.archive.dossier import Dossier, Hideable, plain
from deliberation.calls.queries import calls_of
from deliberation.debate.models import Comment, Opinion, Wording
from deliberation.matter.models import Amendment
from deliberation.stakeholder.models import Declaration
from deliberation.stakeholder.queries import slots_of

AMENDED = ("code", "version", "part", "old", "new", "reason", "state", "answer", "became", "at", "answered_at")
SAID = ("code", "position", "official", "aided", "at", "helpful", "edited_at")


def placeholder(found: Dossier, row: Hideable | None, words: str) -> dict[str, str]:
    """Return words as the reader may have them, and the code of the reason when they are hidden."""
    return {"words": found.told(words, row), "hidden_why": row.hidden_why if row and row.hidden_at else ""}


async def amendments(found: Dossier) -> list[dict[str, Any]]:
    """Return the proposed changes with their answers, the first first."""
    rows = Amendment.filter(matter_id=found.matter.id).select_related("by", "answered_by").order_by("id")
    return [_amendment(found, row) for row in await rows]


def _amendment(found: Dossier, row: Amendment) -> dict[str, Any]:
    words = {name: found.told(getattr(row, name), row) for name in ("old", "new", "reason")}
    by = {"by": found.name(row.by), "answered_by": row.answered_by.name if row.answered_by else ""}
    return {**plain(row, AMENDED), **words, **by, "hidden_why": row.hidden_why if row.hidden_at else ""}


async def comments(found: Dossier) -> list[dict[str, Any]]:
    """Return what was said, the first first, with earlier wordings; hidden words are left out, their code stays."""
    number = found.matter.id
    rows = await Comment.filter(matter_id=number).select_related("author", "resident").order_by("id")
    codes = {row.id: row.code for row in rows}
    open_to = {} if found.whole else {"comment__hidden_at": None}
    before = await Wording.filter(comment__matter_id=number, **open_to).order_by("comment_id", "number")
    return [_comment(found, row, codes, [each for each in before if each.comment_id == row.id]) for row in rows]


def _comment(found: Dossier, row: Comment, codes: dict[int, str], before: Iterable[Wording]) -> dict[str, Any]:
    whole = row.official or found.whole
    by = row.speaker if whole else f"{row.speaker[:1]}**"
    told = {"answers": codes.get(row.parent_id or 0, ""), "by": by, **placeholder(found, row, row.words)}
    return {**plain(row, SAID), **told, "earlier": [plain(each, ("number", "words", "at")) for each in before]}


async def opinions(found: Dossier) -> list[dict[str, Any]]:
    """Return what was agreed and what was not, with the answers; hidden with the comment it was taken from."""
    rows = Opinion.filter(matter_id=found.matter.id).select_related("answered_by", "comment", "sitting")
    return [_opinion(found, row) for row in await rows.order_by("id")]


def _opinion(found: Dossier, row: Opinion) -> dict[str, Any]:
    return {
        **plain(row, ("kind", "noted_at", "answer", "answered_at")),
        **placeholder(found, row.put_away, row.words),
        "comment": row.comment.code if row.comment else "",
        "sitting": row.sitting.held_on.isoformat() if row.sitting else "",
        "answered_by": row.answered_by.name if row.answered_by else "",
    }


async def table(found: Dossier) -> dict[str, Any]:
    """Return who was asked by role and what they said, and every declaration of interest ever made."""
    slots = await slots_of(found.matter)
    given = await Declaration.filter(matter_id=found.matter.id).select_related("person").order_by("id")
    return {
        "stakeholders": [
            {
                **plain(slot, ("seat", "invited_at", "stated_at")),
                "who": slot.org.name if slot.org else found.name(slot.person),
                **placeholder(found, slot, slot.statement),
            }
            for slot in slots
        ],
        "interests": [
            {
                **plain(row, ("capacity", "interested", "at")),
                "by": found.name(row.person),
                **placeholder(found, row, row.words),
            }
            for row in given
        ],
    }


async def calls(found: Dossier) -> list[dict[str, Any]]:
    """Return what offices were asked, what they answered and whether in time."""
    columns = ("kind", "question", "asked_at", "due_at", "late_at", "answered_at")
    return [
        {**plain(row, columns), "unit": row.org.name, **placeholder(found, row, row.answer)}
        for row in await calls_of(found.matter)
    ]
