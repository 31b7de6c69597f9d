"""Every forbidden cell of the matrix that has an address: one knock over HTTP and, for rooms, one at the socket."""

import re
from collections.abc import AsyncIterator, Mapping

import httpx2
import pytest
from starlette.applications import Starlette

from community.errors import Hidden
from mediation.case.access import PHASES, Phase, Seat, Thing, letter, may_read
from mediation.case.models import Case
from mediation.case.queries import seats_of, visible_case
from mediation.case.states import State
from mediation.feedback.rules import ASKING
from mediation.letters.queries import CARRIES
from mediation.minutes.rules import WRITERS, RecordStage
from mediation.papers.rules import makes_papers
from mediation.privacy.rules import can_ask
from mediation.room.rules import TALKING
from tests.asked import asked
from tests.mediation.filing import accepted
from tests.mediation.walls.knocking import NO_CASE, NO_ROOM, knock, shut, socket
from tests.mediation.walls.proofs import NO_ITEM, OWN, Proof, proofs
from tests.mediation.walls.proofs import WORDS as PROOFS
from tests.mediation.walls.scene import (
    NAMES,
    PHONES,
    PROMISE,
    RECORDED,
    TALE,
    WORDS,
    Walled,
    outsider,
    stand_in,
    walled,
)
from tests.web.crawl import client_of
from tests.world import NOON, World

ROOMS = {"joint": Thing.JOINT, "A1": Thing.CAUCUS, "R1": Thing.CAUCUS, "internal": Thing.INTERNAL}
SITS = {
    "joint": {Seat.APPLICANT, Seat.AGENT, Seat.RESPONDENT, Seat.MEDIATOR, Seat.CO},
    "A1": {Seat.APPLICANT, Seat.AGENT, Seat.MEDIATOR},
    "R1": {Seat.RESPONDENT, Seat.MEDIATOR},
    "internal": {Seat.MEDIATOR},
}
"""Who was let into a room: the matrix lets nobody read without that."""
INDEX = ("", "/receipt", "/clocks")
HEADS = {Seat.COURT, Seat.RECEIVER, Seat.COURT_CONFIRMING}
"""Heads of other bodies, who read the figures of their own body alone."""
LISTS = ("/desk", "/numbers", "/shelf", "/confirmations", "/supervision", "/desk/complaints", "/letters")


class Tried:
    """What one person's knocks in one phase gave away, and how many there were."""

    def __init__(self, made: Walled, seat: Seat | None, state: State) -> None:
        self.made, self.seat, self.state = made, seat, state
        self.held = {seat} if seat else set[Seat]()
        self.leaks: list[str] = []
        self.count = 0

    def reads(self, thing: Thing) -> bool:
        return may_read(self.held, thing, self.state)

    def expect(self, thing: Thing, *, holds: bool, else_: str) -> None:
        self.count += 1
        if not holds:
            self.leaks.append(f"{PHASES[self.state].name} {self.seat or 'nobody'} {thing}: {else_}")

    async def door(self, client: httpx2.AsyncClient, thing: Thing, tail: str, *, opens: bool, lost: str = "") -> None:
        """Knock where ``thing`` is; it opens, or answers as if there were no such thing."""
        url = f"/cases/{self.made.case.code}{tail}"
        if opens:
            status = (await knock(client, url)).status
            self.expect(thing, holds=status == 200, else_=f"{url} answers {status}")
            return
        gave = await shut(client, url, lost or f"/cases/{NO_CASE}{tail}")
        self.expect(thing, holds=not gave, else_=gave)

    async def socket(self, app: Starlette, thing: Thing, room: str, *, opens: bool) -> None:
        """Knock at the socket of a room; it takes up the talk, or ends as that of no room does."""
        base, person = f"/cases/{self.made.case.code}/rooms/", self.made.people[self.seat]
        heard = await socket(app, person, f"{base}{self.made.rooms[room].code}/live")
        if opens:
            self.expect(thing, holds=("websocket.close", 4404) not in heard, else_=f"the socket of {room} says {heard}")
            return
        nothing = await socket(app, person, f"{base}{NO_ROOM}/live")
        self.expect(thing, holds=heard == nothing, else_=f"the socket of {room} says {heard}, not {nothing}")


