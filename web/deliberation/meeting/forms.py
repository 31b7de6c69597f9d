"""What people may submit about a meeting."""

from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from community.people.rules import Method
from community.rights import Role
from deliberation.ballot.shares import Weight as Heads
from deliberation.ballot.votes import Choice
from deliberation.body.rules import Effect, Weight
from deliberation.meeting.arranging import Item, Plan
from deliberation.meeting.calling import Change
from deliberation.meeting.deciding import Piles
from deliberation.meeting.polling import Question
from deliberation.meeting.rules import Form as MeetingForm
from deliberation.meeting.rules import Reply, Way
from web.clock import BEIJING
from web.forms import Form

Title = Annotated[str, StringConstraints(min_length=4, max_length=60)]
Line = Annotated[str, StringConstraints(min_length=2, max_length=80)]
Reason = Annotated[str, StringConstraints(max_length=400)]
Name = Annotated[str, StringConstraints(min_length=2, max_length=64)]
Agent = Annotated[str, StringConstraints(max_length=64)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Key = Annotated[int, Field(ge=0, le=2**31 - 1)]


class TimeForm(Form):
    """When and where, in Beijing time."""

    room: Line
    day: date
    begins: time
    ends: time

    def at(self, hour: time) -> datetime:
        """Return an hour of the day as an instant."""
        return datetime.combine(self.day, hour.replace(tzinfo=None), BEIJING)


class PlanForm(TimeForm):
    """A meeting as it is planned."""

    form: MeetingForm
    title: Title
    host: Key
    clerk: Key
    roles: tuple[Role, ...] = ()

    @property
    def plan(self) -> Plan:
        """Return it as the domain knows it."""
        return Plan(
            form=self.form,
            title=self.title,
            room=self.room,
            starts_at=self.at(self.begins),
            ends_at=self.at(self.ends),
            host_id=self.host,
            clerk_id=self.clerk,
            roles=tuple(dict.fromkeys(self.roles)),
        )


class NewForm(PlanForm):
    """A new meeting, and the body whose it is."""

    body: Key


class ChangeForm(TimeForm):
    """A new time or room, and why."""

    reason: Reason = ""

    @property
    def change(self) -> Change:
        """Return it as the domain knows it."""
        begins, ends = self.at(self.begins), self.at(self.ends)
        return Change(room=self.room, starts_at=begins, ends_at=ends, reason=self.reason)


class ReasonForm(Form):
    """Why."""

    reason: Reason = ""


class ItemForm(Form):
    """Something on the agenda. ``matter`` is 0 when it is none of the listed matters."""

    title: Line
    minutes: Annotated[int, Field(ge=1, le=240)] = 15
    presenter: Annotated[str, StringConstraints(max_length=40)] = ""
    matter: Key = 0
    reason: Reason = ""

    @property
    def item(self) -> Item:
        """Return it as the domain knows it."""
        return Item(title=self.title, minutes=self.minutes, presenter=self.presenter, matter_id=self.matter or None)


class ItemDeedForm(Form):
    """Up, or off the agenda."""

    then: Literal["up", "drop"]
    reason: Reason = ""


class GuestForm(Form):
    """Somebody asked by name."""

    name: Name
    label: Annotated[str, StringConstraints(min_length=2, max_length=80)]
    email: Annotated[str, StringConstraints(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")] | None = None


class AnswerForm(Form):
    """Whether one comes."""

    reply: Reply
    agent: Agent = ""


class DoorForm(Form):
    """Somebody comes in, by short code or off the list, or goes out."""

    short: Annotated[str, StringConstraints(max_length=16)] = ""
    seat: Key = 0
    agent: Agent = ""
    out: bool = False
    q: Annotated[str, StringConstraints(max_length=40)] = ""


class SpeechForm(Form):
    """Into the queue, or out of it."""

    then: Literal["ask", "withdraw"]


class FloorForm(Form):
    """What the host does with the queue."""

    then: Literal["give", "lift", "end"]
    slot: Key = 0


class HandForm(Form):
    """Somebody in the hall who wants to speak, by the short code on their card."""

    short: Annotated[str, StringConstraints(min_length=1, max_length=16)]


class QuestionForm(Form):
    """A question to those present."""

    item: Key
    words: Annotated[str, StringConstraints(min_length=4, max_length=120)]
    way: Way
    effect: Effect = Effect.ADVISORY
    weight: Weight = Weight.GENERAL

    @property
    def question(self) -> Question:
        """Return it as the domain knows it."""
        return Question(item_id=self.item, words=self.words, way=self.way, effect=self.effect, weight=self.weight)


class CountForm(Form):
    """Hands as counted in the hall."""

    yes: Count = 0
    no: Count = 0
    abstain: Count = 0

    @property
    def piles(self) -> Piles:
        """Return them as piles of heads."""
        return Piles(Heads(self.yes), Heads(self.no), Heads(self.abstain))


class PressForm(Form):
    """Yes, no or abstain. ``short`` is the code of whoever a clerk presses for."""

    poll: Key
    choice: Choice
    short: Annotated[str, StringConstraints(max_length=16)] = ""


class MinutesForm(Form):
    """The words of the minutes."""

    text: Annotated[str, StringConstraints(max_length=30_000)] = ""


class SignForm(Form):
    """A signature: the hash that was shown, and a proof."""

    shown: Annotated[str, StringConstraints(min_length=64, max_length=64)]
    method: Method
    typed: Annotated[str, StringConstraints(max_length=128)] = ""
