"""Writing the index: in the transaction of the change, and all of it again when asked.

A consumer of events would leave hidden words findable until the courier came round, so the rows are written before
the change commits. Rooms do nothing for it: whatever subject a command records is looked up again at its end.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection
from tortoise.models import Model

from community.record.transaction import bookkeeping
from community.search.content import Entry, Offer, offer_of, offers
from community.search.models import SearchText, SearchWords
from community.search.rules import coded, folded, grams

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


async def follow(told: Iterable[tuple[str, str]]) -> None:
    """Bring the index up to date after events, given as (kind, subject); call it at the end of a transaction."""
    due = {subject: found for kind, subject in told if (found := offer_of(kind, subject))}
    for offer, number in due.values():
        await _refresh(offer, number)


async def _refresh(offer: Offer, number: int) -> None:
    for subject, entry in (await offer.look(number)).items():
        await (_put(entry) if entry else _drop(subject))


async def _put(entry: Entry) -> None:
    """Store or change one text; what stands there as it should is left alone."""
    row, words = _row(entry), _words(entry)
    known = await SearchText.get_or_none(subject=entry.subject)
    if known is None:
        known = await SearchText.create(subject=entry.subject, **row)
        await SearchWords.create(text_id=known.id, **words)
        await _file(known, words["body"])
        return
    old = await SearchWords.get(text_id=known.id)
    changed, rewritten = _changes(known, row), _changes(old, words)
    if changed:
        await SearchText.filter(id=known.id).update(**changed)
    if "state" in changed:
        await SearchText.filter(about=entry.subject).update(state=entry.state)
    if rewritten:
        await SearchWords.filter(text_id=known.id).update(**rewritten)
    if rewritten or {"title", "summary"} & set(changed):
        known.update_from_dict(changed)
        await _unfile([known.id])
        await _file(known, words["body"])


def _changes(stored: Model, wanted: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in wanted.items() if getattr(stored, name) != value}


def _row(entry: Entry) -> dict[str, Any]:
    plain = ("kind", "number", "about", "community_id", "place_path", "state")
    folds = {"title": folded(entry.title), "summary": folded(entry.summary)}
    return {**{name: getattr(entry, name) for name in plain}, **folds, "stamp": stamp(entry.at)}


def _words(entry: Entry) -> dict[str, Any]:
    words = "\n".join(part for part in (entry.summary, entry.body) if part)
    return {"body": folded(entry.body), "heading": entry.title, "words": words, "url": entry.url}


def stamp(at: datetime) -> int:
    """Return an instant as whole microseconds since 1970."""
    return (at - EPOCH) // timedelta(microseconds=1)


def moment(microseconds: int) -> datetime:
    """Return the instant of a stamp."""
    return EPOCH + timedelta(microseconds=microseconds)


async def _drop(subject: str) -> None:
    gone = await SearchText.filter(subject=subject).values_list("id", flat=True)
    if gone:
        await _unfile([int(str(each)) for each in gone])
        await SearchWords.filter(text_id__in=list(gone)).delete()
        await SearchText.filter(subject=subject).delete()


def _connection() -> tuple[BaseDBAsyncClient, bool]:
    client = get_connection("default")
    return client, client.capabilities.dialect == "sqlite"


async def _file(row: SearchText, body: str) -> None:
    client, sqlite = _connection()
    text = " ".join(sorted(coded(gram) for gram in grams(row.title, row.summary, body)))
    if sqlite:
        await client.execute_query("INSERT INTO search_gram (rowid, grams) VALUES (?, ?)", [row.id, text])
    else:
        sql = "INSERT INTO search_gram (text_id, grams) VALUES ($1, $2::text::tsvector)"
        await client.execute_query(sql, [row.id, text])


async def _unfile(ids: list[int]) -> None:
    client, sqlite = _connection()
    for each in ids:
        sql = "DELETE FROM search_gram WHERE rowid = ?" if sqlite else "DELETE FROM search_gram WHERE text_id = $1"
        await client.execute_query(sql, [each])


async def reindex(progress: Callable[[int], None] = lambda _count: None) -> int:
    """Write the whole index again from what the rooms offer, a batch at a time, and return how many texts stand in it.

    The site may go on meanwhile: each batch is a transaction, and what is no longer offered goes last.
    """
    kept: set[str] = set()
    for offer in offers().values():
        after = 0
        while numbers := await offer.numbers(after):
            kept |= await _batch(offer, numbers)
            after = numbers[-1]
            progress(len(numbers))
    await _sweep(kept)
    return len(kept)


@bookkeeping
async def _batch(offer: Offer, numbers: list[int]) -> set[str]:
    found: set[str] = set()
    for number in numbers:
        looked = await offer.look(number)
        for subject, entry in looked.items():
            await _drop(subject)
            if entry:
                await _put(entry)
                found.add(subject)
    return found


@bookkeeping
async def _sweep(kept: set[str]) -> None:
    for row in await SearchText.all().only("id", "subject", "kind", "number"):
        offer = offers().get(row.kind)
        if row.subject not in kept and (offer is None or not (await offer.look(row.number)).get(row.subject)):
            await _drop(row.subject)
