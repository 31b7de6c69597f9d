"""Assisted use in the demo: a grid worker at the doors of residents of eighty and more who have no account."""

from datetime import date
from typing import Final

from community.files.storage import Storage
from community.helping.commands import Given, Wish
from community.helping.rules import Deed, How
from community.places.models import Resident
from deliberation.aid.doing import help_now
from web.demo.finished import handed_in
from web.demo.people import Town
from web.demo.story import Story

OLD: Final = date(1946, 1, 1)
DOORS: Final = 6
"""Enough to be counted in public, and for two calls back."""
WORDS: Final = "晚上看不清台阶，灯要早点修。"


async def doors(story: Story, town: Town, storage: Storage, number: int) -> None:
    """Let the grid worker second a matter for some of the oldest residents; the first one says something too."""
    helper = town.staff["grid"]
    living = Resident.filter(community_id=town.community.id, unit_id__isnull=False, moved_out=None)
    without = living.filter(person_id=None, born_on__lt=OLD)
    for count, row in enumerate(await without.order_by("id").limit(DOORS)):
        about = f"matter-{number}"
        said = [Wish(about, Deed.COMMENT, "for", WORDS)] if not count else []
        given = Given(
            resident=row.code,
            wishes=[Wish(about, Deed.ENDORSE), *said],
            how=How.SIGNATURE,
            place="本人家中",
            token=f"demo-{number}-{row.code}",
            proof=await handed_in(story, storage, "授权书（演示）", by=helper),
            read_aloud=True,
        )
        await help_now(given, by=helper, at=story.at)
