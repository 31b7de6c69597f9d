"""What the office does with a letter: print, send, hand over, note that it arrived or came back, leave it."""

from datetime import datetime
from typing import Any

from community.errors import Hidden, MovedOn, Unfit
from community.files.commands import attach
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.keys import lock_for, opened
from mediation.case.models import Invitation, Will
from mediation.case.queries import HIDDEN
from mediation.intake.rules import LINK_LIFE, new_token
from mediation.letters.models import Letter
from mediation.letters.queries import OFFICE, about, addressable, letter_in, own_letter, shy
from mediation.letters.rules import BY_HAND, STEPS, Back, Deed, Going, LetterKind, LetterState, check

GONE = "这封信刚才有人办过了，请刷新页面看现在到哪一步。"
ANSWERED = "这位当事人已经答复了，这封邀请信不用再寄。"


@command
async def print_out(code: str, *, by: Person, at: datetime) -> tuple[Letter, str]:
    """Return a letter as printed now, with the token of its link when it invites; printing again makes a new link.

    Raises:
        Hidden: ``by`` may not read to whom it goes.
        MovedOn: it went out before, or the party has answered.
    """
    letter, seats = await letter_in(by, code, at=at)
    if not seats & OFFICE or not addressable(seats, letter.case):
        raise Hidden(HIDDEN)
    await _step(letter, Deed.PRINT, {"printed_by_id": by.id, "printed_at": at}, by=by, at=at)
    return letter, await _link(letter, at) if letter.kind is LetterKind.INVITATION else ""


async def _link(letter: Letter, at: datetime) -> str:
    """Put a new link in place of the one whose letter was never sent: it stays one attempt."""
    token, digest = new_token()
    link = Invitation.filter(id=letter.invitation_id, ended_at=None)
    if letter.party.will in (Will.CONSENTED, Will.REFUSED) or not await link.update(
        token_hash=digest, expires_at=at + LINK_LIFE
    ):
        raise MovedOn(ANSWERED)
    return token


@command
async def go(code: str, going: Going, *, by: Person, at: datetime) -> Letter:
    """Note how a letter went: into the post, onto the door, into a hand, or told on the safe telephone.

    Raises:
        Unfit: this way is not safe, or a number, a signature or a witness is missing.
        MovedOn: it went before.
    """
    letter, seats = await letter_in(by, code, at=at)
    if going.how not in BY_HAND and not seats & OFFICE:
        raise Hidden(HIDDEN)
    tidy = check(going, called=opened(letter.party, "name"), shy=shy(letter))
    deed = Deed.HAND if tidy.how in BY_HAND else Deed.SEND
    changes: dict[str, Any] = {"how": tidy.how, "sent_by_id": by.id, "sent_at": at, "proof": tidy.proof}
    if deed is Deed.HAND:
        changes["ended_at"] = at
    for column in ("tracking", "name", "witness"):
        changes[column] = lock_for(letter.party, getattr(tidy, column), about=about(letter, column))
    facts = {"how": tidy.how, **({"proof": tidy.proof} if tidy.proof else {})}
    await _step(letter, deed, changes, by=by, at=at, **facts)
    if letter.invitation_id and deed is Deed.SEND:
        await Invitation.filter(id=letter.invitation_id, ended_at=None).update(sent_at=at, expires_at=at + LINK_LIFE)
    return letter


@command
async def arrive(code: str, *, by: Person, at: datetime) -> Letter:
    """Note that a letter that was sent has arrived, as the post or the party says."""
    letter, _ = await letter_in(by, code, at=at)
    await _step(letter, Deed.ARRIVE, {"ended_at": at}, by=by, at=at)
    return letter


@command
async def come_back(code: str, why: Back, *, by: Person, at: datetime) -> Letter:
    """Note that a letter came back, and why."""
    letter, _ = await letter_in(by, code, at=at)
    await _step(letter, Deed.RETURN, {"ended_at": at, "back": why}, by=by, at=at, why=why)
    return letter


@command
async def drop(code: str, *, by: Person, at: datetime) -> Letter:
    """Leave a letter that need not go any more."""
    letter, seats = await letter_in(by, code, at=at)
    if not seats & OFFICE:
        raise Hidden(HIDDEN)
    await _step(letter, Deed.DROP, {"ended_at": at}, by=by, at=at)
    return letter


@command
async def confirm(code: str, *, at: datetime) -> Letter:
    """Say, with the letter in one's hands and without an account, that it arrived."""
    letter = await own_letter(code)
    await _step(letter, Deed.ARRIVE, {"ended_at": at}, by=None, at=at)
    return letter


@command
async def keep_card(code: str, upload: str, *, by: Person, at: datetime) -> Letter:
    """Put the scan of the signed card of a visit with the letter; its hash stands on record, and it is not changed.

    Raises:
        Unfit: no card was signed for this letter, or the file is not there.
        MovedOn: there is one.
    """
    letter, _ = await letter_in(by, code, at=at)
    if letter.proof is None:
        raise Unfit("这封信没有上门卡的签名。请先记下当面交给了谁。", field="file")
    kept = (await attach([upload], f"letter-{letter.id}", by=by, at=at))[0]
    if not await Letter.filter(id=letter.id, receipt="").update(receipt=kept.code, sha256=kept.sha256):
        raise MovedOn("上门卡的扫描件已经存好，不能再换。")
    where: dict[str, Any] = {"community_id": letter.case.community_id, "case": letter.case_id}
    await record("letter.card", f"letter-{letter.id}", by=by, at=at, sha256=kept.sha256, **where)
    return letter


async def _step(
    letter: Letter,
    deed: Deed,
    changes: dict[str, Any],
    *,
    by: Person | None,
    at: datetime,
    **facts: Any,  # noqa: ANN401 - codes of any kind
) -> None:
    before, after = STEPS[deed]
    rows = Letter.filter(id=letter.id, state__in=list(before))
    if not await rows.update(state=after, **changes):
        raise MovedOn(GONE)
    where: dict[str, Any] = {"community_id": letter.case.community_id, "case": letter.case_id}
    await record(f"letter.{deed}", f"letter-{letter.id}", by=by, at=at, **facts, **where)
    letter.state = LetterState(after)
