"""A Merkle tree over leaves, with proofs that a leaf is in it and that an earlier tree is its beginning. Pure.

Source: RFC 9162 (Certificate Transparency 2.0) sections 2.1.1 (hashes), 2.1.3 (inclusion), 2.1.4 (consistency);
SHA-256, 32-byte hashes. The standalone verifier (``web/verifier.py``) holds its own copy on purpose: it must not
trust this one.
"""

from collections.abc import Sequence
from hashlib import sha256

Hash = bytes


def leaf_hash(data: bytes) -> Hash:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Return the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[Hash]) -> Hash:
    """Return the root over leaf hashes; over none the hash of nothing.

    >>> root([]).hex()[:16]
    'e3b0c44298fc1c14'
    """
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    cut = _cut(len(leaves))
    return node_hash(root(leaves[:cut]), root(leaves[cut:]))


def grown(peaks: Sequence[Hash], size: int, leaf: Hash) -> list[Hash]:
    """Return the roots of the complete subtrees, largest first, after a leaf is put to a tree of ``size``."""
    found = [*peaks, leaf]
    while size & 1:
        right, left = found.pop(), found.pop()
        found.append(node_hash(left, right))
        size >>= 1
    return found


def top(peaks: Sequence[Hash]) -> Hash:
    """Return the root of the tree whose complete subtrees have these roots."""
    if not peaks:
        return root(())
    found = peaks[-1]
    for each in reversed(peaks[:-1]):
        found = node_hash(each, found)
    return found


def inclusion(index: int, leaves: Sequence[Hash]) -> list[Hash]:
    """Return the path that proves leaf ``index`` (from 0) to be in the tree; raises ``IndexError`` past its end."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    cut = _cut(len(leaves))
    if index < cut:
        return [*inclusion(index, leaves[:cut]), root(leaves[cut:])]
    return [*inclusion(index - cut, leaves[cut:]), root(leaves[:cut])]


def includes(leaf: Hash, index: int, size: int, path: Sequence[Hash], top: Hash) -> bool:
    """Return whether ``path`` proves ``leaf`` at ``index`` in the tree of ``size`` leaves with root ``top``."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for each in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(each, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, each)
        at, last = at >> 1, last >> 1
    return last == 0 and found == top


def consistency(earlier: int, leaves: Sequence[Hash]) -> list[Hash]:
    """Return the proof that the tree of the first ``earlier`` leaves is the beginning of this one."""
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return _subproof(earlier, leaves, whole=True)


def _subproof(earlier: int, leaves: Sequence[Hash], *, whole: bool) -> list[Hash]:
    if earlier == len(leaves):
        return [] if whole else [root(leaves)]
    cut = _cut(len(leaves))
    if earlier <= cut:
        return [*_subproof(earlier, leaves[:cut], whole=whole), root(leaves[cut:])]
    return [*_subproof(earlier - cut, leaves[cut:], whole=False), root(leaves[:cut])]


def extends(earlier: int, before: Hash, size: int, top: Hash, proof: Sequence[Hash]) -> bool:
    """Return whether ``proof`` shows that the tree ``(earlier, before)`` is the beginning of ``(size, top)``."""
    if earlier == size:
        return not proof and before == top
    if not 0 < earlier < size or not proof:
        return False
    path = [before, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    at, last = earlier - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    return _climb(path, at, last, before, top)


def _climb(path: Sequence[Hash], at: int, last: int, before: Hash, top: Hash) -> bool:
    """Return whether both roots are reached over ``path``: RFC 9162 section 2.1.4.2, steps 5 to 8."""
    old = new = path[0]
    for each in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, each)
        at, last = at >> 1, last >> 1
    return last == 0 and old == before and new == top


def _cut(size: int) -> int:
    """Return the largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1
