"""What the program writes about its own work: JSON lines in production, readable lines in development.

Never bodies, addresses with codes in them, e-mail addresses or numbers of people:
what slips into an error's text is masked before it is written.
"""

import logging
import logging.config
import re
import sys
from collections.abc import Sequence
from typing import Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from community.privacy.scan import mask_text
from web.settings import Settings

MAIL: Final = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_OURS: Final = frozenset({"timestamp", "level", "logger", "request", "kind", "route"})  # made here: nothing to mask
_NEVER: Final = frozenset({"body", "form", "cookie", "authorization", "password", "email", "token"})


def set_up(settings: Settings) -> None:
    """Send every log line, ours and the libraries', through one chain to standard error."""
    shared = _chain()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(_config(shared, _last(settings), plain=settings.development))


def mask(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Take out what must not be written, and mask what looks like an address or a number of a person.

    >>> mask(None, "info", {"event": "Key (email)=(lan@example.org) exists", "body": "secret"})
    {'event': 'Key (email)=(…@…) exists'}
    """
    kept = {name: value for name, value in event.items() if name not in _NEVER}
    return {n: _masked(v) if isinstance(v, str) and n not in _OURS else v for n, v in kept.items()}


def _masked(text: str) -> str:
    return mask_text(MAIL.sub("…@…", text))


def _chain() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _last(settings: Settings) -> list[Processor]:
    """Return how a line is written; an error's story is a string before it is masked."""
    story, drop = structlog.processors.format_exc_info, structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if settings.development:
        console = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), sort_keys=False)
        return [drop, story, mask, console]
    return [drop, story, mask, structlog.processors.JSONRenderer(ensure_ascii=False)]


def _config(shared: Sequence[Processor], last: Sequence[Processor], *, plain: bool) -> dict[str, object]:
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": shared, "processors": last}
    requests = {"handlers": [] if plain else ["requests"], "propagate": plain}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter, "request": {"()": "web.trace.Line"}},
        "handlers": {
            "out": {"class": "logging.StreamHandler", "formatter": "line"},
            "requests": {"class": "logging.StreamHandler", "formatter": "request"},
        },
        "root": {"handlers": ["out"], "level": "INFO"},
        "loggers": {"uvicorn.access": {"level": "WARNING"}, "asyncio": {"level": "WARNING"}, "heyi.request": requests},
    }
