"""How votes are held is in the packs: what may bind, which ways there are, and what lint says of a pack that errs."""

from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from community.law.packs import conducts
from community.law.rules import Confidence
from deliberation.ballot.conduct import SHIPPED, Flaw, Papers, conduct_of, conducts_from, conducts_on, flaws
from deliberation.ballot.models import Channel
from deliberation.ballot.packs import NATIONAL
from deliberation.body.rules import PRESETS, Effect
from deliberation.question.rules import POSTS, Post
from web.cli_law import law

TODAY = date(2026, 5, 4)
OWNERS = conduct_of("civ278.general", on=TODAY)


@pytest.mark.parametrize("on", [TODAY, date(2025, 6, 1), date(2022, 6, 1), date(2019, 1, 1)])
def test_every_rule_in_force_says_how_votes_under_it_are_held(on: date) -> None:
    assert flaws(SHIPPED, NATIONAL, on) == ()


@pytest.mark.parametrize(
    ("rule", "post", "papers", "binds"),
    [
        ("civ278.major", None, Papers.OPEN, True),
        ("sichuan.major", None, Papers.OPEN, True),  # what the province leaves open is held as the nation says
        ("henan66", None, Papers.OPEN, True),
        ("rc25.assembly.households", None, Papers.OPEN, True),
        ("rc25.assembly.households", Post.REPRESENTATIVES, Papers.OPEN, True),
        ("rc25.elect.households", Post.RESIDENTS_COMMITTEE, Papers.HIDDEN, False),
        ("rc25.recall.reps", None, Papers.HIDDEN, False),
        ("vc25.assembly.adults", None, Papers.OPEN, True),
        ("vc25.assembly.adults", Post.VILLAGERS_COMMITTEE, Papers.HIDDEN, False),
        ("civ278.general", Post.OWNERS_COMMITTEE, Papers.OPEN, True),
    ],
)
def test_what_a_result_may_be(rule: str, post: Post | None, papers: Papers, *, binds: bool) -> None:
    found = conduct_of(rule, on=TODAY, post=post)
    assert (found.papers, Effect.BINDING in found.effects) == (papers, binds)


def test_every_body_that_votes_and_every_post_is_spoken_of() -> None:
    for presets in PRESETS.values():
        assert bool(conducts_on(presets.rules.values(), TODAY)) is bool(presets.rules)
    for post, terms in POSTS.items():
        names = terms.rules.values() if terms.rules else ["vc25.assembly.adults", "civ278.general"]
        assert all(conduct_of(name, on=TODAY, post=post) for name in names)


def test_there_is_no_nearest_day_and_no_nearest_rule() -> None:
    for name, on in (("rc25.rep", date(2025, 12, 31)), ("pm12.old.major", date(2021, 1, 1)), ("nowhere", TODAY)):
        with pytest.raises(LookupError):
            conduct_of(name, on=on)


def test_lint_names_what_is_wrong() -> None:
    def found(*others: object) -> list[tuple[str, Flaw]]:
        rest = [each for each in SHIPPED if each.id != OWNERS.id]
        return [(each.about, each.flaw) for each in flaws([*rest, *others], NATIONAL, TODAY)]  # type: ignore[list-item]

    missing = ["civ278.general", "civ278.major", "civ279", "sichuan.general", "sichuan.major"]
    assert sorted(found()) == [(name, Flaw.MISSING) for name in missing]
    assert (OWNERS.id, Flaw.HIDDEN_BINDS) in found(replace(OWNERS, papers=Papers.HIDDEN))
    assert ("civ279", Flaw.TWICE) in found(OWNERS, replace(OWNERS, id="again"))
    assert (OWNERS.id, Flaw.UNKNOWN_RULE) in found(replace(OWNERS, rules=OWNERS.rules | {"civ999"}))
    unsure = Confidence.MEMORY
    assert (OWNERS.id, Flaw.HARD_BUT_UNSURE) in found(replace(OWNERS, confidence=unsure))
    assert found(replace(OWNERS, confidence=unsure, changeable=True)) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("ways", ["carrier pigeon"]), ("effects", []), ("papers", "maybe"), ("effective_from", "soon"), ("colour", "red")],
)
def test_a_table_that_is_not_written_as_it_must_be_is_refused(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"conduct|is not a valid|effects"):
        conducts_from([{**conducts()[0], key: value}])


def test_the_ways_are_those_of_this_program() -> None:
    assert {way for each in SHIPPED for way in each.ways} == set(Channel)


def test_the_command_finds_nothing_missing() -> None:
    done = CliRunner().invoke(law, ["lint", "--on", "2026-05-04"])
    assert (done.exit_code, "没有写明表决怎么办" in done.output) == (0, False)
