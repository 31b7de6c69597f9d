"""The sizes are counted right: what the table says is what a reader would count by hand."""

from pathlib import Path

import pytest

from bench import shape

SAMPLE = '''"""A module.

Two lines of story.
"""

# why it is so
NAME = "# no comment"  # beside code
TOLD = 1  # noqa: N806


def short() -> int:
    """One line."""
    return 1


@property
def longer(
    one: int,
) -> int:
    """First.

    More.
    """
    return one
'''


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> shape.Sheet:
    monkeypatch.setattr(shape, "ROOT", tmp_path)
    (tmp_path / "sample.py").write_text(SAMPLE)
    return shape.measure(tmp_path / "sample.py")


def test_lines_comments_and_docstrings_are_counted(sheet: shape.Sheet) -> None:
    assert (sheet.length, sheet.filled, sheet.comments, sheet.docstrings) == (24, 17, 2, 7)


def test_a_function_counts_without_decorators_and_story(sheet: shape.Sheet) -> None:
    assert sheet.functions == ((2, "sample.py:11 short"), (4, "sample.py:17 longer"))


def test_the_spread_is_of_real_lengths() -> None:
    assert shape.spread(range(1, 11)) == "6 / 10 / 10"
    assert shape.spread([]) == "0 / 0 / 0"


def test_the_whole_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    shape.main()
    printed = capsys.readouterr().out
    assert "| **heyi** |" in printed
    assert all(f"| {top} |" in printed for top in shape.CODE)
    assert printed.count("\n") >= 25
