"""The public log of moderation as a feed: what was hidden, under which clause, and what became of it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.moderation import queries
from community.moderation.models import Hiding
from web import atom
from web.community.moderation.words import CLAUSES, WORDS, kind_of
from web.locale import say
from web.page import prefs_of
from web.words import N_

LINE = N_("{kind}：{reason}，{state}")


async def log(request: Request) -> Response:
    """Give the log, newest first: codes and times, no names and none of the words."""
    rows = await queries.log(limit=atom.MOST)
    entries = [_entry(prefs_of(request).lang, each) for each in rows]
    return atom.feed(request, entries, title=say(prefs_of(request).lang, "审核的公开记录"), page="/moderation/log")


def _entry(lang: str, hiding: Hiding) -> atom.Entry:
    kind, reason, state = (
        say(lang, one) for one in (kind_of(hiding.subject), WORDS[hiding.reason], WORDS[hiding.state])
    )
    later = (at for at in (hiding.at, hiding.appealed_at, hiding.answered_at, hiding.ended_at) if at)
    return atom.Entry(
        key=f"moderation/{hiding.id}",
        title=say(lang, LINE, kind=kind, reason=reason, state=state),
        path="/moderation/log",
        updated=max(later),
        published=hiding.at,
        summary=say(lang, CLAUSES[hiding.reason]),
    )


routes = [Route("/moderation/log.atom", log, name="moderation-feed")]
