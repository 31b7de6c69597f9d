"""A letter as a sheet of A4: address, one code to answer by, and not a word of the matter or of amounts."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from community.calendar.rules import local_day
from community.errors import Unfit
from mediation.appointment.letters import token_for
from mediation.appointment.models import Appointment
from mediation.letters.models import Letter
from mediation.letters.queries import block, facts_in
from mediation.letters.rules import LetterKind
from web.locale import say
from web.mediation.intake.letters import LINES, NO_FONT
from web.page import chrome, url_for
from web.paper import qr_drawing
from web.person import now
from web.typeset.sheet import NoFont, NoGlyph, Sheet, pdf
from web.words import N_

HOME: Final = "zh-CN"
TITLES: Final = {
    LetterKind.INVITATION: N_("调解邀请函"),
    LetterKind.CONSENT: N_("请您答复"),
    LetterKind.HEARING: N_("约您见面"),
    LetterKind.NOTICE: N_("告知书"),
}
HELLO: Final = N_("您好：")
NO_NET: Final = N_("不上网也行：打下面的电话报查询码，或者拿着这封信到社区窗口来。")
SCAN: Final = N_("扫码答复")
LACKS_GLYPH: Final = N_("收信人的姓名或地址里有的字，这台机器排不出来。请先手写信封，再请管理员补装字体。")


async def sheet_of(request: Request, letter: Letter, token: str) -> Response:
    """Hand out the PDF of a letter, in Chinese, as it goes to the addressee and nobody's screen."""
    address = request.app.state.settings.site_url + await way(letter, token)
    notes = LINES if letter.kind is LetterKind.INVITATION else (HELLO, letter.sentence)
    site = (await chrome(request))["site"]
    sheet = Sheet(
        head=letter.case.org.name,
        title=say(HOME, TITLES[letter.kind]),
        on=local_day(now(request)),
        qr=qr_drawing(address),
        address=address,
        scan=say(HOME, SCAN),
        sign=(letter.case.org.name,),
        notes=[*block(letter.party), "", *(say(HOME, line, **facts_in(letter)) for line in (*notes, NO_NET))],
        facts=(("查询码", letter.case.code), ("信的编号", letter.code), ("电话", site.phone)),  # type: ignore[attr-defined]
        lang=HOME,
    )
    try:
        content = await pdf(sheet)
    except NoFont as why:
        raise Unfit(NO_FONT) from why
    except NoGlyph as why:
        raise Unfit(LACKS_GLYPH) from why
    head = {"Content-Disposition": f'inline; filename="letter-{letter.code}.pdf"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/pdf", headers=head)


async def way(letter: Letter, token: str) -> str:
    """Return where the code of a letter leads: to the answer it asks for, else to its own page."""
    if token:
        return url_for("invitation", token=token)
    row = await Appointment.get_or_none(code=letter.link) if letter.link else None
    if row:
        return url_for("appointment-link", token=token_for(row, letter.party))
    return url_for("letter-here", code=letter.code)
