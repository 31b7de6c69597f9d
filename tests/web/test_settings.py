"""Settings that cannot work stop the start with a sentence."""

from pathlib import Path

import pytest

from tests.web.operator import Operator
from web.settings import write_secrets


def test_production_does_not_start_without_its_secrets(tmp_path: Path) -> None:
    refused = Operator(tmp_path, "").heyi("serve", HEYI_MODE="production")
    assert refused.exit_code == 1
    assert "HEYI_SECRET、HEYI_KEYS" in refused.output


def test_production_does_not_start_with_secrets_that_others_may_read(tmp_path: Path) -> None:
    write_secrets(tmp_path).chmod(0o644)
    refused = Operator(tmp_path, "").heyi("serve", HEYI_MODE="production")
    assert refused.exit_code == 1
    assert "chmod 600" in refused.output


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("HEYI_SECRET", "short", "HEYI_SECRET"),
        ("HEYI_KEYS", "k1:not-base64", "HEYI_KEYS"),
        ("HEYI_KEYS", "k1:c2hvcnQ=", "HEYI_KEYS"),
        ("HEYI_MODE", "staging", "HEYI_MODE"),
        ("HEYI_DATABASE", "mysql://x", "HEYI_DATABASE"),
    ],
)
def test_a_setting_that_cannot_work_stops_the_start(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    write_secrets(tmp_path)
    refused = Operator(tmp_path, "").heyi("serve", **{"HEYI_MODE": "production", name: value})
    assert refused.exit_code == 1
    assert sentence in refused.output
    assert "Traceback" not in refused.output
