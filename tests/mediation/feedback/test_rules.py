"""Marks from one to five, averaged only when more than one answered."""

from fractions import Fraction

import pytest

from mediation.feedback.rules import Asked, fit, means


@pytest.mark.parametrize(
    ("marks", "holds"),
    [
        (dict.fromkeys(Asked, 1), True),
        (dict.fromkeys(Asked, 5), True),
        (dict.fromkeys(Asked, 0), False),
        (dict.fromkeys(Asked, 6), False),
        ({Asked.MANNER: 3}, False),
        ({}, False),
    ],
)
def test_every_question_has_a_mark_from_one_to_five(marks: dict[Asked, int], *, holds: bool) -> None:
    assert fit(marks) is holds


def test_one_answer_is_never_shown_as_a_mean() -> None:
    one, two = dict.fromkeys(Asked, 1), dict.fromkeys(Asked, 4)
    assert means([]) == means([one]) == {}
    assert means([one, two, two])[Asked.FAIRNESS] == Fraction(3)
