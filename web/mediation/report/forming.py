"""The quarterly form and how the work went: two more pages of the statistics, and the form as files."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mediation.confirmation.grounds import Denial
from mediation.report import measures, rules, tail
from mediation.report.ending import facts_of
from mediation.report.outcomes import Outcomes, outcomes_of
from mediation.report.queries import Sets, sets_of
from mediation.report.rules import Share
from mediation.report.working import FIRST_CONTACT, Work, work_of
from web.locale import say
from web.mediation.report import bridging, sheets
from web.mediation.report.pages import DAY, span
from web.page import page, prefs_of
from web.person import now, signed_in
from web.xlsx import TYPE, Cell

PUBLIC = "public"
LOWER = "after"


async def form(request: Request) -> Response:
    """Show the form of a time, exact or as the public may see it."""
    since, until = span(request)
    sets = await sets_of(signed_in(request), at=now(request))
    joined, hidden = rules.assisted(sets.joined, since, until), _hidden(request)
    view = {"since": since, "last": until - DAY, "hidden": hidden, "tables": _upper(request, sets)}
    view["assisted"] = rules.small(joined) if hidden else joined
    return await page(request, "mediation/report/form.html", view)


async def lower(request: Request) -> Response:
    """Show the lower part of the form: what came after the talks."""
    since, until = span(request)
    view = {"since": since, "last": until - DAY, "hidden": _hidden(request), "tables": [await _lower(request)]}
    return await page(request, "mediation/report/form.html", view)


async def form_csv(request: Request) -> Response:
    """Give the form as CSV."""
    return _file(request, sheets.as_csv(await _tables(request)), "csv", "text/csv; charset=utf-8")


async def form_xlsx(request: Request) -> Response:
    """Give the form as a workbook."""
    return _file(request, sheets.as_xlsx(await _tables(request)), "xlsx", TYPE)


async def work(request: Request) -> Response:
    """Show how the work of a time went."""
    since, until = span(request)
    done = await work_of(signed_in(request), since, until, at=now(request))
    return await page(request, "mediation/report/work.html", {"since": since, "last": until - DAY, **told(done)})


def told(done: Work) -> dict[str, object]:
    """Return what the page shows: shares with their figures, and times."""
    return {
        "engaged": measures.engaged(done.engaged),
        "responded": measures.responded(done.waits, FIRST_CONTACT),
        "at_once": measures.at_once(done.at_once, done.agreed),
        "precise": measures.precise(done.alarms),
        "answered": [measures.waited(done.alarms, each) for each in (measures.MEDIAN, measures.NINETY_FIVE)],
        "taken": [measures.taken(done.handovers, each) for each in (measures.MEDIAN, measures.NINETY)],
        "bounced": measures.bounced(done.handovers),
        "led": [(name, each.cases, measures.rates(each)) for name, each in sorted(done.led.items())],
        "least": measures.LEAST,
        "none": Share(0, 0),
    }


async def after(request: Request) -> Response:
    """Show what came after the talks of a time."""
    since, until = span(request)
    done = await outcomes_of(signed_in(request), since, until, at=now(request))
    view = {"since": since, "last": until - DAY}
    return await page(request, "mediation/report/after.html", {**view, **came(done)})


def came(done: Outcomes) -> dict[str, object]:
    """Return what the page of what came after shows."""
    return {
        "heard": measures.answered(done.after.marks),
        "pleased": measures.pleased(done.after.marks),
        "solved": measures.solved(done.after.solved),
        "one_visit": measures.one_visit(done.after.visits),
        "filed": measures.filed(done.courts.eligible, done.courts.applied),
        "confirmed": measures.confirmed(done.courts.rulings),
        "refused": [(Denial(why), n) for why, n in measures.reasons(done.courts.refused)],
        "spread": done.spread,
    }


async def _tables(request: Request) -> list[list[list[Cell]]]:
    if request.query_params.get("part") == LOWER:
        return [await _lower(request)]
    return _upper(request, await sets_of(signed_in(request), at=now(request)))


def _upper(request: Request, sets: Sets) -> list[list[list[Cell]]]:
    return sheets.sheets(sets.cases, *span(request), hidden=_hidden(request), say=_say(request))


async def _lower(request: Request) -> list[list[Cell]]:
    since, until = span(request)
    facts = await facts_of(signed_in(request), since, until, at=now(request))
    return sheets.lower(tail.groups(facts, since, until), hidden=_hidden(request), say=_say(request))


def _say(request: Request) -> sheets.Say:
    lang = prefs_of(request).lang
    return lambda words: say(lang, words)


def _hidden(request: Request) -> bool:
    return request.query_params.get("as") == PUBLIC


def _file(request: Request, body: bytes, ending: str, kind: str) -> Response:
    since, until = span(request)
    marks = ["after"] * (request.query_params.get("part") == LOWER) + ["public"] * _hidden(request)
    name = f"attachment; filename={'-'.join(['form', str(since), str(until - DAY), *marks])}.{ending}"
    return Response(body, media_type=kind, headers={"Content-Disposition": name})


routes = [
    *bridging.routes,
    Route("/desk/report/form", form, name="case-form"),
    Route("/desk/report/form/after", lower, name="case-form-after"),
    Route("/desk/report/form.csv", form_csv, name="case-form-csv"),
    Route("/desk/report/form.xlsx", form_xlsx, name="case-form-xlsx"),
    Route("/desk/report/work", work, name="case-work"),
    Route("/desk/report/after", after, name="case-after"),
]
