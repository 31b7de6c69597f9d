"""The tables of cards: who may put one where, when it is settled, and what is not fit."""

from itertools import product

import pytest

from mediation.case.access import PHASES, Grade, Phase, Thing, can_read
from mediation.case.states import State
from mediation.room.card_rules import (
    ANSWERS,
    LAID_IN,
    READ_AS,
    WRITERS,
    CardKind,
    CardState,
    Reply,
    Terms,
    packed,
    reply_of,
    said_as,
    settled,
    unpacked,
    wrong,
)
from mediation.room.rules import OF_PARTIES, SITS_AS, TALKING, Chair, Voice, readable

BOTH = frozenset({1, 2})


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, CardState.OPEN),
        ({1: Reply.YES}, CardState.OPEN),
        ({1: Reply.YES, 2: Reply.YES}, CardState.AGREED),
        ({1: Reply.YES, 2: Reply.COUNTER}, CardState.DECLINED),
        ({2: Reply.NO}, CardState.DECLINED),
        ({3: Reply.NO}, CardState.OPEN),  # who is not asked does not count
    ],
)
def test_everybody_must_say_yes(said: dict[int, Reply], state: CardState) -> None:
    assert settled(CardKind.PROPOSAL, BOTH, said) is state
    assert settled(CardKind.PROPOSAL, frozenset(), {}) is CardState.OPEN


def test_a_party_proposes_and_asks_for_nothing_else() -> None:
    assert [kind for kind in CardKind if WRITERS[kind] & OF_PARTIES] == [CardKind.PROPOSAL]
    assert not [kind for kind, voice in product(CardKind, (Voice.INTAKE,)) if voice in WRITERS[kind]]
    assert Reply.COUNTER in ANSWERS[CardKind.PROPOSAL]
    assert Reply.COUNTER not in ANSWERS[CardKind.FACT]


@pytest.mark.parametrize("state", list(State))
def test_who_reads_a_room_with_cards_may_read_proposals(state: State) -> None:
    assert READ_AS[CardKind.PROPOSAL] is Thing.PROPOSAL
    for kind, chair in product(LAID_IN, (Chair.PARTY, Chair.MEDIATOR)):
        grade = can_read(SITS_AS[chair], Thing.PROPOSAL, PHASES[state])
        if readable(kind, chair, state) and PHASES[state] is not Phase.ARCHIVED:
            assert grade is Grade.WHOLE
    if state in TALKING and PHASES[state] is Phase.TALKS:
        assert can_read(SITS_AS[Chair.PARTY], Thing.PROPOSAL, PHASES[state]) is Grade.WHOLE


PAID = {"fen": 220_000, "payer": "R1", "payee": "A1", "days": 15}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({}, ""),
        ({"text": ""}, "text"),
        ({"text": "长" * 1001}, "text"),
        ({"fen": 0}, "amount"),
        ({"fen": 10**13}, "amount"),
        ({"payer": "R9"}, "payer"),
        ({"payee": "R1"}, "payee"),
        ({"days": None}, "days"),
        ({"days": 0}, "days"),
    ],
)
def test_a_proposal_is_fit_or_the_part_is_named(change: dict[str, object], part: str) -> None:
    terms = Terms(**{"text": "先修好，再付钱。", **PAID, **change})  # type: ignore[arg-type]
    assert wrong(CardKind.PROPOSAL, terms, ["A1", "R1"]) == part
    assert unpacked(packed(terms)) == terms


def test_a_fact_needs_no_money() -> None:
    assert wrong(CardKind.FACT, Terms(text="八月三日漏过水。"), []) == ""
    assert reply_of(said_as(Reply.NO, "是四日")) == (Reply.NO, "是四日")
