"""Asking to see the original, and answering: where and when, or that it is not shown (民事诉讼法 73 by analogy)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.evidence.commands import owned
from mediation.evidence.keeping import put
from mediation.evidence.looking import seat_of
from mediation.evidence.models import OriginalWish
from mediation.evidence.queries import NO_ITEM, piece_of
from mediation.evidence.rules import BROUGHT, WORDS, Answer, Sharing, Sight

OVER: Final = "这件事已经谈完，不能再请看原件了。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is answered: whether the original is shown, when, and where, or why not."""

    shown: bool
    words: str
    meet_at: datetime | None = None


@command
async def ask_original(code: str, item_code: str, *, by: Person, at: datetime) -> OriginalWish:
    """Ask to see the original of what somebody else brought.

    Raises:
        Hidden: there is no such piece for ``by``.
        Forbidden: it is one's own, was withdrawn, or the case is over.
        MovedOn: the same wish waits for an answer.
    """
    desk, piece = await piece_of(by, code, item_code, at=at)
    if piece.own or piece.sight is not Sight.WHOLE or piece.item.sharing is Sharing.WITHDRAWN:
        raise Forbidden("这份证据不用请看原件。")
    if desk.case.state not in BROUGHT:
        raise Forbidden(OVER)
    if await OriginalWish.filter(item_id=piece.item.id, by_id=by.id, answer=Answer.ASKED).exists():
        raise MovedOn("您已经请对方出示原件，正在等答复。")
    wish = await OriginalWish.create(item=piece.item, by=by, seat=seat_of(desk.seats), at=at)
    facts: dict[str, Any] = {"item": piece.item.code, "wish": wish.code}
    await record("evidence.wished", desk.case.key, by=by, at=at, community_id=desk.case.community_id, **facts)
    return wish


@command
async def answer_original(
    code: str, item_code: str, wish_code: str, offer: Offer, *, by: Person, at: datetime
) -> OriginalWish:
    """Say where and when the original can be seen, or that it is not shown and why.

    Raises:
        Hidden: there is no such piece or wish for ``by``.
        Forbidden: somebody else brought it.
        Unfit: the place, the time or the reason is missing, or the time is over.
        MovedOn: it was answered before.
    """
    desk, piece = await owned(code, item_code, by=by, at=at)
    wish = await OriginalWish.get_or_none(code=wish_code, item_id=piece.item.id)
    if wish is None:
        raise Hidden(NO_ITEM)
    _fit(offer, at)
    put(desk.case, wish, "words", offer.words.strip())
    answer = Answer.OFFERED if offer.shown else Answer.REFUSED
    changes = {"answer": answer, "words": wish.words, "answered_by_id": by.id, "answered_at": at}
    changes["meet_at"] = offer.meet_at if offer.shown else None
    if not await OriginalWish.filter(id=wish.id, answer=Answer.ASKED).update(**changes):
        raise MovedOn("这个请求已经答复过了。")
    wish.update_from_dict(changes)
    facts: dict[str, Any] = {"item": piece.item.code, "wish": wish.code, "answer": answer}
    await record("evidence.answered", desk.case.key, by=by, at=at, community_id=desk.case.community_id, **facts)
    return wish


def _fit(offer: Offer, at: datetime) -> None:
    if offer.shown and (offer.meet_at is None or offer.meet_at <= at):
        raise Unfit("请写哪一天几点可以看原件，要在现在以后。", field="meet_at")
    if not offer.words.strip() and offer.shown:
        raise Unfit("请写在哪里看。", field="words")
    if not offer.words.strip():
        raise Unfit("请用一句话写明为什么不拿出来。", field="words")
    if len(offer.words.strip()) > WORDS:
        n = len(offer.words.strip())
        raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field="words", n=n, most=WORDS)
