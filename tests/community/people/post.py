"""Reading what was mailed."""

from community.notice.models import Mail


async def last(template: str) -> Mail:
    """Return the newest mail made from a template of this room."""
    mail = await Mail.filter(template=f"community/people/{template}").order_by("-id").first()
    assert mail is not None, f"no {template} was queued"
    return mail


async def path(template: str) -> str:
    """Return the path that the newest such mail leads to."""
    return str((await last(template)).values["path"])


async def token(template: str) -> str:
    """Return the token in that path."""
    return (await path(template)).rsplit("/", 1)[1]
