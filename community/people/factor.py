"""The second factor: one-time codes by the clock (RFC 6238), and codes on paper for the day the telephone is lost."""

import hmac
import unicodedata
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, TypeVar

import pyotp
from tortoise.expressions import Q

from community.codes import ALPHABET, new_code
from community.errors import Forbidden, MovedOn, Unfit
from community.people.authority import warn
from community.people.models import Person, RecoveryCode, Session
from community.people.roles import all_roles, is_staff
from community.people.rules import RECOVERY_CODES, Deed
from community.people.sessions import sign_out_everywhere, strengthen
from community.people.throttle import attempt, relent
from community.privacy.vault import blind, lock, unlock
from community.record.outbox import Actor, record
from community.record.transaction import command

T = TypeVar("T")

STEP: Final = 30  # seconds
ISSUER: Final = "和议"
DIGITS: Final = 6
PAPER: Final = 10  # signs of a recovery code, 50 bits
_ALIKE: Final = str.maketrans("oil", "011")


def new_secret() -> str:
    """Return a fresh secret of 160 bits for an authenticator app."""
    return pyotp.random_base32()


def address_of(secret: str, person: Person) -> str:
    """Return the ``otpauth:`` address that an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=ISSUER)


def step_shown(secret: str, code: str, at: datetime) -> int | None:
    """Return the time step whose code was typed: the present one or a neighbour, for clocks that differ."""
    now = int(at.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    near = (now, now - 1, now + 1)
    typed = code.encode()
    return next((each for each in near if hmac.compare_digest(totp.at(each * STEP).encode(), typed)), None)


def code_at(person: Person, at: datetime) -> str:
    """Return the code that the person's telephone shows; for the demo staff on a development machine."""
    return pyotp.TOTP(unlock(person.totp_secret or "", about=_about(person))).at(int(at.timestamp()))


def hold(secret: str, person: Person) -> str:
    """Return a secret locked for the time between showing its QR code and the first code typed."""
    return lock(secret, about=f"person|{person.id}|totp-pending")


def held(sealed: str, person: Person) -> str:
    """Return the secret that `hold` locked. Raises `Tampered` when it was not for this person."""
    return unlock(sealed, about=f"person|{person.id}|totp-pending")


async def set_up(session: Session, secret: str, code: str, *, host: str, at: datetime) -> tuple[str, list[str]]:
    """Give the person behind ``session`` a second factor; return the new session token and the recovery codes.

    Raises:
        Unfit: the code is not the one of ``secret`` now.
        MovedOn: a second factor is set up already.
    """
    return await _tried(session.person, lambda: _set_up(session, secret, code, at=at), host=host, at=at)


@command
async def _set_up(session: Session, secret: str, code: str, *, at: datetime) -> tuple[str, list[str]]:
    person, step = session.person, step_shown(secret, _plain(code), at)
    if step is None:
        raise Unfit("这个验证码不对。请看手机上现在显示的六位数，再填一次。", field="code")
    sealed = lock(secret, about=_about(person))
    fresh = Person.filter(id=person.id, totp_secret=None)
    if not await fresh.update(totp_secret=sealed, totp_last_step=step):
        raise MovedOn("第二道验证已经设好了，不用再设。")
    await record("person.factor-set", f"person-{person.id}", by=person, at=at, community_id=person.community_id)
    await warn(person, "factor-set", at=at)
    return await strengthen(session, at=at), await _new_codes(person)


async def _tried(person: Person, deed: Callable[[], Awaitable[T]], *, host: str, at: datetime) -> T:
    """Do what takes a code, counted as a try, and forget the tries when it was right."""
    await attempt(Deed.CODE, account=f"person-{person.id}", host=host, at=at)
    result = await deed()
    await relent(Deed.CODE, account=f"person-{person.id}", host=host)
    return result


async def show_code(session: Session, code: str, *, host: str, at: datetime) -> str:
    """Let a session show its second factor, by a one-time code or a code on paper; return its new token.

    Raises:
        Unfit: the code is wrong, or was used before.
        TooOften: too many tries.
    """
    return await _tried(session.person, lambda: _show(session, code, at=at), host=host, at=at)


