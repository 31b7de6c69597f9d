"""Both sides owe each other: each takes further what it is owed itself, and each debtor is asked for their own."""

from datetime import date, timedelta

import httpx2
import pytest

from mediation.agreement.rules import Line
from tests.clock import TestClock
from tests.mediation.agreement import making
from tests.world import World, sign_in
from web.mediation.agreement.claim_words import Claim, _sums

MAY = date(2026, 5, 31)


@pytest.mark.database
async def test_nobody_sues_themselves(client: httpx2.AsyncClient, clock: TestClock, town: World) -> None:
    lines = (Line(who="R1", whom="A1", amount=200000, until=MAY), Line(who="A1", whom="R1", amount=50000, until=MAY))
    case, _ = await making.finalized(town, *lines, total=250000)
    for person in (town.lan, town.qiang, town.mediator):
        await making.sign(case, person)
    await making.seal(case, town.director, making.LATER)
    clock.move(timedelta(days=60))
    here = f"/cases/{case.code}/agreement/roads"
    for who, asked, mine, not_mine in (
        (town.lan, "", "2,000.00", "500.00"),
        (town.qiang, "", "500.00", "2,000.00"),
        (town.qiang, "?for=A", "500.00", "2,000.00"),
        (town.mediator, "?for=R", "500.00", "2,000.00"),
        (town.mediator, "", "2,000.00", "500.00"),
    ):
        client.cookies.update(await sign_in(who))
        for page in (here, f"{here}/sue", f"{here}/payment-order"):
            shown = (await client.get(f"{page}{asked}")).text
            assert mine in shown, (who.name, page)
            assert f"¥{not_mine}" not in shown, (who.name, page)
    assert "欠被申请人的" in (await client.get(here)).text


def test_each_debtor_is_asked_for_their_own() -> None:
    late = [
        Claim(who, "阿兰", "", MAY, rest) for who, rest in (("阿强", 100), ("小周", 250), ("阿强", 30), ("老李", 0))
    ]
    assert _sums(late) == [("阿强", 130), ("小周", 250)]
    assert _sums(late[:1]) == [("", 100)]
