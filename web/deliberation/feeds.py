"""Feeds and calendars of deliberation: matters by shelf, the steps of one, decisions, and when votes open and close.

Only what a visitor may read; what is hidden is left out whole.
"""

from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tortoise.queryset import QuerySet

from community.errors import Hidden
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.ballot.models import Ballot, Result
from deliberation.matter.models import Matter, MatterVersion
from deliberation.matter.queries import SHELVES, Shelf, find
from deliberation.matter.states import State
from deliberation.meeting.models import Meeting
from deliberation.publicity.models import Publication
from web import atom, ical
from web.deliberation.asking import here
from web.deliberation.ballot.words import WORDS as BALLOT_WORDS
from web.deliberation.matter.words import WORDS
from web.deliberation.meeting.words import WORDS as MEETING_WORDS
from web.locale import say
from web.page import page, prefs_of
from web.say_time import speakers
from web.words import N_

MOVED: Final = N_("{title}：{state}")
REWORDED: Final = N_("{title}：文字改为第 {n} 版")


def _say(request: Request, sentence: str, **facts: object) -> str:
    return say(prefs_of(request).lang, sentence, **facts)


def _near(request: Request) -> dict[str, int]:
    community = here(request)
    return {"community_id": community} if community else {}


async def matters(request: Request) -> Response:
    """Give the public matters, those that moved last first; ``shelf`` as on the page."""
    typed = request.query_params.get("shelf", "")
    shelf = Shelf(typed) if typed in {each.value for each in SHELVES} else None
    rows = Matter.filter(public_at__isnull=False, hidden_at=None, **_near(request))
    if shelf:
        rows = rows.filter(state__in=SHELVES[shelf])
    found = await rows.order_by("-state_since", "-id").limit(atom.MOST)
    texts = await _texts(found)
    entries = [_matter(request, each, texts[each.id]) for each in found]
    title = _say(request, WORDS[shelf]) if shelf else _say(request, N_("议事"))
    return atom.feed(request, entries, title=title, page=f"/matters?shelf={shelf.value}" if shelf else "/matters")


async def _texts(found: list[Matter]) -> dict[int, MatterVersion]:
    rows = await MatterVersion.filter(matter_id__in=[each.id for each in found])
    now = {each.id: each.version for each in found}
    return {row.matter_id: row for row in rows if row.number == now[row.matter_id]}


def _matter(request: Request, matter: Matter, text: MatterVersion) -> atom.Entry:
    since = matter.public_at or matter.state_since
    title = _say(request, MOVED, title=matter.title, state=_say(request, WORDS[State(matter.state)]))
    return atom.Entry(
        key=f"matter-{matter.id}",
        title=title,
        path=f"/matters/{matter.id}",
        updated=max(matter.state_since, text.written_at, since),
        published=since,
        summary=f"{text.what}\n{text.cost}\n{text.who}",
    )


async def steps(request: Request) -> Response:
    """Give the steps of one matter from the record, the last first."""
    matter = await find(None, request.path_params["id"])
    if matter.hidden_at:
        raise Hidden("这件事的文字收起了，现在没有订阅。")
    told = await Event.filter(subject=f"matter-{matter.id}", at__gte=matter.public_at).order_by("-id").limit(500)
    entries = [entry for event in told if (entry := _step(request, matter, event))]
    return atom.feed(request, entries, title=matter.title, page=f"/matters/{matter.id}")


def _step(request: Request, matter: Matter, event: Event) -> atom.Entry | None:
    facts = facts_of(event)
    was, now, version = facts.get("was"), facts.get("now"), facts.get("version")
    if was != now and now in {state.value for state in State}:
        title = _say(request, MOVED, title=matter.title, state=_say(request, WORDS[State(str(now))]))
    elif version and event.kind == "matter.revise":
        title = _say(request, REWORDED, title=matter.title, n=version)
    else:
        return None
    path = f"/matters/{matter.id}"
    return atom.Entry(key=f"{path[1:]}/{event.id}", title=title, path=path, updated=event.at, published=event.at)


async def decisions(request: Request) -> Response:
    """Give the results, the last first."""
    near = {f"ballot__{name}": value for name, value in _near(request).items()}
    rows = Result.filter(ballot__matter__hidden_at=None, **near).select_related("ballot__matter", "ballot__body")
    entries = [_decision(request, row) for row in await rows.order_by("-id").limit(atom.MOST)]
    return atom.feed(request, entries, title=_say(request, N_("决定了什么")), page="/open")


def _decision(request: Request, row: Result) -> atom.Entry:
    outcome = _say(request, BALLOT_WORDS[row.outcome])
    return atom.Entry(
        key=f"ballot-{row.ballot_id}",
        title=_say(request, MOVED, title=row.ballot.matter.title, state=outcome),
        path=f"/ballots/{row.ballot_id}/result",
        updated=row.decided_at,
        published=row.decided_at,
        summary=row.ballot.body.name,
    )


