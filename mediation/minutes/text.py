"""The words of a record: put together from its rows while it is written, read from its sealed text afterwards.

One canonical form is shown, hashed and locked: JSON in UTF-8, keys in order, no spaces (as RFC 8785 for these values).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

from mediation.case.keys import lock_with, opened, opened_with
from mediation.case.models import Case, Party
from mediation.minutes.models import TalkEntry, TalkHand, TalkMark, TalkMinutes
from mediation.minutes.rules import HandKind
from mediation.room.lines import text_of
from mediation.room.models import Message
from mediation.room.queries import Translated, tongues
from mediation.room.rules import LineState

FORM: Final = "heyi.minutes.1"
Words = dict[str, Any]
Said = Mapping[tuple[int, int], tuple[Message, tuple[Translated, ...]]]


def canonical(words: Mapping[str, Any]) -> str:
    """Return the one form in which a record is hashed.

    >>> canonical({"b": 1, "a": "话"})
    '{"a":"话","b":1}'
    """
    return json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(words: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(words).encode()).hexdigest()


def about(record: TalkMinutes, what: str) -> str:
    """Return what a locked column of a record is bound to."""
    return f"talk_minutes|{record.code}|{what}"


def entry_about(record: TalkMinutes, n: int, column: str) -> str:
    """Return what a locked column of an entry is bound to."""
    return about(record, f"entry-{n}-{column}")


def mark_about(record: TalkMinutes, n: int, party: Party | None, column: str) -> str:
    """Return what a locked column of a mark or a refusal is bound to."""
    return about(record, f"mark-{n}-{party.code if party else ''}-{column}")


async def sealed_words(case: Case, record: TalkMinutes) -> Words:
    """Return the words of a record as they were sealed."""
    words: Words = json.loads(opened_with(case, record.body, about=about(record, "body")))
    return words


def lock_words(case: Case, record: TalkMinutes, words: Words) -> None:
    """Put the sealed words into a record, with their hash."""
    record.body = lock_with(case, canonical(words), about=about(record, "body"))
    record.sha256 = digest(words)


async def words_of(case: Case, record: TalkMinutes) -> Words:
    """Return the words of a record as its rows stand now, but for the names under it."""
    entries = await TalkEntry.filter(minutes_id=record.id).order_by("n").select_related("by")
    lines = await _lines(entries)
    marks = TalkMark.filter(entry__minutes_id=record.id).order_by("id").select_related("party", "by", "entry")
    by_entry: dict[int, list[Words]] = {}
    for mark in await marks:
        by_entry.setdefault(mark.entry.n, []).append(_mark(case, record, mark))
    refused = TalkHand.filter(minutes_id=record.id, kind=HandKind.REFUSED).order_by("id").select_related("party")
    head = json.loads(opened_with(case, record.head, about=about(record, "head")))
    return {
        "form": FORM,
        "case": case.code,
        "org": case.org.name,
        "n": record.n,
        "held_at": record.held_at.isoformat(),
        "rights_told": record.rights_told,
        "head": head,
        "entries": [_entry(case, record, each, lines, by_entry.get(each.n, [])) for each in entries],
        "refusals": [_refusal(case, record, each) for each in await refused],
    }


async def _lines(entries: Iterable[TalkEntry]) -> Said:
    wanted = {(each.room_id, each.seq) for each in entries if each.room_id and each.seq}
    rooms, seqs = {room for room, _ in wanted}, {seq for _, seq in wanted}
    found = Message.filter(room_id__in=list(rooms), seq__in=list(seqs)).select_related("room", "author")
    told = {(each.room_id, each.seq): each for each in await found} if wanted else {}
    spoken = {each.room_id: each.room for each in told.values()}
    return {
        (room_id, seq): (line, beside.get(seq, ()))
        for room_id, room in spoken.items()
        for beside in [await tongues(room, [seq for where, seq in told if where == room_id])]
        for (where, seq), line in told.items()
        if where == room_id
    }


def _entry(
    case: Case,
    record: TalkMinutes,
    entry: TalkEntry,
    lines: Said,
    marks: list[Words],
) -> Words:
    told: Words = {"n": entry.n, "at": entry.at.isoformat(), "by": entry.by.name, "marks": marks}
    told |= {"corrects": entry.corrects, "voice": "", "gone": "", "beside": []}
    if entry.room_id and entry.seq:
        line, beside = lines.get((entry.room_id, entry.seq), (None, ()))
        return {**told, **_said(line, beside, entry.seq)}
    speaker = opened_with(case, entry.speaker, about=entry_about(record, entry.n, "speaker"))
    return {
        **told,
        "speaker": speaker,
        "text": opened_with(case, entry.words, about=entry_about(record, entry.n, "words")),
    }


def _said(line: Message | None, beside: Iterable[Translated], seq: int) -> Words:
    """Return a line of the talk with its translations as it can be read now; of a covered one only that it is."""
    if line is None:
        return {"seq": seq, "speaker": "", "text": "", "gone": "purged"}
    told: Words = {"seq": seq, "speaker": line.author.name if line.author else "", "sent_at": line.sent_at.isoformat()}
    told["voice"] = line.voice
    if line.state is not LineState.LIVE:
        return {**told, "text": "", "gone": line.covered or line.state}
    return {**told, "text": text_of(line.room, line), "beside": [asdict(each) for each in beside]}


def _mark(case: Case, record: TalkMinutes, mark: TalkMark) -> Words:
    n, party = mark.entry.n, mark.party
    return {
        "party": party.sign,
        "name": opened(party, "name"),
        "by": mark.by.name if mark.by else "",
        "agreed": mark.agreed,
        "words": opened_with(case, mark.words, about=mark_about(record, n, party, "words")),
        "paper": mark.mark or "",
        "witness": opened_with(case, mark.witness, about=mark_about(record, n, party, "witness")),
        "at": mark.at.isoformat(),
    }


def _refusal(case: Case, record: TalkMinutes, hand: TalkHand) -> Words:
    party = hand.party
    return {
        "party": party.sign if party else "",
        "name": opened(party, "name") if party else "",
        "why": opened_with(case, hand.words, about=mark_about(record, 0, party, "words")),
        "witness": opened_with(case, hand.witness, about=mark_about(record, 0, party, "witness")),
        "at": hand.at.isoformat(),
    }