async def asked_again(person: Person, code: str, *, host: str, at: datetime) -> None:
    """Have somebody show their second factor outside of any session, each try counted.

    Raises:
        Unfit: the code is wrong, or was used before.
        TooOften: too many tries.
    """
    await _tried(person, lambda: spend(person, code, at=at), host=host, at=at)


@command
async def _show(session: Session, code: str, *, at: datetime) -> str:
    await spend(session.person, code, at=at)
    return await strengthen(session, at=at)


@command
async def spend(person: Person, code: str, *, at: datetime) -> None:
    """Use up a one-time code or a recovery code of ``person``; each is good once.

    Raises:
        Unfit: it is wrong, or was used before.
    """
    plain = _plain(code)
    paper = len(plain) != DIGITS
    good = await (_spend_paper(person, plain, at) if paper else _spend_step(person, plain, at))
    if not good:
        raise Unfit("验证码不对，或者已经用过了。请等手机换出下一个码再填。", field="code")
    await record("person.factor-shown", f"person-{person.id}", by=person, at=at, paper=paper)


async def _spend_step(person: Person, code: str, at: datetime) -> bool:
    secret = unlock(person.totp_secret, about=_about(person)) if person.totp_secret else ""
    step = step_shown(secret, code, at) if secret else None
    if step is None:
        return False
    newer = Person.filter(Q(totp_last_step=None) | Q(totp_last_step__lt=step), id=person.id)
    return bool(await newer.update(totp_last_step=step))


async def _spend_paper(person: Person, code: str, at: datetime) -> bool:
    unused = RecoveryCode.filter(person_id=person.id, code_hash=_paper_hash(person, code), used_at=None)
    return bool(await unused.update(used_at=at))


async def renew_codes(person: Person, code: str, *, host: str, at: datetime) -> list[str]:
    """Return fresh recovery codes against a one-time code; the old ones are void.

    Raises:
        Unfit, TooOften: as `show_code`.
    """
    return await _tried(person, lambda: _renew(person, code, at=at), host=host, at=at)


async def turn_off(person: Person, code: str, *, host: str, at: datetime) -> None:
    """Take the second factor away again, against a code, and sign out everywhere.

    Raises:
        Forbidden: staff need one.
        Unfit, TooOften: as `show_code`.
    """
    if is_staff(await all_roles(person, at=at)):
        raise Forbidden("工作人员必须用第二道验证，不能关掉。换手机请联系管理员。")
    await _tried(person, lambda: _turn_off(person, code, at=at), host=host, at=at)


@command
async def _renew(person: Person, code: str, *, at: datetime) -> list[str]:
    await spend(person, code, at=at)
    return await _new_codes(person)


@command
async def _turn_off(person: Person, code: str, *, at: datetime) -> None:
    await spend(person, code, at=at)
    await clear(person, by=person, at=at)


@command
async def clear(person: Person, *, by: Actor | None, at: datetime) -> None:
    """Remove the second factor, so that it can be set up on another telephone; the caller has checked the right."""
    await Person.filter(id=person.id).update(totp_secret=None, totp_last_step=None)
    await RecoveryCode.filter(person_id=person.id).delete()
    await sign_out_everywhere(person, by=by, at=at)
    await record("person.factor-cleared", f"person-{person.id}", by=by, at=at, community_id=person.community_id)
    await warn(person, "factor-cleared", at=at)


async def _new_codes(person: Person) -> list[str]:
    await RecoveryCode.filter(person_id=person.id).delete()
    codes = [new_code(PAPER) for _ in range(RECOVERY_CODES)]
    rows = [RecoveryCode(person_id=person.id, code_hash=_paper_hash(person, each)) for each in codes]
    await RecoveryCode.bulk_create(rows)
    return [f"{each[:5]}-{each[5:]}" for each in codes]


def _plain(code: str) -> str:
    """Return what was meant: half-width, without spaces and dashes, and with 0 and 1 for the letters like them."""
    typed = unicodedata.normalize("NFKC", code).lower()
    return "".join(c for c in typed.translate(_ALIKE) if c in ALPHABET)


def _paper_hash(person: Person, code: str) -> str:
    return blind(code, purpose=f"recovery {person.id}")


def _about(person: Person) -> str:
    return f"person|{person.id}|totp_secret"
