"""Where a call may go, and how it is signed."""

import base64
import hashlib
import hmac

import pytest

from community.errors import Unfit
from community.hooks.rules import PREFIX, fit_address, new_secret, public, signature


@pytest.mark.parametrize(
    "url",
    [
        "http://example.cn/hook",
        "https://user:pw@example.cn/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.8/",
        "https://169.254.169.254/latest",
        "https://localhost/",
        "https://db.internal/",
        "https://",
        "ftp://example.cn/",
        "https://example.cn:99999/",
    ],
)
def test_an_address_inside_is_refused(url: str) -> None:
    with pytest.raises(Unfit):
        fit_address(url, loopback=False)


def test_the_public_net_is_called_over_https_and_this_machine_in_development_alone() -> None:
    assert fit_address(" https://hook.example.cn:8443/heyi?x=1 ", loopback=False).startswith("https://hook")
    assert fit_address("http://127.0.0.1:9000/", loopback=True) == "http://127.0.0.1:9000/"
    with pytest.raises(Unfit):
        fit_address("http://10.0.0.8/", loopback=True)


@pytest.mark.parametrize(
    ("address", "out"),
    [
        ("1.1.1.1", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to be refused
        ("224.0.0.1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("2606:4700:4700::1111", True),
    ],
)
def test_what_is_public(address: str, out: bool) -> None:  # noqa: FBT001
    assert public(address) is out


def test_a_receiver_can_check_the_signature_with_the_secret_alone() -> None:
    secret = new_secret()
    key = base64.b64decode(secret.removeprefix(PREFIX))
    told = hmac.new(key, b'c1.1700000000.{"a":"\xe5\x92\x8c"}', hashlib.sha256).digest()
    assert signature(secret, "c1", 1700000000, '{"a":"和"}') == "v1," + base64.b64encode(told).decode()
