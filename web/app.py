"""Putting the parts together. The only module that knows them all."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.types import ASGIApp

from community.errors import Refused
from community.files.storage import Disk
from community.moderation import content
from community.privacy import vault
from community.record import hints
from community.record.transaction import drain
from web import errors
from web.clock import Clock
from web.courier import attend, duties
from web.database import close_database, open_database
from web.host import Hosts
from web.leaving import leavable
from web.live import hub_of
from web.mediation.room.board import Board
from web.moderated import CONTENTS
from web.packed import Packed
from web.page import Site, use_routes
from web.person import PersonMiddleware
from web.rooms import ROUTES
from web.searched import searchable
from web.security import CrossOriginGuard, PlainAddress, SecurityHeaders, TooLarge
from web.settings import Settings, ring_of
from web.shelves import narrow
from web.static import PREFIX, Static
from web.tasks import spawn
from web.trace import RequestLog
from web.unchanged import Unchanged

LIMIT = 2 * 1024 * 1024  # bytes of a request body, unless a route allows more


class Guarded(Starlette):
    """Starlette, which puts its limit for bodies before every middleware it is given, with words for that limit."""

    def build_middleware_stack(self) -> ASGIApp:
        """Wrap everything."""
        return Unchanged(Packed(TooLarge(super().build_middleware_stack())))


def create_app(settings: Settings, *, clock: Clock | None = None, courier: bool | None = None) -> Starlette:
    """Build the application. Importing this module has no side effects."""
    runs_courier = settings.workers_courier != "0" if courier is None else courier

    hub = hub_of(settings.redis)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        await open_database(settings.database_url)
        await hub.open()
        hints.listen(hub.say)
        task = spawn(attend(duties(app), app.state.clock), name="courier") if runs_courier else None
        try:
            yield
        finally:
            if task:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            hints.unlisten(hub.say)
            await app.state.board.close()
            await hub.close()
            await drain()
            await close_database()

    app = Guarded(
        routes=[*ROUTES, Mount(PREFIX, Static(), name="static")],
        middleware=[
            Middleware(SecurityHeaders, https=settings.site_url.startswith("https")),
            Middleware(RequestLog, which=settings.log_requests),
            Middleware(PlainAddress),
            Middleware(CrossOriginGuard, trusted=[part for part in settings.origins.split(",") if part]),
            Middleware(PersonMiddleware),
        ],
        exception_handlers={
            Refused: errors.refused,
            errors.SignInNeeded: errors.sign_in_needed,
            errors.SecondFactorNeeded: errors.second_factor_needed,
            HTTPException: errors.http_error,
            **dict.fromkeys(errors.DOES_NOT_FIT, errors.does_not_fit),
            500: errors.crashed,
        },
        lifespan=lifespan,
        max_body_size=LIMIT,
    )
    app.state.settings = settings
    app.state.clock = clock or Clock(file=settings.folder / "clock" if settings.development else None)
    app.state.site = Site("和议", settings.host_name, settings.phone)
    app.state.hosts = Hosts(app.state.site)
    app.state.board = Board(hub, app.state.clock)
    app.state.files = Disk(settings.folder / "files")
    vault.install(ring_of(settings))
    content.install(CONTENTS)
    searchable()
    leavable()
    use_routes(app.router)
    narrow(app.router)
    return app