async def publications(request: Request) -> Response:
    """Give what was hung up, the last first, without what is about a hidden matter."""
    found = await shown(Publication.filter(**_near(request)))
    return atom.feed(
        request, [_hung(request, each) for each in found], title=_say(request, N_("张贴过的公示")), page="/publications"
    )


async def shown(rows: QuerySet[Publication]) -> list[Publication]:
    """Return the last publications, but those about a matter whose words are hidden."""
    found = await rows.order_by("-id").limit(atom.MOST)
    about = [each.matter_id for each in found if each.matter_id]
    hidden = {each.id for each in await Matter.filter(id__in=about, hidden_at__isnull=False)} if about else set()
    return [each for each in found if each.matter_id not in hidden]


def _hung(request: Request, each: Publication) -> atom.Entry:
    until = speakers(prefs_of(request).lang)["until"](each.ends_at)
    return atom.Entry(
        key=each.key,
        title=each.title,
        path=f"/publications/{each.id}",
        updated=each.starts_at,
        published=each.starts_at,
        summary=_say(request, N_("公示到 {day}"), day=until),
    )


async def hanging(request: Request) -> Response:
    """Give from when until when publications hang, for calendars to subscribe to."""
    site = request.app.state.settings.site_url
    entries = [
        ical.Entry(
            uid=ical.uid_of(each.key, site),
            summary=_say(request, N_("公示截止：{title}"), title=each.title),
            begins=each.ends_at,
            ends=each.ends_at,
            changed=each.starts_at,
            url=f"{site}/publications/{each.id}",
        )
        for each in await shown(Publication.filter(**_near(request)))
    ]
    return ical.feed(request, entries, name=_say(request, N_("张贴过的公示")))


async def votes(request: Request) -> Response:
    """Give when votes open and close, for calendars to subscribe to."""
    rows = Ballot.filter(matter__hidden_at=None, matter__public_at__isnull=False, **_near(request))
    found = await rows.select_related("matter").order_by("-id").limit(200)
    site = request.app.state.settings.site_url
    entries = [entry for each in found for entry in _dates(request, each, site)]
    return ical.feed(request, entries, name=_say(request, N_("表决日历")))


def _dates(request: Request, ballot: Ballot, site: str) -> list[ical.Entry]:
    url = f"{site}/ballots/{ballot.id}"

    def entry(key: str, words: str, at: datetime) -> ical.Entry:
        summary = _say(request, words, title=ballot.matter.title)
        uid = ical.uid_of(f"ballot-{ballot.id}-{key}", site)
        return ical.Entry(uid=uid, summary=summary, begins=at, ends=at, changed=ballot.noticed_at, url=url)

    return [
        entry("opens", N_("开始表决：{title}"), ballot.opens_at),
        entry("closes", N_("表决截止：{title}"), ballot.closes_at),
    ]


async def gatherings(request: Request) -> Response:
    """Give the meetings that were called, those that changed last first."""
    rows = Meeting.filter(called_at__isnull=False, **_near(request)).select_related("body")
    entries = [_gathering(request, each) for each in await rows.order_by("-changed_at", "-id").limit(atom.MOST)]
    return atom.feed(request, entries, title=_say(request, N_("会议")), page="/meetings")


def _gathering(request: Request, each: Meeting) -> atom.Entry:
    began = each.called_at or each.planned_at
    moved = [each.changed_at, each.opened_at, each.closed_at, each.minuted_at]
    when = speakers(prefs_of(request).lang)["clock"](each.starts_at)
    state = _say(request, MEETING_WORDS[each.state])
    return atom.Entry(
        key=each.key,
        title=_say(request, MOVED, title=each.title, state=state),
        path=f"/meetings/{each.id}",
        updated=max([began, *(at for at in moved if at)]),
        published=began,
        summary=f"{when}\n{each.room}\n{each.body.name}",
    )


async def anybody(request: Request) -> Response:
    """Say which feeds and calendars there are, in words."""
    return await page(request, "deliberation/feeds.html", {"shelves": list(SHELVES)})


routes = [
    Route("/feeds", anybody, name="feeds"),
    Route("/matters.atom", matters, name="matters-feed"),
    Route("/matters/{id:int}/steps.atom", steps, name="matter-feed"),
    Route("/open/decisions.atom", decisions, name="decisions-feed"),
    Route("/meetings.atom", gatherings, name="meetings-feed"),
    Route("/publications.atom", publications, name="publications-feed"),
    Route("/publications.ics", hanging, name="publications-calendar"),
    Route("/ballots.ics", votes, name="ballots-calendar"),
]
