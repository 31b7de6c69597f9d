"""Voting without a session: codes on paper, a link from a letter, kiosks, and a sheet that was read twice."""

from community.rights import Role
from deliberation.ballot import passes
from deliberation.ballot.models import Paper
from deliberation.ballot.votes import Choice
from deliberation.body.queries import voices_of
from deliberation.polling import entering, slips
from deliberation.polling import kiosk as kiosks
from deliberation.polling.models import Kiosk, ReturnedSheet
from tests.deliberation.polling.stand import staff
from tests.fuller.held import Fuller
from tests.scene import EVENING


async def booth(fuller: Fuller) -> None:
    """Print sheets for the ballot that runs; one code is on its way, with another somebody voted already."""
    world, ballot = fuller.scene.world, fuller.scene.ballots["voting"]
    printed = await slips.print_sheets(ballot.id, world.building.name, by=world.clerk, at=EVENING)
    codes = {one.head.id: one.code for one in printed}
    heads = {person.id: (await voices_of(person, ballot.roll_id))[0].head_id for person in world.residents}
    fresh, used = codes[heads[world.lan.id]], codes[heads[world.xiu.id]]
    handed = await slips.cast_by_slip(used, Choice.NO, at=EVENING)
    fuller.guest("with a code", "/vote/paper", cookies={"heyi-slip": fresh})
    fuller.guest(
        "with a code that voted", "/vote/paper", f"/vote/receipts/{handed.receipt}", cookies={"heyi-slip": used}
    )
    token = (await passes.issue(ballot, [world.lan], at=EVENING))[world.lan.id]
    here = f"/ballots/{ballot.id}/vote"
    fuller.guest("from a letter", f"/v/{token}", here, cookies={f"heyi-ballot-{ballot.id}": token})
    paper = await Paper.filter(ballot_id=ballot.id, by_id=world.qiang.id).order_by("-order").first()
    assert paper
    fuller.leads(f"/ballots/{ballot.id}/receipts/{paper.receipt}", who="qiang")


async def devices(fuller: Fuller) -> None:
    """Set up three kiosks: nobody stands at the first, somebody at the second; at the third somebody has voted."""
    world, ballot = fuller.scene.world, fuller.scene.ballots["voting"]
    free, taken, voted = [await kiosks.open_kiosk(ballot.id, by=world.clerk, at=EVENING) for _ in range(3)]
    for token, person in ((taken, world.xiu), (voted, world.zhao)):
        device = await Kiosk.get(token_hash=kiosks.hash_of_token(token))
        head = (await voices_of(person, ballot.roll_id))[0].head_id
        await kiosks.admit(device.code, head, None, by=world.clerk, at=EVENING)
    await kiosks.choose(voted, Choice.YES, at=EVENING)
    fuller.guest("at a free kiosk", "/kiosk", cookies={"heyi-kiosk": free})
    fuller.guest("at a kiosk", "/kiosk", cookies={"heyi-kiosk": taken})
    fuller.guest("after a kiosk", "/kiosk/receipt", cookies={"heyi-kiosk": voted})


async def read_twice(fuller: Fuller) -> None:
    """Let two people read one sheet differently."""
    world, ballot = fuller.scene.world, fuller.scene.ballots["voting"]
    head = (await voices_of(world.zhao, ballot.roll_id))[0].head_id
    code = (await slips.reissue(ballot.id, head, "弄丢了一张", by=world.clerk, at=EVENING)).code
    colleague = await staff(world, "老孙", Role.CLERK)
    for reader, choice in ((world.clerk, Choice.YES), (colleague, Choice.NO)):
        read = entering.Read(code=code, choice=choice, received_at=EVENING)
        await entering.enter(ballot.id, read, "sheet-0001", by=reader, at=EVENING)
    sheet = await ReturnedSheet.get(ballot_id=ballot.id)
    fuller.leads(f"/ballots/{ballot.id}/papers/{sheet.id}", who="supervisor")
