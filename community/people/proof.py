"""Proving, there and then, to be who is signed in: before signing and before setting a seal."""

import hmac
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from community.errors import MovedOn, Unfit
from community.notice.mail import queue_mail
from community.people import factor
from community.people.models import Person, ProofCode
from community.people.password import matches
from community.people.rules import Deed, Method
from community.people.throttle import attempt, relent
from community.privacy import vault
from community.record.outbox import record
from community.record.transaction import command

LIFE: Final = timedelta(minutes=10)
DIGITS: Final = 6
TEMPLATE: Final = "community/people/mail_code"
DEEDS: Final = {Method.MAIL: Deed.CODE, Method.TOTP: Deed.CODE, Method.PASSWORD: Deed.PASSWORD}


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody showed; a mailed code (``code_id``) or one of the telephone (``digits``) is still to be used up."""

    method: Method
    code_id: int | None = None
    digits: str = ""


def ways(person: Person) -> tuple[Method, ...]:
    """Return how somebody can prove themself, the strongest first."""
    has = {Method.TOTP: bool(person.totp_secret), Method.MAIL: True, Method.PASSWORD: bool(person.password_hash)}
    return tuple(method for method, there in has.items() if there)


async def send_code(about: str, *, host: str, by: Person, at: datetime) -> None:
    """Mail ``by`` a code of six digits that is good once, for ``about`` alone, for ten minutes.

    Raises:
        TooOften: five were sent within an hour.
    """
    await attempt(Deed.MAIL, account=_account(by), host=host, at=at)
    await _send(about, by=by, at=at)


@command
async def _send(about: str, *, by: Person, at: datetime) -> None:
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    await ProofCode.filter(person_id=by.id, about=about, used_at=None).update(used_at=at)
    await ProofCode.create(person=by, about=about, code_hash=_hash(by, about, digits), expires_at=at + LIFE)
    facts = {"code": digits, "minutes": LIFE // timedelta(minutes=1)}
    await queue_mail(by.email, by.lang, TEMPLATE, facts, at=at, person_id=by.id, topic="account", secret=True)
    await record("proof.sent", f"person-{by.id}", by=by, at=at)


@asynccontextmanager
async def proven(
    about: str, method: Method, typed: str, *, host: str, by: Person, at: datetime
) -> AsyncGenerator[Proof]:
    """Give the proof to the deed that needs it; every try counts, until one is right.

    Raises:
        Unfit: what was typed is wrong, too old, or used.
        TooOften: too many tries.
    """
    await attempt(DEEDS[method], account=_account(by), host=host, at=at)
    yield await _shown(about, method, typed, by=by, at=at)
    await relent(DEEDS[method], account=_account(by), host=host)


async def _shown(about: str, method: Method, typed: str, *, by: Person, at: datetime) -> Proof:
    if method is Method.TOTP:
        return Proof(method, digits=typed)
    if method is Method.MAIL:
        return Proof(method, code_id=await _mailed(about, typed, by=by, at=at))
    if not await matches(typed, by.password_hash):
        raise Unfit("密码不对，请再输一次。", field="typed")
    return Proof(method)


async def _mailed(about: str, typed: str, *, by: Person, at: datetime) -> int:
    code = await ProofCode.filter(person_id=by.id, about=about, used_at=None, expires_at__gt=at).order_by("-id").first()
    digits = "".join(str(int(c)) for c in typed if c.isdecimal())
    if code is None or not hmac.compare_digest(code.code_hash, _hash(by, about, digits)):
        raise Unfit("验证码不对，或者过了十分钟。请核对邮件里的六位数字，或者再要一个。", field="typed")
    return code.id


async def use_up(proof: Proof, *, by: Person, at: datetime) -> None:
    """Use up the code behind a proof; call it in the command that the proof is for.

    Raises:
        Unfit: the code of the telephone is wrong or was used.
        MovedOn: the mailed code has been used meanwhile.
    """
    if proof.code_id and not await ProofCode.filter(id=proof.code_id, used_at=None).update(used_at=at):
        raise MovedOn("这个验证码已经用过了，请再要一个。")
    if proof.method is Method.TOTP:
        try:
            await factor.spend(by, proof.digits, at=at)
        except Unfit as wrong:
            raise Unfit(wrong.reason, field="typed") from wrong


def _account(person: Person) -> str:
    return f"proof-{person.id}"


def _hash(person: Person, about: str, digits: str) -> str:
    return vault.blind(digits, purpose=f"proof {person.id} {about}")
