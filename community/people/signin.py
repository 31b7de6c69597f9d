"""Signing in: with a password or with a link by mail. What is answered never tells whether an account exists."""

from datetime import datetime

from community.errors import Unfit
from community.notice.mail import queue_mail
from community.people.links import make, use
from community.people.models import Person
from community.people.password import matches
from community.people.queries import by_email
from community.people.rules import Deed, Purpose, tidy_email
from community.people.throttle import attempt, relent
from community.record.outbox import record
from community.record.transaction import bookkeeping, command


async def by_password(email: str, password: str, *, host: str, at: datetime) -> Person:
    """Return whose address and password these are.

    Raises:
        Unfit: they do not belong together, in one sentence for every reason.
        TooOften: too many tries for this account, from this address, or at all.
    """
    address = tidy_email(email)
    await attempt(Deed.PASSWORD, account=address, host=host, at=at)
    person = await by_email(address)
    if not await matches(password, person.password_hash if person else None) or person is None:
        raise Unfit("邮箱或密码不对。请再试一次，或者用邮件里的链接登录。", field="password")
    await relent(Deed.PASSWORD, account=address, host=host)
    return person


async def ask_link(email: str, purpose: Purpose, *, lang: str, host: str, at: datetime) -> None:
    """Mail a link to sign in or to set a password; to an address without account, a word that it has none.

    Raises:
        Unfit: it is no address.
        TooOften: too many mails asked for.
    """
    address = tidy_email(email)
    await attempt(Deed.MAIL, account=address, host=host, at=at)
    person = await by_email(address)
    if person:
        await _send(person, purpose, at=at)
    else:
        await _say_unknown(address, lang, at=at)


_MAILS = {
    Purpose.SIGN_IN: ("community/people/mail_sign_in", "/sign-in/"),
    Purpose.SET_PASSWORD: ("community/people/mail_set_password", "/password/"),
}


@command
async def _send(person: Person, purpose: Purpose, *, at: datetime) -> None:
    template, path = _MAILS[purpose]
    token = await make(person, purpose, at=at)
    facts = {"name": person.name, "path": path + token}
    await queue_mail(person.email, person.lang, template, facts, at=at, person_id=person.id, secret=True)


@bookkeeping
async def _say_unknown(address: str, lang: str, *, at: datetime) -> None:
    await queue_mail(address, lang, "community/people/mail_unknown", {}, at=at, person_id=None)


@command
async def by_link(token: str, *, at: datetime) -> Person:
    """Use up a sign-in link and return whose it is.

    Raises:
        MovedOn: the link is used or too old.
    """
    person = await use(token, Purpose.SIGN_IN, at=at)
    await record("person.link-used", f"person-{person.id}", by=person, at=at)
    return person
