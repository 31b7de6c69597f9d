"""The page that lists the blank forms, and each as PDF, for everybody."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from mediation.case.queries import HIDDEN
from web.mediation.blank.form import Blank
from web.mediation.blank.listing import FORMS
from web.mediation.intake.letters import NO_FONT
from web.page import page
from web.typeset.filled import Paper, typed
from web.typeset.sheet import NoFont


async def typeset(blank: Blank) -> bytes:
    """Return a form as PDF, the same bytes each time; raises as `web.typeset.sheet.pdf`."""
    lines = [(*line, "") for line in blank.lines]
    return await typed(
        Paper(title=blank.title, lines=lines, signed=blank.signed, told=blank.told, before=blank.before, by_hand=True)
    )


async def all_blank(request: Request) -> Response:
    """List the forms, to be printed before they are needed."""
    return await page(request, "mediation/blank/blank.html", {"forms": FORMS})


async def one(request: Request) -> Response:
    """Hand one form out as PDF."""
    blank = FORMS.get(request.path_params["form"])
    if blank is None:
        raise Hidden(HIDDEN)
    try:
        made = await typeset(blank)
    except NoFont as why:
        raise Unfit(NO_FONT) from why
    return Response(made, media_type="application/pdf")


routes = [
    Route("/forms/blank", all_blank, name="blank-forms"),
    Route("/forms/blank/{form}.pdf", one, name="blank-form"),
]
