"""The public log of moderation as a feed: what was done, under which clause, and what became of it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.moderation import queries
from web import atom
from web.community.moderation.views import Line, line_of
from web.community.moderation.words import CLAUSES, kind_of, label_of
from web.locale import say
from web.page import prefs_of
from web.words import N_

LINE = N_("{kind}：{measure}，{reason}，{state}")


async def log(request: Request) -> Response:
    """Give the log, newest first: codes and times, no names and none of the words."""
    rows, lang = await queries.log(limit=atom.MOST), prefs_of(request).lang
    appeals = await queries.appeals_of(rows)
    entries = [_entry(lang, line_of(each, appeals.get(each.id, []))) for each in rows]
    return atom.feed(request, entries, title=say(lang, "审核的公开记录"), page="/moderation/log")


def _entry(lang: str, line: Line) -> atom.Entry:
    hiding = line.hiding
    kind = say(lang, kind_of(hiding.subject))
    measure, reason, state = (say(lang, label_of(one)) for one in (hiding.measure, hiding.reason, hiding.state))
    return atom.Entry(
        key=f"moderation/{hiding.id}",
        title=say(lang, LINE, kind=kind, measure=measure, reason=reason, state=state),
        path="/moderation/log",
        updated=max(when for when, _ in line.steps),
        published=hiding.at,
        summary=say(lang, CLAUSES[hiding.reason]),
    )


routes = [Route("/moderation/log.atom", log, name="moderation-feed")]
