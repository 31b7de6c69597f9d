"""What is done to a record by the forms of its page."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.models import Person
from mediation.case.queries import HIDDEN
from mediation.minutes import sealing, speaking, writing
from mediation.minutes.queries import record_of
from mediation.minutes.speaking import OnPaper
from web.forms import Filled, Form, read
from web.mediation.minutes import forms, pages, showing
from web.mediation.minutes.printed import printed
from web.page import done, url_for
from web.person import now, signed_in

Doing = Callable[[str, str, Any, Person, datetime], Awaitable[object]]


async def _state(code: str, record: str, data: forms.StatementForm, me: Person, at: datetime) -> object:
    given = {"speaker": data.speaker, "words": data.words, "corrects": data.corrects}
    return await writing.state(code, record, **given, by=me, at=at)  # type: ignore[arg-type]


async def _send(code: str, record: str, _: forms.NothingForm, me: Person, at: datetime) -> None:
    await writing.send_round(code, record, by=me, at=at)


async def _speak(code: str, record: str, data: forms.SpeakForm, me: Person, at: datetime) -> object:
    said = {"agreed": data.agreed == "yes", "words": data.words}
    return await speaking.speak(code, record, data.party, data.n, **said, by=me, at=at)  # type: ignore[arg-type]


async def _paper(code: str, record: str, data: forms.PaperForm, me: Person, at: datetime) -> object:
    said: dict[str, Any] = {"agreed": data.agreed == "yes", "words": data.words}
    said["paper"] = OnPaper(data.mark, data.witness)
    return await speaking.speak(code, record, data.party, data.n, **said, by=me, at=at)


async def _refuse(code: str, record: str, data: forms.RefuseForm, me: Person, at: datetime) -> None:
    await speaking.refuse(code, record, data.party, why=data.why, witness=data.witness, by=me, at=at)


async def _countersign(code: str, record: str, data: forms.ShownForm, me: Person, at: datetime) -> None:
    await sealing.countersign(code, record, shown=data.shown, by=me, at=at)


async def _seal(code: str, record: str, data: forms.ShownForm, me: Person, at: datetime) -> object:
    return await sealing.seal(code, record, shown=data.shown, by=me, at=at)


async def _drop(code: str, record: str, data: forms.WhyForm, me: Person, at: datetime) -> None:
    await writing.drop(code, record, why=data.why, by=me, at=at)


class Doer(NamedTuple):
    """What one form of the page does."""

    form: type[Form]
    do: Doing


DEEDS: Final[Mapping[str, Doer]] = {
    "statements": Doer(forms.StatementForm, _state),
    "round": Doer(forms.NothingForm, _send),
    "words": Doer(forms.SpeakForm, _speak),
    "paper": Doer(forms.PaperForm, _paper),
    "refusals": Doer(forms.RefuseForm, _refuse),
    "recorder": Doer(forms.ShownForm, _countersign),
    "seal": Doer(forms.ShownForm, _seal),
    "drop": Doer(forms.WhyForm, _drop),
}

BY_HAND: Final = frozenset({"paper", "refusals"})
"""Deeds whose form stands on the page of one party."""


async def deed(request: Request) -> Response:
    """Do what one of the forms asks for."""
    me, at, params = signed_in(request), now(request), request.path_params
    wanted = DEEDS.get(params["deed"])
    await record_of(me, params["code"], params["record"], at=at)
    if wanted is None:
        raise Hidden(HIDDEN)
    form = await read(request, wanted.form)
    if form.data is None:
        return await _again(request, form)
    try:
        await wanted.do(params["code"], params["record"], form.data, me, at)
    except Unfit as why:
        return await _again(request, form.with_error(why))
    return done(url_for("case-record", code=params["code"], record=params["record"]))


async def _again(request: Request, form: Filled[Any]) -> Response:
    """Show the page that a form stands on, with what was wrong."""
    deed, party = request.path_params["deed"], form.value("party")
    if deed in BY_HAND and isinstance(party, str):
        return await showing.by_hand(request, party, form, deed)
    return await showing.shown(request, form, deed)


async def sheet(request: Request) -> Response:
    """Return the PDF of a record that is sealed."""
    code, record = request.path_params["code"], request.path_params["record"]
    found = await record_of(signed_in(request), code, record, at=now(request))
    return await printed(request, found)


routes = [
    Route(f"{pages.BASE}/{{record}}/record.pdf", sheet, name="case-record-pdf"),
    Route(f"{pages.BASE}/{{record}}/{{deed}}", deed, methods=["POST"], name="case-record-deed"),
]
