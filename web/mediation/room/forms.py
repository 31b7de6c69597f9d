"""What comes in: the form of the page, and the frames of the socket."""

import json
from contextlib import suppress
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from mediation.room.card_rules import CardKind, ConsentAct
from mediation.room.rules import MOST, Cover, Quiet
from web.forms import Form

Seq = Annotated[int, Field(ge=0, le=2**31 - 1)]
ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class SayForm(Form):
    """Words written on the page."""

    text: str = Field(max_length=MOST)
    client_id: ClientId
    reply_to: Seq | None = None
    sure: bool = False


class LeaveForm(Form):
    """A sentence that the mediator would like to tell the others."""

    text: str = Field(max_length=MOST)
    client_id: ClientId


class RecallForm(Form):
    """The number of the line that is meant."""

    seq: Seq


class AnswerForm(RecallForm):
    """Whether a sentence may be told."""

    granted: Literal["yes", "no"]


class CounterForm(Form):
    """What is proposed instead. The length is the room's business, so that its sentence is told."""

    client_id: ClientId
    text: str = ""
    amount: str = ""
    payer: str = ""
    payee: str = ""
    days: int | None = None
    holds: int | None = None


class CardForm(CounterForm):
    """What a card says."""

    kind: CardKind
    act: ConsentAct | None = None
    sure: bool = False


class CarryForm(Form):
    """To which room a proposal is carried."""

    to: str = Field(max_length=16)
    client_id: ClientId


class ReplyForm(Form):
    """An answer to a card, with words where something is not so."""

    reply: Literal["yes", "no"]
    words: str = ""


class CoverForm(RecallForm):
    """Which line is covered, and why."""

    why: Cover


class SpeakerForm(Form):
    """Who may speak again."""

    who: str = Field(max_length=16)


class QuietForm(SpeakerForm):
    """Who is asked to say nothing, for how many minutes, and why. The choice of minutes is the room's business."""

    minutes: int
    why: Quiet


class Frame(BaseModel):
    """Base of all frames; members that nobody knows are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Send(Frame):
    """Say something. The length is the room's business, so that its sentence is told."""

    type: Literal["send"]
    client_id: ClientId
    text: str
    reply_to: Seq | None = None
    sure: bool = False


class Seen(Frame):
    """Everything up to here was read."""

    type: Literal["seen"]
    seq: Seq


class Typing(Frame):
    """Somebody is writing."""

    type: Literal["typing"]


class Resume(Frame):
    """Deliver what came after this number."""

    type: Literal["resume"]
    after: Seq


Incoming = Send | Seen | Typing | Resume
FRAMES: TypeAdapter[Incoming] = TypeAdapter(Annotated[Incoming, Field(discriminator="type")])

LARGEST: Final = 64 * 1024
"""Bytes of a frame."""


def parse(text: str | None) -> Incoming | None:
    """Return the frame that was sent, or ``None`` when it cannot be read as one."""
    if text is None or len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        return None
    try:
        return FRAMES.validate_python(json.loads(text))
    except (ValueError, RecursionError, ValidationError):
        return None


def named(text: str | None) -> dict[str, str]:
    """Return the name the sender gave to a frame that could not be read, if that much could be read."""
    with suppress(ValueError, RecursionError, AttributeError):
        name = json.loads(text or "").get("client_id")
        if isinstance(name, str) and name.isascii() and len(name) <= 64:  # noqa: PLR2004 - as in ClientId
            return {"client_id": name}
    return {}
