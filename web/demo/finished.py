"""What one staircase of the demo has finished: a decision carried out and judged, another one kept in the archive."""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from PIL import Image, ImageDraw

from community.files.commands import keep
from community.files.intake import take
from community.files.storage import Storage
from community.orgs.models import Org, OrgKind
from community.people.models import Person
from community.places.models import Place, Resident
from deliberation.archive import building
from deliberation.archive.commands import archive
from deliberation.archive.complete import missing
from deliberation.body import commands as bodies
from deliberation.body.models import Body
from deliberation.body.rules import Basis, BodyKind
from deliberation.matter.models import Matter
from deliberation.matter.text import Text
from deliberation.outcome import doing, judging
from deliberation.outcome.models import Milestone
from deliberation.outcome.rules import Outline, Step
from deliberation.publicity.models import Publication
from deliberation.publicity.opening import Bill, prove, publish
from deliberation.publicity.rules import BOARD, Kind
from web.deliberation.archive.paper import pages
from web.demo.people import Town
from web.demo.story import Story

DAY: Final = timedelta(days=1)
OPEN_DAY: Final = "每月第一个周六上午九点到十一点，居委会、物业、业委会都在社区服务站，有事当面说。"
WHY_NOT: Final = "这是较早的材料，当时没有留下这一样，特此说明。"


def picture(words: str) -> bytes:
    """Return a plain drawing that stands for a photograph; nobody and no real place is on it."""
    drawn = Image.new("RGB", (480, 320), "#d8d2c4")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((90, 50, 390, 270), fill="#f7f5ef", outline="#6b5d4a", width=6)
    for line in range(6):
        pen.line((130, 100 + line * 26, 350 - (line * 37 + len(words) * 11) % 90, 100 + line * 26), "#4a4a4a", 4)
    made = io.BytesIO()
    drawn.save(made, "PNG")
    return made.getvalue()


async def handed_in(story: Story, storage: Storage, words: str, *, by: Person) -> str:
    """Hand a picture in as the forms do, and return its code."""
    taken = await take(storage, io.BytesIO(picture(words)), "photo.png")
    return (await keep(taken, f"{words}.png", by=by, at=story.at)).code


def texts(house: str) -> tuple[Text, Text]:
    """Return what the owners of a building decided upon."""
    boxes = Text(
        title=f"{house}换三十个新信报箱",
        what="拆掉锈坏的旧信报箱，换三十个带锁的新箱。",
        cost="6,000 元，从本楼分摊的公共收益出。",
        who="物业采购安装，本楼业主代表验收。",
        body="旧信报箱装了十八年，锁大半坏了，信常丢。\n\n新箱装在原处，尺寸能放进杂志。",
    )
    lights = Text(
        title=f"{house}门厅的灯换成声控灯",
        what="把门厅和楼梯口的六盏常亮灯换成声控灯。",
        cost="960 元，从本楼分摊的公共收益出。",
        who="物业更换，本楼业主代表验收。",
        body="现在六盏灯整夜亮着，电费由大家分摊。\n\n换成声控灯，来人才亮，灯头不换。",
    )
    return boxes, lights


async def stairs(story: Story, town: Town) -> tuple[Body, Town]:
    """Found the meeting of the owners of the building where most have an account; return it with those people."""
    rows = await Resident.filter(person_id__in=[each.id for each in town.residents]).select_related("unit__building")
    homes = {row.person_id: row.unit.building for row in rows if row.unit}
    (place_id, _), *_ = Counter(home.id for home in homes.values() if home.name != "1号楼").most_common(1)
    place, clerk = await Place.get(id=place_id), town.staff["clerk"]
    body = await bodies.found(BodyKind.OWNERS_SCOPE, place.id, f"{place.name}业主", by=clerk, at=story.at)
    await bodies.freeze_roll(body.id, Basis.OWNERS, by=clerk, at=story.at)
    people = [person for person in town.residents if person.id in homes and homes[person.id].id == place_id]
    return body, replace(town, residents=people)


async def done_well(story: Story, town: Town, storage: Storage, *numbers: int) -> None:
    """Carry decisions out with a picture for each step, and report them, so that their evaluation runs."""
    clerk = town.staff["clerk"]
    unit = await Org.get(kind=OrgKind.RESIDENTS_COMMITTEE, place_id=town.community.id)
    for number in numbers:
        steps = [Step("订货，三家比价", story.today + 4 * DAY), Step("装好，业主代表验收", story.today + 9 * DAY)]
        last = story.today + 12 * DAY
        plan = Outline(org_id=unit.id, lead_id=clerk.id, budget=600_000, due_on=last, steps=steps)
        execution = await doing.carry_out(number, plan, by=clerk, at=story.at)
        for step in await Milestone.filter(execution_id=execution.id).order_by("id"):
            proof = await handed_in(story, storage, step.title, by=clerk)
            await doing.progress(step.id, "办好了，业主代表看过。", [proof], spent=90_000, by=clerk, at=story.at)
        await doing.report(number, "都装好了，用了几天没有毛病。", by=clerk, at=story.at)


async def well_judged(story: Story, people: Sequence[Person], *numbers: int) -> None:
    """Let those who live there judge: most are glad, one is not."""
    words = ("好用。", "比以前省心。", "灯亮得慢了半拍。", "", "谢谢物业。")
    for number in numbers:
        for n, person in enumerate(people[:12]):
            score = 2 if n == 2 else 5 if n % 3 else 4
            await judging.evaluate(number, score, words[n % len(words)], by=person, at=story.at)


async def kept(story: Story, town: Town, storage: Storage, number: int) -> None:
    """Keep the file of a matter in the archive, with a reason for each thing that it lacks."""
    matter = await Matter.get(id=number).select_related("body", "author")
    built = await building.build(matter, storage, pages)
    reasons = dict.fromkeys(await missing(matter), WHY_NOT)
    await archive(number, built, reasons, by=town.staff["clerk"], at=story.at)


async def hanging(*numbers: int) -> list[Publication]:
    """Return what hangs about these matters now."""
    return await Publication.filter(matter_id__in=numbers, ended_at=None, photos=0).order_by("id")


async def photographed(story: Story, town: Town, storage: Storage, hung: Sequence[Publication]) -> None:
    """Take a picture of the board for each publication that hangs."""
    clerk = town.staff["clerk"]
    for each in hung:
        proof = await handed_in(story, storage, BOARD, by=clerk)
        await prove(each.id, BOARD, proof, taken_at=story.at, by=clerk, at=story.at)


async def open_day(story: Story, town: Town, storage: Storage) -> None:
    """Hang something up for the whole community, with the photograph that proves it."""
    bill = Bill(kind=Kind.AFFAIRS, title="社区接待日的时间和地点", words=OPEN_DAY, boards=BOARD)
    hung = await publish(town.community.id, bill, by=town.staff["clerk"], at=story.at)
    story.at += timedelta(hours=2)
    await photographed(story, town, storage, [hung])
