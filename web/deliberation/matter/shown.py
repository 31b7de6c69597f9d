"""Which words of a matter under vote may be shown to whom; lists, letters, feeds and the API say ``Matter.name``.

While a matter is hidden its words are nowhere in discussion or lists. Once a ballot was announced, the frozen words
stay readable on the ballot's own pages and letters to those on its roll, marked as hidden: a vote on words nobody can
read would be void. What gave somebody away (M3) is masked in the words themselves, there as everywhere.
"""

from dataclasses import dataclass

from deliberation.matter.models import Matter, MatterVersion


@dataclass(frozen=True, slots=True)
class Shown:
    """The words of a matter as one reader may see them; ``why`` is the code when they are hidden from others."""

    title: str
    what: str
    cost: str
    who: str
    body: str = ""
    why: str = ""
    readable: bool = True

    @property
    def mark(self) -> bool:
        """Return whether to say that only voters see this."""
        return self.readable and bool(self.why)


def under_vote(matter: Matter, text: MatterVersion, *, on_roll: bool) -> Shown:
    """Return the frozen words of an announced ballot for a reader who is on its roll, or is not."""
    if matter.hidden_at and not on_roll:
        return Shown(matter.name, "", "", "", why=matter.hidden_why, readable=False)
    why = matter.hidden_why if matter.hidden_at else ""
    return Shown(text.title, text.what, text.cost, text.who, text.body, why)
