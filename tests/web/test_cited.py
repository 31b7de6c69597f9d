"""Every citation in the tables of rules can be followed by who reads another language."""

import re

import pytest

from deliberation.body.rules import PRESETS
from deliberation.mandate.rules import NOBODY, TABLE
from web.cited import speaker
from web.locale import translations

SOURCES = {preset.source for preset in PRESETS.values()} | {rule.source for rule in (*TABLE.values(), NOBODY)}


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_a_citation_leaves_no_chinese_to_who_reads_english(source: str) -> None:
    said = speaker(translations("en").gettext)(source)
    assert not re.search(r"[\u4e00-\u9fff]", said), said
    assert re.findall(r"\d+", said) == re.findall(r"\d+", source), "an article was lost"
