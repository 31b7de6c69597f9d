"""What the rooms of deliberation let be found: matters, comments and decisions, while a visitor may read them.

A hidden matter takes its decisions along, since their title is its title; its comments stay, as on its page.
"""

from collections.abc import Mapping
from typing import Any, Final

from community.places.models import Place
from community.search.content import BATCH, Entry, Offer
from deliberation.ballot.models import Ballot, Result
from deliberation.debate.models import Comment, Opinion
from deliberation.matter.models import Matter, MatterVersion
from deliberation.meeting.models import AgendaItem, Meeting
from deliberation.meeting.naming import public_text
from deliberation.meeting.queries import agenda, newest_minutes
from deliberation.meeting.workflow import Deed
from deliberation.publicity.models import Publication
from web.deliberation.ballot.words import WORDS as BALLOT_WORDS

Entries = Mapping[str, Entry | None]


def _open(matter: Matter) -> bool:
    return matter.public_at is not None and matter.hidden_at is None


async def matters(number: int) -> Entries:
    """Look up a matter as it reads now, and the decisions that bear its title."""
    matter = await Matter.get_or_none(id=number).select_related("body__place")
    if matter is None or matter.public_at is None or matter.hidden_at:
        gone: dict[str, Entry | None] = {f"matter-{number}": None}
        taken = await Result.filter(ballot__matter_id=number).values_list("ballot_id", flat=True) if matter else []
        lost = await Publication.filter(matter_id=number).values_list("id", flat=True)
        gone |= {f"ballot-{each}": None for each in taken} | {f"publication-{each}": None for each in lost}
        return gone | await _met(number)
    text = await MatterVersion.get(matter_id=matter.id, number=matter.version)
    own = _entry(matter, "matter", matter.id)
    title, summary = matter.title, f"{text.what}\n{text.cost}\n{text.who}"
    entry = Entry(**own, url=f"/matters/{matter.id}", at=matter.public_at, title=title, summary=summary, body=text.body)
    hung = await Publication.filter(matter_id=matter.id)
    posted = {each.key: _hung(each, matter, await Place.get(id=each.place_id)) for each in hung}
    return {entry.subject: entry, **await _decisions(matter), **posted, **await _met(number)}


async def _met(number: int) -> dict[str, Entry | None]:
    """Look up the meetings that have a matter on their agenda: what they say of it changes with it."""
    found: dict[str, Entry | None] = {}
    for each in await AgendaItem.filter(matter_id=number, dropped_for="").values_list("meeting_id", flat=True):
        found.update(await meetings(_whole(each)))
    return found


async def opinions(number: int) -> Entries:
    """Look up what an opinion changes by being put away: the minutes in which it stands; it is found nowhere itself."""
    row = await Opinion.get_or_none(id=number)
    return await _met(row.matter_id) if row else {}


async def no_numbers(_after: int) -> list[int]:
    """Return nothing: opinions are found with their meetings."""
    return []


async def _decisions(matter: Matter) -> Entries:
    rows = await Result.filter(ballot__matter_id=matter.id).select_related("ballot__body")
    return {entry.subject: entry for entry in [await _decision(matter, row) for row in rows]}


async def _decision(matter: Matter, row: Result) -> Entry:
    """Return a decision with the words that were voted on; its outcome is found by the word for it."""
    text = await MatterVersion.get(matter_id=matter.id, number=row.ballot.version)
    what = f"{BALLOT_WORDS[row.outcome]}\n{row.ballot.body.name}\n{text.what}"
    own = _entry(matter, "ballot", row.ballot_id)
    return Entry(**own, url=f"/ballots/{row.ballot_id}/result", at=row.decided_at, title=text.title, summary=what)


def _entry(matter: Matter, kind: str, number: int) -> dict[str, Any]:
    return {
        "kind": kind,
        "number": number,
        "about": f"matter-{matter.id}",
        "community_id": matter.community_id,
        "place_path": matter.body.place.path,
        "state": matter.state.value,
    }


async def comments(number: int) -> Entries:
    """Look up a comment."""
    said = await Comment.get_or_none(id=number, hidden_at=None).select_related("matter__body__place")
    if said is None or said.matter.public_at is None:
        return {f"comment-{number}": None}
    url = f"/matters/{said.matter_id}?before={(said.parent_id or said.id) + 1}#c-{said.code}"
    entry = Entry(**_entry(said.matter, "comment", said.id), url=url, at=said.at, body=said.words)
    return {entry.subject: entry}


