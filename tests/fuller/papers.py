"""An application that was written on paper, a mediator who declares a tie, and a member of a group who is asked."""

from datetime import timedelta
from typing import Any

from mediation.agreement.voicing import offer_voice
from mediation.case.channels import Channel
from mediation.case.queries import parties_of
from mediation.feedback.complaining import complain
from mediation.feedback.grievances import Grievance
from mediation.intake.commands import file
from mediation.intake.rules import Authorised
from mediation.parties.commands import enrol
from mediation.parties.queries import members_of
from tests.fuller.held import Fuller
from tests.mediation.agreement.making import finalized
from tests.mediation.filing import filing
from tests.scene import EVENING


async def on_paper(fuller: Fuller) -> None:
    """Key in an application that was written on paper, and ask one member of a group by a link."""
    world = fuller.scene.world
    given: dict[str, Any] = {"helped": True, "read_back": True, "authorised": Authorised.SIGNED, "on_paper": True}
    written = filing(**given, channel=Channel.WINDOW, received_at=EVENING - timedelta(days=1))
    case = await file(written, by=world.intake, community_id=world.community.id, at=EVENING)
    fuller.leads(f"/cases/{case.code}", f"/cases/{case.code}/paper", who="intake")
    fuller.leads(f"/cases/{fuller.scene.cases['talking'].code}/ties", who="mediator")
    signing, told = (await finalized(world))[0], {"by": world.mediator, "at": EVENING}
    party = (await parties_of(signing))[0]
    await enrol(signing.code, party.code, [(f"业主{n}", "") for n in range(10)], **told)  # type: ignore[arg-type]
    many = f"/cases/{signing.code}/people/{party.code}"
    fuller.leads(many, f"{many}/roster", who="mediator")
    member = (await members_of(party))[0]
    token = await offer_voice(signing.code, member.code, **told)  # type: ignore[arg-type]
    talking = fuller.scene.cases["talking"].code
    wrong = await complain(talking, Grievance.PARTIAL, "总听一边的。", by=world.lan, at=EVENING)
    fuller.leads(f"/cases/{talking}/complaint", who="lan")
    fuller.leads(f"/desk/complaints/{wrong.code}", who="director")
    fuller.leads(f"/voice/{token}", who="visitor")
