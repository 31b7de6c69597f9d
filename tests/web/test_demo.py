"""The demo community is built through commands, once, and holds together."""

from collections import Counter
from pathlib import Path

import pytest

from community.moderation.queries import to_confirm
from community.people.models import Person
from community.people.password import matches
from deliberation.debate.models import Comment
from deliberation.matter.models import Matter
from deliberation.outcome.models import Milestone
from deliberation.publicity.models import Publication
from deliberation.publicity.rules import Kind
from mediation.case.models import Case
from tests.web.operator import Operator
from web.cli_demo import NAMES
from web.clock import Clock
from web.demo.helping import DOORS
from web.demo.people import PASSWORD


@pytest.fixture
def operator(tmp_path: Path, database_url: str) -> Operator:
    return Operator(tmp_path, database_url)


async def locked_out() -> list[str]:
    """Return who of those named on the terminal cannot sign in with the password printed there."""
    emails = [email for _, named in NAMES for email in named.split(" … ")]
    people = [await Person.get(email=email) for email in emails]
    return [person.email or "" for person in people if not await matches(PASSWORD, person.password_hash)]


async def proved() -> tuple[bool, bool]:
    """Return whether something for the whole community has a photograph, and whether the steps have theirs."""
    posted = await Publication.filter(matter_id=None, kind=Kind.AFFAIRS, photos__gt=0).exists()
    return posted, not await Milestone.filter(files=0).exclude(done_at=None).exists()


async def helped() -> int:
    """Return for how many residents without an account somebody at their door said something in public."""
    return await Comment.filter(author_id=None).exclude(aided="").count()


async def waiting() -> list[tuple[str, str]]:
    """Return what waits for the second moderator, who works elsewhere."""
    person = await Person.get(email="moderator2@example.org")
    asked = await to_confirm(person, at=Clock().now())
    return [(each.reason.value, each.state.value) for each in asked]


async def standing() -> tuple[Counter[str], Counter[str]]:
    matters = Counter(str(each.state) for each in await Matter.all())
    return matters, Counter(str(each.state) for each in await Case.all())


def test_the_demo_is_loaded_once_and_everybody_named_can_sign_in(operator: Operator) -> None:
    first = operator.heyi("demo", HEYI_SITE_URL="http://127.0.0.1:8123")
    assert first.exit_code == 0, first.output
    assert "打开 http://127.0.0.1:8123 " in first.output
    assert operator.behind(locked_out) == []
    matters, cases = before = operator.behind(standing)
    assert len(matters) > 3, "matters stand at many places of their road"
    road = {"drafting", "signing", "performing", "breached", "closed", "archived"}
    assert road <= set(cases), "an agreement is seen at every point of its road"
    assert (matters["closed"], matters["archived"]) == (1, 1), "one was judged, one is in the archive"
    assert operator.behind(proved) == (True, True)
    assert operator.behind(waiting) == [("M3", "urgent")], "four eyes are shown"
    assert operator.behind(helped) == DOORS, "assisted use is shown"
    assert operator.heyi("verify", "record").exit_code == 0
    again = operator.heyi("demo", "--quiet")
    assert (again.exit_code, "已经在了" in again.output) == (0, True)
    assert operator.behind(standing) == before
