"""A grid worker at a door with a telephone on which no script runs."""

from pathlib import Path

from PIL import Image

from community.helping.models import Errand
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from tests.browser.people import House, sideways
from tests.deliberation.aid.cast import at_the_door
from tests.scene import Scene


async def test_the_form_at_the_door_without_scripts(house: House, scene: Scene, tmp_path: Path) -> None:
    photo = tmp_path / "签字.jpg"
    Image.new("RGB", (60, 40), "white").save(photo)
    door = await at_the_door(scene.world, scene.body)
    assert (await Matter.get(id=door.matter.id)).state is State.ENDORSING
    page = await house.window(door.worker, javascript=False)
    await page.goto(f"/matters/{door.matter.id}")
    await page.get_by_role("link", name="替居民代办").first.click()
    await page.fill("#f-who", "王奶奶")
    await page.get_by_role("button", name="找一找").click()
    await page.get_by_role("link", name="王奶奶").click()
    assert await sideways(page) == 0
    await page.get_by_text("签字", exact=True).click()
    await page.set_input_files("#f-proof", photo)
    await page.get_by_role("button", name="本人确认，提交").click()
    assert await page.get_by_text("请先把要办的事念给本人听，再勾上这一项。").count()
    assert await page.get_by_text("凭证已经收到，不用再传。").count()
    await page.locator("#f-read_aloud").check()
    await page.get_by_role("button", name="本人确认，提交").click()
    await page.wait_for_url("**/helping/*")
    assert await page.get_by_text("办好了").count() == 1
    assert await Errand.filter(subject=f"matter-{door.matter.id}").exclude(done_at=None).count() == 1
    assert await sideways(page) == 0
