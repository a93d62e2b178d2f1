"""The hashes of a Merkle tree as RFC 6962 section 2.1 defines them, with SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

DIGEST = 32
"""Bytes of a hash."""
EMPTY = hashlib.sha256(b"").digest()
"""The head of a tree without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash of an entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def perfect(hashes: list[bytes]) -> bytes:
    """Head of a perfect tree whose leaves have these hashes; their number is a power of two."""
    sha = hashlib.sha256
    while len(hashes) > 1:
        hashes = [
            sha(b"\x01" + hashes[place] + hashes[place + 1]).digest() for place in range(0, len(hashes), 2)
        ]
    return hashes[0]


class Growing:
    """A tree of which only the heads of its perfect subtrees are kept: a few hashes for any number of leaves."""

    def __init__(self, size: int = 0, heads: Iterable[bytes] = ()) -> None:
        """`heads` of the perfect subtrees of `size` leaves, the largest first."""
        self.size = size
        self.heads = list(heads)
        if len(self.heads) != size.bit_count():
            raise ValueError("as many heads as the size has ones")

    def add(self, leaf: bytes) -> None:
        """Add the hash of a leaf."""
        place, self.size = self.size, self.size + 1
        while place & 1:
            leaf = node_hash(self.heads.pop(), leaf)
            place >>= 1
        self.heads.append(leaf)

    def head(self) -> bytes:
        """The head of the tree of all leaves so far."""
        if not self.heads:
            return EMPTY
        found = self.heads[-1]
        for left in reversed(self.heads[:-1]):
            found = node_hash(left, found)
        return found


def head_of(leaves: Iterable[bytes]) -> bytes:
    """The head of the tree over hashes of leaves."""
    tree = Growing()
    for leaf in leaves:
        tree.add(leaf)
    return tree.head()
