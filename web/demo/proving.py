"""Evidence of the demo: a photograph shown to both, a bill kept for the mediator, an original asked for, an expert."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from community.files.storage import Storage
from community.people.models import Person
from mediation.case.models import Case
from mediation.evidence import appraising
from mediation.evidence.appraising import Proposal
from mediation.evidence.asking import Offer, answer_original, ask_original
from mediation.evidence.commands import Brought, bring, share
from mediation.evidence.keeping import keep
from mediation.evidence.looking import look
from mediation.evidence.models import Evidence
from mediation.evidence.queries import piece_of
from mediation.evidence.rules import ProofForm, ProofKind
from web.demo.finished import picture
from web.demo.people import Town
from web.demo.story import Story


async def about_the_leak(story: Story, town: Town, case: Case, sides: tuple[Person, Person], files: Storage) -> None:
    """Let both sides of the leak bring something; the mediator looks, the other side asks for an original."""
    me, other = sides
    photo = Brought(
        title="卫生间吊顶的照片",
        kind=ProofKind.THING,
        form=ProofForm.COPY,
        source="我用手机拍的",
        proves="吊顶塌了一块，水从楼上地漏的位置滴下来。",
    )
    shown = await _brought(story, case, photo, me, files)
    await share(case.code, shown.code, by=me, at=story.at)
    bill = Brought(title="吊顶维修报价单", kind=ProofKind.PAPER, form=ProofForm.ORIGINAL, source="示范装饰店")
    await share(case.code, (await _brought(story, case, bill, me, files)).code, by=me, at=story.at)
    plumber = Brought(title="和修理师傅的聊天截图", kind=ProofKind.DATA, form=ProofForm.ELECTRONIC)
    await _brought(story, case, plumber, other, files)
    for reader in (other, town.staff["mediator"]):
        desk, piece = await piece_of(reader, case.code, shown.code, at=story.at)
        await look(desk, piece, by=reader, at=story.at)
    wish = await ask_original(case.code, shown.code, by=other, at=story.at)
    offer = Offer(shown=True, words="到我家里看，塌下来的板子还留着。", meet_at=story.at + timedelta(days=2))
    await answer_original(case.code, shown.code, wish.code, offer, by=me, at=story.at)


async def _brought(story: Story, case: Case, told: Brought, by: Person, files: Storage) -> Evidence:
    kept = await keep(files, case, BytesIO(picture(told.title)), f"{told.title}.png")
    return await bring(case.code, told, [kept], by=by, at=story.at)


async def waits_for_an_expert(story: Story, town: Town, case: Case, sides: tuple[Person, Person]) -> None:
    """Ask both sides about an expert, and let the case wait for the opinion; those days are not counted."""
    given: dict[str, Any] = {"by": town.staff["mediator"], "at": story.at}
    wish = Proposal(matter="地板受损的程度和修理费用", expert="示范司法鉴定所", payer="双方先各付一半")
    row = await appraising.propose(case.code, wish, **given)
    for side in sides:
        await appraising.answer(case.code, row.code, agreed=True, by=side, at=story.at)
    await appraising.commission(case.code, row.code, free=True, sworn=True, **given)
