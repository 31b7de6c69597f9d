"""A record as a page, and the page of one party of it; each again with a form that was not right."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from community.errors import Hidden
from community.people.models import Person
from mediation.agreement.rules import PaperMark
from mediation.case.access import Thing
from mediation.case.keys import opened
from mediation.case.models import Party
from mediation.case.queries import HIDDEN
from mediation.case.standing import stood_for
from mediation.minutes.queries import Record, record_of, why_dropped
from mediation.minutes.rules import Deed, RecordStage
from mediation.minutes.text import Words, digest
from mediation.privacy.logging import note
from mediation.room.rules import Cover, Voice
from web.forms import Filled
from web.page import page, url_for
from web.person import now, signed_in

BLANK: Final[Filled[Any]] = Filled({}, None, {})
HERE: Final = "mediation/minutes"


async def shown(request: Request, form: Filled[Any], deed: str) -> Response:
    """Show a record, with a form of it that was not right."""
    found, me, at = await named(request), signed_in(request), now(request)
    await note(found.case, found.seats, (Thing.MINUTES,), by=me, at=at)
    view = await _view(found, me, request)
    return await page(
        request, f"{HERE}/show.html", {**view, "form": form, "deed": deed}, status=422 if form.errors else 200
    )


async def by_hand(request: Request, party_code: str, form: Filled[Any], deed: str) -> Response:
    """Show the page of one party of a record, with a form of it that was not right."""
    found = await named(request)
    which = next((each for each in found.parties if each.code == party_code), None)
    if Deed.PAPER not in found.deeds or which is None:
        raise Hidden(HIDDEN)
    left = [each for each in found.words["entries"] if not each.get("gone") and not _said(each, which)]
    view = {"record": found, "party": which, "name": opened(which, "name"), "entries": left, "deed": deed}
    view |= {"marks": list(PaperMark), "address": address(found), "form": form}
    return await page(request, f"{HERE}/party.html", view, status=422 if form.errors else 200)


def _said(entry: Words, party: Party) -> bool:
    return any(mark["party"] == party.sign for mark in entry["marks"])


async def _view(found: Record, me: Person, request: Request) -> dict[str, object]:
    mine = await stood_for(me, found.case.id, at=now(request)) if Deed.SPEAK in found.deeds else []
    sealed = found.row.stage is RecordStage.SEALED
    return {
        "record": found,
        "case": found.case,
        "words": found.words,
        "address": address(found),
        "mine": [each for each in found.parties if each.id in mine],
        "names": {each.sign: opened(each, "name") for each in found.parties},
        "shown": found.row.sha256 if sealed else digest(found.words),
        "may": {each.value for each in found.deeds},
        "marks": list(PaperMark),
        "why": why_dropped(found),
        "voices": {each.value: each for each in Voice},
        "covers": {each.value: each for each in Cover},
    }


async def named(request: Request) -> Record:
    """Return the record that an address names, as the reader has it."""
    code, record = request.path_params["code"], request.path_params["record"]
    return await record_of(signed_in(request), code, record, at=now(request))


def address(found: Record) -> str:
    """Return where a record is."""
    return url_for("case-record", code=found.case.code, record=found.row.code)