async def ballots(number: int) -> Entries:
    """Look up a decision; a ballot without a result is not found, its matter is."""
    row = await Result.get_or_none(ballot_id=number).select_related("ballot__body", "ballot__matter__body__place")
    if row is None or not _open(row.ballot.matter):
        return {f"ballot-{number}": None}
    entry = await _decision(row.ballot.matter, row)
    return {entry.subject: entry}


async def publications(number: int) -> Entries:
    """Look up something that was hung up, unless it is about a matter whose words are hidden."""
    row = await Publication.get_or_none(id=number)
    matter = await Matter.get_or_none(id=row.matter_id) if row and row.matter_id else None
    place = await Place.get_or_none(id=row.place_id) if row else None
    if row is None or place is None or (matter and not _open(matter)):
        return {f"publication-{number}": None}
    return {f"publication-{number}": _hung(row, matter, place)}


def _hung(row: Publication, matter: Matter | None, place: Place) -> Entry:
    return Entry(
        kind="publication",
        number=row.id,
        about=f"matter-{matter.id}" if matter else row.key,
        community_id=row.community_id,
        place_path=place.path,
        state=matter.state.value if matter else "",
        at=row.starts_at,
        url=f"/publications/{row.id}",
        title=row.title,
        summary=row.words,
    )


async def meetings(number: int) -> Entries:
    """Look up a meeting once it was called: its agenda, and published minutes without the names of residents."""
    row = await Meeting.get_or_none(id=number).select_related("body__place", "host", "clerk")
    if row is None or row.called_at is None:
        return {f"meeting-{number}": None}
    items = await agenda(row)
    minutes = await newest_minutes(row) if row.minuted_at else None
    entry = Entry(
        kind="meeting",
        number=row.id,
        about=row.key,
        community_id=row.community_id,
        place_path=row.body.place.path,
        state="",
        at=row.starts_at,
        url=f"/meetings/{row.id}/minutes" if minutes else f"/meetings/{row.id}",
        title=row.title,
        summary="\n".join([row.body.name, row.room, *(item.title for item in items)]),
        body=await public_text(row, minutes.text) if minutes else "",
    )
    return {entry.subject: entry}


async def meeting_numbers(after: int) -> list[int]:
    """Return the next meetings."""
    return list(
        map(_whole, await Meeting.filter(id__gt=after).order_by("id").limit(BATCH).values_list("id", flat=True))
    )


async def publication_numbers(after: int) -> list[int]:
    """Return the next publications."""
    found = await Publication.filter(id__gt=after).order_by("id").limit(BATCH).values_list("id", flat=True)
    return list(map(_whole, found))


async def matter_numbers(after: int) -> list[int]:
    """Return the next matters."""
    return list(map(_whole, await Matter.filter(id__gt=after).order_by("id").limit(BATCH).values_list("id", flat=True)))


async def comment_numbers(after: int) -> list[int]:
    """Return the next comments."""
    found = await Comment.filter(id__gt=after).order_by("id").limit(BATCH).values_list("id", flat=True)
    return list(map(_whole, found))


async def ballot_numbers(after: int) -> list[int]:
    """Return the next ballots."""
    return list(map(_whole, await Ballot.filter(id__gt=after).order_by("id").limit(BATCH).values_list("id", flat=True)))


def _whole(value: object) -> int:
    return int(str(value))


MATTERS: Final = Offer(matters, matter_numbers, frozenset({"matter.endorse"}))
COMMENTS: Final = Offer(comments, comment_numbers)
PUBLICATIONS: Final = Offer(publications, publication_numbers)
BALLOTS: Final = Offer(ballots, ballot_numbers, frozenset({"ballot.cast", "ballot.reminded", "ballot.announced"}))
OPINIONS: Final = Offer(opinions, no_numbers)
MEETINGS: Final = Offer(
    meetings,
    meeting_numbers,
    frozenset(f"meeting.{deed}" for deed in Deed if deed not in (Deed.CALL, Deed.AMEND, Deed.CANCEL, Deed.PUBLISH)),
)
