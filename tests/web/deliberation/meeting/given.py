"""Letters of meetings, and who asks, as tests of their pages need them."""

from email.message import EmailMessage

import httpx2
from icalendar import Calendar
from starlette.applications import Starlette

from community.notice.models import Mail
from community.people.models import Person
from tests.world import NOON, sign_in
from web.courier import Duty, duties
from web.deliberation.meeting.mails import LETTER
from web.mail import write
from web.page import Site
from web.postman import compose
from web.settings import Settings

SITE = Site("和议", "", "")


def unmailed(app: Starlette) -> list[Duty]:
    """Return all that the courier does before letters leave, so that they can be read in the queue."""
    every = duties(app)
    return every[: [each.name for each in every].index("mail")]


async def as_(client: httpx2.AsyncClient, person: Person | None) -> None:
    client.cookies.clear()
    if person:
        client.cookies.update(await sign_in(person))


async def letter_to(address: str) -> EmailMessage:
    mail = await Mail.filter(to=address, template=LETTER).order_by("-id").first()
    assert mail
    settings = Settings(site_url="https://heyi.example.cn", mail_from="heyi@example.cn")
    return compose(mail, await write(mail, site=SITE, site_url=settings.site_url), settings, SITE, at=NOON)


def invitation(message: EmailMessage) -> Calendar:
    (part,) = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
    found = Calendar.from_ical(part.get_content())
    assert isinstance(found, Calendar)
    return found
