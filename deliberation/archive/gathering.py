"""Everything the record holds about one matter, as plain data in a fixed order: the same rows give the same text."""

import json
from difflib import unified_diff
from typing import Any, Final

from tortoise.queryset import QuerySet

from community.moderation.models import Appeal, Hiding
from community.places.models import Place
from community.record.models import Event, Seal
from deliberation.archive import courses, turns, voices, votes
from deliberation.archive.dossier import Dossier, Reader, plain
from deliberation.archive.veiling import veil
from deliberation.calls.models import Call
from deliberation.debate.models import Comment, Opinion
from deliberation.matter.models import Amendment, Endorsement, Matter, MatterVersion, Sitting, Study
from deliberation.outcome.models import Seat
from deliberation.publicity.models import Objection
from deliberation.stakeholder.models import Declaration, Slot

WORDS: Final = ("title", "what", "cost", "who", "body")


async def gather(matter: Matter, reader: Reader) -> Dossier:
    """Read everything about a matter; no transaction, so the command that uses it looks again."""
    found = Dossier(matter, reader)
    found.sections["cover"] = await _cover(found)
    found.sections["versions"] = await _versions(found)
    found.sections["amendments"] = await voices.amendments(found)
    found.sections["endorsements"] = await _endorsements(found)
    found.sections["office"] = await _office(found)
    found.sections["comments"] = await voices.comments(found)
    found.sections["table"] = await voices.table(found)
    found.sections["calls"] = await voices.calls(found)
    found.sections["meetings"] = await turns.meetings(found)
    found.sections["orders"] = await turns.orders(found)
    found.sections["roll"] = await votes.roll(found)
    found.sections["ballots"] = await votes.ballots(found)
    found.sections["publications"] = await courses.publications(found)
    found.sections["execution"] = await courses.execution(found)
    found.sections["evaluation"] = await courses.evaluation(found)
    found.sections["supervision"] = await courses.notes(found)
    found.sections["moderation"] = await _moderation(found)
    found.sections["record"] = await _record(found)
    await veil(found)
    return found


async def _cover(found: Dossier) -> dict[str, Any]:
    matter = found.matter
    place = await Place.get(id=matter.community_id)
    columns = ("id", "title", "weight", "state", "version", "final_hash", "drafted_at", "public_at", "state_since")
    return {
        **plain(matter, columns),
        "hidden": matter.hidden_at is not None,
        "body": matter.body.name,
        "community": place.name,
        "community_code": place.code,
        "author": found.name(matter.author),
        "reader": found.reader.value,
    }


async def _versions(found: Dossier) -> list[dict[str, Any]]:
    rows = await MatterVersion.filter(matter_id=found.matter.id).select_related("written_by").order_by("number")
    before = ""
    made = []
    for row in rows:
        text = "\n".join(str(getattr(row, name)) for name in WORDS)
        diff = list(unified_diff(before.splitlines(), text.splitlines(), lineterm="", n=1))[2:] if before else []
        shown = {**plain(row, ("number", *WORDS, "hash", "written_at")), "by": found.name(row.written_by), "diff": diff}
        made.append(shown)
        before = text
    return made


async def _endorsements(found: Dossier) -> dict[str, Any]:
    given = Endorsement.filter(matter_id=found.matter.id).select_related("person", "resident", "head")
    rows = await given.order_by("id")
    by_version: dict[str, int] = {}
    for row in rows:
        by_version[str(row.version)] = by_version.get(str(row.version), 0) + 1
    figures = {"threshold": found.matter.threshold, "seconded": found.matter.seconded, "by_version": by_version}
    if found.reader is Reader.KEEPER:
        told = ("version", "aided", "at")
        named = [{**plain(row, told), "by": _giver(row), "head": row.head.label} for row in rows]
        return {**figures, "who": named}
    return figures


def _giver(row: Endorsement) -> str:
    """Return the name of the account, or of the row of the roll when somebody helped whoever has none."""
    whose = row.person or row.resident
    return str(whose.name) if whose else ""


async def _office(found: Dossier) -> dict[str, Any]:
    number = found.matter.id
    studies = await Study.filter(matter_id=number).select_related("by").order_by("id")
    sittings = await Sitting.filter(matter_id=number).select_related("by").order_by("id")
    told = ("held_on", "attended", "minutes", "consensus", "dissent", "at")
    return {
        "screenings": await turns.screenings(found),
        "studies": [{**plain(row, ("held_on", "opinion", "at")), "by": row.by.name} for row in studies],
        "sittings": [{**plain(row, told), "by": row.by.name} for row in sittings],
        "opinions": await voices.opinions(found),
    }


async def _moderation(found: Dossier) -> list[dict[str, Any]]:
    """Return the decisions to hide the matter or what was said of it, in the words of the public log."""
    rows = await Hiding.filter(subject__in=await hideable(found.matter)).order_by("id")
    appeals = await Appeal.filter(hiding_id__in=[row.id for row in rows]).order_by("id")
    columns = ("code", "subject", "measure", "reason", "words", "document", "state", "at", "ended_at")
    told = ("level", "at", "due_at", "answer", "granted", "answered_at")
    return [
        {**plain(row, columns), "appeals": [plain(each, told) for each in appeals if each.hiding_id == row.id]}
        for row in rows
    ]


async def hideable(matter: Matter) -> list[str]:
    """Return everything said about a matter that moderation can take away, as its log names it."""
    said: dict[str, QuerySet[Any]] = {
        "comment": Comment.filter(matter_id=matter.id),
        "slot": Slot.filter(matter_id=matter.id),
        "declaration": Declaration.filter(matter_id=matter.id),
        "call": Call.filter(matter_id=matter.id),
        "objection": Objection.filter(publication__matter_id=matter.id),
        "seat": Seat.filter(evaluation__matter_id=matter.id),
        "amendment": Amendment.filter(matter_id=matter.id),
        "opinion": Opinion.filter(matter_id=matter.id),
    }
    found = [f"matter-{matter.id}"]
    for kind, rows in said.items():
        found += [f"{kind}-{number}" for number in await rows.values_list("id", flat=True)]
    return found


async def _record(found: Dossier) -> list[dict[str, Any]]:
    """Return the events about the matter with the links of the chain, and remember how many there were."""
    rows = await events_of(found.matter)
    found.events = len(rows)
    links = {seal.event_id: seal for seal in await Seal.filter(event_id__in=[row.id for row in rows])}
    return [_event(row, links.get(row.id), found.reader) for row in rows]


def _event(row: Event, link: Seal | None, reader: Reader) -> dict[str, Any]:
    shown = {**plain(row, ("id", "kind", "subject", "at")), "facts": json.loads(row.body)}
    shown["seal"] = {"seq": link.seq, "hash": link.hash} if link else None
    return {**shown, "actor": row.actor_id} if reader is Reader.KEEPER else shown


async def events_of(matter: Matter) -> list[Event]:
    """Return the events about a matter, its ballots, publications, objections and notes, oldest first."""
    return await Event.filter(subject__in=await courses.subjects(matter)).order_by("id")
