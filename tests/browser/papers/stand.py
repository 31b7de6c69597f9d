"""The windows of one dispute, the pictures taken on the way, and the sheets that come of it, each checked."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from playwright.async_api import Page
from starlette.applications import Starlette

from community.people.models import Person, Session
from tests.browser.people import House, Size, sideways
from tests.browser.steps import filing, mediation
from tests.browser.steps.agreeing import sign
from tests.browser.steps.filing import Story
from tests.browser.steps.windows import Street, link_in_letter, reads
from tests.mediation.scenarios.play import Play, at, begin
from tests.printed import lacks, pictures, squeezed, wrong_with
from tests.world import World

SIZES: tuple[Size, ...] = ("phone", "desk")


@dataclass
class Stand:
    """One dispute: its people, their windows, and the folder for what is to be looked at.

    Attributes:
        folder: where sheets go, and pictures if ``looks``.
        looks: take pictures of pages and sheets; without it sheets are only read by programs.
        wrong: what is wrong with sheets and pages.
    """

    play: Play
    street: Street
    folder: Path
    name: str
    looks: bool = False
    wrong: list[str] = field(default_factory=list)
    windows: dict[int, Page] = field(default_factory=dict)
    shots: int = 0

    @property
    def world(self) -> World:
        """Return the neighbourhood."""
        return self.play.world

    async def window(self, person: Person, size: Size = "desk") -> Page:
        """Return the one window of somebody, opened when first asked for."""
        if person.id not in self.windows:
            self.windows[person.id] = await self.street.window(person, size)
        return self.windows[person.id]

    async def outbox(self) -> Page:
        """Return the window in which all letters lie."""
        if 0 not in self.windows:
            self.windows[0] = await self.street.window()
        return self.windows[0]

    async def until(self, text: str) -> None:
        """Let time pass until a moment in Beijing; whoever is signed in stays so."""
        await self.at(at(text))

    async def at(self, when: datetime) -> None:
        """Let time pass until a moment."""
        await self.street.until(when)
        await Session.all().update(seen_at=when, strong_at=when)

    async def wait(self, **time: float) -> None:
        """Let time pass."""
        await self.at(self.street.app.state.clock.now() + timedelta(**time))

    async def look(self, page: Page, what: str) -> None:
        """Take a picture of the page on a telephone and on a desk, and find it no wider than its window."""
        self.shots += 1
        before = page.viewport_size
        for size, (wide, tall) in (("phone", (390, 844)), ("desk", (1440, 900))):
            if not self.looks and size == "desk":
                continue
            await page.set_viewport_size({"width": wide, "height": tall})
            over = await sideways(page)
            if over:
                self.wrong.append(f"{page.url} is {over} pixels too wide for a {size}")
            if self.looks:
                await page.screenshot(path=self.folder / f"{self._stem(what)}-{size}.png", full_page=True)
        if before:
            await page.set_viewport_size(before)

    def _stem(self, what: str) -> str:
        return f"{self.name}-{self.shots:02}-{what}"

    async def sheet(self, page: Page, link: str, what: str, *data: str) -> Path:
        """Take the PDF behind a link of the page, and find ``data`` on it and nothing wrong with it."""
        found = page.get_by_role("link", name=link).first
        address = await found.get_attribute("href")
        answer = await page.context.request.get(str(address))
        if not answer.ok:
            raise AssertionError(f"{address} answers {answer.status}")
        return self.keep(await answer.body(), what, *data)

    async def print(self, page: Page, what: str, *data: str) -> Path:
        """Print the page as its reader would, and find ``data`` on it and nothing wrong with it."""
        return self.keep(await page.pdf(prefer_css_page_size=True, format="A4"), what, *data)

    def keep(self, content: bytes, what: str, *data: str) -> Path:
        """Keep a sheet, read it, and have it drawn."""
        self.shots += 1
        paper = self.folder / f"{self._stem(what)}.pdf"
        paper.write_bytes(content)
        self.wrong += [f"{paper.name}: {each}" for each in wrong_with(paper)]
        self.wrong += [f"{paper.name} lacks {each}" for each in lacks(paper, *data)]
        if self.looks:
            pictures(paper, self.folder)
        return paper

    def compare(self, page_text: str, *data: str) -> None:
        """Find ``data`` in the text of a page."""
        shown = squeezed(page_text)
        self.wrong += [f"{self.name}: the page lacks {each}" for each in data if squeezed(each) not in shown]

    async def talking(self, applicant: Person, respondent: Person, story: Story, *, days: int = 0) -> str:
        """Walk a dispute by pages from the filing to the mediator; ``days`` lie between filing and answer."""
        desk, director = await self.window(self.world.intake), await self.window(self.world.director)
        case = await filing.file(await self.window(applicant, "phone"), story)
        await self.look(await self.window(applicant), "receipt")
        if days:
            await self.wait(days=days)
        await filing.invite(desk, case)
        await self.street.deliver()
        link = await link_in_letter(await self.outbox(), story.email, "/i/")
        await mediation.consent(await self.window(respondent, "phone"), link)
        await mediation.accept(desk, case)
        await mediation.assign(director, case, self.world.mediator.name)
        return case

    async def sign(self, case: str, *people: Person) -> None:
        """Let people sign by page, each with the code they were mailed."""
        for person in people:
            await sign(await self.window(person, "phone"), case, person.name, await self.outbox())

    async def seal(self, case: str) -> None:
        """Let the ten minutes pass, and set the seal by page."""
        await self.wait(minutes=10)
        director = await self.window(self.world.director)
        await mediation.seal(director, case, await self.outbox())

    async def agreement(self, case: str, reader: Person, *data: str) -> Path:
        """Let somebody open the agreement, print it and take its PDF."""
        page = await self.window(reader)
        await page.goto(f"{case}/agreement")
        await self.look(page, "agreement")
        await page.goto(f"{case}/agreement/paper")
        await reads(page, *data[:2])
        return await self.sheet(page, "下载 PDF", "agreement-paper", *data)


async def stand(app: Starlette, house: House, world: World, folder: Path, name: str, *, looks: bool = False) -> Stand:
    """Set the stage of one dispute in a served neighbourhood."""
    before = 11 if name == "01" else 0
    return Stand(await begin(world, before=before), Street(house, app, javascript=False), folder, name, looks)
