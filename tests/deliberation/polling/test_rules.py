"""What may become of a sheet, by rules alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from deliberation.ballot.votes import Choice
from deliberation.polling.rules import Facts, Fault, fault_of
from tests.world import NOON

GOOD = Facts(
    known=True,
    replaced=False,
    double=False,
    said=Choice.YES,
    received_at=NOON,
    closes_at=NOON + timedelta(days=1),
    overtaken=False,
)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, None),
        ({"known": False}, Fault.NOT_ON_ROLL),
        ({"replaced": True}, Fault.REPLACED),
        ({"double": True}, Fault.DOUBLE),
        ({"said": None}, Fault.UNREADABLE),
        ({"sound": False}, Fault.CONTRARY),
        ({"overtaken": True}, Fault.OVERTAKEN),
        ({"received_at": NOON + timedelta(days=1)}, Fault.LATE),
        ({"received_at": NOON + timedelta(days=2), "known": False}, Fault.LATE),
        ({"double": True, "said": None}, Fault.DOUBLE),
    ],
)
def test_a_sheet_counts_or_has_one_reason_why_not(change: dict[str, object], fault: Fault | None) -> None:
    assert fault_of(replace(GOOD, **change)) is fault  # type: ignore[arg-type]
