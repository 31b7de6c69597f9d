"""Which law governs a vote: the rule that counts it, the lot of its ties, and how it is held. Pure."""

from dataclasses import replace
from typing import Final

from community.errors import Unfit
from deliberation.ballot import packs
from deliberation.ballot.certify import digest
from deliberation.ballot.compare import Switch
from deliberation.ballot.conduct import Conduct, Papers, conduct_of
from deliberation.ballot.packs import law_in
from deliberation.ballot.planning import Plan
from deliberation.ballot.rules import DecisionRule
from deliberation.body.models import Body, RollVersion
from deliberation.body.rules import rule_for
from deliberation.charter.overlay import overlaid, switches, without_majority
from deliberation.charter.rules import Clauses
from deliberation.question.asking import Asked
from deliberation.question.rules import POSTS, Kind, Question

NAMELESS: Final = (
    "法律要求这类选举不记名投票，这里只办记名的，不能用来正式选。可以选“会前准备”或“征求意见”，正式选举请线下投票。"
)
NO_RULE: Final = "到表决那天，没有施行中的规则可以用。请换个日子。"
NO_EFFECT: Final = "按法律，这次表决的结果不能有这种效力。请换一种。"


def rule_of(
    body: Body, code: str, roll: RollVersion, plan: Plan, clauses: Clauses
) -> tuple[DecisionRule, frozenset[Switch]]:
    """Return the rule that will hold on the last day of the vote, and the readings its body chose.

    The law of the nation, that of the province in its place, the body's own rules laid over it; an election that has
    a rule of its own in the law keeps it as it stands. There is no nearest rule.
    """
    try:
        law = law_in(code, packs.rule(_rule_name(body, roll, plan), on=plan.closes_on), on=plan.closes_on)
    except LookupError as why:
        raise Unfit(NO_RULE, field="closes_on") from why
    if _elected_by_law(plan):
        return law, frozenset()
    said = clauses if plan.asked.kind is Kind.YES_NO else without_majority(clauses)
    return overlaid(law, said, plan.weight), switches(law, said)


def _elected_by_law(plan: Plan) -> bool:
    return plan.asked.kind is Kind.SEATS and plan.asked.post is not None and POSTS[plan.asked.post].rules is not None


def _rule_name(body: Body, roll: RollVersion, plan: Plan) -> str:
    """Return the rule by its id: an election's own where the law has one, else that of the body for the weight."""
    own = POSTS[plan.asked.post].rules if plan.asked.kind is Kind.SEATS and plan.asked.post else None
    if own is not None:
        _held(min(own.values()), plan)  # first of all: no roll can mend what the law does not allow here
    if own is not None and roll.basis not in own:
        raise Unfit("这类选举按户的代表投票。请先冻结一份户的代表名册，再公示。", field="post")
    name = own[roll.basis] if own else rule_for(body.kind, roll.basis, plan.weight)
    if name is None:
        raise Unfit("这个会议没有这一类表决，请换一类。", field="weight")
    return name


def drawn_by(rule: DecisionRule, asked: Asked, question: Question | None, frozen: tuple[str, str]) -> DecisionRule:
    """Return the rule with how ties are settled and the seed of the lot, which follows from what is frozen.

    Nobody picks the seed: anybody computes it from the hashes of the text, the roll and the question.
    """
    if question is None:
        return rule
    return replace(rule, tie=asked.tie, lot_seed=digest([*frozen, digest(question)])[:32])


def held_as(rule: DecisionRule, plan: Plan) -> Conduct:
    """Return how the vote is held.

    Raises:
        Unfit: the packs do not say, or its result may not have the effect that is planned.
    """
    return _held(rule.id, plan)


def _held(rule: str, plan: Plan) -> Conduct:
    post = plan.asked.post if plan.asked.kind is Kind.SEATS else None
    try:
        conduct = conduct_of(rule, on=plan.closes_on, post=post)
    except LookupError as why:
        raise Unfit(NO_RULE, field="closes_on") from why
    if plan.effect not in conduct.effects:
        raise Unfit(NAMELESS if conduct.papers is Papers.HIDDEN else NO_EFFECT, field="effect")
    return conduct
