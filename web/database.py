"""Where the models live and how each engine is named."""

from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from tortoise import Tortoise
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection

MODELS: Final = [
    "community.calendar.models",
    "community.files.models",
    "community.helping.models",
    "community.hooks.models",
    "community.moderation.models",
    "community.notice.models",
    "community.orgs.models",
    "community.people.models",
    "community.places.models",
    "community.record.models",
    "community.search.models",
    "community.subject_requests.models",
    "community.timers.models",
    "community.tokens.models",
    "deliberation.archive.models",
    "deliberation.ballot.models",
    "deliberation.body.models",
    "deliberation.budget.models",
    "deliberation.calls.models",
    "deliberation.charter.models",
    "deliberation.debate.models",
    "deliberation.delivery.models",
    "deliberation.following.models",
    "deliberation.ledger.models",
    "deliberation.lineage.models",
    "deliberation.mandate.models",
    "deliberation.matter.models",
    "deliberation.meeting.models",
    "deliberation.outcome.models",
    "deliberation.polling.models",
    "deliberation.publicity.models",
    "deliberation.question.models",
    "deliberation.oversight.models",
    "deliberation.stakeholder.models",
    "mediation.agreement.models",
    "mediation.appointment.models",
    "mediation.archive.models",
    "mediation.assignment.models",
    "mediation.case.models",
    "mediation.clock.models",
    "mediation.confirmation.models",
    "mediation.digitised.models",
    "mediation.disposal.models",
    "mediation.evidence.models",
    "mediation.feedback.models",
    "mediation.intake.models",
    "mediation.interpreting.models",
    "mediation.letters.models",
    "mediation.minutes.models",
    "mediation.papers.models",
    "mediation.parties.models",
    "mediation.paying.models",
    "mediation.privacy.models",
    "mediation.referral.models",
    "mediation.register.models",
    "mediation.risk.models",
    "mediation.room.models",
    "mediation.supervision.models",
]


def config(url: str) -> dict[str, Any]:
    """Return Tortoise's configuration on its stock engines; migrations need the address as a URL."""
    return _config(url)


def safe_config(url: str) -> dict[str, Any]:
    """Return the configuration the program runs on: our engines for SQLite or PostgreSQL."""
    if url.startswith("sqlite"):
        parts = urlsplit(url)
        path = f"{parts.netloc}{parts.path}"
        return _config(
            {"engine": "web.db.safe_sqlite", "credentials": {"file_path": path, **dict(parse_qsl(parts.query))}}
        )
    expanded: dict[str, Any] = expand_db_url(url)
    expanded["credentials"].setdefault("maxsize", 10)
    return _config({"engine": "web.db.safe_asyncpg", "credentials": expanded["credentials"]})


def _config(connection: object) -> dict[str, Any]:
    return {
        "connections": {"default": connection},
        "apps": {"heyi": {"models": MODELS, "migrations": "web.migrations"}},
        "use_tz": True,
        "timezone": "UTC",
    }


async def open_database(url: str) -> None:
    """Connect; queries work from any task from now on."""
    EXECUTOR_CACHE.clear()  # of a database that was open before: an insert for SQLite is not understood by PostgreSQL
    await Tortoise.init(config=safe_config(url), _enable_global_fallback=True)
    await get_connection("default").execute_query("SELECT 1")  # open now: no request may be cancelled while opening


async def close_database() -> None:
    """Disconnect."""
    await Tortoise.close_connections()


TORTOISE: Final = config("sqlite://var/heyi.db")
"""What Tortoise's own command reads when a migration is written."""
