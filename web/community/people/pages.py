"""All pages of accounts; each module beside this one holds a few."""

from typing import Final

from starlette.routing import Route

from web.community.people import account, me, offices, passwords, second_factor, sign_in, sign_up

routes: Final[list[Route]] = [
    *sign_in.routes,
    *sign_up.routes,
    *passwords.routes,
    *second_factor.routes,
    *me.routes,
    *account.routes,
    *offices.routes,
]
