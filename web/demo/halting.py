"""Cases of the demo that wait: for an expert, and for papers that are lacking."""

from mediation.case.models import Case
from mediation.case.terms import PauseReason
from mediation.case.waiting import suspend
from mediation.intake.supplementing import need_supplement
from web.demo.people import Town
from web.demo.story import Story


async def waits_for_an_expert(story: Story, town: Town, case: Case) -> None:
    """Let a case wait for an expert's opinion; those days are not counted."""
    words, mediator = "等地板受损程度的鉴定意见", town.staff["mediator"]
    await suspend(case.code, PauseReason.APPRAISAL, words=words, by=mediator, at=story.at)


async def lacks_papers(story: Story, town: Town, case: Case) -> None:
    """Tell an applicant once what is lacking."""
    items = ["转账记录的截图或者打印件", "合租合同复印件"]
    await need_supplement(case.code, items, by=town.staff["intake"], at=story.at)
