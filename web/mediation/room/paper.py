"""The joint talk on paper: a page to print, in large print if wished, and a file of plain text."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mediation.privacy.logging import note_room
from mediation.room.queries import Entry, Line
from mediation.room.rules import LineKind
from mediation.room.transcript import PAGE, joint_talk, some, whole
from mediation.room.voice import spoken_of
from web.clock import BEIJING
from web.locale import say
from web.mediation.room.pages import address
from web.mediation.room.show import row, terms_of
from web.mediation.room.words import WORDS
from web.page import page, prefs_of
from web.person import now, signed_in
from web.words import N_

BROUGHT: Final = N_("{name}加了证据 {n}。")
SOUND: Final = N_("语音，{n} 秒")
RECALLED: Final = N_("已撤回")
TRANSLATED: Final = N_("译文，翻译 {name}")
COVERED: Final = N_("调解员遮住了这一条：{why}")
SPOKEN: Final = {
    LineKind.RECALL: N_("第 {n} 条撤回了。"),
    LineKind.COVER: N_("第 {n} 条遮住了。"),
    LineKind.UNCOVER: N_("第 {n} 条又可以看了。"),
    LineKind.TONGUE: N_("第 {n} 条有了译文。"),
}
"""What the platform's own lines say on paper."""


async def transcript(request: Request) -> Response:
    """Show a hundred lines to print, after the number that is asked for."""
    entry, after = await _entered(request), _after(request)
    lines = await some(entry, after=after)
    view = {
        "room": entry.room,
        "rows": [row(line, mine=False, at=now(request)) for line in lines],
        "address": address(entry),
        "next": lines[-1].seq if len(lines) == PAGE else None,
        "large": request.query_params.get("size") == "large",
        "after": after,
    }
    return await page(request, "mediation/room/transcript.html", view)


async def text(request: Request) -> Response:
    """Return the whole talk as a file of plain text."""
    entry, lang = await _entered(request), prefs_of(request).lang
    lines = [_written(line, lang) async for line in whole(entry)]
    name = f'attachment; filename="heyi-talk-{entry.room.case.code}.txt"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response("\n".join(lines) + "\n", media_type="text/plain; charset=utf-8", headers=headers)


async def _entered(request: Request) -> Entry:
    me, at, params = signed_in(request), now(request), request.path_params
    entry = await joint_talk(me, params["code"], params["room"], at=at)
    if entry.seat:
        await note_room(entry.room, entry.seat.voice, by=me, at=at)
    return entry


def _written(line: Line, lang: str) -> str:
    at = line.sent_at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
    who = f" {line.name}" if line.name else ""
    return f"{line.seq}\t{at}{who}\t{_words(line, lang)}"


def _words(line: Line, lang: str) -> str:
    if line.recalled:
        return say(lang, RECALLED)
    if line.covered:
        return say(lang, COVERED).format(why=say(lang, WORDS[line.covered]))
    return TOLD.get(line.kind, _platform)(line, lang)


def _said(line: Line, lang: str) -> str:
    own = say(lang, SOUND).format(n=spoken_of(line.text).seconds) if line.kind is LineKind.VOICE else line.text
    told = (f"[{say(lang, TRANSLATED).format(name=made.name)}] {made.text}" for made in line.tongues)
    return "\n\t".join([own, *told])


def _brought(line: Line, lang: str) -> str:
    return say(lang, BROUGHT).format(name=line.name, n=line.text.partition(" ")[0])


def _card(line: Line, lang: str) -> str:
    return f"{say(lang, WORDS[line.card.kind])} {terms_of(line.text)['text']}" if line.card and line.text else ""


def _reply(line: Line, lang: str) -> str:
    became = row(line, mine=False, at=line.sent_at).get("became", "")
    return say(lang, str(became)).format(name=line.name, n=line.reply_to) if became else ""


def _platform(line: Line, lang: str) -> str:
    sentence = SPOKEN.get(line.kind, line.text if line.kind is LineKind.SYSTEM else "")
    return say(lang, sentence).format(n=line.reply_to) if sentence else ""


TOLD: Final = {
    LineKind.TEXT: _said,
    LineKind.VOICE: _said,
    LineKind.EVIDENCE: _brought,
    LineKind.CARD: _card,
    LineKind.REPLY: _reply,
}
"""How lines that are more than a sentence of the platform read on paper."""


def _after(request: Request) -> int:
    typed = request.query_params.get("after", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0  # noqa: PLR2004 - 31 bits


routes = [
    Route("/cases/{code}/rooms/{room}/transcript", transcript, name="room-transcript"),
    Route("/cases/{code}/rooms/{room}/transcript.txt", text, name="room-transcript-text"),
]
