"""The rules of a body in plain words: the law of the nation, the province's in its place, its own over both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from community.law.rules import NATION
from deliberation.ballot import packs
from deliberation.ballot.conduct import Conduct, Papers, conduct_of, conducts_on
from deliberation.ballot.models import Channel
from deliberation.ballot.packs import law_in
from deliberation.ballot.readings import points
from deliberation.ballot.rules import DecisionRule
from deliberation.ballot.shares import Threshold
from deliberation.body.models import Body
from deliberation.body.queries import ELECTORATES
from deliberation.body.rules import OBJECTION_DAYS, PRESETS, Basis, Effect, Weight
from deliberation.charter.overlay import overlaid
from deliberation.charter.queries import Own
from deliberation.charter.rules import FIELDS, Point
from deliberation.mandate.rules import rule_in
from deliberation.publicity.rules import PRESETS as SHEETS
from deliberation.publicity.rules import Kind
from deliberation.question.rules import POSTS, Post
from web.deliberation.ballot.figures import Asked
from web.deliberation.ballot.words import POINTS
from web.words import N_


class Level(StrEnum):
    """Where a rule comes from; the sentence is the message id."""

    NATION = N_("全国法律")
    PROVINCE = N_("省、市规定")
    OWN = N_("本会议的议事规则")
    SITE = N_("本站")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that holds: what it says (a message id and its numbers), the citation, the level, where to read it."""

    words: str
    level: Level
    source: str = ""
    law: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    asked: Asked | None = None


