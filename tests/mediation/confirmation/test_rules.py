"""The road of an application, as its table says; what is fit; what the court wants to see."""

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from mediation.agreement.rules import ClauseKind
from mediation.case.models import Track
from mediation.confirmation.grounds import BROUGHT, WAYS, Bar, Item, Look, Way, bars, checklist
from mediation.confirmation.package import PARTS
from mediation.confirmation.rules import OPEN, ROWS, Course, Deed, Who, deeds_at, demand, row_for


def test_every_stage_is_reached_and_every_open_one_is_left() -> None:
    reached = {row.to for row in ROWS}
    assert reached == set(Course)
    assert {source for row in ROWS for source in row.sources} == set(OPEN)
    assert len({row.deed for row in ROWS}) == len(ROWS) == len(Deed)
    assert set(WAYS) == set(Course) - set(OPEN)
    assert all(Deed.WITHDRAW in deeds_at(stage, frozenset({Who.PARTY})) for stage in OPEN)


def test_nobody_but_the_court_or_the_director_from_its_paper_decides() -> None:
    for deed in (Deed.CONFIRM, Deed.DISMISS, Deed.NOT_ACCEPT, Deed.ADMIT):
        for who in (Who.PARTY, Who.WORKER, Who.SYSTEM):
            with pytest.raises(Forbidden):
                row_for(deed, Course.FILED, frozenset({who}))
        assert row_for(deed, Course.FILED, frozenset({Who.COURT})).deed is deed
    with pytest.raises(MovedOn):
        row_for(Deed.CONFIRM, Course.APPLIED, frozenset({Who.COURT}))
    assert deeds_at(Course.CONFIRMED, frozenset(Who)) == ()
    assert not any(deeds_at(stage, frozenset({Who.COURT})) for stage in (Course.PREPARING, Course.APPLIED))


@pytest.mark.parametrize(
    ("look", "found"),
    [
        (Look(binds=True, kinds=[ClauseKind.PAY, ClauseKind.DO]), ()),
        (Look(binds=False), (Bar.NOT_BINDING,)),
        (Look(binds=True, oral=True), (Bar.ORAL,)),
        (Look(binds=True, kinds=[ClauseKind.STATUS, ClauseKind.TITLE]), (Bar.STATUS, Bar.TITLE)),
        (Look(binds=True, track=Track.COURT_POST), (Bar.IN_TRIAL,)),
        (Look(binds=True, track=Track.COURT_PRE), ()),
    ],
)
def test_what_a_court_would_not_take(look: Look, found: tuple[Bar, ...]) -> None:
    assert bars(look) == found


def test_the_court_wants_a_mandate_or_a_deed_only_where_there_is_reason() -> None:
    plain = checklist([ClauseKind.PAY], agents=False)
    assert plain == (Item.APPLICATION, Item.AGREEMENT, Item.CERTIFICATE, Item.IDENTITY)
    assert set(checklist([ClauseKind.DELIVER], agents=True)) - set(plain) == BROUGHT


def test_a_no_leaves_the_agreement_and_the_way_to_court() -> None:
    assert all(Way.SUE in WAYS[stage] for stage in (Course.DISMISSED, Course.NOT_ACCEPTED, Course.LAPSED))
    assert Way.ENFORCE in WAYS[Course.CONFIRMED]
    with pytest.raises(Unfit, match="每一方"):
        demand(Deed.FILE, "all_applied", holds=False)


def test_no_part_of_the_package_reads_a_talk_or_an_offer() -> None:
    tables = {str(model._meta.db_table) for part in PARTS for model in part.reads}
    assert not {table for table in tables if table.startswith(("room", "message", "case_note"))}