async def proven(tried: Tried, client: httpx2.AsyncClient, pieces: Mapping[str, Proof]) -> None:
    """Knock at the evidence: the list, each piece, each file."""
    shared = tried.reads(Thing.SHARED)
    opens = shared or tried.reads(Thing.PRIVATE)
    await tried.door(client, Thing.SHARED if shared else Thing.PRIVATE, "/evidence", opens=opens)
    seen = (await knock(client, f"/cases/{tried.made.case.code}/evidence")).text
    for name, proof in pieces.items():
        thing = Thing.SHARED if name == "shared" else Thing.PRIVATE
        held = shared if thing is Thing.SHARED else tried.seat in OWN[name] | LEAD and tried.reads(thing)
        page, file = proof.tails
        await tried.door(client, thing, page, opens=held, lost=f"/cases/{tried.made.case.code}/evidence/{NO_ITEM}")
        gone = f"/cases/{tried.made.case.code}{page}/files/{NO_ITEM}"
        if name != "R1":
            await tried.door(client, thing, file, opens=held, lost=gone)
        tried.expect(thing, holds=(PROOFS[name] in seen) is held, else_=f"{PROOFS[name]} stands on the list")


LEAD = {Seat.MEDIATOR, Seat.CO}


async def pages(tried: Tried, client: httpx2.AsyncClient) -> str:
    """Knock at the pages of the case and return all that was read there."""
    read = ""
    index = letter(tried.held, Thing.INDEX, tried.state) != "·"
    for tail in INDEX:
        await tried.door(client, Thing.INDEX, tail, opens=index)
    if index:
        read = "".join([(await knock(client, f"/cases/{tried.made.case.code}{tail}")).text for tail in INDEX])
    log = letter(tried.held, Thing.LOG, tried.state) != "·"
    await tried.door(client, Thing.LOG, "/access", opens=log)
    await tried.door(client, Thing.LOG, "/glass", opens=bool(can_ask(tried.held, tried.state)))
    own = tried.seat in {*PHONES, Seat.AGENT} and index
    await tried.door(client, Thing.LOG, "/consents", opens=own)
    await tried.door(client, Thing.IDENTITY, "/identity", opens=tried.reads(Thing.IDENTITY))
    works = tried.seat in (Seat.INTAKE, Seat.DIRECTOR, Seat.MEDIATOR)
    await tried.door(client, Thing.NAMES, "/people", opens=works and tried.reads(Thing.NAMES))
    await tried.door(client, Thing.NAMES, "/letters", opens=bool(tried.held & CARRIES) and index)
    await _records(tried, client)
    await _interpreting(tried, client)
    await _afterwards(tried, client)
    signing = tried.state is State.SIGNING
    words = tried.reads(Thing.AGREEMENT) or (signing and tried.reads(Thing.PROPOSAL))
    shown = words and PHASES[tried.state] > Phase.BEFORE
    thing = Thing.PROPOSAL if signing else Thing.AGREEMENT
    await tried.door(client, thing, "/agreement/paper", opens=shown)
    near = tried.reads(Thing.AGREEMENT) or tried.reads(Thing.PROPOSAL)
    await tried.door(client, thing, "/agreement", opens=near)
    if near:
        kept = (await knock(client, f"/cases/{tried.made.case.code}/agreement")).text
        owed = 'id="h-owed"' in kept
        due = tried.reads(Thing.PERFORMANCE) and PHASES[tried.state] >= Phase.EFFECT
        tried.expect(Thing.PERFORMANCE, holds=owed is due, else_=f"what is owed stands there: {owed}")
    return read


async def _interpreting(tried: Tried, client: httpx2.AsyncClient) -> None:
    """Knock at what interpreters are asked: it is there for them and for who leads, wherever they know of the case."""
    near = letter(tried.held, Thing.INDEX, tried.state) != "·"
    opens = near and tried.seat in (Seat.INTERPRETER, Seat.MEDIATOR)
    await tried.door(client, Thing.JOINT, "/interpreting", opens=opens)
    signing = tried.state is State.SIGNING
    words = tried.reads(Thing.AGREEMENT) or (signing and tried.reads(Thing.PROPOSAL))
    shown = words and PHASES[tried.state] > Phase.BEFORE
    await tried.door(client, Thing.AGREEMENT, "/agreement/languages", opens=shown)


