"""What people choose about their own account: name, language, looks, how often mail comes."""

from dataclasses import dataclass
from datetime import datetime

from community.notice.commands import choose_mail
from community.people.models import Mode, Person
from community.people.rules import tidy_name
from community.record.outbox import record
from community.record.transaction import command


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything on the settings form."""

    name: str
    lang: str
    mode: Mode
    text_size: str
    theme: str
    rhythm: str


@command
async def choose(person: Person, choices: Choices, *, at: datetime) -> None:
    """Keep the choices of ``person``.

    Raises:
        Unfit: the name is empty or too long, or there is no such rhythm of mail.
    """
    await Person.filter(id=person.id).update(
        name=tidy_name(choices.name),
        lang=choices.lang,
        mode=choices.mode,
        text_size=choices.text_size,
        theme=choices.theme,
    )
    await record("person.chose", f"person-{person.id}", by=person, at=at, lang=choices.lang, mode=choices.mode)
    if choices.rhythm != person.mail_digest:
        await choose_mail(person, choices.rhythm, at=at)
