"""Whatever the tables say to a person is said in every language."""

import pytest

from mediation.case.periods import RULES
from mediation.case.states import STANDINGS
from mediation.case.workflow import ROWS
from web.locale import merged
from web.locale.extract import translated

SAID = {
    *(standing.title for standing in STANDINGS.values()),
    *(row.title for row in ROWS),
    *(guard.refusal for row in ROWS for guard in row.guards),
    *(rule.what for rule in RULES),
}


@pytest.mark.parametrize("language", translated())
def test_every_title_guard_and_period_is_translated(language: str) -> None:
    catalogue = merged(language)
    assert [text for text in sorted(SAID) if not (message := catalogue.get(text)) or not message.string] == []


def test_a_state_and_an_event_never_share_their_title() -> None:
    assert {s.title for s in STANDINGS.values()} & {row.title for row in ROWS} == set()
    assert len({row.title for row in ROWS}) == len(ROWS)
