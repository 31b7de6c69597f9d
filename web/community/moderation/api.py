"""The monthly report and the public log as open data."""

from datetime import datetime
from fractions import Fraction

from pydantic import Field

from community.moderation import queries
from community.moderation.figures import Summary, monthly
from community.moderation.models import Hiding
from community.moderation.reporting import report
from community.places.models import Place, PlaceKind
from community.tokens.rules import Scope
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.community.moderation.forms import ReportForm
from web.community.moderation.monthly import asked_month
from web.forms import Form
from web.words import N_

PAGE = 50


class Share(Answer):
    """A share as an exact fraction."""

    numerator: int
    denominator: int


class MonthOut(Answer):
    """What moderation did in a month; waits in whole seconds, shares as fractions, counts by code."""

    month: str
    decisions: int
    kept: int
    by_measure: dict[str, int]
    by_reason: dict[str, int]
    by_source: dict[str, int]
    batches: int
    appeals: int
    second_appeals: int
    appeals_settled: int
    appeals_on_time: int
    reversed: int
    reversed_share: Share | None
    lapsed: int
    expired: int
    served: int
    undone: int
    median_seconds_to_decision: int | None
    median_seconds_to_notice: int | None


class DecisionOut(Answer):
    """One decision: codes and times, no names and no words."""

    at: datetime
    kind: str
    measure: str
    reason: str
    source: str
    state: str
    effective_at: datetime | None
    told_at: datetime | None
    ended_at: datetime | None
    text_sha256: str


class LogPage(Page[DecisionOut]):
    """A page of the public log, newest first."""


class Where(Form):
    """Of which community."""

    community: str | None = Field(None, max_length=24, description=N_("社区的区划编码"))


async def month(ask: Ask) -> MonthOut:
    """Answer with the figures of a month."""
    first = asked_month(ask.path["month"], ask.at)
    place = await Place.get_or_none(code=ask.query.community, kind=PlaceKind.COMMUNITY) if ask.query.community else None
    where = (place.id if place else 0) if ask.query.community else None
    return _out(ask.path["month"], await monthly(first, community_id=where))


async def log(ask: Ask) -> LogPage:
    """Answer with a page of the public log."""
    found = await queries.log(before=key_of(ask.query.cursor), limit=PAGE + 1)
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return LogPage(items=[_decision(each) for each in found[:PAGE]], next=cursor_of(more))


def _decision(hiding: Hiding) -> DecisionOut:
    return DecisionOut(
        at=hiding.at,
        kind=hiding.subject.rpartition("-")[0],
        measure=hiding.measure.value,
        reason=hiding.reason.value,
        source=hiding.source.value,
        state=hiding.state.value,
        effective_at=hiding.effective_at,
        told_at=hiding.told_at,
        ended_at=hiding.ended_at,
        text_sha256=hiding.text_hash,
    )


def _out(name: str, found: Summary) -> MonthOut:
    return MonthOut(
        month=name,
        decisions=found.hidings,
        kept=found.kept,
        by_measure={kind.value: n for kind, n in found.by_measure},
        by_reason={kind.value: n for kind, n in found.by_reason},
        by_source={kind.value: n for kind, n in found.by_source},
        batches=found.batches,
        appeals=found.appeals,
        second_appeals=found.second,
        appeals_settled=found.ripe,
        appeals_on_time=found.on_time,
        reversed=found.restored,
        reversed_share=_share(found.reversed_share),
        lapsed=found.lapsed,
        expired=found.expired,
        served=found.served,
        undone=found.undone,
        median_seconds_to_decision=None if found.wait is None else int(found.wait.total_seconds()),
        median_seconds_to_notice=None if found.notice is None else int(found.notice.total_seconds()),
    )


def _share(share: Fraction | None) -> Share | None:
    return Share(numerator=share.numerator, denominator=share.denominator) if share is not None else None


class Reported(Answer):
    """What was reported; who did is told to nobody."""

    about: str


async def report_it(ask: Ask) -> Reported:
    """Report something to those who moderate."""
    given: ReportForm = ask.body
    await report(given.about, given.reason, given.words, by=ask.person, at=ask.at)
    return Reported(about=given.about)


calls = [
    Call(
        method="POST",
        path="/reports",
        name="report",
        title=N_("举报一条内容"),
        do=report_it,
        answer=Reported,
        scope=Scope.REPORTS_WRITE,
        body=ReportForm,
        status=201,
    ),
    Call(
        method="GET",
        path="/moderation/reports/{month}",
        name="showModerationMonth",
        title=N_("看一个月的审核月报"),
        do=month,
        answer=MonthOut,
        query=Where,
    ),
    Call(
        method="GET",
        path="/moderation/log",
        name="listModerationLog",
        title=N_("列出审核的公开记录，新的在前"),
        do=log,
        answer=LogPage,
        query=Paging,
    ),
]
