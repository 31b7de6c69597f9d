"""What is wrong with a body's own clauses on a day: looser than the law, contradictory, of law that has expired."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from community.errors import Unfit
from deliberation.ballot import packs
from deliberation.ballot.compare import Switch
from deliberation.ballot.lint import lint, serious
from deliberation.ballot.models import Channel
from deliberation.ballot.packs import law_in
from deliberation.ballot.readings import left_open
from deliberation.ballot.rules import DecisionRule
from deliberation.body.queries import ELECTORATES
from deliberation.body.rules import PRESETS, Basis, BodyKind, Weight
from deliberation.charter.overlay import GATES, overlaid, strength, turned
from deliberation.charter.rules import FIELDS, Clause, Clauses, Point, sayable
from deliberation.mandate.rules import rule_in


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong: the point, the sentence that mends it (a message id) and its facts."""

    point: Point | None
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.facts)

    def refusal(self) -> Unfit:
        """Return it as the refusal of the field it is about."""
        return Unfit(self.sentence, field=self.point.value if self.point else "valid_from", **self.facts)


@dataclass(frozen=True, slots=True)
class Ground:
    """The law under which a body stands: its kind, the division code of its place, the day."""

    kind: BodyKind
    code: str
    on: date

    def rules(self) -> Iterator[tuple[Basis, Weight, DecisionRule]]:
        """Yield the rules of the law by which it votes, the province's before the nation's.

        Raises:
            LookupError: one of them is not in force on the day.
        """
        for (basis, weight), name in PRESETS[self.kind].rules.items():
            yield basis, weight, law_in(self.code, packs.rule(name, on=self.on), on=self.on)


def flaws(ground: Ground, clauses: Sequence[Clause]) -> tuple[Flaw, ...]:
    """Return everything that forbids the clauses; none when the body may adopt them."""
    unknown = [Flaw(each.point, "请从给出的选项里选一个。") for each in clauses if not sayable(each)]
    if found := unknown or list(_twice(clauses)):
        return tuple(found)
    try:
        rules = list(ground.rules())
    except LookupError:
        return (Flaw(None, "到那一天，这个会议的表决没有施行中的法律规则可以依据。请换一个施行日期。"),)
    if not rules:
        return (Flaw(None, "这个会议不在这里表决，没有可以登记的表决规则。"),)
    said = {clause.point: clause for clause in clauses}
    every = [each for _, weight, rule in rules for each in _of_rule(rule, said, weight, ground.on)]
    if Point.MAJOR in said and not any(weight is Weight.MAJOR for _, weight, _ in rules):
        every.append(
            Flaw(
                Point.MAJOR,
                "这个会议没有重大事项这一类表决。请删去议事规则第 {article} 条的登记。",
                {"article": said[Point.MAJOR].article},
            )
        )
    every += [*_notice(ground.kind, said), *_agents(ground, said), *_channels(said)]
    return tuple({(each.point, each.sentence): each for each in every}.values())


def _twice(clauses: Sequence[Clause]) -> Iterator[Flaw]:
    for point, times in Counter(each.point for each in clauses).items():
        if times > 1:
            one, other = [each.article for each in clauses if each.point is point][:2]
            yield Flaw(
                point,
                "议事规则第 {one} 条和第 {other} 条对同一点各有说法，互相矛盾。请只留一条。",
                {"one": one, "other": other},
            )


def _of_rule(rule: DecisionRule, said: Clauses, weight: Weight, on: date) -> list[Flaw]:
    """Return what is wrong by one rule of the law; the general lint speaks where nothing more exact was found."""
    closed = list(_closed(rule, said))
    shut = {each.point for each in closed}
    kept = {point: clause for point, clause in said.items() if point not in shut}
    own = overlaid(rule, kept, weight)
    found = [*closed, *_looser(rule, own, kept, weight)]
    return found or [
        Flaw(_about(own, rule, weight, kept), finding.complaint.value, {"detail": finding.detail})
        for finding in lint([own], on)
        if serious(finding, own)
    ]


def _closed(rule: DecisionRule, said: Clauses) -> Iterator[Flaw]:
    """Yield the clauses on points that the law settles itself."""
    for point in FIELDS.keys() & said.keys():
        switch: Switch | None = turned(rule, said[point])
        if switch is not None and switch not in left_open(rule):
            yield Flaw(
                point,
                "法律没有把这一点留给议事规则（{law}）。请删去议事规则第 {article} 条的登记，按法律办。",
                {"law": rule.source, "article": said[point].article},
            )


def _looser(rule: DecisionRule, own: DecisionRule, said: Clauses, weight: Weight) -> Iterator[Flaw]:
    """Yield the gates that ask for less than the law; a default of ours a body may replace."""
    for point, before, after in ((Point.QUORUM, rule.quorum, own.quorum), (GATES[weight], rule.approve, own.approve)):
        pairs = zip(before, after, strict=True)
        if not rule.changeable and any(strength(mine) < strength(law) for law, mine in pairs):
            yield Flaw(
                point,
                "议事规则第 {article} 条比法律要求的低（{law}）。请改成不低于法律的要求，或者删去这一条。",
                {"law": rule.source, "article": said[point].article},
            )


def _about(own: DecisionRule, rule: DecisionRule, weight: Weight, said: Clauses) -> Point | None:
    """Return the clause that a finding of the general lint is about, as far as can be told."""
    changed = (
        Point.QUORUM if own.quorum != rule.quorum else None,
        GATES[weight] if own.approve != rule.approve else None,
    )
    return next((point for point in changed if point), next(iter(FIELDS.keys() & said.keys()), None))


def _notice(kind: BodyKind, said: Clauses) -> Iterable[Flaw]:
    clause, law = said.get(Point.NOTICE), PRESETS[kind]
    if clause and clause.number < law.notice_days:
        yield Flaw(
            Point.NOTICE,
            "议事规则第 {article} 条的公示天数少于法律的 {days} 天（{law}）。请写 {days} 天以上，或者删去这一条。",
            {"article": clause.article, "days": law.notice_days, "law": law.source},
        )


def _agents(ground: Ground, said: Clauses) -> Iterable[Flaw]:
    clause = said.get(Point.AGENTS)
    for basis in PRESETS[ground.kind].bases if clause else ():
        law = rule_in(ground.code, ELECTORATES[basis])
        if clause and law.most is not None and clause.number > law.most:
            yield Flaw(
                Point.AGENTS,
                "议事规则第 {article} 条让一个人替得太多，法律最多 {most} 位（{law}）。请改小，或者删去这一条。",
                {"article": clause.article, "most": law.most, "law": law.source},
            )


def _channels(said: Clauses) -> Iterable[Flaw]:
    clause = said.get(Point.CHANNELS)
    if clause is None:
        return
    ways = set(clause.ways)
    own = ways - {Channel.PROXY}
    if not ways <= set(Channel) or not own or (Channel.LINK in ways and Channel.SITE not in ways):
        yield Flaw(
            Point.CHANNELS,
            "议事规则第 {article} 条没有留下本人能投的方式。请至少选一种，邮件链接要和网站一起选。",
            {"article": clause.article},
        )
