"""The Merkle tree is the one of RFC 6962, and its proofs prove: by others' test values, and by its plain definition."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.proof.hashing import EMPTY, Growing, head_of, leaf_hash, perfect
from goodstanding.proof.paths import consistency, head_at, inclusion, is_consistent, root_of_inclusion

# The eight entries and the heads of their trees with which implementations of Certificate Transparency are tested.
ENTRIES = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
HEADS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = [leaf_hash(one) for one in ENTRIES]


def plainly(entries: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return hashlib.sha256(b"\x01" + plainly(entries[:k]) + plainly(entries[k:])).digest()


@cache
def leaf(number: int) -> bytes:
    return leaf_hash(str(number).encode())


def nodes(level: int, index: int) -> bytes:
    """Of the tree over the numbers."""
    return perfect([leaf(one) for one in range(index << level, (index + 1) << level)])


def test_heads_are_those_that_others_test_with() -> None:
    assert head_of([]) == EMPTY
    for size, head in enumerate(HEADS, 1):
        assert head_of(LEAVES[:size]).hex() == head == plainly(ENTRIES[:size]).hex()


def test_proofs_that_others_test_with_verify() -> None:
    def ours(level: int, index: int) -> bytes:
        return perfect(LEAVES[index << level : (index + 1) << level])

    path = [
        b64decode("Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4="),
        b64decode("vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms="),
    ]
    assert is_consistent(2, 5, bytes.fromhex(HEADS[1]), bytes.fromhex(HEADS[4]), path)
    assert consistency(2, 5, ours) == path
    beside = b64decode("+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=")
    assert root_of_inclusion(2, 3, LEAVES[2], [beside]) == bytes.fromhex(HEADS[2])
    assert inclusion(2, 3, ours) == [beside]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 64, 65])
def test_each_leaf_is_proven_and_no_other_is(size: int) -> None:
    root = plainly([str(one).encode() for one in range(size)])
    assert head_at(size, nodes) == root
    for index in range(size):
        path = inclusion(index, size, nodes)
        assert root_of_inclusion(index, size, leaf(index), path) == root
        assert root_of_inclusion(index, size, leaf(index + 1), path) != root
        assert root_of_inclusion(index, size, leaf(index), [*path, root]) is None
        assert not path or root_of_inclusion(index, size, leaf(index), path[:-1]) is None
        assert root_of_inclusion(size, size, leaf(index), path) is None


@given(st.integers(0, 70), st.integers(0, 70), st.integers(0, 7))
def test_a_tree_is_the_beginning_of_a_longer_one_and_of_no_other(one: int, other: int, bit: int) -> None:
    old, new = sorted((one, other))
    old_root, new_root = head_at(old, nodes), head_at(new, nodes)
    path = consistency(old, new, nodes)
    assert is_consistent(old, new, old_root, new_root, path) == (old > 0 or new == 0)
    wrong = bytes([old_root[0] ^ 1 << bit]) + old_root[1:]
    assert not is_consistent(old, new, wrong, new_root, path)
    assert not is_consistent(old, new, old_root, new_root, [*path, wrong])
    for place, step in enumerate(path):
        changed = bytes([step[0] ^ 1 << bit]) + step[1:]
        assert not is_consistent(old, new, old_root, new_root, [*path[:place], changed, *path[place + 1 :]])
        assert not is_consistent(old, new, old_root, new_root, path[:place])


def test_what_is_no_hash_proves_nothing() -> None:
    assert root_of_inclusion(0, 1, b"", []) is None
    assert not is_consistent(3, 3, b"same", b"same", [])
    assert not is_consistent(0, 0, LEAVES[0], LEAVES[0], [])
    assert is_consistent(0, 0, EMPTY, EMPTY, [])


def test_a_tree_goes_on_from_the_heads_that_were_kept() -> None:
    whole, half = Growing(), Growing()
    for number in range(100):
        whole.add(leaf(number))
        if number < 37:
            half.add(leaf(number))
    going_on = Growing(half.size, half.heads)
    for number in range(37, 100):
        going_on.add(leaf(number))
    assert (going_on.size, going_on.head()) == (100, whole.head())
    with pytest.raises(ValueError, match="as many heads"):
        Growing(3, [EMPTY])
