"""When what a person may do, or how they prove who they are, has changed: long connections and they themself hear."""

from datetime import datetime

from tortoise.expressions import F

from community.notice.mail import queue_mail
from community.people.models import Person


async def changed(person_id: int) -> None:
    """Count up ``authz_version``; call it in the command that grants, ends or revokes something."""
    await Person.filter(id=person_id).update(authz_version=F("authz_version") + 1)


async def warn(person: Person, what: str, *, at: datetime) -> None:
    """Mail ``person`` that their ``password``, mailbox or factor was changed, lest it was somebody else."""
    facts = {"name": person.name, "what": what, "path": "/password"}
    await queue_mail(person.email, person.lang, "community/people/mail_safety", facts, at=at, person_id=person.id)
