"""The token in an unsubscribe address: whom and what it is about, signed, good for ever (RFC 8058)."""

import hmac

from community.errors import Hidden
from community.people.models import Person
from community.privacy import vault


async def make_token(person_id: int | None, topic: str) -> str:
    """Return the token with which a person stops mail about ``topic`` without signing in."""
    person = await Person.get(id=person_id)
    return f"{person.code}-{topic}-{_sign(person.code, topic)}"


async def read_token(token: str) -> tuple[Person, str]:
    """Return whom a token is about and what.

    Raises:
        Hidden: it was not made here.
    """
    code, topic, mark = ("", "", *token.split("-"))[-3:]
    person = await Person.get_or_none(code=code)
    if person is None or not hmac.compare_digest(_sign(code, topic).encode(), mark.encode()):
        raise Hidden("这个退订链接不完整。请从信里重新点一次，或者登录后在“收信方式”里改。")
    return person, topic


def _sign(code: str, topic: str) -> str:
    return vault.blind(f"{code}|{topic}", purpose="unsubscribe")[:32]
