"""What was done with help about a matter, for everybody; and the form of whoever helps."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.codes import new_code
from community.errors import Forbidden, Unfit
from community.files.models import Upload
from community.helping.commands import sent_before
from community.helping.queries import neighbours
from community.helping.rules import DAYS, Deed, How
from community.people.models import Person
from community.people.roles import all_roles
from community.places.models import Resident
from community.rights import Right, may
from deliberation.aid.doing import help_once
from deliberation.aid.queries import helped_with
from deliberation.debate.rules import OPEN_IN, WORDS, Position
from deliberation.matter.models import Matter
from deliberation.matter.queries import text_of
from deliberation.matter.states import State
from web.community.files.receive import BODY, receive
from web.community.helping.words import DURATIONS
from web.deliberation.aid.forms import HelpForm
from web.deliberation.subpage import matter_here
from web.forms import Filled, read, with_files
from web.page import done, page
from web.person import now, signed_in

HERE: Final = "deliberation/aid"


async def show(request: Request) -> Response:
    """List what was done with help: the deed, the office, the day; never a name."""
    matter = await matter_here(request)
    return await page(request, f"{HERE}/show.html", {"matter": matter, "rows": await helped_with(matter)})


async def _helper(request: Request) -> Person:
    person = signed_in(request)
    if not may(await all_roles(person, at=now(request)), Right.ASSIST):
        raise Forbidden("代办要由网格员或者居委会工作人员来办。")
    return person


async def fresh(request: Request) -> Response:
    """Look for the resident, then give the form."""
    person, matter = await _helper(request), await matter_here(request)
    wanted = request.query_params.get("resident", "")
    if wanted:
        start = {"resident": wanted, "token": new_code(24), "deeds": _first(matter)}
        return await _form(request, person, matter, Filled(start, None, {}))
    typed = request.query_params.get("who", "").strip()[:80]
    found = await neighbours(person, typed, at=now(request))
    view = {"matter": matter, "typed": typed, "found": found}
    return await page(request, f"{HERE}/find.html", view)


def _first(matter: Matter) -> list[str]:
    return [Deed.ENDORSE.value] if matter.state is State.ENDORSING else [Deed.COMMENT.value]


async def give(request: Request) -> Response:
    """Keep the proof first, then do what was asked for, once; what is wrong comes back with everything typed."""
    person, matter = await _helper(request), await matter_here(request)
    filled = await read(request, HelpForm)
    before = await sent_before(str(filled.value("token")), by=person)
    if before:
        return done(f"/helping/{before.code}")
    try:
        filled = await _with_proof(request, person, filled)
        if filled.data is None:
            return await _form(request, person, matter, filled, status=422)
        given = filled.data.given(matter.id, str(filled.value("kept")))
        made = await help_once(given, later=filled.data.later, by=person, at=now(request))
    except Unfit as why:
        return await _form(request, person, matter, filled.with_error(why), status=422)
    return done(f"/helping/{made.code}")


async def _with_proof(request: Request, person: Person, filled: Filled[HelpForm]) -> Filled[HelpForm]:
    """Return the form with the code of its proof: just received, or kept from an earlier try of the same person."""
    given, kept = filled.value("proof", None), str(filled.value("kept"))
    code = ""
    if given:
        try:
            code = (await receive(request, given, by=person, sound=True)).code
        except Unfit as why:
            return filled.with_error(Unfit(why.reason, field="proof", **why.facts))
    elif await Upload.exists(code=kept, owner_id=person.id, about=""):
        code = kept
    return Filled({**filled.typed, "proof": "", "kept": code}, filled.data, filled.errors)


async def _form(
    request: Request, person: Person, matter: Matter, filled: Filled[HelpForm], *, status: int = 200
) -> Response:
    found = await _resident(request, person, str(filled.value("resident")))
    view: Mapping[str, Any] = {
        "matter": matter,
        "text": await text_of(matter),
        "filled": filled,
        "resident": found,
        "age": _age(found, request),
        "hows": list(How),
        "deeds": _deeds(matter),
        "positions": list(Position),
        "durations": [(day, DURATIONS[day]) for day in DAYS],
        "most": WORDS[1],
    }
    return await page(request, f"{HERE}/form.html", view, status=status)


def _deeds(matter: Matter) -> list[Deed]:
    """Return what can be done about a matter where it stands."""
    deeds = [Deed.ENDORSE] if matter.state is State.ENDORSING else []
    return deeds + ([Deed.COMMENT] if matter.state in OPEN_IN else [])


async def _resident(request: Request, person: Person, code: str) -> Resident:
    """Return the row of the roll when ``person`` may help there.

    Raises:
        Forbidden: it is not theirs to help, or there is none.
    """
    row = await Resident.get_or_none(code=code, moved_out=None)
    found = await neighbours(person, row.name, at=now(request)) if row else []
    same = next((each for each in found if each.code == code), None)
    if same is None:
        raise Forbidden("您只能替自己片区里的居民办事。请联系居委会安排。")
    return same


def _age(resident: Resident, request: Request) -> int | None:
    born, today = resident.born_on, now(request).date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) if born else None


routes = [
    Route("/matters/{id:int}/helping", show, name="matter-helping"),
    Route("/matters/{id:int}/helping", with_files(give), methods=["POST"], name="matter-help", max_body_size=BODY),
    Route("/matters/{id:int}/helping/new", fresh, name="matter-help-new"),
]
