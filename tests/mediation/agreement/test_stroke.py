"""Signing with finger or mouse: points in, a small picture out, kept locked, printed at its place."""

import hashlib

import httpx2
import pytest

from community.errors import Unfit
from community.record.models import Event
from community.record.outbox import facts_of
from mediation.agreement.models import Signature
from mediation.agreement.queries import drawn_name
from mediation.agreement.stroke import drawn, lines_in
from tests.mediation.agreement.making import LATER, finalized, sign
from tests.world import NOON, World, sign_in
from web.clock import Clock

WRITTEN = ";".join(" ".join(f"{x},{40 + x * n % 90}" for x in range(60, 480, 20)) for n in (3, 5))


@pytest.mark.parametrize("text", ["", "1,1", "<svg>", "1,1 2,2;", "5,5 " * 5000, " ".join(f"{n},9" for n in range(30))])
def test_what_is_no_signature_is_refused(text: str) -> None:
    with pytest.raises(Unfit):
        lines_in(text)


def test_the_same_points_give_the_same_picture_within_its_frame() -> None:
    assert drawn(WRITTEN) == drawn(WRITTEN)
    assert drawn(WRITTEN).startswith(b"\x89PNG")
    assert lines_in(WRITTEN + ";999,999")[-1] == [(599, 199)]


async def test_a_drawn_name_is_locked_hashed_on_record_and_printed(
    client: httpx2.AsyncClient, town: World, clock: Clock
) -> None:
    case, _ = await finalized(town)
    clock.move(LATER - NOON)
    client.cookies.update(await sign_in(town.lan))
    page = (await client.get(f"/cases/{case.code}/agreement")).text
    assert "data-draw" in page
    assert "sign.js" in page
    with pytest.raises(Unfit, match="太短"):
        await sign(case, town.lan, LATER, stroke="1,1 2,2")
    given = await sign(case, town.lan, LATER, stroke=WRITTEN)
    kept = await Signature.get(id=given.id).select_related("version")
    picture = drawn_name(kept)
    assert picture == drawn(WRITTEN)
    assert kept.stroke_sha256 == hashlib.sha256(picture).hexdigest()
    assert "iVBOR" not in kept.drawn
    noted = await Event.filter(kind="case.sign", subject=case.key).order_by("-id").first()
    assert noted
    assert facts_of(noted)["stroke"] == kept.stroke_sha256
    printed = (await client.get(f"/cases/{case.code}/agreement/paper.pdf")).content
    assert b"/Subtype/Image" in printed
    await sign(case, town.qiang, LATER)
    assert not (await Signature.get(signer_id=town.qiang.id)).drawn
