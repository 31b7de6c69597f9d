"""No canary sings where it must not: every answer to every role, every letter, log line and row of one played scene."""

import asyncio
import logging

import pytest
from starlette.applications import Starlette

from community.notice.models import Mail
from community.people.models import Person
from mediation.case.access import Phase, Seat
from mediation.case.models import Party
from mediation.evidence.models import EvidenceFile
from tests.mediation.walls.canaries import CANARIES, Canary, plant, sung
from tests.mediation.walls.overhearing import Ear, Taken, addresses, ear, stored
from tests.mediation.walls.scene import Walled, stand_in, walled
from tests.mediation.walls.test_walls import SITS
from tests.world import World
from web.courier import duties, once

__all__ = ["ear"]

pytestmark = pytest.mark.pages


async def test_no_canary_sings_where_it_must_not(
    app: Starlette, town: World, ear: Ear, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    made = await walled(town)
    await stand_in(Phase.TALKS, made)
    await plant(made, town, app.state.files)
    await once(duties(app), app.state.clock)
    heard = {seat: await everything(ear, app, made, seat, person) for seat, person in made.people.items()}
    leaks = [
        f"{seat or 'nobody'}: {word} in {where}"
        for seat, taken in heard.items()
        for where, text in taken.texts
        for word in sung(text, allowed=lambda canary, seat=seat: seat in canary.may)  # type: ignore[misc]
    ]
    leaks += [f"letters: {word} in {where}" for where, text in await letters(ear) for word in sung(text, nowhere)]
    leaks += [
        f"the database: {word} in {name}" for name, text in (await stored()).items() for word in sung(text, nowhere)
    ]
    leaks += [f"the log: {word}" for word in sung(caplog.text, nowhere)]
    assert not leaks, "\n".join(leaks)
    deaf = [each.word for each in CANARIES if each.finder and not hears(heard[each.finder], each)]
    assert not deaf, f"nobody hears {deaf}, so the search proves nothing"
    assert sum(len(taken.texts) for taken in heard.values()) > 1000


def nowhere(_canary: Canary) -> bool:
    """Say that no canary may sing here."""
    return False


def hears(taken: Taken, canary: Canary) -> bool:
    """Return whether somebody found a canary."""
    return any(canary.word in text for _, text in taken.texts)


async def everything(ear: Ear, app: Starlette, made: Walled, seat: Seat | None, person: Person) -> Taken:
    """Ask for every page, search, call of the API, wrong form and socket as somebody."""
    taken, values = Taken(), await known(made)
    pages = [url for url in addresses(app.routes, "GET", values) if made.case.code in url]
    looking = [
        f"/{where}?q={words}" for where in ("search", "desk", "disputes") for words in ("Kanari", "最低可以接受")
    ]
    await ear.call(person, [url for url in addresses(app.routes, "GET", values) if url.startswith("/api/")], taken)
    await ear.walk(person, ["/", "/desk", "/no-such-page", *looking, *pages], taken, {})
    wrong = [url for url in addresses(app.routes, "POST", values) if "/rooms/" in url]
    await ear.post(person, [url for url in wrong if outside(made, seat, url)], {"client_id": "!", "seq": "1"}, taken)
    lives = [f"/cases/{made.case.code}/rooms/{room.code}/live" for room in made.rooms.values()]
    await asyncio.gather(*[ear.listen(person, live, taken) for live in lives])
    return taken


def outside(made: Walled, seat: Seat | None, url: str) -> bool:
    """Return whether ``seat`` has no business in the room of an address, so that a form there changes nothing."""
    return any(room.code in url and seat not in SITS[name] for name, room in made.rooms.items())


async def known(made: Walled) -> dict[str, list[str]]:
    """Return what can be put into an address by somebody who knows every code of the case."""
    parties = [party.code for party in await Party.filter(case_id=made.case.id)]
    rooms = [room.code for room in made.rooms.values()]
    proofs = await EvidenceFile.filter(item__case_id=made.case.id).select_related("item")
    pieces = {"item": [each.item.code for each in proofs], "file": [each.code for each in proofs]}
    return {**pieces, "code": [made.case.code], "room": rooms, "party": parties, "n": ["1"], "seq": ["1", "2"]}


async def letters(ear: Ear) -> list[tuple[str, str]]:
    """Return every letter of the outbox, as text and as a page."""
    taken = Taken()
    codes = [mail.code for mail in await Mail.all()]
    assert codes
    await ear.walk(None, [f"/outbox/{code}{tail}" for code in codes for tail in ("", "/html")], taken, {})
    return taken.texts
