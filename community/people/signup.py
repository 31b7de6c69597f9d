"""Signing up: a name, a mailbox and a community; the mailbox proves itself by a link."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from community.errors import Unfit
from community.notice.mail import queue_mail
from community.people.links import make, use
from community.people.models import Link, Mode, NoticeSeen, Person
from community.people.password import hash_of
from community.people.queries import communities
from community.people.rules import NOTICE, NOTICE_VERSION, Purpose, tidy_email, tidy_name
from community.people.strength import require_strong
from community.record.outbox import record
from community.record.transaction import bookkeeping, command

FORGET: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Looks:
    """How the visitor's pages look already, to be kept with the account."""

    lang: str = "zh-CN"
    mode: Mode = Mode.STANDARD
    text_size: str = ""
    theme: str = ""


@command
async def sign_up(
    *, name: str, email: str, community_id: int | None, notice_version: str, looks: Looks, at: datetime
) -> None:
    """Open an account that waits for its mailbox, or write to the one that is there; the answer never tells which.

    Raises:
        Unfit: the name, address or community cannot be, or the notice changed meanwhile.
    """
    tidied, address = tidy_name(name), tidy_email(email)
    if notice_version != NOTICE_VERSION:
        raise Unfit("隐私说明刚刚更新过，请再看一遍，然后重新勾选。", field="agree")
    place_id = await _chosen(community_id)
    fresh = Person(
        name=tidied,
        email=address,
        community_id=place_id,
        joined_at=at,
        lang=looks.lang,
        mode=looks.mode,
        text_size=looks.text_size,
        theme=looks.theme,
    )
    await Person.bulk_create([fresh], ignore_conflicts=True)
    person = await Person.get(email=address)
    await (_greet_again(person, at) if person.confirmed_at else _ask(person, tidied, place_id, at))


async def _chosen(community_id: int | None) -> int | None:
    open_ones = [place.id for place in await communities()]
    if community_id in open_ones:
        return community_id
    if len(open_ones) > 1 or community_id is not None:
        raise Unfit("请选您住的社区。", field="community")
    return open_ones[0] if open_ones else None


async def _ask(person: Person, name: str, place_id: int | None, at: datetime) -> None:
    await Person.filter(id=person.id, confirmed_at=None).update(name=name, community_id=place_id)
    await NoticeSeen.bulk_create(
        [NoticeSeen(person_id=person.id, notice=NOTICE, version=NOTICE_VERSION, given_at=at)], ignore_conflicts=True
    )
    await record("person.joined", f"person-{person.id}", by=person, at=at, community_id=place_id)
    await _write(person, Purpose.CONFIRM, "community/people/mail_confirm", "/confirm/", at)


async def _greet_again(person: Person, at: datetime) -> None:
    await record("person.joined-again", f"person-{person.id}", by=None, at=at, community_id=person.community_id)
    await _write(person, Purpose.SIGN_IN, "community/people/mail_sign_in", "/sign-in/", at)


async def _write(person: Person, purpose: Purpose, template: str, path: str, at: datetime) -> None:
    token = await make(person, purpose, at=at)
    facts = {"name": person.name, "path": path + token}
    owner = person.id if person.confirmed_at else None  # an account that never answers must be easy to forget
    await queue_mail(person.email, person.lang, template, facts, at=at, person_id=owner, secret=True)


async def confirm(token: str, *, password: str | None = None, person: Person, at: datetime) -> Person:
    """Take a mailbox as proven, with a first password when one was chosen, and return whose it is.

    The password is asked for here and not on the first form, so that nobody can
    choose one for a mailbox that is not theirs.

    Raises:
        Unfit: the password is weak; the link stays good.
        MovedOn: the link is used or too old.
    """
    hashed = None
    if password:
        await require_strong(password, known=(person.name, person.email))
        hashed = await hash_of(password)
    return await _confirm(token, hashed, at=at)


@command
async def _confirm(token: str, hashed: str | None, *, at: datetime) -> Person:
    person = await use(token, Purpose.CONFIRM, at=at)
    unproven = Person.filter(id=person.id, confirmed_at=None)
    await unproven.update(confirmed_at=at, password_hash=hashed)
    await record("person.confirmed", f"person-{person.id}", by=person, at=at, community_id=person.community_id)
    return person


@bookkeeping
async def forget_unconfirmed(*, at: datetime) -> int:
    """Erase what was typed for mailboxes that never answered, and return how many accounts that was.

    Source: 个人信息保护法 art 19, the shortest time necessary.
    """
    never = Person.filter(confirmed_at=None, joined_at__lte=at - FORGET, holdings__id=None, sessions__id=None)
    ids = [person.id for person in await never.limit(100)]
    await Link.filter(person_id__in=ids).delete()
    await NoticeSeen.filter(person_id__in=ids).delete()
    return await Person.filter(id__in=ids).delete() if ids else 0
