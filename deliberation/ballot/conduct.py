"""How votes under a rule are held, as the packs say: what effect they may have, how papers may come. Pure data.

Where the law wants papers without names, no named vote can bind; there is no other kind here yet, so such a vote may
only prepare a decision that is taken elsewhere, or ask what people think.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from community.law.packs import conducts
from community.law.rules import Confidence, Table
from deliberation.ballot.models import Channel
from deliberation.ballot.packs import OVERS
from deliberation.ballot.rules import DecisionRule
from deliberation.body.rules import Effect
from deliberation.question.rules import Post

KEYS: Final = frozenset({"id", "rules", "effects", "ways", "papers", "effective_from", "confidence", "source", "cites"})
MORE: Final = frozenset({"posts", "effective_to", "changeable"})


class Papers(StrEnum):
    """What the law says of names on papers."""

    NAMED = "named"  # 要求记名
    HIDDEN = "hidden"  # 要求不记名
    OPEN = "open"  # 没有规定


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """How votes under some rules are held, from one day to another; with ``posts``, only elections to them."""

    id: str
    rules: frozenset[str]
    posts: frozenset[Post] = frozenset()
    effects: frozenset[Effect]
    ways: frozenset[Channel]
    papers: Papers
    effective_from: date
    effective_to: date | None = None
    confidence: Confidence
    changeable: bool = False
    source: str

    def in_force(self, on: date) -> bool:
        """Return whether it holds on that day, both ends included."""
        return self.effective_from <= on <= (self.effective_to or date.max)


def conducts_from(tables: Iterable[Table]) -> tuple[Conduct, ...]:
    """Read tables of packs; raises ``ValueError`` when one is not written as it must be."""
    return tuple(_conduct(table) for table in tables)


def _conduct(table: Table) -> Conduct:
    if table.keys() - KEYS - MORE or KEYS - table.keys():
        raise ValueError(f"conduct {table.get('id')}: keys {sorted(KEYS)}, and {sorted(MORE)} where needed")
    days = (table["effective_from"], table.get("effective_to"))
    if not all(isinstance(day, date) for day in days if day is not None):
        raise ValueError(f"conduct {table['id']}: its days are written as 2026-01-01")
    return Conduct(
        id=str(table["id"]),
        rules=frozenset(_words(table, "rules")),
        posts=frozenset(Post(word) for word in _words(table, "posts")),
        effects=frozenset(Effect(word) for word in _words(table, "effects")),
        ways=frozenset(Channel(word) for word in _words(table, "ways")),
        papers=Papers(str(table["papers"])),
        effective_from=days[0],  # type: ignore[arg-type]  # looked at above
        effective_to=days[1],  # type: ignore[arg-type]
        confidence=Confidence(str(table["confidence"])),
        changeable=bool(table.get("changeable", False)),
        source=str(table["source"]),
    )


def _words(table: Mapping[str, object], key: str) -> list[str]:
    found = table.get(key, [])
    if not isinstance(found, list) or (key != "posts" and not found):
        raise ValueError(f"conduct {table.get('id')}: {key} is a list of words")
    return [str(word) for word in found]


SHIPPED: Final = conducts_from(conducts())


def conduct_of(rule: str, *, on: date, post: Post | None = None, among: Iterable[Conduct] = SHIPPED) -> Conduct:
    """Return how a vote under a rule is held on a day: as for that post, else as for the rule, else for the nation's.

    A rule of a province that says nothing of its own is held as the rule of the nation that it takes the place of.

    Raises:
        LookupError: the packs do not say.

    >>> sorted(conduct_of("rc25.elect.reps", on=date(2026, 5, 4)).effects)
    [<Effect.ADVISORY: 'advisory'>, <Effect.PREPARATORY: 'preparatory'>]
    >>> conduct_of("sichuan.major", on=date(2026, 5, 4)).id
    'owners.conduct'
    """
    found = [each for each in among if each.in_force(on)]
    for name in filter(None, (rule, OVERS.get(rule))):
        of_rule = [each for each in found if name in each.rules]
        of_post = [each for each in of_rule if post in each.posts]
        for each in of_post or [each for each in of_rule if not each.posts]:
            return each
    raise LookupError(f"no pack says how votes under {rule!r} are held on {on}")


def conducts_on(rules: Iterable[str], on: date) -> list[Conduct]:
    """Return how votes under those rules that hold on a day are held; elections to a post apart."""
    names = set(rules)
    return [each for each in SHIPPED if not each.posts and each.in_force(on) and each.rules & names]


class Flaw(StrEnum):
    """What is wrong with how the packs say votes are held; the sentence is the message id."""

    MISSING = "规则没有写明表决怎么办（效力、投票方式、记名）。"
    TWICE = "同一条规则有两份“怎么办”，施行期间重叠：{detail}"
    UNKNOWN_RULE = "“怎么办”里写的规则不存在：{detail}"
    HIDDEN_BINDS = "法律要求不记名的表决，本站只办记名的，不能有约束力。"
    HARD_BUT_UNSURE = "没有从法规原文读到的不能是硬规定，请改为可改的默认值。"


@dataclass(frozen=True, slots=True)
class Remark:
    """One flaw, and of which rule or conduct."""

    about: str
    flaw: Flaw
    detail: str = ""

    def __str__(self) -> str:
        return self.flaw.value.format(detail=self.detail)


def flaws(all_of: Iterable[Conduct], rules: Iterable[DecisionRule], on: date) -> tuple[Remark, ...]:
    """Return what is wrong on a day with how votes under the rules are held."""
    given, known = list(all_of), list(rules)
    return (*_of_conducts(given, {rule.id for rule in known}), *_of_rules(given, known, on))


def _of_conducts(given: list[Conduct], names: set[str]) -> Iterator[Remark]:
    for each in given:
        for name in sorted(each.rules - names):
            yield Remark(each.id, Flaw.UNKNOWN_RULE, name)
        if each.papers is Papers.HIDDEN and Effect.BINDING in each.effects:
            yield Remark(each.id, Flaw.HIDDEN_BINDS)
        if each.confidence is not Confidence.READ and not each.changeable:
            yield Remark(each.id, Flaw.HARD_BUT_UNSURE)


def _of_rules(given: list[Conduct], known: list[DecisionRule], on: date) -> Iterator[Remark]:
    for rule in (each for each in known if each.in_force(on)):
        try:
            conduct_of(rule.id, on=on, among=given)
        except LookupError:
            yield Remark(rule.id, Flaw.MISSING)
        held = [each for each in given if rule.id in each.rules and each.in_force(on)]
        for post in {None, *(post for each in held for post in each.posts)}:
            same = sorted(each.id for each in held if (post in each.posts if post else not each.posts))
            if len(same) > 1:
                yield Remark(rule.id, Flaw.TWICE, "、".join(same))
