"""Who speaks for a head when nobody is signed in: the one who may, one of several, or all of them together."""

from dataclasses import dataclass

from community.errors import Unfit
from community.people.models import Person
from community.places.models import Resident
from deliberation.body.models import RollHead, RollVoice
from deliberation.polling.rules import TOGETHER


@dataclass(frozen=True, slots=True)
class Speaker:
    """The key under which a paper speaks, and the account of whoever speaks, when it is one person who has one."""

    voice: str
    person: Person | None


async def speakers(head_id: int) -> list[RollVoice]:
    """Return those who may each speak for themselves in a head of several; empty when the head has one voice."""
    head = await RollHead.get(id=head_id)
    return [each for each in await RollVoice.filter(head_id=head_id).order_by("id") if each.key != head.key]


async def speaker(head_id: int, voice_id: int | None, *, together: bool = False) -> Speaker:
    """Return who speaks for a head. ``together``: all of them may have signed one sheet (`TOGETHER`).

    Raises:
        Unfit: the head has several owners and it was not said which of them speaks.
    """
    head, several = await RollHead.get(id=head_id), await speakers(head_id)
    if not several:
        return Speaker(head.key, await person_of(head_id, head.key))
    if together and voice_id == TOGETHER:
        return Speaker(head.key, None)
    chosen = [each for each in several if each.id == voice_id or (len(several) == 1 and not together)]
    if not chosen:
        raise Unfit("这一户有几位共有人，请选是哪一位。", field="speaker")
    return Speaker(chosen[0].key, await person_of(head_id, chosen[0].key))


async def person_of(head_id: int, voice: str) -> Person | None:
    """Return the account behind a voice, when exactly one person speaks in it."""
    voices = await RollVoice.filter(head_id=head_id, key=voice).limit(2)
    row = await Resident.get_or_none(id=voices[0].resident_id) if len(voices) == 1 else None
    return await Person.get_or_none(id=row.person_id, closed_at=None) if row and row.person_id else None


async def speaker_names(head_id: int) -> list[tuple[int, str]]:
    """Return the speakers of a head of several by the first sign of their names, as ``(voice, 陈*)``."""
    several = await speakers(head_id)
    rows = {row.id: row.name[:1] for row in await Resident.filter(id__in=[one.resident_id for one in several])}
    return [(one.id, f"{rows.get(one.resident_id, '')}*") for one in several]
