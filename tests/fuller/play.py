"""Playing on from the scene. The clock stays where the scene left it."""

from starlette.applications import Starlette

from community.notice.models import Mail
from tests.fuller import decisions, disputes, letters, papers, polling
from tests.fuller.held import Fuller
from tests.scene import Scene
from web.courier import duties, once

PARTS = (
    decisions.decided,
    decisions.carried_out,
    decisions.put_away,
    polling.booth,
    polling.devices,
    polling.read_twice,
    letters.hidden,
    disputes.opened,
    papers.on_paper,
    disputes.asked_along,
    disputes.written_down,
    disputes.translated,
    disputes.arranged,
    disputes.proven,
    disputes.handed_on,
    disputes.confirmed,
    disputes.changed,
    disputes.shelved,
    disputes.looked_into,
    letters.mailed,
    letters.helped,
    letters.told,
)


async def play_on(app: Starlette, scene: Scene) -> Fuller:
    """Play all that this room adds to the scene, then let the courier run once more."""
    fuller = Fuller(app, scene)
    for part in PARTS:
        await part(fuller)
    await once(duties(app), app.state.clock)
    mail = await Mail.all().order_by("-id").first()
    assert mail
    fuller.guest("at the mailbox", "/sent", "/closed", "/outbox", f"/outbox/{mail.code}", f"/outbox/{mail.code}/html")
    fuller.leads("/transparency", who="visitor")
    return fuller
