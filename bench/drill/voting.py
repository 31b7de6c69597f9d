"""Voters who hand in one paper after another; every receipt they got must be in the box, once."""

import asyncio
import itertools
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

import httpx2

from bench.drill.stage import Voter
from bench.drill.workload import Client, Count, Unanswered
from community.record.models import Event
from deliberation.ballot.models import Paper, Vote
from deliberation.ballot.votes import Choice

CHOICES = tuple(each.value for each in Choice)


@dataclass
class VotingClient:
    """One voter."""

    voter: Voter
    count: Count
    receipts: list[str]
    said: dict[str, str]
    line: httpx2.AsyncClient
    _turn: "itertools.cycle[str]" = field(default_factory=lambda: itertools.cycle(CHOICES))

    @property
    def path(self) -> str:
        """Return where papers are handed in."""
        return f"/ballots/{self.voter.ballot}/vote"

    async def write(self) -> None:
        """Hand in a paper and keep the receipt."""
        choice = next(self._turn)
        try:
            answer = await self.line.post(self.path, data={"head": str(self.voter.head), "choice": choice})
        except httpx2.ConnectError as gone:
            raise Unanswered from gone
        except httpx2.TransportError as gone:
            self.count.tried += 1
            raise Unanswered from gone
        self.count.tried += 1
        if answer.status_code != 303:
            raise RuntimeError(f"{answer.status_code}: {answer.text[-500:]}")
        receipt = answer.headers["location"].rsplit("/", 1)[1]
        self.receipts.append(receipt)
        self.said[receipt] = choice
        self.count.acknowledged += 1

    async def hang_up(self, after: float) -> None:
        """Send a whole paper and be gone before the answer."""
        self.count.tried += 1
        self.count.cut += 1
        host, port = self.line.base_url.host, self.line.base_url.port
        body = f"head={self.voter.head}&choice={next(self._turn)}"
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {self.voter.cookie}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with suppress(OSError):
            _, writer = await asyncio.open_connection(host, port)
            writer.write((head + body).encode())
            await asyncio.sleep(after)
            writer.transport.abort()

    async def close(self) -> None:
        """Let go of the connection."""
        await self.line.aclose()


class Voting:
    """Votes."""

    name = "votes"

    def __init__(self, voters: list[Voter]) -> None:
        self.voters, self.count = voters, Count()
        self.receipts: dict[int, list[str]] = {each.head: [] for each in voters}
        self.said: dict[str, str] = {}

    def clients(self, address: str) -> list[Client]:
        """Return a client for each voter."""
        return [self._client(address, each) for each in self.voters]

    def _client(self, address: str, voter: Voter) -> Client:
        line = httpx2.AsyncClient(base_url=address, headers={"cookie": voter.cookie}, timeout=30)
        return VotingClient(voter, self.count, self.receipts[voter.head], self.said, line)

    async def check(self) -> None:
        """Every receipt is in the box once; the papers of a vote are numbered without gaps and each is on record."""
        papers = await Paper.all().order_by("vote_id", "order")
        self.count.stored = len(papers)
        stored = Counter(paper.receipt for paper in papers)
        kept = [receipt for receipts in self.receipts.values() for receipt in receipts]
        lost = [receipt for receipt in kept if stored[receipt] != 1]
        self.count.want(not lost, f"{len(lost)} acknowledged papers lost or doubled")
        self.count.want(len(set(kept)) == len(kept), "the same receipt was given twice")
        other = [paper for paper in papers if self.said.get(paper.receipt, paper.choice.value) != paper.choice.value]
        self.count.want(not other, f"{len(other)} papers say something else than was acknowledged")
        self.count.want(len(papers) <= self.count.tried, "more papers than were ever sent")
        events = await Event.filter(kind="ballot.cast").count()
        self.count.want(events == len(papers), f"{events} events for {len(papers)} papers")
        for vote in await Vote.filter(papers__gt=0):
            orders = [paper.order for paper in papers if paper.vote_id == vote.id]
            self.count.want(orders == list(range(1, vote.papers + 1)), f"vote {vote.id}: papers {orders[-3:]}")
