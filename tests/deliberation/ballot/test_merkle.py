"""The tree of RFC 9162 against its known roots, and every proof of every small tree."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.ballot.merkle import consistency, extends, includes, inclusion, leaf_hash, root

DATA = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Test leaves and roots of the Certificate Transparency reference code (RFC 6962, the same hashes)."""

LEAVES = [leaf_hash(bytes.fromhex(each)) for each in DATA]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_over_nothing_it_is_the_hash_of_nothing() -> None:
    assert root([]) == sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 40))
def test_every_proof_holds_and_no_proof_holds_elsewhere(size: int) -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    top = root(leaves)
    for index, leaf in enumerate(leaves):
        path = inclusion(index, leaves)
        assert includes(leaf, index, size, path, top)
        assert not includes(leaf_hash(b"other"), index, size, path, top)
        assert not includes(leaf, index + 1, size, path, top)
        assert not includes(leaf, index, size, [*path, top], top)
        assert not includes(leaf, index, size, path[:-1], top) or not path
    for earlier in range(1, size + 1):
        before, proof = root(leaves[:earlier]), consistency(earlier, leaves)
        assert extends(earlier, before, size, top, proof)
        assert not extends(earlier, leaf_hash(b"other"), size, top, proof)
        if earlier < size:
            assert not extends(earlier, before, size, leaf_hash(b"other"), proof)
            assert not extends(earlier, before, size, top, proof[:-1])


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=33), st.data())
def test_a_changed_dropped_or_added_leaf_changes_the_root(items: list[bytes], data: st.DataObject) -> None:
    leaves = [leaf_hash(item) for item in items]
    at = data.draw(st.integers(0, len(items) - 1))
    changed = [*leaves[:at], leaf_hash(items[at] + b"!"), *leaves[at + 1 :]]
    assert len({root(leaves), root(changed), root([*leaves, leaves[0]]), root(leaves[:at] + leaves[at + 1 :])}) >= 3
    assert root(leaves) != root(changed)


@pytest.mark.parametrize("earlier", [0, 4])
def test_a_proof_of_nothing_or_of_more_than_there_is_cannot_be_made(earlier: int) -> None:
    with pytest.raises(IndexError):
        consistency(earlier, LEAVES[:3])
    assert not extends(earlier, root([]), 3, root(LEAVES[:3]), [])


def test_a_leaf_outside_the_tree_has_no_path() -> None:
    with pytest.raises(IndexError):
        inclusion(3, LEAVES[:3])
