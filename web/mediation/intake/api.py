"""Disputes handed over by another body's program, and where they stand."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from community.calendar.rules import SHANGHAI
from community.errors import Unfit
from community.places.queries import community_of
from community.tokens.rules import Scope
from mediation.case.channels import Channel
from mediation.case.models import Proceeding, Track
from mediation.case.states import Outcome, State
from mediation.intake.handing import arrival, arrivals_of, hand_over, where
from mediation.intake.models import ChannelRef
from mediation.intake.rules import Filing, Kind, Named
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.forms import Form
from web.mediation.intake.forms import Line, Phone
from web.words import N_

SHOWN = 50
Number = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class ArrivalIn(Form):
    """A dispute as another body has it, for the community of that code; nobody counts as having agreed yet."""

    community: Annotated[str, StringConstraints(max_length=24)]
    channel: Channel
    number: Number
    received_at: datetime | None = None
    kind: Annotated[str, StringConstraints(pattern=r"^\d{2}$")] = Kind.OTHER.value
    statement: Annotated[str, StringConstraints(max_length=4000)]
    wish: Annotated[str, StringConstraints(max_length=1000)] = ""
    place: Annotated[str, StringConstraints(max_length=120)] = ""
    applicant: Line
    applicant_phone: Phone = ""
    respondent: Line
    respondent_phone: Phone = ""

    def filing(self) -> Filing:
        """Return it for the domain; a time without a zone is Beijing's."""
        came = self.received_at
        if self.kind not in set(Kind):
            raise Unfit("类型请写两位数的代码，例如 02；不清楚就不写。", field="kind")
        return Filing(
            kind=Kind(self.kind),
            statement=self.statement,
            wish=self.wish,
            place=self.place,
            applicant=Named(name=self.applicant, phone=self.applicant_phone),
            respondent=Named(name=self.respondent, phone=self.respondent_phone),
            helped=True,
            channel=self.channel,
            number=self.number,
            received_at=came.replace(tzinfo=came.tzinfo or SHANGHAI) if came else None,
        )


class ArrivalOut(Answer):
    """Where a dispute stands: ``code`` is what it was given here, ``handled_as`` the case it was merged into."""

    code: str
    channel: Channel
    number: str
    filed_at: datetime
    state: State
    outcome: Outcome | None
    track: Track
    handled_as: str
    case_number: str
    moved_at: datetime


class ArrivalPage(Page[ArrivalOut]):
    """A page of what was handed over, the newest first."""


class ArrivalsAsk(Paging):
    """Which of them."""

    number: Annotated[str, StringConstraints(max_length=64)] = Field("", description=N_("对方的编号"))


async def take(ask: Ask) -> ArrivalOut:
    """Take a dispute in; the same number sent again answers the same."""
    place = await community_of(ask.body.community)
    return await _arrival(await hand_over(ask.body.filing(), place.id, by=ask.person, at=ask.at))


async def list_arrivals(ask: Ask) -> ArrivalPage:
    """Answer with what this person handed over."""
    rows = arrivals_of(ask.person)
    rows = rows.filter(number=ask.query.number) if ask.query.number else rows
    after = key_of(ask.query.cursor)
    found = await (rows.filter(id__lt=after) if after else rows).limit(SHOWN + 1)
    more = found[SHOWN - 1].id if len(found) > SHOWN else None
    return ArrivalPage(items=[await _arrival(each) for each in found[:SHOWN]], next=cursor_of(more))


async def show_arrival(ask: Ask) -> ArrivalOut:
    """Answer where one dispute stands."""
    return await _arrival(await arrival(ask.person, ask.path["code"]))


async def _arrival(row: ChannelRef) -> ArrivalOut:
    case = where(row)
    last = await Proceeding.filter(case_id=case.id).order_by("-seq").first()
    return ArrivalOut(
        code=row.case.code,
        channel=row.channel,
        number=row.number,
        filed_at=case.filed_at,
        state=case.state,
        outcome=case.outcome,
        track=case.track,
        handled_as=case.code,
        case_number=(last.number or "") if last else "",
        moved_at=case.moved_at,
    )


calls = [
    Call(
        method="POST",
        path="/arrivals",
        name="handOver",
        title=N_("交来一件纠纷；同一来源、同一编号重发，只收一次"),
        do=take,
        answer=ArrivalOut,
        body=ArrivalIn,
        scope=Scope.CASES_FILE,
    ),
    Call(
        method="GET",
        path="/arrivals",
        name="listArrivals",
        title=N_("看我交来的纠纷办到哪一步了"),
        do=list_arrivals,
        answer=ArrivalPage,
        query=ArrivalsAsk,
        scope=Scope.CASES_READ,
    ),
    Call(
        method="GET",
        path="/arrivals/{code}",
        name="showArrival",
        title=N_("看我交来的一件纠纷"),
        do=show_arrival,
        answer=ArrivalOut,
        scope=Scope.CASES_READ,
    ),
]