async def _afterwards(tried: Tried, client: httpx2.AsyncClient) -> None:
    """Knock at risk, the court's papers, how it was, the book of papers, the shelf, files to take away, figures."""
    near = letter(tried.held, Thing.INDEX, tried.state) != "·"
    await tried.door(client, Thing.RISK, "/risk", opens=tried.reads(Thing.RISK))
    await tried.door(client, Thing.CONFIRMATION, "/confirmation", opens=near and tried.reads(Thing.CONFIRMATION))
    after = letter(tried.held, Thing.SATISFACTION, tried.state) != "·"
    await tried.door(client, Thing.SATISFACTION, "/satisfaction", opens=after and near and tried.state in ASKING)
    await tried.door(client, Thing.NAMES, "/papers", opens=makes_papers(frozenset(tried.held), tried.state))
    await tried.door(client, Thing.INDEX, "/dossier", opens=False)  # nothing is bound before it is on the shelf
    shut_ = not tried.reads(Thing.AGREEMENT) and not tried.reads(Thing.PROPOSAL)
    for tail in ("/agreement/paper.pdf", "/agreement/versions/1", "/agreement/versions/1.pdf") if shut_ else ():
        await tried.door(client, Thing.AGREEMENT, tail, opens=False)
    for tail in ("zip", "pdf") if not tried.reads(Thing.CONFIRMATION) else ():
        await tried.door(client, Thing.CONFIRMATION, f"/confirmation/package.{tail}", opens=False)
    figures = tried.reads(Thing.FIGURES) or tried.seat in HEADS
    for url in ("/desk/report", "/desk/report.csv", "/desk/report/form.csv", "/desk/report/after"):
        status = (await knock(client, url)).status
        tried.expect(Thing.FIGURES, holds=(status == 200) is figures, else_=f"{url} answers {status}")


async def listed(tried: Tried, client: httpx2.AsyncClient) -> None:
    """Look through what lists cases, papers and letters for words, names and numbers that are not for this person."""
    said(tried, "".join([(await knock(client, url)).text for url in LISTS]), story=False)


async def _records(tried: Tried, client: httpx2.AsyncClient) -> None:
    """Knock at the records: at what is sealed as the matrix has it, at what is being written as who writes it."""
    opens = tried.reads(Thing.MINUTES)
    await tried.door(client, Thing.MINUTES, "/minutes", opens=opens)
    sealed, open_ = (tried.made.records[each].code for each in (RecordStage.SEALED, RecordStage.OPEN))
    for tail in ("", "/record.pdf"):
        await tried.door(client, Thing.MINUTES, f"/minutes/{sealed}{tail}", opens=opens)
    writes = opens and tried.seat in WRITERS
    await tried.door(client, Thing.MINUTES, f"/minutes/{open_}", opens=writes)
    chooses = writes and tried.reads(Thing.JOINT)
    await tried.door(client, Thing.JOINT, f"/minutes/{open_}/lines", opens=chooses)
    if chooses:
        offered = (await knock(client, f"/cases/{tried.made.case.code}/minutes/{open_}/lines")).text
        for name in ("A1", "R1", "internal"):
            tried.expect(ROOMS[name], holds=WORDS[name] not in offered, else_=f"{WORDS[name]} is offered")
        tried.expect(Thing.JOINT, holds=WORDS["joint"] in offered, else_="the joint talk is not offered")


def said(tried: Tried, read: str, *, story: bool = True) -> None:
    """Look at what was read for words, names and numbers that are not for this person; ``story``: it is the case."""
    told = story and tried.reads(Thing.STATEMENT)
    tried.expect(Thing.STATEMENT, holds=(TALE in read) is told, else_="the story stands there")
    whole = letter(tried.held, Thing.NAMES, tried.state) == "F"
    for name in () if whole else NAMES:
        tried.expect(Thing.NAMES, holds=name not in read, else_=f"{name} stands there")
    every = letter(tried.held, Thing.IDENTITY, tried.state) == "F"
    for seat, phone in () if every else PHONES.items():
        own = seat is tried.seat
        tried.expect(Thing.IDENTITY, holds=own or phone not in read, else_=f"{phone} stands there")
    for thing, words in ((ROOMS[name], words) for name, words in WORDS.items()):
        tried.expect(thing, holds=words not in read, else_=f"{words} stands there")
    tried.expect(Thing.MINUTES, holds=RECORDED not in read, else_="a record stands there")
    tried.expect(Thing.AGREEMENT, holds=PROMISE not in read, else_="a promise stands there")


