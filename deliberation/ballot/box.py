"""票箱 — papers that come in at the same moment go into the box by one transaction, each with an answer of its own.

A ballot's row is held while papers go in, so that it closes before them or after them: none of them is late. Votes are
held in the order of their numbers, so that two batches never wait for each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from community.errors import Forbidden, Refused, Unfit
from community.record.many import added_all
from community.record.outbox import canonical, record_all
from community.record.reading import all_of, among, on_sqlite, rows
from community.record.together import together
from deliberation.ballot.admitting import NOT_NAMED, Late
from deliberation.ballot.given import CAST, Given, Handed, Words, facts, handed, kept, read_back
from deliberation.ballot.models import Ballot, Paper, Precedence
from deliberation.ledger import commands as ledger

SHEET_STANDS: Final = "这一户已经交了纸票，这次表决以纸票为准。要改，请到居委会补领一张。"
_OPEN: Final = "SELECT id FROM ballot WHERE id = $1 AND state = 'open'"
_VOTES: Final = f"""WITH b AS ({_OPEN}) SELECT v.head_id, v.id, v.papers
FROM b LEFT JOIN vote v ON v.ballot_id = b.id AND v.head_id {{within}}"""  # noqa: S608 - our own words
_HELD: Final = f"""WITH b AS MATERIALIZED ({_OPEN} FOR SHARE) SELECT v.head_id, v.id, v.papers
FROM b LEFT JOIN LATERAL (SELECT head_id, id, papers FROM vote
WHERE ballot_id = b.id AND head_id {{within}} ORDER BY id FOR NO KEY UPDATE) v ON true"""  # noqa: S608 - our own words
_SHEETS: Final = """SELECT DISTINCT v.head_id FROM paper p JOIN vote v ON v.id = p.vote_id
WHERE v.ballot_id = $1 AND v.head_id {within} AND p.channel = 'paper' AND NOT p.spoilt"""


@dataclass(frozen=True, slots=True)
class Coming:
    """A paper on its way into the box of an open ballot; its bearer was checked. The time that counts is ``at``."""

    ballot: Ballot
    given: Given
    words: Words
    at: datetime


@dataclass(slots=True)
class _Laid:
    """A paper that goes in: what came, and its row."""

    coming: Coming
    paper: Paper
    values: dict[str, object]


@together
async def put_in(papers: Sequence[Coming]) -> list[Handed | Refused]:
    """Store papers that somebody hands in for themselves, in the order in which they came.

    Each is answered by its receipt, or by `Late`, `Forbidden` or `Unfit`.
    """
    found: list[Handed | Refused | None] = [None] * len(papers)
    laid: list[_Laid] = []
    places = sorted(range(len(papers)), key=lambda n: papers[n].ballot.id)
    for _, numbers in groupby(places, key=lambda n: papers[n].ballot.id):
        where = list(numbers)
        for n, one in zip(where, await _in_one([papers[n] for n in where]), strict=True):
            found[n] = one if isinstance(one, Refused) else handed(one.paper)
            laid += [] if isinstance(one, Refused) else [one]
    if laid:
        await _stored(laid)
    return [each for each in found if each is not None]


async def _in_one(papers: Sequence[Coming]) -> list[_Laid | Refused]:
    """Lay out papers of one ballot whose row and votes are held from here on."""
    ballot = papers[0].ballot
    heads = sorted({each.given.head_id for each in papers})
    votes = await _asked(_VOTES if on_sqlite() else _HELD, ballot, heads)
    if not votes:
        return [Late() for _ in papers]
    sheets = await _asked(_SHEETS, ballot, heads) if ballot.precedence is Precedence.PAPER else []
    counts = {head: [vote_id, count] for head, vote_id, count in votes}
    stand = {head for (head,) in sheets}
    return [_one(each, counts, stand) for each in papers]


def _one(coming: Coming, counts: dict[int, list[int]], sheets: set[int]) -> _Laid | Refused:
    """Lay out one paper after those before it, or say why not."""
    head = coming.given.head_id
    if head not in counts:
        return Forbidden(NOT_NAMED)
    if head in sheets:
        return Unfit(SHEET_STANDS)
    counts[head][1] += 1
    vote_id, order = counts[head]
    values = kept(coming.ballot, coming.given, coming.words, vote_id=vote_id, order=order, at=coming.at)
    return _Laid(coming, read_back(values), values)


async def _stored(laid: Sequence[_Laid]) -> None:
    await added_all(Paper, [each.values for each in laid], ledger.PUT)
    await record_all([_event(each) for each in laid])


def _event(laid: _Laid) -> dict[str, object]:
    given, ballot = laid.coming.given, laid.coming.ballot
    return {
        "kind": CAST,
        "subject": f"ballot-{ballot.id}",
        "community_id": ballot.community_id,
        "actor_id": given.hand.id if given.hand else None,
        "for_id": given.whom.id if given.whom else None,
        "at": laid.coming.at,
        "body": canonical(facts(laid.paper, given.head_id)),
    }


async def _asked(sql: str, ballot: Ballot, heads: Sequence[int]) -> Sequence[Sequence[int]]:
    return await rows(sql.format(within=among(2)), ballot.id, all_of(heads))
