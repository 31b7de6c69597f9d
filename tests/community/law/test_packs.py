"""The packs that come with the program, and what is refused as a pack."""

from datetime import date
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner

from community.law.packs import read_pack, shipped, statutes, tables
from community.law.rules import Citation, Confidence, Fault, cited, faults, pack_from
from deliberation.ballot import packs
from deliberation.ballot.lint import lint, serious
from web.cli_law import law
from web.locale import translations

TODAY = date(2026, 5, 1)
HEAD = '[pack]\nid = "x"\ntitle = "试"\njurisdiction = "CN"\n'
STATUTE = '[[statute]]\nid = "s"\ntitle = "某条例"\neffective_from = 2020-01-01\n'
RULE = """[[rule]]
id = "r"
title = "试"
electorate = "owners"
quorum = [{ bases = ["heads", "area"], count = "taking_part", of = "all", at_least = "2/3" }]
approve = [{ bases = ["heads", "area"], count = "yes", of = "taking_part", over = "1/2" }]
effective_from = 2021-01-01
source = "某条例 1 条"
cites = ["s:1"]
"""


def test_every_rule_cites_an_article_of_a_statute_that_is_there() -> None:
    assert len(tables()) >= 29
    for rule in tables():
        assert cited(rule), rule["id"]
        assert {each.statute for each in cited(rule)} <= statutes().keys()


@pytest.mark.parametrize("on", [TODAY, date(2025, 6, 1), date(2022, 6, 1)])
def test_nothing_serious_is_wrong_with_what_is_shipped(on: date) -> None:
    assert faults(shipped(), on) == ()
    by_name = {rule.id: rule for rule in packs.NATIONAL}
    assert [each for each in lint(packs.NATIONAL, on) if serious(each, by_name[each.rule])] == []


def test_what_is_hard_was_read() -> None:
    assert [rule.id for rule in packs.NATIONAL if rule.confidence is not Confidence.READ and not rule.changeable] == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('cites = ["s:1"]', "", Fault.NO_CITATION),
        ("s:1", "t:1", Fault.UNKNOWN_STATUTE),
        (
            "effective_from = 2020-01-01",
            "effective_from = 2020-01-01\neffective_to = 2024-01-01",
            Fault.STATUTE_EXPIRED,
        ),
        ("effective_from = 2020-01-01", 'effective_from = 2020-01-01\nconfidence = "mem"', Fault.STATUTE_UNSURE),
    ],
)
def test_one_fault_one_remark(tmp_path: Path, old: str, new: str, fault: Fault) -> None:
    file = tmp_path / "x.toml"
    file.write_text(HEAD + STATUTE + RULE, encoding="utf-8")
    assert faults([read_pack(file)], TODAY) == ()
    file.write_text(HEAD + (STATUTE + RULE).replace(old, new, 1), encoding="utf-8")
    (remark,) = faults([read_pack(file)], TODAY)
    assert remark.fault is fault
    told = CliRunner().invoke(law, ["lint", "--on", "2026-05-01", str(file)])
    assert (told.exit_code, str(remark) in told.output) == (1, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "pack"),
        (HEAD + "[extra]\n", "extra"),
        (HEAD + '[[statute]]\nid = "s"\n', "statute s"),
        (HEAD + STATUTE.replace("2020-01-01", '"soon"'), "2026-01-01"),
        ("[pack", "x.toml"),
        (HEAD + "rule = 3\n", "pack begins"),
        ("rule = 3\n" + HEAD, "list of tables"),
    ],
)
def test_what_is_no_pack_is_refused_by_name(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        read_pack(file)
    assert CliRunner().invoke(law, ["lint", str(file)]).exit_code == 1


def test_a_citation_is_written_in_one_way() -> None:
    with pytest.raises(ValueError, match="statute:article"):
        Citation.read("民法典 278")


def test_two_statutes_of_one_name_are_noticed() -> None:
    one = pack_from({"pack": {"id": "x", "title": "x", "jurisdiction": "CN"},
                     "statute": [{"id": "s", "title": "t", "effective_from": TODAY}] * 2})  # fmt: skip
    assert [each.fault for each in faults([one], TODAY)] == [Fault.TWICE]


def test_two_packs_are_compared_rule_by_rule(tmp_path: Path) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text(HEAD + RULE, encoding="utf-8")
    other.write_text(HEAD + RULE.replace("2/3", "3/4") + RULE.replace('"r"', '"q"'), encoding="utf-8")
    told = CliRunner().invoke(law, ["diff", str(one), str(other)]).output
    assert "+ q" in told
    assert "~ r quorum" in told
    assert "- q" in CliRunner().invoke(law, ["diff", str(other), str(one)]).output


async def test_everybody_may_read_the_rules_in_both_languages(client: httpx2.AsyncClient) -> None:
    told = (await client.get("/law")).text
    assert "参加表决的要达到全部的三分之二" in told
    assert 'href="#civil-code"' in told
    english = (await client.get("/law", headers={"accept-language": "en"})).text
    assert told.count("card") == english.count("card")
    assert "Joint decision of owners: general" in english


def test_every_title_and_note_of_a_pack_has_its_english_words() -> None:
    words = translations("en")
    for pack in shipped():
        parts = [*pack.rules, *({"title": each.title, "note": each.note} for each in pack.statutes)]
        for text in [pack.title, *(str(part[key]) for part in parts for key in ("title", "note") if part.get(key))]:
            assert words.gettext(text) != text
