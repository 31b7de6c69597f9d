"""Papers of the demo: a notice under its number, an old dossier scanned and compared, a payment that is denied."""

import io
from datetime import date, timedelta
from typing import Final

from community.files.storage import Storage
from mediation.agreement.models import Obligation
from mediation.agreement.rules import ClauseKind, Duty
from mediation.archive.rules import Retention
from mediation.case.models import Case
from mediation.case.states import State
from mediation.digitised import comparing
from mediation.digitised.commands import Described, bring
from mediation.digitised.keeping import kept
from mediation.digitised.queries import shelves_of
from mediation.intake.rules import Kind
from mediation.papers.commands import issue
from mediation.papers.rules import Made
from mediation.paying import commands as paying
from mediation.paying.commands import Said
from web.demo.finished import picture
from web.demo.people import Town
from web.demo.story import Story

PAGES: Final = ("1 申请书", "2 受理登记表", "3 调解笔录", "4 调解协议书")
OLD: Final = Described(
    number="演民调卷〔2012〕7号",
    kind=Kind.NEIGHBOURS,
    parties=("旧甲（演示）", "旧乙（演示）"),
    began_on=date(2012, 5, 7),
    closed_on=date(2012, 6, 1),
    retention=Retention.THIRTY,
    sheets=len(PAGES),
    lies="二号柜三层",
    how="灰度、300 dpi",
)


async def noted(story: Story, town: Town, case: Case) -> None:
    """Make the notice of acceptance of a dispute."""
    when = "第一次见面在社区服务站调解室，时间另行约定。"
    await issue(case.code, Made.ACCEPTED, when, by=town.staff["director"], at=story.at)


async def from_paper(story: Story, town: Town, storage: Storage) -> None:
    """Scan one dossier of four pages, and compare it with the paper."""
    keeper, head = town.staff["archivist"], town.staff["director"]
    (org,) = await shelves_of(keeper, at=story.at)
    scans = [(f"{name}.png", io.BytesIO(picture(name))) for name in PAGES]
    async with kept(storage, list(scans)) as copy:
        found = await bring(org, OLD, copy, by=keeper, at=story.at)
    await comparing.compare(found.code, counted=len(PAGES), same=True, words="", by=head, at=story.at)


async def denied(story: Story) -> None:
    """Let one side say that they paid, and the other that nothing came."""
    rows = Obligation.filter(case__state=State.PERFORMING, state=Duty.PENDING, clause__kind=ClauseKind.PAY)
    found = (
        await rows.exclude(clause__obligor__person=None).exclude(clause__obligee__person=None).order_by("id").first()
    )
    if found is None:
        return
    duty = await Obligation.get(id=found.id).select_related(
        "case", "clause__obligor__person", "clause__obligee__person"
    )
    payer, owed = duty.clause.obligor.person, duty.clause.obligee.person
    if payer and owed:
        said = Said(done_on=(story.at - timedelta(days=1)).date(), words="昨天微信转过去了。")
        await paying.claim(duty.case.code, duty.code, said, by=payer, at=story.at)
        await paying.deny(duty.case.code, duty.code, "没有收到，请看看转给了谁。", by=owed, at=story.at)
