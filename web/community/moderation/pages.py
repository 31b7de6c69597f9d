"""Reporting, the moderators' queue, the file of one hiding, and appeals."""

from datetime import datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden, Hidden, Unfit
from community.moderation import appealing, hiding, queries, reporting
from community.moderation.content import find_content
from community.moderation.rules import REPORTABLE, Reason, State, Verdict, appeal_until
from community.people.models import Person
from community.privacy.scan import mask_text
from community.rights import Right
from web.community.moderation import log_feed, open_log
from web.community.moderation.forms import AnswerForm, AppealForm, DecideForm, LookForm, ReportForm, SecondForm
from web.community.moderation.views import item_of
from web.community.moderation.words import CLAUSES, kind_of
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in

EMPTY: Final[Filled[Any]] = Filled({}, None, {})


async def ask_report(request: Request) -> Response:
    """Show the form for reporting something."""
    return await _report(request, signed_in(request), request.query_params.get("about", ""))


async def report(request: Request) -> Response:
    """Take a report and thank for it."""
    person, filled = signed_in(request), await read(request, ReportForm)
    form = filled.data
    if form is None:
        return await _report(request, person, str(filled.value("about")), filled)
    try:
        await reporting.report(form.about, form.reason, form.words, by=person, at=now(request))
    except Unfit as why:
        return await _report(request, person, form.about, filled.with_error(why))
    view = {"url": (await find_content(form.about)).url}
    return await page(request, "community/moderation/reported.html", view)


async def _report(request: Request, person: Person, about: str, filled: Filled[Any] | None = None) -> Response:
    content = await find_content(about)
    if not await content.visible_to(person, at=now(request)):
        raise Hidden("没有找到这条内容。它可能已经删掉了，也可能您还没有权限看。")
    view = {"about": about, "content": content, "reasons": REPORTABLE, "clauses": CLAUSES, "form": filled or EMPTY}
    return await page(request, "community/moderation/report.html", view, status=422 if filled else 200)


async def desk(request: Request) -> Response:
    """Show what waits, the oldest first, and the form for the one on top or the one asked for."""
    return await _desk(request, about=request.query_params.get("about", ""))


async def decide(request: Request) -> Response:
    """Decide about something reported, and go on to the next."""
    person, filled = signed_in(request), await read(request, DecideForm)
    if filled.data is None:
        return await _desk(request, about=str(filled.value("about")), filled=filled)
    try:
        await _decide(filled.data, person, now(request))
    except Unfit as why:
        return await _desk(request, about=filled.data.about, filled=filled.with_error(why))
    return done("/moderation?done=1")


async def _decide(form: DecideForm, person: Person, at: datetime) -> None:
    if form.verdict is not Verdict.HIDE:
        await reporting.settle(form.about, form.verdict, form.words, by=person, at=at)
        return
    if form.reason is None:
        raise Unfit("请选一个理由，它会公开。", field="reason")
    order = hiding.Order(form.reason, form.words, form.link, form.document)
    await hiding.hide(form.about, order, by=person, at=at)


async def look(request: Request) -> Response:
    """Show the words without the mask; the record says who looked."""
    person, filled = signed_in(request), await read(request, LookForm)
    about = filled.data.about if filled.data else ""
    original = await appealing.read_original(about, by=person, at=now(request))
    return await _desk(request, about=about, original=original)


async def _desk(
    request: Request, *, about: str = "", original: str = "", filled: Filled[Any] | None = None
) -> Response:
    person, at = signed_in(request), now(request)
    if not await queries.communities(person, Right.CONTENT_MODERATE, at=at):
        raise Forbidden("您现在的身份不能办这件事。需要帮忙，请联系居委会。")
    waiting = await queries.queue(person, at=at)
    top = next((each for each in waiting if each.subject == about), waiting[0] if waiting else None)
    view = {
        "waiting": waiting,
        "item": await item_of(top, original=original) if top else None,
        "seconds": await queries.to_confirm(person, at=at),
        "appeals": len(await queries.appeals(person, at=at)),
        "verdicts": list(Verdict),
        "reasons": list(Reason),
        "clauses": CLAUSES,
        "kind_of": kind_of,
        "decided": "done" in request.query_params,
        "form": filled or EMPTY,
    }
    return await page(request, "community/moderation/desk.html", view, status=422 if filled else 200)


