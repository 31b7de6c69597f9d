"""Assisted use in the demo: a grid worker at the doors of residents of eighty and more who have no account."""

from datetime import date
from typing import Final

from community.files.storage import Storage
from community.helping.commands import Given, Wish
from community.helping.rules import Deed, How
from community.places.models import Resident
from deliberation.aid.doing import help_now
from deliberation.matter.models import Matter
from web.demo.finished import handed_in
from web.demo.people import Town
from web.demo.story import Story

OLD: Final = date(1946, 1, 1)
DOORS: Final = 5
"""Enough to be counted in public."""
WORDS: Final = (
    "我赞成，早点办好。",
    "我腿脚不好，希望离我们楼近一点。",
    "开始以前请先到楼里说一声。",
    "同意，别花太多钱。",
    "我愿意等，办好就行。",
)


async def doors(story: Story, town: Town, storage: Storage, number: int) -> None:
    """Let the grid worker go round: each says something, and seconds while the matter still needs more than one."""
    living = Resident.filter(community_id=town.community.id, unit_id__isnull=False, moved_out=None)
    without = living.filter(person_id=None, household_rep=True, born_on__lt=OLD)  # the roll is one of households
    rows = await without.order_by("id").limit(DOORS)
    for row, words in zip(rows, WORDS, strict=True):
        matter, about = await Matter.get(id=number), f"matter-{number}"
        seconds = [Wish(about, Deed.ENDORSE)] if matter.threshold - matter.seconded > 1 else []
        given = Given(
            resident=row.code,
            wishes=[*seconds, Wish(about, Deed.COMMENT, "for", words)],
            how=How.SIGNATURE,
            place="本人家中",
            token=f"demo-{number}-{row.code}",
            proof=await handed_in(story, storage, "授权书（演示）", by=town.staff["grid"]),
            read_aloud=True,
        )
        await help_now(given, by=town.staff["grid"], at=story.at)
