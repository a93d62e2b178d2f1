"""Inclusion and consistency proofs: made from the nodes of a tree, and verified without it.

As RFC 6962 sections 2.1.1 and 2.1.2 define them; the walks of verification follow RFC 9162 sections 2.1.3.2
and 2.1.4.2, which say the same of the same proofs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from goodstanding.proof.hashing import DIGEST, EMPTY, node_hash

Nodes = Callable[[int, int], bytes]
"""Gives the head of a perfect subtree: of 2**level leaves, the index-th of its level from the left."""


def inclusion(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The proof that a leaf is in a tree of `size` leaves, from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in the tree")
    return _path(index, 0, size, nodes)


def consistency(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """The proof that a tree of `old` leaves is the beginning of one of `new`; empty if either says all."""
    if not 0 <= old <= new:
        raise ValueError("the older tree is the smaller one")
    return [] if old in (0, new) else _subproof(old, 0, new, True, nodes)


def head_at(size: int, nodes: Nodes) -> bytes:
    """The head of the first `size` leaves."""
    return _head(0, size, nodes) if size else EMPTY


def _split(count: int) -> int:
    """The largest power of two that is smaller than the number of leaves."""
    return 1 << (count - 1).bit_length() - 1


def _head(start: int, end: int, nodes: Nodes) -> bytes:
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _split(count)
    return node_hash(_head(start, middle, nodes), _head(middle, end, nodes))


def _path(index: int, start: int, end: int, nodes: Nodes) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, nodes), _head(middle, end, nodes)]
    return [*_path(index, middle, end, nodes), _head(start, middle, nodes)]


def _subproof(old: int, start: int, end: int, whole: bool, nodes: Nodes) -> list[bytes]:
    """`whole`: the subtree is one that the verifier knows the head of already."""
    if old == end - start:
        return [] if whole else [_head(start, end, nodes)]
    half = _split(end - start)
    middle = start + half
    if old <= half:
        return [*_subproof(old, start, middle, whole, nodes), _head(middle, end, nodes)]
    return [*_subproof(old - half, middle, end, False, nodes), _head(start, middle, nodes)]


def _are_hashes(*found: bytes) -> bool:
    return all(len(one) == DIGEST for one in found)


def root_of_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """The head that a proof of inclusion leads to; None if it has not the length that it must have."""
    if not 0 <= index < size or not _are_hashes(leaf, *path):
        return None
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the proof shows that the older tree is the beginning of the newer one.

    A tree without leaves is the beginning of every tree: there is nothing to prove, and no proof of it.
    """
    if not 0 <= old <= new or not _are_hashes(old_root, new_root, *path):
        return False
    if old == new:
        return not path and old_root == new_root and (old > 0 or old_root == EMPTY)
    if old == 0:
        return False
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
