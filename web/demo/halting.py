"""Cases of the demo that wait for papers that are lacking."""

from mediation.case.models import Case
from mediation.intake.supplementing import need_supplement
from web.demo.people import Town
from web.demo.story import Story


async def lacks_papers(story: Story, town: Town, case: Case) -> None:
    """Tell an applicant once what is lacking."""
    items = ["转账记录的截图或者打印件", "合租合同复印件"]
    await need_supplement(case.code, items, by=town.staff["intake"], at=story.at)
