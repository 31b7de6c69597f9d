"""Showing again who one is, before something that cannot be undone."""

from datetime import datetime

from starlette.requests import Request

from community.errors import Unfit
from community.people.factor import asked_again
from community.people.models import Person
from community.people.signin import by_password
from web.community.people.cookie import host
from web.mediation.disposal.forms import ProveForm


async def prove(request: Request, person: Person, form: ProveForm, *, at: datetime) -> None:
    """Look at the password of whoever is signed in, and at their second factor where one is set up.

    Raises:
        Unfit: wrong, or no password is set.
        TooOften: too many tries.
    """
    if person.password_hash is None:
        raise Unfit("您还没有设密码。请先到“设置”里设一个，再来办。", field="password")
    try:
        await by_password(person.email, form.password, host=host(request), at=at)
    except Unfit as wrong:
        raise Unfit("密码不对，请再试一次。", field="password") from wrong
    if person.totp_secret:
        await asked_again(person, form.code, host=host(request), at=at)