PAPERS: Final[Mapping[Papers, str]] = {
    Papers.NAMED: N_("法律要求记名"),
    Papers.HIDDEN: N_("法律要求不记名，所以在这里投的不能直接定下来"),
    Papers.OPEN: N_("记名还是不记名，法律没有规定"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """How votes are held: of everything, or of an election to a post; what their result may be, and who says so."""

    post: Post | None
    effects: tuple[Effect, ...]
    papers: str
    line: Line


@dataclass(frozen=True, slots=True)
class Vote:
    """What decides on one roll and one weight."""

    basis: Basis
    weight: Weight
    rule: DecisionRule
    gates: tuple[Line, ...]
    points: tuple[Line, ...]


def votes(body: Body, own: Own, on: date) -> list[Vote]:
    """Return how the body votes on a day; a rule that is not in force is left out."""
    return [
        _vote(law_in(body.place.code, rule, on=on), own, basis, weight)
        for (basis, weight), name in PRESETS[body.kind].rules.items()
        for rule in packs.NATIONAL
        if rule.id == name and rule.in_force(on)
    ]


def _vote(law: DecisionRule, own: Own, basis: Basis, weight: Weight) -> Vote:
    rule = overlaid(law, own.clauses, weight)
    gates = tuple(_gate(line, law, rule) for line in rule.lines)
    return Vote(basis, weight, rule, gates, tuple(_points(law, rule, own)))


def _level(law: DecisionRule) -> Level:
    return Level.NATION if law.jurisdiction == NATION else Level.PROVINCE


def _gate(line: Threshold, law: DecisionRule, rule: DecisionRule) -> Line:
    own = line not in law.lines
    level = Level.OWN if own else _level(law)
    return Line("", level, line.source, "" if own else rule.id, asked=Asked(line))


def _points(law: DecisionRule, rule: DecisionRule, own: Own) -> Iterator[Line]:
    """Yield how the rule stands on silence and on whatever the law leaves open."""
    by_field = {name: point for point, name in FIELDS.items()}
    for name in dict.fromkeys(("silence", *(name for name, _ in points(law)))):
        clause = own.clauses.get(by_field[name])
        words = POINTS[name, getattr(rule, name)]
        if clause:
            yield Line(words, Level.OWN, clause.source)
        else:
            yield Line(words, _level(law), law.source, law.id)


def held(body: Body, on: date) -> list[Held]:
    """Return what effect the votes of a body may have and what the law says of names, elections apart."""
    names = frozenset(PRESETS[body.kind].rules.values())
    return [_held(None, each) for each in conducts_on(names, on)] + [
        _held(post, conduct)
        for post, conduct in _elections(body, names, on)
        if post in conduct.posts or not conduct.rules & names
    ]


def _elections(body: Body, names: frozenset[str], on: date) -> Iterator[tuple[Post, Conduct]]:
    """Yield how elections are held: under the rule that the law has for them, or under that of the body."""
    for post, terms in POSTS.items():
        own = (
            {terms.rules[basis] for basis in PRESETS[body.kind].bases if basis in terms.rules} if terms.rules else names
        )
        if body.kind in terms.bodies and own:
            yield post, conduct_of(min(own), on=on, post=post)


def _held(post: Post | None, conduct: Conduct) -> Held:
    effects = tuple(effect for effect in Effect if effect in conduct.effects)
    return Held(post, effects, PAPERS[conduct.papers], Line("", Level.NATION, conduct.source))


def notice(body: Body, own: Own) -> Line:
    """Return for how long a vote hangs before it opens."""
    preset, clause = PRESETS[body.kind], own.clauses.get(Point.NOTICE)
    words = N_("表决开始前公示满 {days} 天，公示那天和开始那天都不算。")
    if clause:
        return Line(words, Level.OWN, clause.source, facts={"days": clause.number})
    return Line(words, Level.NATION, preset.source, facts={"days": preset.notice_days})


def agents(body: Body, own: Own) -> list[Line]:
    """Return whether another may vote for somebody, for every kind of roll."""
    clause = own.clauses.get(Point.AGENTS)
    if clause:
        return [_agents(clause.number, Level.OWN, clause.source)]
    here = [rule_in(body.place.code, ELECTORATES[basis]) for basis in PRESETS[body.kind].bases]
    return [
        _agents(most, Level.NATION, source) for most, source in dict.fromkeys((one.most, one.source) for one in here)
    ]


def _agents(most: int | None, level: Level, source: str) -> Line:
    if most == 0:
        return Line(N_("要本人投，不办委托。"), level, source)
    if most is None:
        return Line(N_("可以书面委托别人代投，一次表决一份委托。"), level, source)
    return Line(N_("可以书面委托别人代投，一个人最多替 {most} 位投。"), level, source, facts={"most": most})


def channels(body: Body, own: Own, on: date) -> tuple[list[Channel], Line]:
    """Return the ways in which papers may come in: what the law allows, and of that what the body's own rules keep."""
    clause = own.clauses.get(Point.CHANNELS)
    lawful = {way for each in conducts_on(PRESETS[body.kind].rules.values(), on) for way in each.ways}
    if clause is None:
        return [way for way in Channel if way in lawful], Line(N_("用哪几种，每次表决的公告写明。"), Level.SITE)
    return [way for way in Channel if way in lawful and way in clause.ways], Line("", Level.OWN, clause.source)


def extension(own: Own) -> Line:
    """Return by how many days the close may be put off."""
    clause = own.clauses.get(Point.EXTENSION)
    if clause is None:
        return Line(N_("参加的不够时延不延长，每次表决的公告事先写明，最多一次。"), Level.SITE)
    if clause.number == 0:
        return Line(N_("参加的不够也不延长。"), Level.OWN, clause.source)
    words = N_("参加的不够时，可以延长一次，{days} 天。")
    return Line(words, Level.OWN, clause.source, facts={"days": clause.number})


def clocks(body: Body) -> list[Line]:
    """Return the periods of the roll and of the result."""
    roll, result = SHEETS[Kind.ROLL], SHEETS[Kind.RESULT]
    level = Level.NATION if body.show_days <= result.days else Level.OWN
    return [
        Line(N_("名册公布后 {days} 天内可以提异议。"), Level.NATION, roll.source, facts={"days": OBJECTION_DAYS}),
        Line(N_("结果公示满 {days} 天。"), level, result.source, facts={"days": body.show_days}),
    ]
