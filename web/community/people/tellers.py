"""Who hears of offices: the person whose they are, whatever mail they chose."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.record.models import Event
from web.teller import Teller
from web.words import N_


async def office_changed(event: Event) -> None:
    """Tell the person that an office was given to them or ended."""
    person_id = int(event.subject.removeprefix("person-"))
    sentence = GRANTED if event.kind == "role.granted" else ENDED
    await tell([person_id], sentence, {}, url="/me", at=event.at, topic="account", binding=True)


GRANTED: Final = N_("您有了新的任职，请到“我的”看一看")
ENDED: Final = N_("您的一项任职结束了，请到“我的”看一看")

TELLERS: Final[Mapping[str, Teller]] = {"role.granted": office_changed, "role.ended": office_changed}
