"""The vocabulary of the road: what can happen to a case, and the shape of one row of the table."""

from dataclasses import dataclass
from enum import StrEnum

from mediation.case.states import Actor, Clock, Outcome, State


class Event(StrEnum):
    """The forty-six things that can happen to a case."""

    SUBMIT = "submit"
    DISCOVER = "discover"
    NEED_SUPPLEMENT = "need_supplement"
    SUPPLEMENT = "supplement"
    SUPPLEMENT_LAPSE = "supplement_lapse"
    MERGE = "merge"
    DECLINE = "decline"
    REDIRECT = "redirect"
    INVITE = "invite"
    PROCEED_SEVERED = "proceed_severed"
    ACCEPT = "accept"
    ACCEPT_COMMISSION = "accept_commission"
    REFUSE = "refuse"
    UNREACHABLE = "unreachable"
    WITHDRAW_EARLY = "withdraw_early"
    ASSIGN = "assign"
    RECUSE = "recuse"
    SESSION = "session"
    JOIN_ORG = "join_org"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"
    AGREE_IN_PRINCIPLE = "agree_in_principle"
    REOPEN_TALK = "reopen_talk"
    FINALIZE = "finalize"
    SIGN = "sign"
    EFFECT = "effect"
    ORAL_AGREE = "oral_agree"
    SIGN_REFUSED = "sign_refused"
    TERMINATE = "terminate"
    EXPIRE = "expire"
    HANDOVER = "handover"
    HANDOVER_ACCEPT = "handover_accept"
    HANDOVER_REJECT = "handover_reject"
    HANDOVER_OVERDUE = "handover_overdue"
    OVERDUE = "overdue"
    CURE = "cure"
    PERFORMED = "performed"
    ROUTE_OUT = "route_out"
    AMEND = "amend"
    REMEDIATE = "remediate"
    FOLLOWUP_DONE = "followup_done"
    RELAPSE = "relapse"
    CLOSE = "close"
    REOPEN = "reopen"
    ARCHIVE = "archive"


class Target(StrEnum):
    """Places that depend on where the case has been."""

    RETURN_STATE = "@return_state"  # the state saved when the handover was sent
    SAME = "@same"  # where it already is


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition of a step; ``refusal`` is what a person reads when it does not hold."""

    id: str
    refusal: str


@dataclass(frozen=True, slots=True)
class Timing:
    """What a step does to the clocks: ``stops`` first (all of them when ``stops_all``), then the rest.

    ``starts`` begins a clock anew; ``pauses`` and ``resumes`` keep the days already used, and a pause holds
    only for a rule that excludes its reason; ``moves`` sets a later due date and keeps the old one on file.
    """

    starts: tuple[Clock, ...] = ()
    stops: tuple[Clock, ...] = ()
    stops_all: bool = False
    pauses: tuple[Clock, ...] = ()
    resumes: tuple[Clock, ...] = ()
    moves: tuple[Clock, ...] = ()


STILL = Timing()
"""No clock changes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One event: from where, to where, by whom, on which conditions, with which clocks and papers."""

    event: Event
    title: str
    sources: tuple[State, ...]
    to: State | Target
    actors: tuple[Actor, ...]
    guards: tuple[Guard, ...]
    timing: Timing = STILL
    papers: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
