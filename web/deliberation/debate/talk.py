"""What people said on pages of its own: the list, the two sides, one comment with its answers; 有帮助; rewording."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, MovedOn, Unfit
from community.moderation.models import Hiding
from community.people.models import Person
from deliberation.debate import queries
from deliberation.debate.marking import mark_helpful, unmark_helpful
from deliberation.debate.models import Comment
from deliberation.debate.rewording import reword
from deliberation.debate.rules import OPEN_IN, Accord, Position
from deliberation.matter.models import Matter
from deliberation.matter.queries import actors_of, find
from deliberation.matter.states import State
from deliberation.matter.workflow import Verb, steps_for
from web.deliberation.asking import number
from web.deliberation.debate.forms import WordsForm
from web.forms import Filled, read
from web.page import done, page
from web.person import maybe, now, signed_in

PRESSES: Final[Mapping[str, Callable[..., Awaitable[Comment]]]] = {
    "helpful": mark_helpful,
    "not-helpful": unmark_helpful,
}


async def seen(person: Person | None, matter: Matter, said: Sequence[Comment]) -> dict[str, Any]:
    """Return what ``_one.html`` needs to show these comments to a reader: two queries, however many they are."""
    hidden = [f"comment-{each.id}" for each in said if each.hidden_at and person and each.author_id == person.id]
    own = await Hiding.filter(live__in=hidden) if hidden else []
    return {
        "matter": matter,
        "marked": await queries.marked(person, said),
        "appeals": {hiding.subject: hiding.code for hiding in own},
        "talking": matter.state in OPEN_IN,
    }


async def index(request: Request) -> Response:
    """List what was said first in each thread, newest first, all of it or one position."""
    person, typed = maybe(request), request.query_params.get("position", "")
    matter = await find(person, request.path_params["id"])
    position = Position(typed) if typed in set(Position) else None
    said, more = await queries.listed(matter, position=position, before=number(request, "before"))
    view = {"said": said, "next": more, "position": position, "positions": list(Position)}
    return await page(request, "deliberation/debate/index.html", {**view, **await seen(person, matter, said)})


async def arguments(request: Request) -> Response:
    """Show what speaks for it and what speaks against it, side by side."""
    person = maybe(request)
    matter = await find(person, request.path_params["id"])
    here = max(number(request, "page") or 1, 1)
    pro, con, more = await queries.arguments(matter, page=here)
    view = {"pro": pro, "con": con, "here": here, "more": more}
    return await page(
        request, "deliberation/debate/arguments.html", {**view, **await seen(person, matter, [*pro, *con])}
    )


async def show(request: Request) -> Response:
    """Show one comment, its earlier wordings and its answers, with the box to answer."""
    return await thread(request, request.path_params["code"], Filled({}, None, {}))


async def thread(request: Request, code: str, filled: Filled[Any], *, status: int = 200) -> Response:
    """Show the page of one comment with a form as it was filled in."""
    person = maybe(request)
    matter, comment = await queries.said(person, request.path_params["id"], code)
    head = await queries.head_of(comment)
    answers, more = await queries.answers_to(head, after=number(request, "after") or 0)
    actors = await actors_of(person, matter, at=now(request))
    view = {
        "comment": comment,
        "head": head,
        "answers": answers,
        "next": more,
        "earlier": [] if comment.hidden_at else await queries.wordings(comment),
        "noted": await queries.noted(comment),
        "may_note": Verb.NOTE_OPINION in {step.verb for step in steps_for(State(matter.state), actors)},
        "accords": list(Accord),
        "said_form": filled,
        "positions": list(Position),
    }
    shown = [head, *([comment] if comment is not head else []), *answers]
    return await page(
        request, "deliberation/debate/show.html", {**view, **await seen(person, matter, shown)}, status=status
    )


async def press(request: Request) -> Response:
    """Mark a comment as helpful, or take that back; pressed twice it stays as it is."""
    person, code = signed_in(request), request.path_params["code"]
    matter, comment = await queries.said(person, request.path_params["id"], code)
    try:
        comment = await PRESSES[request.url.path.rsplit("/", 1)[1]](code, by=person, at=now(request))
    except MovedOn:
        await comment.refresh_from_db()
    view = {"comment": comment, **await seen(person, matter, [comment])}
    if request.headers.get("hx-request-type") == "partial":
        return await page(request, "deliberation/debate/_helpful.html", view)
    return done(f"/matters/{matter.id}/comments/{code}#c-{code}")


async def words(request: Request) -> Response:
    """Show the words of one's own comment to be changed, or keep them changed."""
    person, code = signed_in(request), request.path_params["code"]
    matter, comment = await queries.said(person, request.path_params["id"], code)
    if comment.author_id != person.id or comment.hidden_at or matter.state not in OPEN_IN:
        raise Hidden("现在不能修改这条留言。")
    if request.method != "POST":
        return await _sheet(request, matter, comment, Filled({"words": comment.words}, None, {}))
    filled = await read(request, WordsForm)
    if filled.data is None:
        return await _sheet(request, matter, comment, filled, status=422)
    try:
        await reword(code, filled.data.words, by=person, at=now(request))
    except Unfit as why:
        return await _sheet(request, matter, comment, filled.with_error(why), status=422)
    return done(f"/matters/{matter.id}/comments/{code}#c-{code}")


async def _sheet(
    request: Request, matter: Matter, comment: Comment, filled: Filled[WordsForm], *, status: int = 200
) -> Response:
    view = {"matter": matter, "comment": comment, "filled": filled}
    return await page(request, "deliberation/debate/words.html", view, status=status)


routes = [
    Route("/matters/{id:int}/comments", index, name="matter-talk"),
    Route("/matters/{id:int}/arguments", arguments, name="matter-arguments"),
    Route("/matters/{id:int}/comments/{code}", show, name="comment"),
    Route("/matters/{id:int}/comments/{code}/words", words, methods=["GET", "POST"], name="comment-words"),
    *[
        Route(f"/matters/{{id:int}}/comments/{{code}}/{noun}", press, methods=["POST"], name=f"comment-{noun}")
        for noun in PRESSES
    ],
]
