"""Who is told of an opinion: whose comment was taken down as one, and again when it is answered."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.debate.models import Opinion
from deliberation.debate.rules import Accord
from web.teller import Teller
from web.words import N_

LISTED: Final = N_("您的留言登记为不同意见了，会有公开的答复：{title}")
AGREED: Final = N_("您的留言登记为共识了：{title}")
ANSWERED: Final = N_("您的不同意见有答复了：{title}")
NOTED: Final = {Accord.DISSENT: LISTED, Accord.CONSENSUS: AGREED}


async def noted(event: Event) -> None:
    """Tell the author of the comment that it was taken down."""
    opinion = await _opinion(event)
    await _tell(event, opinion, NOTED[opinion.kind])


async def answered(event: Event) -> None:
    """Tell the author of the comment what the office answers."""
    await _tell(event, await _opinion(event), ANSWERED)


async def _opinion(event: Event) -> Opinion:
    return await Opinion.get(id=facts_of(event)["opinion"]).select_related("comment", "matter")


async def _tell(event: Event, opinion: Opinion, sentence: str) -> None:
    if opinion.comment is None or opinion.comment.author_id in (None, event.actor_id):
        return
    url = f"/matters/{opinion.matter_id}/opinions#o-{opinion.code}"
    title = opinion.matter.title
    await tell([opinion.comment.author_id], sentence, {"title": title}, url=url, at=event.at, topic=Topic.MATTER)


TELLERS: Final[Mapping[str, Teller]] = {"matter.note_opinion": noted, "matter.answer_dissent": answered}
