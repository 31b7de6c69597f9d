"""The register of mediators in the demo: one term that runs, one that soon ends."""

from datetime import timedelta
from typing import Final

from community.calendar.rules import local_day
from mediation.intake.rules import Kind
from mediation.register.commands import Entry, enter
from mediation.register.rules import Post, Tongue
from web.demo.people import Town
from web.demo.story import Story

KNOWN: Final = (
    ("mediator", Post.FULL, 300, (Kind.NEIGHBOURS, Kind.PROPERTY), (Tongue.MANDARIN, Tongue.WU), 16),
    ("mediator2", Post.PART, 1050, (Kind.FAMILY, Kind.LABOUR), (Tongue.MANDARIN, Tongue.CANTONESE, Tongue.SIGN), 8),
)
"""Who, which post, how many days ago the term began, kinds, languages, and this year's hours."""


async def play(story: Story, town: Town) -> None:
    """Enter both mediators as the story stands."""
    today = local_day(story.at)
    for name, post, days, kinds, tongues, hours in KNOWN:
        entry = Entry(post, today - timedelta(days=days), kinds=kinds, tongues=tongues, hours=hours)
        await enter(town.staff[name].code, entry, by=town.staff["director"], at=story.at)
