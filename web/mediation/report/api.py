"""The figures of a time, for a program of whoever directs or oversees; no case and no person is in them."""

from datetime import date, timedelta

from community.calendar.rules import local_day
from community.errors import Unfit
from community.tokens.rules import Scope
from mediation.report import rules
from mediation.report.queries import Sets, sets_of
from mediation.report.rules import Share, Spread
from web.api.call import Answer, Ask, Call
from web.forms import Form
from web.words import N_

DAY = timedelta(days=1)


class ShareOut(Answer):
    """A share as it was counted: ``part`` of ``whole``; there is none when ``whole`` is 0."""

    part: int
    whole: int


class SpreadOut(Answer):
    """How many days it took: of ``n`` cases, mean and median as exact fractions, and in how many nine of ten ended."""

    n: int
    mean: ShareOut | None
    median: ShareOut | None
    p90: int | None


class KindOut(Answer):
    """One kind of dispute, in two digits. Fewer than five are ``<5``, so that the table may be made public."""

    kind: str
    accepted: str
    concluded: str
    agreed: str


class FiguresOut(Answer):
    """The figures from ``since`` to ``last``, both counted; money in fen."""

    since: date
    last: date
    accepted: int
    concluded: int
    assisted: int
    fen: int
    success: ShareOut
    punctual_by_law: ShareOut
    punctual_otherwise: ShareOut
    kept: ShareOut
    kept_fen: ShareOut
    lasted: SpreadOut
    lasted_without_pauses: SpreadOut
    kinds: list[KindOut]


class FiguresAsk(Form):
    """Which days; this quarter unless asked otherwise."""

    since: date | None = None
    last: date | None = None


async def show(ask: Ask) -> FiguresOut:
    """Answer with the figures of what this person directs or oversees."""
    since, until = _span(ask)
    return _figures(await sets_of(ask.person, at=ask.at), since, until)


def _span(ask: Ask) -> tuple[date, date]:
    """Return the days asked for, the last one excluded."""
    first, following = rules.quarter(local_day(ask.at))
    since, last = ask.query.since or first, ask.query.last or following - DAY
    if not since <= last < date.max:
        raise Unfit("结束的日子早于开始的日子，请核对。", field="last")
    return since, last + DAY


def _figures(sets: Sets, since: date, until: date) -> FiguresOut:
    ended = rules.concluded(sets.cases, since, until)
    kept, owed = rules.kept(sets.promises, since, until)
    shares = {name: _share(formula(ended)) for name, formula in rules.SHARES}
    return FiguresOut(
        since=since,
        last=until - DAY,
        accepted=len(rules.accepted(sets.cases, since, until)),
        concluded=len(ended),
        assisted=rules.assisted(sets.joined, since, until),
        fen=sum(each.fen for each in ended),
        success=shares["success"],
        punctual_by_law=shares["hard"],
        punctual_otherwise=shares["soft"],
        kept=_share(kept),
        kept_fen=_share(owed),
        lasted=_spread(rules.lasting(ended, net=False)),
        lasted_without_pauses=_spread(rules.lasting(ended, net=True)),
        kinds=[_kind(*row) for row in rules.by_kind(sets.cases, since, until)],
    )


def _kind(kind: str, *figures: int) -> KindOut:
    began, done, agreed = map(rules.small, figures)
    return KindOut(kind=kind, accepted=began, concluded=done, agreed=agreed)


def _share(one: Share) -> ShareOut:
    return ShareOut(part=one.part, whole=one.whole)


def _spread(one: Spread) -> SpreadOut:
    mean, median = [
        ShareOut(part=each.numerator, whole=each.denominator) if each is not None else None
        for each in (one.mean, one.median)
    ]
    return SpreadOut(n=one.n, mean=mean, median=median, p90=one.p90)


calls = [
    Call(
        method="GET",
        path="/cases/figures",
        name="showCaseFigures",
        title=N_("看我的单位或者我管的地方的调解统计"),
        do=show,
        answer=FiguresOut,
        query=FiguresAsk,
        scope=Scope.CASES_FIGURES,
    ),
]