async def meetings(tried: Tried, client: httpx2.AsyncClient) -> None:
    """Knock at the appointments of the case, and at one with the applicant alone."""
    together = tried.reads(Thing.JOINT) and tried.seat in SITS["joint"]
    await tried.door(client, Thing.JOINT, "/appointments", opens=together)
    alone = tried.reads(Thing.CAUCUS) and tried.seat in SITS["A1"]
    lost = f"/cases/{tried.made.case.code}/appointments/{NO_ROOM}"
    for tail in ("", "/calendar.ics"):
        where = f"/appointments/{tried.made.meeting}{tail}"
        await tried.door(client, Thing.CAUCUS, where, opens=alone, lost=f"{lost}{tail}")


async def searched(tried: Tried, client: httpx2.AsyncClient) -> None:
    """Look for two signs that stand in the words of every room: only one's own answer."""
    answer = await client.post("/disputes/search", data={"q": "的话"})
    tried.expect(Thing.JOINT, holds=answer.status_code == 200, else_=f"the search answers {answer.status_code}")
    for name, words in WORDS.items():
        stayed = tried.seat in SITS[name] and (tried.seat, name) != (Seat.AGENT, "A1")  # who came in after the words
        mine = tried.reads(ROOMS[name]) and stayed
        said = "".join(re.split(r"</?mark>", answer.text))
        tried.expect(ROOMS[name], holds=(words in said) is mine, else_=f"the search finds {words}: {words in said}")


async def everybody(app: Starlette, made: Walled, pieces: Mapping[str, Proof], state: State) -> AsyncIterator[Tried]:
    """Let everybody knock at everything."""
    for seat, person in made.people.items():
        tried = Tried(made, seat, state)
        sits = await seats_of(person, made.case, at=NOON)
        assert tried.held <= sits <= tried.held | {Seat.COLLEAGUE}, f"{seat} sits elsewhere: {sits}"
        async with await client_of(app, person) as client:
            said(tried, await pages(tried, client))
            await listed(tried, client)
            await proven(tried, client, pieces)
            await searched(tried, client)
            for name, thing in ROOMS.items():
                opens = tried.reads(thing) and seat in SITS[name]
                room = f"/rooms/{made.rooms[name].code}"
                lost = f"/cases/{made.case.code}/rooms/{NO_ROOM}"
                await tried.door(client, thing, room, opens=opens, lost=lost)
                for tail in ("/transcript", "/transcript.txt"):
                    paper = opens and name == "joint"
                    await tried.door(client, thing, room + tail, opens=paper, lost=lost + tail)
                await tried.socket(app, thing, name, opens=opens)
                lays = opens and tried.state in TALKING and name != "internal"
                await tried.door(client, thing, f"{room}/cards", opens=lays, lost=f"{lost}/cards")
            await meetings(tried, client)
        yield tried


ONCE = [Phase.BEFORE, Phase.EFFECT, Phase.ARCHIVED]
"""Phases that are tried on one engine only; no engine changes a table."""


async def test_who_is_asked_to_take_over_and_who_confirms(app: Starlette, town: World) -> None:
    made = await walled(town)
    pieces = await proofs(made, town, app.state.files)
    leaks, count = [], 0
    for seat, state in ((Seat.RECEIVER, State.HANDOVER), (Seat.COURT_CONFIRMING, State.PERFORMING)):
        await Case.filter(id=made.case.id).update(state=state)
        made.case.state, made.people = state, {seat: await outsider(made.case, town, seat)}
        async for tried in everybody(app, made, pieces, state):
            leaks += tried.leaks
            count += tried.count
    assert not leaks, "\n".join(leaks)
    assert count > 100


@pytest.mark.parametrize("phase", [Phase.TALKS, *(pytest.param(each, marks=pytest.mark.pages) for each in ONCE)])
async def test_no_wall_has_a_hole(app: Starlette, town: World, phase: Phase) -> None:
    made = await walled(town)
    pieces = await proofs(made, town, app.state.files)
    state = await stand_in(phase, made)
    leaks, count = [], 0
    async for tried in everybody(app, made, pieces, state):
        leaks += tried.leaks
        count += tried.count
    assert not leaks, "\n".join(leaks)
    assert count > 350


async def test_asking_for_what_is_not_there_asks_the_same_questions(town: World) -> None:
    case = await accepted(town)
    counts = []
    for code in (case.code, NO_CASE):
        with asked() as seen, pytest.raises(Hidden):
            await visible_case(town.stranger, code, at=NOON)
        counts.append(len(seen))
    assert counts[0] == counts[1] > 0
