"""The page of the two roads says what the tables say."""

import runpy
from pathlib import Path

from deliberation.matter.states import State
from deliberation.matter.workflow import ROWS as MATTER
from mediation.case.workflow import ROWS as CASE

ROOT = Path(__file__).parent.parent
WRITTEN: str = runpy.run_path(str(ROOT / "scripts" / "workflow.py"))["page"]()


def test_the_page_of_roads_is_in_step_with_the_tables() -> None:
    assert (ROOT / "docs" / "workflow.md").read_text(encoding="utf-8") == WRITTEN, "run: make workflow"


def test_every_deed_and_every_state_is_on_the_page() -> None:
    deeds = [*(f"`{row.verb}`" for row in MATTER), *(f"`{row.event}`" for row in CASE)]
    assert [deed for deed in deeds if deed not in WRITTEN] == []
    assert [state for state in State if f"  {state}: " not in WRITTEN] == []
