"""A real SMTP server that keeps what it is given, and misbehaves when it is told to."""

import asyncio
import contextlib
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from typing import cast

import anyio
from aiosmtpd.smtp import SMTP, Envelope, Session


class Failure(StrEnum):
    """What the server does instead of taking a message."""

    LATER = "451 4.7.1 greylisted, try again later"
    NEVER = "550 5.1.1 no such mailbox"
    DROP = "drop"
    """Close the connection after the message came in, without an answer."""
    HANG = "hang"
    """Never answer."""


@dataclass
class Postbox:
    """The server seen from a test. ``messages`` holds what was taken, oldest first."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    attempts: int = 0
    _plan: deque[Failure] = field(default_factory=deque)

    @property
    def url(self) -> str:
        """Return the address in the form of ``HEYI_SMTP``."""
        return f"smtp://127.0.0.1:{self.port}"

    def fail(self, how: Failure, *, times: int = 1) -> None:
        """Fail the next ``times`` messages like this, after the failures already planned."""
        self._plan.extend([how] * times)

    def to(self, address: str) -> list[EmailMessage]:
        """Return the messages whose envelope named ``address`` as a recipient."""
        return [message for message in self.messages if address in str(message["X-Envelope-To"]).split(", ")]

    async def arrived(self, count: int, *, within: float = 10.0) -> list[EmailMessage]:
        """Wait until ``count`` messages are there and return them; raises ``TimeoutError`` after ``within`` seconds."""
        deadline = time.monotonic() + within
        while len(self.messages) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.messages)} of {count} messages arrived within {within} s")
            await anyio.sleep(0.01)
        return list(self.messages)

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a message, or fail as planned."""
        self.attempts += 1
        match self._plan.popleft() if self._plan else None:
            case None:
                self._keep(envelope)
                return "250 2.0.0 taken"
            case Failure.DROP:
                cast("asyncio.Transport", server.transport).abort()
                return "421 gone"
            case Failure.HANG:
                await asyncio.Event().wait()
            case answer:
                return answer.value
        return "421 gone"

    def _keep(self, envelope: Envelope) -> None:
        message = message_from_bytes(cast("bytes", envelope.content), policy=policy.default)
        message["X-Envelope-From"] = envelope.mail_from or ""
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)


@contextlib.contextmanager
def smtp_server() -> Iterator[Postbox]:
    """Run an SMTP server on loopback, on a loop and a thread of its own, and yield its post box."""
    box, loop = Postbox(), asyncio.new_event_loop()
    server = loop.run_until_complete(_listen(box, loop))
    thread = threading.Thread(target=loop.run_forever, name="smtp", daemon=True)
    thread.start()
    try:
        yield box
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _listen(box: Postbox, loop: asyncio.AbstractEventLoop) -> asyncio.Server:
    def connection() -> SMTP:
        return SMTP(box, hostname="postbox.test", enable_SMTPUTF8=True, decode_data=False, loop=loop)

    server = await loop.create_server(connection, "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    return server


async def _close(server: asyncio.Server) -> None:
    """Stop listening and end every conversation, the hanging ones too."""
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
