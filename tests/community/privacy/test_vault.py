"""Encryption at rest: opens where it was locked, nowhere else."""

import base64

import pytest

from community.privacy import vault

RING = vault.parse_ring(f"k2:{base64.b64encode(b'2' * 32).decode()},k1:{base64.b64encode(b'1' * 32).decode()}")


@pytest.fixture(autouse=True)
def ring() -> None:
    vault.install(RING)


def test_what_was_locked_opens_in_its_own_place_only() -> None:
    sealed = vault.lock("底线是三千元", about="message|7|text")
    assert "三千" not in sealed
    assert vault.unlock(sealed, about="message|7|text") == "底线是三千元"
    with pytest.raises(vault.Tampered):
        vault.unlock(sealed, about="message|8|text")


def test_a_flipped_character_does_not_open() -> None:
    sealed = vault.lock("甲", about="x")
    flipped = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(vault.Tampered):
        vault.unlock(flipped, about="x")


def test_an_older_key_on_the_ring_still_opens_and_a_removed_one_does_not() -> None:
    old = vault.KeyRing({"k1": b"1" * 32}, "k1", b"i" * 32)
    vault.install(old)
    sealed = vault.lock("乙", about="x")
    vault.install(RING)
    assert vault.unlock(sealed, about="x") == "乙"
    vault.install(vault.KeyRing({"k3": b"3" * 32}, "k3", b"i" * 32))
    with pytest.raises(vault.Tampered):
        vault.unlock(sealed, about="x")


def test_a_data_key_survives_its_wrapping() -> None:
    key = vault.new_key()
    assert vault.unwrap(vault.wrap(key, about="room|1"), about="room|1") == key
    sealed = vault.lock("丙", about="m|1", key=key)
    assert vault.unlock(sealed, about="m|1", key=key) == "丙"
    with pytest.raises(vault.Tampered):
        vault.unlock(sealed, about="m|1", key=vault.new_key())


def test_keyed_hashes_are_equal_for_equal_values_of_one_purpose() -> None:
    assert vault.blind("13800138000", purpose="phone") == vault.blind("13800138000", purpose="phone")
    assert vault.blind("13800138000", purpose="phone") != vault.blind("13800138000", purpose="id")


@pytest.mark.parametrize("text", ["", "k1:short", "k1:not base64!", "k1"])
def test_a_broken_ring_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        vault.parse_ring(text)
