"""Every kind of paper has a title and sentences, and they come from what was hashed."""

from enum import Enum

import pytest

from mediation.agreement.rules import Capacity, Duty, PaperMark
from mediation.archive.deeds import DEEDS, FORMS, PROOFS
from mediation.archive.reading import AS, DUTIES, MARKS, TERMS, TITLES, TRACKS, Names, lines_of
from mediation.archive.rules import Leaf, Retention, leaf_text, missing
from mediation.case.events import Event
from mediation.case.models import Track
from mediation.case.states import Outcome, State
from mediation.evidence.rules import ProofForm, ProofKind

NOBODY = Names({}, {}, {})
WHOLE: list[tuple[object, type[Enum]]] = [
    (TITLES, Leaf),
    (TERMS, Retention),
    (TRACKS, Track),
    (AS, Capacity),
    (MARKS, PaperMark),
    (DUTIES, Duty),
    (PROOFS, ProofKind),
    (FORMS, ProofForm),
]


@pytest.mark.parametrize(("table", "kind"), WHOLE)
def test_every_word_is_known(table: dict[Enum, str], kind: type[Enum]) -> None:
    assert set(table) == set(kind)


def test_every_step_of_the_road_is_known() -> None:
    assert {f"case.{event}" for event in Event} <= set(DEEDS)


@pytest.mark.parametrize("leaf", Leaf)
def test_an_empty_paper_says_nothing(leaf: Leaf) -> None:
    if leaf is not Leaf.APPLICATION:
        assert lines_of(leaf, "[]", NOBODY) == []


def test_a_piece_of_evidence_is_listed_with_its_files() -> None:
    text = leaf_text([[1, "abc", "paper", "copy", "2026-05-04 04:00:00+00:00", ["f" * 64]]])
    assert lines_of(Leaf.EVIDENCE, text, NOBODY) == [
        "证据1（abc）　书证　复印件　2026-05-04 12:00",
        f"　　文件 SHA-256：{'f' * 64}",
    ]


@pytest.mark.parametrize("outcome", [Outcome.DECLINED, Outcome.REDIRECTED])
def test_what_was_turned_down_lacks_nothing_once_it_is_on_the_shelf(outcome: Outcome) -> None:
    assert missing(State.ARCHIVED, outcome, {Leaf.APPLICATION, Leaf.ENDING}) == ()
