"""Static files are named by their content and may then be kept for ever."""

from pathlib import Path

import httpx2
import pytest

from web import static


async def test_a_page_names_its_style_by_content_and_the_browser_may_keep_it(client: httpx2.AsyncClient) -> None:
    address = f"/static/heyi.css?v={static.mark('heyi.css')}"
    assert f'href="{address}"' in (await client.get("/")).text
    kept = await client.get(address)
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("asked", ["", "?v=00000000", "?v="])
async def test_without_the_present_mark_the_browser_asks_again(client: httpx2.AsyncClient, asked: str) -> None:
    loose = await client.get(f"/static/heyi.css{asked}")
    assert (loose.status_code, loose.headers["cache-control"]) == (200, "no-cache")
    unchanged = await client.get("/static/heyi.css", headers={"If-None-Match": loose.headers["etag"]})
    assert unchanged.status_code == 304


def test_a_changed_file_gets_a_new_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static, "folder", lambda: tmp_path)
    (tmp_path / "a.css").write_text("one")
    first = static.mark("a.css")
    (tmp_path / "a.css").write_text("three")
    assert (len(first), static.mark("a.css") != first) == (8, True)
    assert static.mark("nowhere.css") == ""
    assert static.marked("/static/nowhere.css", "nowhere.css") == "/static/nowhere.css"


@pytest.mark.parametrize("path", ["/%00", "/matters/%0a", "/?q=%00", "/?q=%1f", "/%7f"])
async def test_an_address_with_control_characters_is_refused_before_anything_reads_it(
    client: httpx2.AsyncClient, path: str
) -> None:
    assert (await client.get(path)).status_code == 400


async def test_a_search_for_two_lines_is_no_attack(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/?q=a%0ab%09")).status_code == 200
