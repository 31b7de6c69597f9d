"""A sealed record as PDF: Chinese, with the labels in both languages for who reads in another."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from community.calendar.rules import local_day
from community.errors import Hidden, Unfit
from mediation.archive.genuine import record_number
from mediation.case.access import Thing
from mediation.case.queries import HIDDEN
from mediation.minutes.queries import Record
from mediation.minutes.rules import HandKind, RecordStage
from mediation.privacy.logging import note
from mediation.room.rules import Cover, Voice
from web.clock import BEIJING
from web.locale import SOURCE, say
from web.mediation.intake.letters import NO_FONT
from web.mediation.minutes.words import WORDS as KINDS
from web.mediation.room.words import WORDS
from web.page import prefs_of, url_for
from web.paper import qr
from web.person import now, signed_in
from web.typeset.sheet import NoFont, NoGlyph, Sheet, pdf
from web.typeset.signing import sealed
from web.words import N_

TITLE: Final = N_("调解笔录")
SCAN: Final = N_("扫码核对真假")
NO_GLYPH: Final = N_("笔录里有的字，这台机器的字体排不出来，不出缺字的 PDF。请先用网页打印，再请管理员补装字体。")
WHEN, PLACE, PRESENT, MATTER = N_("时间"), N_("地点"), N_("在场"), N_("事由")
RIGHTS: Final = N_("已告知各方：可以自己选调解员，可以随时停止，可以如实说也可以不说；让步不会被拿来当证据。")
CORRECTS: Final = N_("更正第 {n} 条")
GONE: Final = N_("（这一条不能看了）")
COVERED: Final = N_("（调解员遮住了这一条：{why}）")
AGREED: Final = N_("{name}：确认")
AGAINST: Final = N_("{name}：有异议：{words}")
BY_HAND: Final = N_("（纸面，见证人 {witness}）")
SIGNED_FOR: Final = N_("（{by} 代）")
BESIDE: Final = N_("（译文，翻译 {name}）{words}")
REFUSED: Final = N_("{name} 拒绝签字：{why}")


class Tongue:
    """Says a sentence in Chinese, and beside it in the reader's language where that is another."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, sentence: str, **facts: object) -> str:
        """Return the sentence with its facts."""
        own = sentence.format(**facts)
        return own if self.lang == SOURCE else f"{own} {say(self.lang, sentence).format(**facts)}"


async def printed(request: Request, found: Record) -> Response:
    """Return the PDF of a sealed record.

    Raises:
        Hidden: it is not sealed yet.
        Unfit: this machine has no Chinese font, or none for a letter in it.
    """
    if found.row.stage is not RecordStage.SEALED:
        raise Hidden(HIDDEN)
    await note(found.case, found.seats, (Thing.MINUTES,), by=signed_in(request), at=now(request))
    number = await record_number(found.case, found.row.n)
    try:
        content = await sealed(await pdf(_sheet(request, found, number)), request.app.state.settings)
    except NoFont as why:
        raise Unfit(NO_FONT) from why
    except NoGlyph as why:
        raise Unfit(NO_GLYPH) from why
    name = f'inline; filename="heyi-minutes-{found.case.code}-{found.row.n}.pdf"'
    return Response(
        content, media_type="application/pdf", headers={"Content-Disposition": name, "Cache-Control": "no-store"}
    )


def _sheet(request: Request, found: Record, number: str) -> Sheet:
    words, told = found.words, Tongue(prefs_of(request).lang)
    address = request.app.state.settings.site_url + url_for("paper", code=found.row.code)
    signed = tuple(f"{told(KINDS[HandKind(each['as'])])} {each['name']}" for each in words["hands"])
    return Sheet(
        head=words["org"],
        title=told(TITLE),
        on=local_day(found.row.ended_at or now(request)),
        qr=qr(address),
        address=address,
        scan=told(SCAN),
        sign=signed,
        facts=list(_facts(words, told)),
        notes=list(lines_of(words, told)),
        proof=[(told(N_("编号")), number), ("SHA-256", found.row.sha256)],
    )


def _facts(words: dict[str, Any], told: Tongue) -> Iterator[tuple[str, str]]:
    yield told(N_("查询码")), f"{words['case']}-{words['n']}"
    yield told(WHEN), _time(words["held_at"])
    yield told(PLACE), words["head"]["place"]
    yield told(PRESENT), "、".join(words["head"]["present"].splitlines())
    if words["head"]["matter"]:
        yield told(MATTER), words["head"]["matter"]


def lines_of(words: dict[str, Any], told: Tongue) -> Iterator[str]:
    """Return the record line by line, each entry with what every party said of it."""
    yield told(RIGHTS)
    for entry in words["entries"]:
        yield f"{entry['n']}. {_who(entry, told)}{_text(entry, told)}"
        yield from (told(BESIDE, name=each["name"], words=each["text"]) for each in entry["beside"])
        yield from (_marked(mark, told) for mark in entry["marks"])
    for each in words["refusals"]:
        yield told(REFUSED, name=each["name"], why=each["why"])


def _who(entry: dict[str, Any], told: Tongue) -> str:
    voice = f"（{told(WORDS[Voice(entry['voice'])])}）" if entry.get("voice") else ""
    corrects = f"〔{told(CORRECTS, n=entry['corrects'])}〕" if entry.get("corrects") else ""
    return f"{corrects}{entry['speaker']}{voice}："


def _text(entry: dict[str, Any], told: Tongue) -> str:
    gone = entry.get("gone")
    if not gone:
        return str(entry["text"])
    return told(COVERED, why=told(WORDS[Cover(gone)])) if gone in set(Cover) else told(GONE)


def _marked(mark: dict[str, Any], told: Tongue) -> str:
    said = told(AGREED, name=mark["name"]) if mark["agreed"] else told(AGAINST, name=mark["name"], words=mark["words"])
    if mark["paper"]:
        return said + told(BY_HAND, witness=mark["witness"])
    return said + (told(SIGNED_FOR, by=mark["by"]) if mark["by"] != mark["name"] else "")


def _time(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