async def show(request: Request) -> Response:
    """Show one hiding to its author, to moderators and to those who answer appeals."""
    return await _show(request)


async def look_at(request: Request) -> Response:
    """Show the words of one hiding without the mask; the record says who looked."""
    person, at = signed_in(request), now(request)
    found = await queries.find_hiding(person, request.path_params["code"], at=at)
    return await _show(request, original=await appealing.read_original(found.subject, by=person, at=at))


async def second(request: Request) -> Response:
    """Take the second person's yes or no."""
    filled = await read(request, SecondForm)
    if filled.data is None:
        return await _show(request, filled)
    agree = filled.data.agree == "yes"
    await hiding.second(await _code(request), agree=agree, by=signed_in(request), at=now(request))
    return done(request.url.path.rsplit("/", 1)[0])


async def appeal(request: Request) -> Response:
    """Take the author's appeal."""
    filled = await read(request, AppealForm)
    if filled.data is None:
        return await _show(request, filled)
    try:
        await appealing.appeal(await _code(request), filled.data.words, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _show(request, filled.with_error(why))
    return done(request.url.path.rsplit("/", 1)[0])


async def answer(request: Request) -> Response:
    """Answer an appeal."""
    filled = await read(request, AnswerForm)
    if filled.data is None:
        return await _show(request, filled)
    restore, words = filled.data.restore == "yes", filled.data.words
    await appealing.answer(await _code(request), words, restore=restore, by=signed_in(request), at=now(request))
    return done(request.url.path.rsplit("/", 1)[0])


async def _code(request: Request) -> str:
    """Return the code of the hiding in the address, for those who may see it."""
    found = await queries.find_hiding(signed_in(request), request.path_params["code"], at=now(request))
    return found.code


async def _show(request: Request, filled: Filled[Any] | None = None, *, original: str = "") -> Response:
    person, at = signed_in(request), now(request)
    found = await queries.find_hiding(person, request.path_params["code"], at=at)
    content, until = await find_content(found.subject), appeal_until(found.at)
    words = content.excerpt if found.author_id == person.id else original or mask_text(content.excerpt)
    view = {
        "hiding": found,
        "words": words,
        "masked": words != content.excerpt,
        "kind": kind_of(found.subject),
        "clause": CLAUSES[found.reason],
        "until": until,
        "mine": found.author_id == person.id,
        "may_appeal": found.author_id == person.id and found.state is State.STANDING and at < until,
        "may_second": found.code in {each.code for each in await queries.to_confirm(person, at=at)},
        "may_answer": found.code in {each.code for each in await queries.appeals(person, at=at)},
        "form": filled or EMPTY,
    }
    return await page(request, "community/moderation/hidden.html", view, status=422 if filled else 200)


async def appeals(request: Request) -> Response:
    """List the appeals that wait for the reader's answer, the most urgent first."""
    person, at = signed_in(request), now(request)
    if not await queries.communities(person, Right.APPEAL_DECIDE, at=at):
        raise Forbidden("您现在的身份不能办这件事。需要帮忙，请联系居委会。")
    view = {"appeals": await queries.appeals(person, at=at), "kind_of": kind_of, "at": at}
    return await page(request, "community/moderation/appeals.html", view)


routes = [
    Route("/report", ask_report, name="report"),
    Route("/report", report, methods=["POST"]),
    Route("/moderation", desk, name="moderation"),
    Route("/moderation", decide, methods=["POST"]),
    Route("/moderation/original", look, methods=["POST"], name="moderation-original"),
    *open_log.routes,
    *log_feed.routes,
    Route("/moderation/hidden/{code}", show, name="hidden"),
    Route("/moderation/hidden/{code}/second", second, methods=["POST"], name="hidden-second"),
    Route("/moderation/hidden/{code}/original", look_at, methods=["POST"], name="hidden-original"),
    Route("/moderation/hidden/{code}/appeal", appeal, methods=["POST"], name="hidden-appeal"),
    Route("/moderation/hidden/{code}/answer", answer, methods=["POST"], name="hidden-answer"),
    Route("/appeals", appeals, name="appeals"),
]
