"""Filings of the cast: 阿兰 against 阿强 about a leak."""

from datetime import timedelta

from mediation.case.models import Case, Invitation, Party, Side
from mediation.intake import commands, consent
from mediation.intake.rules import Filing, Kind, Named, token_hash
from tests.world import NOON, World

STATEMENT = "卫生间顶上一直滴水，吊顶塌了一块。"


def filing(**changes: object) -> Filing:
    """Return a filing that is right, with ``changes``."""
    given: dict[str, object] = {
        "kind": Kind.NEIGHBOURS,
        "statement": STATEMENT,
        "wish": "修好，赔吊顶钱。",
        "applicant": Named(name="阿兰", phone="13800138000", email="lan@example.org"),
        "respondent": Named(name="阿强", phone="13900139000", email="qiang@example.org"),
        "told": True,
    }
    return Filing(**{**given, **changes})  # type: ignore[arg-type]


async def filed(world: World, **changes: object) -> Case:
    """File the leak."""
    return await commands.file(filing(**changes), by=world.lan, community_id=world.community.id, at=NOON)


async def inviting(world: World) -> Case:
    """File the leak and send the invitation."""
    case = await filed(world)
    return await commands.invite(case.code, scope_ok=True, screened=True, by=world.intake, at=NOON + timedelta(days=1))


async def link_of(case: Case) -> str:
    """Return a working invitation link for the respondent: the stored hash is swapped for a known one."""
    party = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    token = f"known-{case.id}"
    await Invitation.filter(party_id=party.id, ended_at=None).update(token_hash=token_hash(token))
    return token


async def asked(case: Case) -> Party:
    """Return the respondent."""
    return await Party.get(case_id=case.id, side=Side.RESPONDENT, ordinal=1)


async def accepted(world: World) -> Case:
    """Bring the leak to acceptance: both sides agreed."""
    case = await inviting(world)
    await consent.agree(await link_of(case), name="阿强", by=world.qiang, at=NOON + timedelta(days=2))
    return await commands.accept(case.code, by=world.intake, at=NOON + timedelta(days=2))
