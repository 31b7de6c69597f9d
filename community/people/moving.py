"""Another mailbox for an account: asked for with proof, done by a link that was sent there."""

from datetime import datetime
from typing import Final

from community.errors import MovedOn, Unfit
from community.notice.mail import queue_mail
from community.people.authority import changed, warn
from community.people.links import good, make, use, void
from community.people.models import Move, Person
from community.people.proof import Proof, use_up
from community.people.rules import LINK_LIFE, Deed, Purpose, tidy_email
from community.people.sessions import end_all
from community.people.throttle import attempt
from community.record.outbox import record
from community.record.transaction import command

ABOUT: Final = "move"
"""What a proof is for that is shown here."""


async def ask(email: str, proof: Proof, *, host: str, by: Person, at: datetime) -> None:
    """Send a link to the mailbox that shall be that of ``by``; to one that has an account, a word that it has.

    What is answered never tells which.

    Raises:
        Unfit: it is no address, or the one that stands.
        TooOften: too many mails asked for.
    """
    address = tidy_email(email)
    if address == by.email:
        raise Unfit("这就是您现在用的邮箱。", field="email")
    await attempt(Deed.MAIL, account=address, host=host, at=at)
    await _ask(address, proof, by=by, at=at)


@command
async def _ask(address: str, proof: Proof, *, by: Person, at: datetime) -> None:
    await use_up(proof, by=by, at=at)
    await void(by, Purpose.MOVE, at=at)
    await record("person.move-asked", f"person-{by.id}", by=by, at=at, community_id=by.community_id)
    if await Person.exists(email=address):
        await queue_mail(address, by.lang, "community/people/mail_taken", {}, at=at, person_id=None)
        return
    token = await make(by, Purpose.MOVE, at=at)
    link = await good(token, Purpose.MOVE, at=at)
    await Move.create(link=link, email=address)
    hours = LINK_LIFE[Purpose.MOVE].total_seconds() // 3600
    facts = {"name": by.name, "path": f"/email/{token}", "hours": int(hours)}
    await queue_mail(address, by.lang, "community/people/mail_move", facts, at=at, person_id=by.id, secret=True)


async def wanted(token: str, *, at: datetime) -> Move | None:
    """Return what a link would do, with its link and person, while it is good."""
    link = await good(token, Purpose.MOVE, at=at)
    return await Move.get_or_none(link_id=link.id).select_related("link__person") if link else None


@command
async def move(token: str, *, keep_session: int | None = None, at: datetime) -> Person:
    """Make the mailbox to which a link was sent that of the account, and end its other sessions and links.

    Raises:
        MovedOn: the link is used or too old, or somebody opened an account for the mailbox meanwhile.
    """
    found = await wanted(token, at=at)
    person = await use(token, Purpose.MOVE, at=at)
    if found is None or await Person.exists(email=found.email):
        raise MovedOn("这个邮箱已经有账号了，请换一个。")
    await warn(person, "moved-away", at=at)
    await Person.filter(id=person.id).update(email=found.email)
    person.email = found.email
    await end_all(person, but=keep_session, by=person, at=at)
    await void(person, at=at)
    await changed(person.id)
    await record("person.moved", f"person-{person.id}", by=person, at=at, community_id=person.community_id)
    await warn(person, "moved", at=at)
    return person
