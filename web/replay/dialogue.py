"""A recorded dialogue: reading it from a file of JSON lines, and deciding who speaks for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST_SPEAKERS: Final = 8
"""Speakers that may share one account: so many sockets a person may have in one process."""


class Stuck(Exception):
    """The replay cannot go on, for the reason in its one sentence."""


class Seat(StrEnum):
    """For whom a speaker is seated."""

    MEDIATOR = "mediator"
    APPLICANT = "applicant"
    RESPONDENT = "respondent"


class Turn(BaseModel):
    """Who said what."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    speaker: str = Field(min_length=1)
    text: str = Field(min_length=1)


class Dialogue(BaseModel):
    """One dialogue, in the order in which it was spoken."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    event_type: str = ""
    event_description: str = ""
    dialog: tuple[Turn, ...] = Field(min_length=1)

    @property
    def speakers(self) -> list[str]:
        """Return who speaks, in the order of their first words."""
        return list(dict.fromkeys(turn.speaker for turn in self.dialog))


@dataclass(frozen=True, slots=True)
class Seating:
    """Which seat each speaker takes."""

    seats: Mapping[str, Seat]

    def of(self, seat: Seat) -> list[str]:
        """Return who sits there."""
        return [speaker for speaker, its in self.seats.items() if its is seat]


def read_dialogues(path: Path) -> list[Dialogue]:
    """Return all dialogues of a file.

    Raises:
        Stuck: a line is no dialogue.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_read(line, number) for number, line in enumerate(lines, start=1)]


def _read(line: str, number: int) -> Dialogue:
    try:
        return Dialogue.model_validate_json(line)
    except ValidationError:
        raise Stuck(f"第 {number} 行不是一段对话：要有 id 和 dialog，每句要有 speaker 和 text。") from None


def chosen(dialogues: Sequence[Dialogue], number: int | None) -> Sequence[Dialogue]:
    """Return dialogue ``number``, the first being 1, or all of them.

    Raises:
        Stuck: there is no such dialogue.
    """
    if number is None:
        return dialogues
    if not 1 <= number <= len(dialogues):
        raise Stuck(f"文件里一共有 {len(dialogues)} 段对话，没有第 {number} 段。")
    return [dialogues[number - 1]]


def seated(speakers: Sequence[str]) -> Seating:
    """Seat the mediator with the mediator, and the others by turns with the applicant and the respondent.

    Raises:
        Stuck: more speakers than the sockets of two accounts.
    """
    others = [speaker for speaker in speakers if speaker != Seat.MEDIATOR]
    if len(others) > 2 * MOST_SPEAKERS:
        raise Stuck(f"这段对话除调解员外有 {len(others)} 个人说话，最多 {2 * MOST_SPEAKERS} 个。")
    sides = (Seat.APPLICANT, Seat.RESPONDENT)
    mediators = {Seat.MEDIATOR.value: Seat.MEDIATOR}
    return Seating(mediators | {speaker: sides[n % 2] for n, speaker in enumerate(others)})
