"""Takes mails off the queue and hands them to the SMTP server, over one connection while there is work."""

import logging
import secrets
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime, formataddr, parseaddr
from typing import Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from community.notice.models import Mail
from community.notice.sending import claim, failed, sent
from web.invite import invite_of
from web.mail import Letter, write
from web.page import Site
from web.settings import Settings

log = logging.getLogger(__name__)

BATCH: Final = 10
TIMEOUT: Final = 15.0  # seconds; ten of them stay below a lease
PERMANENT: Final = range(500, 600)  # RFC 5321 §4.2.1
DEFAULT_PORTS: Final = {"smtp": 587, "smtps": 465}


class Unreachable(Exception):
    """The server cannot be talked to, which is no mail's fault."""


class Postman:
    """Sends what is due. With no server a trial keeps the mails for its outbox page, and a real site lets them wait."""

    def __init__(self, settings: Settings, site: Site) -> None:
        self.settings, self.site = settings, site
        self._line: aiosmtplib.SMTP | None = None

    async def send_due(self, at: datetime) -> int:
        """Send a batch and return how many were tried."""
        if not self.settings.smtp and not self.settings.development:
            return 0
        mails = await claim(at=at, limit=BATCH)
        if not mails:
            await self._hang_up()
        for place, mail in enumerate(mails):
            try:
                await self._one(mail, at)
            except Unreachable as why:
                await self._all_later(mails[place:], str(why), at)
                return 0
        return len(mails)

    async def _one(self, mail: Mail, at: datetime) -> None:
        try:
            letter = await write(mail, site=self.site, site_url=self.settings.site_url.rstrip("/"))
            message = compose(mail, letter, self.settings, self.site, at=at)
            if self.settings.smtp:
                await (await self._connected()).send_message(message)
        except Unreachable:
            raise
        except Exception as error:  # noqa: BLE001 - one bad mail must not hold up the others
            await self._failed(mail, error, at)
        else:
            await sent(mail, at=at, keep=self.settings.development)

    async def _failed(self, mail: Mail, error: Exception, at: datetime) -> None:
        code = answer_code(error)
        if not code:
            await self._hang_up()
        log.warning("mail %s was not sent: %s", mail.id, type(error).__name__, exc_info=None if code else error)
        trouble = f"{code} {type(error).__name__}".strip()
        await failed(mail, trouble, at=at, permanent=code in PERMANENT, luck=secrets.randbelow(1000))

    async def _all_later(self, mails: list[Mail], why: str, at: datetime) -> None:
        log.warning("the mail server cannot be reached: %s", why)
        for mail in mails:
            await failed(mail, why, at=at, permanent=False, luck=secrets.randbelow(1000))

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._line is None or not self._line.is_connected:
            line = server(self.settings.smtp)
            try:
                await line.connect()
            except (aiosmtplib.SMTPException, OSError, ValueError) as error:
                raise Unreachable(type(error).__name__) from error
            self._line = line
        return self._line

    async def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def server(url: str) -> aiosmtplib.SMTP:
    """Return a client for ``smtp://user:password@host:port`` (TLS when offered) or ``smtps://…`` (TLS at once)."""
    parts = urlsplit(url)
    return aiosmtplib.SMTP(
        hostname=parts.hostname,
        port=parts.port or DEFAULT_PORTS[parts.scheme],
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=parts.scheme == "smtps",
        timeout=TIMEOUT,
    )


def answer_code(error: Exception) -> int:
    """Return the server's three-digit answer, or 0 when there was none."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return max((each.code for each in error.recipients), default=0)
    code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else 0
    return max(code, 0)


def compose(mail: Mail, letter: Letter, settings: Settings, site: Site, *, at: datetime) -> EmailMessage:
    """Return the message for the wire. Raises ``ValueError`` on an address that would break the header."""
    sender = parseaddr(settings.mail_from)[1] or "heyi@localhost"
    message = EmailMessage(policy=WIRE)
    message["From"] = formataddr((site.host_name or site.name, sender))
    message["To"] = mail.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = mail.message_id(sender.rsplit("@", 1)[-1])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(letter.text, cte="base64")
    message.add_alternative(letter.html, subtype="html", cte="base64")
    if invite := invite_of(mail, organizer=sender, site_url=settings.site_url, at=at):
        text, method = invite
        message.add_attachment(text, subtype="calendar", params={"method": method}, filename="invite.ics", cte="base64")
    return message
