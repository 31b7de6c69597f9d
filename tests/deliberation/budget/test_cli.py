"""``heyi budget`` from the command line."""

from pathlib import Path

from click.testing import CliRunner

from tests.deliberation.budget.test_counting import GOOD
from web.cli_budget import budget


def test_both_counts_are_told_with_a_reason_for_each_project(tmp_path: Path) -> None:
    file = tmp_path / "round.pb"
    file.write_text(GOOD, encoding="utf-8")
    told = CliRunner().invoke(budget, [str(file)])
    assert told.exit_code == 0, told.output
    assert "greedy：选中 1 个，用去 60" in told.output
    assert "equal_shares/cost/greedy：选中 1 个" in told.output
    assert "✗  b  50  1  轮到它时余款不够  乙" in told.output


def test_a_file_that_is_none_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "round.pb"
    file.write_text("hello", encoding="utf-8")
    told = CliRunner().invoke(budget, [str(file)])
    assert (told.exit_code, "Pabulib" in told.output) == (1, True)
    file.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in CliRunner().invoke(budget, [str(file)]).output
