"""Who is told of a complaint, and of its answer. No names, no words."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from mediation.feedback.models import CaseComplaint
from web.mediation.intake.tellers import say_at
from web.teller import Teller
from web.words import N_

RAISED: Final = N_("有人对调解投诉，请您核查答复（查询码 {code}）")
ANSWERED: Final = N_("您的投诉有了答复，请登录查看（查询码 {code}）")


async def _row(event: Event) -> CaseComplaint:
    number = int(str(facts_of(event)["complaint"]))
    return await CaseComplaint.get(id=number).select_related("case")


async def raised(event: Event) -> None:
    """Tell whoever directs the body, but for the mediator it is about."""
    row = await _row(event)
    heads = set(await people_with(Right.CASE_DIRECT, org_id=row.case.org_id, at=event.at)) - {row.about_id}
    told, url, mark = {"code": row.case.code}, f"/desk/complaints/{row.code}", f"{event.kind}-{event.id}"
    await tell(heads, RAISED, told, url=url, at=event.at, topic="case", binding=True, dedupe=mark)


async def answered(event: Event) -> None:
    """Tell whoever complained."""
    row = await _row(event)
    await say_at([row.raised_by_id], ANSWERED, row.case, event, url=f"/cases/{row.case.code}/complaint")


TELLERS: Final[Mapping[str, Teller]] = {"complaint.raised": raised, "complaint.answered": answered}
