"""The doctor tells health from illness, and never a secret."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from community.notice.mail import queue_mail
from community.notice.models import Mail, MailState
from community.record.models import Delivery
from community.record.outbox import record
from community.record.transaction import bookkeeping, command
from community.timers.commands import set_timer
from tests.services import free_port, smtp_server
from tests.web.operator import Operator
from tests.world import build
from web.clock import Clock
from web.doctor.given import veiled
from web.settings import write_secrets

LONG_AGO = timedelta(hours=2)
SECRETS = {"HEYI_SECRET": "x" * 40, "HEYI_KEYS": "k1:" + "A" * 43 + "="}


@pytest.fixture
def operator(tmp_path: Path, database_url: str) -> Operator:
    return Operator(tmp_path, database_url)


def examined(operator: Operator, code: int | None = None, **env: str) -> Mapping[str, Any]:
    """Return the level of every check by its name, after asserting the exit code."""
    done = operator.heyi("doctor", "--json", **env)
    report = json.loads(done.output)
    assert report["ok"] is (done.exit_code == 0)
    assert code in (None, done.exit_code), done.output
    return {each["name"]: (each["level"], each["saying"]) for each in report["checks"]}


def test_a_trial_is_healthy_and_says_that_it_is_one(operator: Operator) -> None:
    found = examined(operator, 0)
    assert found["运行方式"][0] == "warn"
    assert {found[name][0] for name in ("数据库", "落盘", "对时", "迁移", "封链", "钥匙串", "数据文件夹")} == {"ok"}


def test_the_report_for_people_has_a_line_for_everything(operator: Operator) -> None:
    told = operator.heyi("doctor").output
    assert "HEYI_SITE_URL = http://127.0.0.1:8000  [默认]" in told
    assert "好    落盘" in told


def test_a_real_site_that_lacks_mail_and_https_is_not_healthy(operator: Operator) -> None:
    found = examined(operator, 1, HEYI_MODE="production", **SECRETS)
    assert (found["寄信"][0], found["运行方式"][0]) == ("bad", "bad")


def test_a_real_site_that_has_everything_is_healthy(operator: Operator) -> None:
    write_secrets(operator.home)
    with smtp_server() as box:
        env = {"HEYI_MODE": "production", "HEYI_SITE_URL": "https://heyi.example", "HEYI_SMTP": box.url}
        found = examined(operator, 0, **env)
    assert (found["寄信"][0], found["运行方式"][0], found["密钥文件"][0]) == ("ok", "ok", "ok")


def test_a_mail_server_that_does_not_answer_is_named(operator: Operator) -> None:
    assert examined(operator, 1, HEYI_SMTP=f"smtp://127.0.0.1:{free_port()}")["寄信"][0] == "bad"


def test_secrets_and_passwords_are_not_shown(operator: Operator) -> None:
    env = {
        **SECRETS,
        "HEYI_SMTP": f"smtp://post:p/w@d@127.0.0.1:{free_port()}",
        "HEYI_REDIS": "redis://:hush@127.0.0.1/0",
    }
    for words in (("doctor",), ("doctor", "--json")):
        told = operator.heyi(*words, **env).output
        assert "已设置" in told
        assert [secret for secret in (*SECRETS.values(), "p/w", "hush") if secret in told] == []


def test_every_setting_says_where_it_came_from(operator: Operator) -> None:
    write_secrets(operator.home)
    report = json.loads(operator.heyi("doctor", "--json", HEYI_PHONE="12345").output)
    sources = {each["name"]: each["source"] for each in report["settings"]}
    assert (sources["HEYI_PHONE"], sources["HEYI_KEYS"], sources["HEYI_ORIGINS"]) == ("环境变量", "secrets.env", "默认")


def test_a_slip_in_a_name_is_noticed(operator: Operator) -> None:
    assert examined(operator, 0, HEYI_DATABSE="x")["HEYI_DATABSE"][0] == "warn"


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    gone = Operator(tmp_path, f"postgres://nobody@127.0.0.1:{free_port()}/heyi")
    assert examined(gone, 1)["数据库"][0] == "bad"


def test_an_empty_database_wants_its_migrations(tmp_path: Path) -> None:
    fresh = Operator(tmp_path, f"sqlite://{tmp_path / 'fresh.db'}")
    assert "heyi migrate" in examined(fresh, 1)["数据库"][1]


@command
async def unsealed() -> None:
    await record("thing.made", "thing-1", by=None, at=Clock().now() - LONG_AGO)


@bookkeeping
async def overdue() -> None:
    await set_timer("thing.expires", "thing-1", due_at=Clock().now() - LONG_AGO)


@bookkeeping
async def unsent() -> None:
    await queue_mail(
        "lan@example.org", "zh-CN", "community/notice/mail_told", {}, at=Clock().now() - LONG_AGO, topic="x"
    )


@pytest.mark.parametrize(
    ("harm", "name"), [(unsealed, "封链"), (unsealed, "通知"), (overdue, "到期的事"), (unsent, "要寄的信")]
)
def test_work_that_has_waited_for_hours_is_an_illness(
    operator: Operator, harm: Callable[[], Awaitable[None]], name: str
) -> None:
    operator.behind(harm)
    level, saying = examined(operator, 1)[name]
    assert (level, "1 件在等" in saying, "2 小时" in saying) == ("bad", True, True)


def test_work_that_has_just_begun_to_wait_is_none(operator: Operator) -> None:
    async def soon() -> None:
        await unsealed()
        await Delivery.all().update(due_at=Clock().now() - timedelta(seconds=30))

    operator.behind(soon)
    assert examined(operator, 0)["封链"][0] == "ok"


def test_mails_given_up_and_seals_without_a_keeper_are_worth_a_look(operator: Operator) -> None:
    async def town() -> None:
        await build()
        await unsent()
        await Mail.all().update(state=MailState.DEAD)

    operator.behind(town)
    found = examined(operator, 0)
    assert (found["退回的信"][0], found["印章"][0]) == ("warn", "warn")
    assert "幸福里社区居民委员会" in found["印章"][1]


def test_a_clock_that_was_moved_is_noticed(operator: Operator) -> None:
    operator.heyi("clock", "+15d")
    assert examined(operator)["拨钟"][0] == "warn"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("smtp://u:p@h:25", "smtp://…@h:25"),
        ("redis://:p/q@h/0", "redis://…@h/0"),
        ("smtp://h", "smtp://h"),
        ("heyi@localhost", "heyi@localhost"),
        ("", ""),
    ],
)
def test_an_address_is_shown_without_its_login(address: str, told: str) -> None:
    assert veiled(address) == told
