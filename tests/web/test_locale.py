"""Every sentence that a reader can meet is there in every language."""

from pathlib import Path

import pytest
from babel.messages import Catalog

from web.locale import SOURCE, merged, say
from web.locale.extract import examine, extracted, lines, translated

TEMPLATE = extracted()

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.mark.parametrize("language", translated())
def test_every_sentence_is_translated_once_and_with_the_same_placeholders(language: str) -> None:
    report = examine(language, TEMPLATE)
    assert not report.wrong, "\n".join(lines(report))


def test_the_sentences_come_from_python_and_from_templates() -> None:
    places = {Path(name).suffix for message in TEMPLATE if message.id for name, _ in message.locations}
    assert places == {".py", ".html", ".txt"}


def test_chinese_is_its_own_translation() -> None:
    assert SOURCE not in translated()
    assert say(SOURCE, "还差 {n} 票。", n=3) == "还差 3 票。"


def write(folder: Path, **rooms: str) -> Path:
    (folder / "en").mkdir()
    for room, entries in rooms.items():
        (folder / "en" / f"{room}.po").write_text(PO + entries, encoding="utf-8")
    return folder


def said(*sentences: str) -> Catalog:
    template = Catalog()
    for sentence in sentences:
        template.add(sentence, locations=[("web/mediation/case/show.html", 1)])
    return template


def test_a_missing_sentence_is_named_with_the_catalogue_it_belongs_to(tmp_path: Path) -> None:
    folder = write(tmp_path, web='msgid "有"\nmsgstr "here"\n\nmsgid "空"\nmsgstr ""\n')
    report = examine("en", said("有", "空", "无"), folder)
    assert dict(report.missing) == {"mediation-case.po": ["空", "无"]}
    assert 'msgid "无"\nmsgstr ""\n' in list(lines(report))


def test_two_rooms_may_not_translate_one_sentence_differently(tmp_path: Path) -> None:
    folder = write(tmp_path, a='msgid "提交"\nmsgstr "Send"\n', b='msgid "提交"\nmsgstr "Submit"\n')
    assert examine("en", said("提交"), folder).clashing == ["a.po, b.po: 提交"]


def test_a_translation_keeps_the_placeholders(tmp_path: Path) -> None:
    entries = 'msgid "还差 {n} 票"\nmsgstr "{m} votes short"\n\nmsgid "%(a)s 户"\nmsgstr "%(a)s homes"\n'
    report = examine("en", said("还差 {n} 票", "%(a)s 户"), write(tmp_path, web=entries))
    assert report.mismatched == ["web.po: 还差 {n} 票"]


def test_what_nobody_says_any_more_is_only_untidy(tmp_path: Path) -> None:
    spoken, chosen, silent = "新", "普通话", "没人再说的一句旧话"  # 普通话 is the label of a language
    entries = "".join(f'msgid "{one}"\nmsgstr "x"\n\n' for one in (spoken, chosen, silent))
    report = examine("en", said(spoken), write(tmp_path, web=entries))
    assert (report.unused, report.wrong) == ([f"web.po: {silent}"], False)


@pytest.mark.parametrize("language", translated())
def test_the_merged_catalogue_holds_every_sentence(language: str) -> None:
    whole = merged(language)
    assert [message.id for message in TEMPLATE if message.id and not whole.get(message.id)] == []
