"""What moderation put away is nowhere in the file for everybody: neither where it was written nor in any copy."""

from collections.abc import Sequence
from typing import Any, Final

from deliberation.archive.dossier import Dossier
from deliberation.debate.models import Comment, Opinion, Wording
from deliberation.debate.rules import GONE
from deliberation.matter.models import Amendment, MatterVersion
from deliberation.stakeholder.models import Declaration, Slot

WORDS: Final = ("title", "what", "cost", "who", "body")
SHORTEST: Final = 4  # signs of a line that is looked for elsewhere; shorter ones stand in half of all texts


async def veil(found: Dossier) -> None:
    """Put a placeholder over every line that is hidden, in all sections and uploads, unless its keepers read it."""
    if found.whole:
        return
    gone = await _gone(found)
    if found.matter.hidden_at:
        found.sections["versions"] = [_closed(each) for each in found.sections["versions"]]
        found.uploads.clear()
    if gone:
        found.sections = {name: veiled(part, gone) for name, part in found.sections.items()}


def _closed(version: dict[str, Any]) -> dict[str, Any]:
    return {**version, **dict.fromkeys(WORDS, GONE), "diff": []}


async def _gone(found: Dossier) -> list[str]:
    """Return the hidden lines of a matter and of what was said about it, the longest first."""
    about = {"matter_id": found.matter.id, "hidden_at__isnull": False}
    texts = [row.words for row in await Comment.filter(**about)] + [row.words for row in await Opinion.filter(**about)]
    texts += [row.words for row in await Declaration.filter(**about)]
    texts += [row.statement for row in await Slot.filter(**about)]
    earlier = await Wording.filter(comment__matter_id=found.matter.id, comment__hidden_at__isnull=False)
    texts += [row.words for row in earlier]
    texts += [text for row in await Amendment.filter(**about) for text in (row.new, row.reason)]
    if found.matter.hidden_at:
        every = await MatterVersion.filter(matter_id=found.matter.id)
        texts += [found.matter.title, *(getattr(row, name) for row in every for name in WORDS)]
    lines = {line.strip() for text in texts for line in text.splitlines()}
    return sorted((line for line in lines if len(line) >= SHORTEST), key=len, reverse=True)


def veiled(value: Any, gone: Sequence[str]) -> Any:  # noqa: ANN401 - JSON has no one type
    """Return plain data with each of these lines covered wherever it stands.

    >>> veiled({"words": ["他说：老糊涂一个。"]}, ["老糊涂一个。"])
    {'words': ['他说：（收起了）']}
    """
    if isinstance(value, dict):
        return {key: veiled(one, gone) for key, one in value.items()}
    if isinstance(value, list):
        return [veiled(one, gone) for one in value]
    if isinstance(value, str):
        for line in gone:
            value = value.replace(line, GONE)
    return value
