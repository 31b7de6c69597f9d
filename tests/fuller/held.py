"""What was played on top of the scene, and where everybody starts."""

from dataclasses import dataclass, field

from starlette.applications import Starlette

from community.people.models import Person
from deliberation.ballot.models import Ballot
from deliberation.matter.models import Matter
from tests.scene import Scene
from tests.web.crawl import Walker, roles


@dataclass
class Fuller:
    """What was played on top of the scene: matters and ballots by plain names, and where everybody starts."""

    app: Starlette
    scene: Scene
    matters: dict[str, Matter] = field(default_factory=dict)
    ballots: dict[str, Ballot] = field(default_factory=dict)
    starts: dict[str, list[str]] = field(default_factory=dict)
    guests: list[Walker] = field(default_factory=list)

    def leads(self, *addresses: str, who: str) -> None:
        """Let the role ``who`` start from these addresses too."""
        self.starts.setdefault(who, []).extend(addresses)

    def guest(
        self, name: str, *addresses: str, person: Person | None = None, cookies: dict[str, str] | None = None
    ) -> None:
        """Let somebody open these addresses and go no further."""
        self.guests.append(Walker(name, person, addresses, cookies or {}, onward=False))

    @property
    def walkers(self) -> list[Walker]:
        """Return every role from the first page, what runs, and its own addresses; then the guests.

        What runs comes first, because a walk stops after some pages of one route.
        """
        running = [
            self.scene.matters["voting"],
            self.scene.matters["endorsing"],
            self.matters["doing"],
            self.matters["judging"],
        ]
        start: tuple[str, ...] = ("/", "/no-such-page", f"/ballots/{self.scene.ballots['voting'].id}")
        start += tuple(f"/matters/{matter.id}" for matter in running)
        known = roles(self.scene.world).items()
        return [*(Walker(name, one, (*start, *self.starts.get(name, ()))) for name, one in known), *self.guests]
