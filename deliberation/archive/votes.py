"""The roll and the ballots of a file: rule, count with its fractions, certificate; votes by head for keepers only."""

import json
from typing import Any

from deliberation.archive.dossier import Dossier, Reader, plain
from deliberation.ballot.leak import Detail
from deliberation.ballot.models import Ballot, Paper, Recount, Recounting, Result, Telling
from deliberation.body.models import RollHead, RollVersion

ROLL = ("number", "basis", "heads", "area", "content_hash", "frozen_at", "objection_until")
BALLOT = (
    "attempt",
    "rule_id",
    "rule_hash",
    "roll_hash",
    "text_hash",
    "version",
    "effect",
    "noticed_at",
    "opens_at",
    "closes_at",
)


async def roll(found: Dossier) -> list[dict[str, Any]]:
    """Return the rolls that counted, for seconds and for votes; their heads by place for keepers."""
    numbers = {ballot.roll_id for ballot in await Ballot.filter(matter_id=found.matter.id)}
    numbers |= {found.matter.roll_id} if found.matter.roll_id else set()
    rows = await RollVersion.filter(id__in=sorted(numbers)).order_by("id")
    return [{**plain(row, ROLL), **await _heads(row, found.reader)} for row in rows]


async def _heads(row: RollVersion, reader: Reader) -> dict[str, Any]:
    if reader is Reader.ANYBODY:
        return {}
    heads = await RollHead.filter(roll_id=row.id).order_by("id")
    return {"every_head": [plain(head, ("label", "area", "parts")) for head in heads]}


async def ballots(found: Dossier) -> list[dict[str, Any]]:
    """Return each ballot with what was found, and by whom."""
    rows = await Ballot.filter(matter_id=found.matter.id).order_by("attempt")
    return [await _ballot(row, found.reader) for row in rows]


async def _ballot(row: Ballot, reader: Reader) -> dict[str, Any]:
    tellings = await Telling.filter(ballot_id=row.id).select_related("teller").order_by("id")
    shown = {
        **plain(row, BALLOT),
        "rule": json.loads(row.rule_json),
        "question": json.loads(row.question_json) if row.question_json else None,
        "result": await _result(row, reader),
        "tellers": [{**plain(each, ("seal", "at")), "by": each.teller.name} for each in tellings],
        "recounts": await _recounts(row),
    }
    return {**shown, "papers": await _papers(row)} if reader is Reader.KEEPER else shown


async def _result(row: Ballot, reader: Reader) -> dict[str, Any] | None:
    result = await Result.get_or_none(ballot_id=row.id)
    if result is None:
        return None
    told = reader is not Reader.ANYBODY or result.detail is Detail.EXACT
    names = ("tally", "decision", "certificate") if told else ()
    parts = {name: json.loads(getattr(result, name)) for name in names}
    return {**plain(result, ("outcome", "seal", "decided_at", "shown_until")), **parts}


async def _recounts(row: Ballot) -> list[dict[str, Any]]:
    asked = await Recount.filter(ballot_id=row.id).select_related("asked_by").order_by("id")
    counted = await Recounting.filter(recount__ballot_id=row.id).select_related("teller").order_by("id")
    return [
        {
            **plain(each, ("asked_at", "settled_at", "objection_id")),
            "asked_by": each.asked_by.name,
            "found": [
                {**plain(one, ("seal", "agrees", "at")), "by": one.teller.name}
                for one in counted
                if one.recount_id == each.id
            ],
        }
        for each in asked
    ]


async def _papers(row: Ballot) -> list[dict[str, Any]]:
    """Return every paper by the head it was handed in for; a later one of the same voice takes its place."""
    rows = await Paper.filter(ballot_id=row.id).select_related("vote__head", "by").order_by("id")
    return [
        {
            **plain(paper, ("order", "choice", "marks", "channel", "spoilt", "receipt", "at")),
            "head": paper.vote.head.label,
            "by": paper.by.name if paper.by else "",
            "set_aside": paper.vote.set_aside_why,
        }
        for paper in rows
    ]
