"""People as tests of accounts need them: joined, signed in, with a password, with a second factor."""

import re
from datetime import datetime, timedelta

import pyotp

from community.people import factor, password
from community.people.models import Person, Session
from community.people.rules import NOTICE_VERSION
from community.people.sessions import begin, hash_of_token
from community.people.signup import Looks, sign_up
from community.record.models import Event
from tests.world import NOON, sign_in

GOOD = "shan-cha-82-mu-tong"
HOST = "192.0.2.7"
LATER = NOON + timedelta(minutes=5)
JOIN = {"name": "新邻居", "email": "new@example.org", "agree": "on", "notice": NOTICE_VERSION}


async def join(email: str = "new@example.org", name: str = "新邻居", *, community: int | None = None) -> None:
    await sign_up(name=name, email=email, community_id=community, notice_version=NOTICE_VERSION, looks=Looks(), at=NOON)


async def kinds() -> list[str]:
    return [event.kind for event in await Event.all().order_by("id")]


async def open_session(person: Person, at: datetime = NOON) -> Session:
    made = await begin(person, shared=False, agent="Firefox", at=at)
    return await Session.get(token_hash=hash_of_token(made)).select_related("person")


async def with_factor(person: Person) -> tuple[Session, str, list[str]]:
    session, secret = await open_session(person), factor.new_secret()
    _, codes = await factor.set_up(session, secret, pyotp.TOTP(secret).at(NOON), host=HOST, at=NOON)
    return await Session.get(id=session.id).select_related("person"), secret, codes


def secret_on(page: str) -> str:
    found = re.search(r'<code class="code">([A-Z2-7 ]+)</code>', page)
    assert found
    return found[1].replace(" ", "")


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


async def with_password(person: Person) -> dict[str, str]:
    await password.set_password(person, GOOD, at=NOON)
    return {"email": person.email, "password": GOOD}


async def signed_in_with_factor(person: Person) -> str:
    token = await sign_in(person)
    session = await Session.get(person_id=person.id).select_related("person")
    assert token
    secret = factor.new_secret()
    await factor.set_up(session, secret, pyotp.TOTP(secret).at(int(NOON.timestamp())), host=HOST, at=NOON)
    return secret
