"""What people submit about an appointment. A time without a zone is Beijing's."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from mediation.appointment.offering import Offer
from mediation.appointment.rules import MOST_SLOTS, Came, MeetBy
from web.clock import BEIJING
from web.forms import Form

Number = Annotated[int, Field(ge=1, le=MOST_SLOTS)]


class OfferForm(Form):
    """One to five times, how, where and for how long; ``party`` names whom alone, else everybody."""

    party: str = ""
    slot_1: datetime | None = None
    slot_2: datetime | None = None
    slot_3: datetime | None = None
    slot_4: datetime | None = None
    slot_5: datetime | None = None
    minutes: int = 60
    meet_by: MeetBy = MeetBy.ONSITE
    place: str = ""
    link: str = ""

    @property
    def terms(self) -> Offer:
        """Return the offer as the domain knows it."""
        begins = list(self._begins())
        return Offer(begins=begins, meet_by=self.meet_by, minutes=self.minutes, place=self.place, link=self.link)

    def _begins(self) -> Iterator[datetime]:
        for each in (self.slot_1, self.slot_2, self.slot_3, self.slot_4, self.slot_5):
            if each:
                yield each if each.tzinfo else each.replace(tzinfo=BEIJING)


class AnswerTimesForm(Form):
    """Which of the times suit; ``none`` says that none does."""

    suits: list[Number] = Field(default_factory=list)
    none: bool = False


class AnswerForForm(AnswerTimesForm):
    """What a party told the mediator."""

    party: str
    method: Literal["phone", "visit", "window"]


class FixForm(Form):
    """Which time is fixed."""

    n: Number


class CancelForm(Form):
    """Why it is called off."""

    reason: Annotated[str, StringConstraints(max_length=500)] = ""


class PresenceForm(Form):
    """For each party, in the order of the page: whether it came, and who came for it."""

    party: list[str]
    came: list[Came]
    who: list[str] = Field(default_factory=list)
