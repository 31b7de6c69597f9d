"""Who helps and who is helped in these tests: a grid worker, and 王奶奶 of 80 who has no mailbox. All made up."""

from dataclasses import dataclass
from datetime import date
from secrets import token_hex

from community.files.models import Upload
from community.helping.commands import Given, Wish
from community.helping.rules import Deed, How
from community.people.models import Holding, Person
from community.places.models import Resident
from community.rights import Role
from deliberation.body.commands import freeze_roll
from deliberation.body.models import Body
from deliberation.body.rules import Basis
from deliberation.matter.models import Matter
from tests.deliberation.stage import body_of, proposed
from tests.world import NOON, World

NEIGHBOURS = 10


@dataclass
class Door:
    """What is needed at a door."""

    worker: Person
    granny: Resident
    matter: Matter


async def at_the_door(world: World, body: Body | None = None) -> Door:
    """Let a grid worker stand at the door of somebody on the roll, about something that is being seconded."""
    worker = await worker_of(world, "小陈")
    granny = await neighbour(world, "王奶奶", 0)
    rows = [{"community_id": world.community.id, "unit": world.units[1], "name": f"邻居{n}"} for n in range(NEIGHBOURS)]
    await Resident.bulk_create([Resident(**row, born_on=date(1980, 1, 1)) for row in rows])
    if body is None:
        body, _ = await body_of(world)
    else:  # a roll on which she stands
        await freeze_roll(body.id, Basis.RESIDENTS, by=world.clerk, at=NOON)
    matter = await proposed(body, world.lan)
    matter.threshold = 50  # so that it is being seconded for long
    await matter.save(update_fields=["threshold"])
    return Door(worker, granny, matter)


async def neighbour(world: World, name: str, unit: int) -> Resident:
    """Put somebody on the roll who has no account."""
    home = world.units[unit]
    return await Resident.create(community_id=world.community.id, unit=home, name=name, born_on=date(1945, 3, 1))


async def worker_of(world: World, name: str) -> Person:
    """Appoint a grid worker."""
    worker = await Person.create(
        name=name,
        email=f"{token_hex(4)}@example.org",
        confirmed_at=NOON,
        joined_at=NOON,
        community_id=world.community.id,
    )
    await Holding.create(person=worker, role=Role.GRID_WORKER, place=world.grid, since=NOON)
    return worker


async def proof(owner: Person) -> str:
    """Register a file that is a photograph of a signature."""
    key = token_hex(13)
    upload = await Upload.create(
        community_id=owner.community_id,
        owner=owner,
        name="签字.webp",
        media_type="image/webp",
        size=3,
        sha256="0" * 64,
        given_sha256="0" * 64,
        key=key,
        at=NOON,
    )
    return upload.code


async def asked(
    door: Door, *deeds: Deed, helper: Person | None = None, words: str = "灯要亮一点。", **more: object
) -> Given:
    """Return what a helper takes down about the matter."""
    subject = f"matter-{door.matter.id}"
    wishes = [Wish(subject, deed, "more", words if deed is Deed.COMMENT else "") for deed in deeds or (Deed.ENDORSE,)]
    usual = {
        "resident": door.granny.code,
        "wishes": wishes,
        "how": How.SIGNATURE,
        "place": "本人家中",
        "token": token_hex(12),
        "proof": await proof(helper or door.worker),
        "read_aloud": True,
    }
    return Given(**{**usual, **more})  # type: ignore[arg-type]
