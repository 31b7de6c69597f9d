"""What a file says of publications, of carrying out, of evaluations and notes; and which subjects the record knows."""

from collections.abc import Sequence
from typing import Any

from deliberation.archive.dossier import Dossier, plain
from deliberation.ballot.models import Ballot
from deliberation.matter.models import Matter
from deliberation.outcome import queries
from deliberation.outcome.models import Note
from deliberation.publicity.models import Objection, Posting, Publication
from deliberation.publicity.queries import objections as objections_to
from deliberation.publicity.queries import of_matter, postings

HUNG = ("kind", "title", "words", "days", "starts_at", "ends_at", "due_by", "ended_at")
SAID = ("filed_at", "answer_due", "overdue_at", "verdict", "answer", "answered_at")


async def publications(found: Dossier) -> list[dict[str, Any]]:
    """Return what was hung up, with the photographs that prove it and what was objected."""
    return [await _publication(found, row) for row in await _hung(found.matter)]


async def _hung(matter: Matter) -> Sequence[Publication]:
    """Return the publications about a matter and those of the rolls that counted for it."""
    rolls = {each.roll_id for each in await Ballot.filter(matter_id=matter.id)} | {matter.roll_id}
    of_rolls = await Publication.filter(subject__in=[f"roll-{number}" for number in rolls if number])
    return sorted([*await of_matter(matter.id), *of_rolls], key=lambda each: each.id)


async def _publication(found: Dossier, row: Publication) -> dict[str, Any]:
    return {
        **plain(row, HUNG),
        "boards": row.board_names,
        "photos": [_photo(found, each) for each in await postings(row)],
        "objections": [_objection(found, each) for each in await objections_to(row)],
    }


def _photo(found: Dossier, row: Posting) -> dict[str, Any]:
    return {**plain(row, ("board", "taken_at", "at")), "by": row.by.name, **found.keep("photos", row.upload)}


def _objection(found: Dossier, row: Objection) -> dict[str, Any]:
    words = found.told(row.words, row)
    by = row.answered_by.name if row.answered_by else ""
    return {**plain(row, SAID), "words": words, "by": found.name(row.by), "answered_by": by}


async def execution(found: Dossier) -> dict[str, Any] | None:
    """Return plans, steps with their evidence, and what it cost, in fen."""
    course = await queries.course(found.matter)
    run = course.execution
    if run is None:
        return None
    proof = {key: [found.keep("evidence", each) for each in files] for key, files in course.files.items()}
    columns = ("plan", "title", "due_on", "overdue_at", "dropped_at", "done_at", "note", "spent")
    return {
        **plain(run, ("started_at", "spent", "late", "reported_at", "report")),
        "plans": [
            {**plain(each, ("number", "budget", "due_on", "why", "at")), "unit": each.org.name, "lead": each.lead.name}
            for each in course.plans
        ],
        "steps": [{**plain(each, columns), "evidence": proof.get(each.key, [])} for each in course.steps],
        "evidence": proof.get(f"execution-{run.id}", []),
    }


async def evaluation(found: Dossier) -> list[dict[str, Any]]:
    """Return the rounds as anybody may see them: nobody's name, and nothing of fewer than five answers."""
    course = await queries.course(found.matter)
    columns = ("round", "asked", "answered", "opens_at", "closes_at", "finding", "share_num", "share_den", "from_score")
    return [
        {
            **plain(each.row, columns),
            "scores": list(each.spread.counts) if each.spread else None,
            "words": [words for seat in each.words if (words := found.told(seat.words, seat))],
        }
        for each in course.judged
    ]


async def notes(found: Dossier) -> list[dict[str, Any]]:
    """Return the supervision notes with their answers."""
    columns = ("source", "office", "words", "at", "due_at", "overdue_at", "pressed", "answer", "answered_at")
    return [
        {
            **plain(row, columns),
            "by": row.by.name if row.by else "",
            "answered_by": row.answered_by.name if row.answered_by else "",
        }
        for row in await queries.notes_on(found.matter)
    ]


async def subjects(matter: Matter) -> list[str]:
    """Return the keys under which the record speaks of a matter."""
    ballots = await Ballot.filter(matter_id=matter.id)
    hung = await _hung(matter)
    objected = await Objection.filter(publication_id__in=[each.id for each in hung])
    written = await Note.filter(matter_id=matter.id)
    rolls = {f"roll-{each.roll_id}" for each in ballots}
    keys = [f"matter-{matter.id}", *(f"ballot-{each.id}" for each in ballots), *sorted(rolls)]
    keys += [each.key for each in hung] + [each.key for each in objected] + [each.key for each in written]
    return keys
