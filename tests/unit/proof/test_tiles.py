"""The files of a log lie where the specification of tiled logs says, and hold what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.proof.tiles import ENTRIES, Tile, bundled, covering, tile_at, tiles_of, unbundled


def test_paths_are_those_of_the_specification() -> None:
    assert Tile(0, 1234067).path == "tile/0/x001/x234/067"
    assert Tile(ENTRIES, 0, 17).path == "tile/entries/000.p/17"
    assert Tile(2, 1000, 255).path == "tile/2/x001/000.p/255"


@given(st.integers(ENTRIES, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_a_path_leads_back_to_its_tile(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert tile_at(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/001/002",
        "tile/-1/000",
        "tile/0/../000",
        "tile/entries/000/",
        "checkpoint",
        "tile/0/٠٠٠",
    ],
)
def test_no_other_path_is_one(path: str) -> None:
    assert tile_at(path) is None


def test_a_tree_of_70000_has_the_tiles_that_the_specification_counts() -> None:
    tiles = list(tiles_of(70_000))
    full = [one for one in tiles if one.width == 256]
    assert [sum(one.level == level for one in full) for level in (ENTRIES, 0, 1)] == [273, 273, 1]
    assert [one for one in tiles if one.width < 256] == [
        Tile(ENTRIES, 273, 112),
        Tile(0, 273, 112),
        Tile(1, 1, 17),
        Tile(2, 0, 1),
    ]
    assert list(tiles_of(256)) == [Tile(ENTRIES, 0), Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []
    assert covering(0, 69_999, 70_000) == Tile(0, 273, 112)
    assert covering(1, 3, 70_000) == Tile(1, 0)


def test_a_bundle_holds_its_entries() -> None:
    entries = [b"", b"one", b"\x00" * 65_535]
    assert unbundled(bundled(entries)) == entries
    assert bundled([b"ab"]) == b"\x00\x02ab"
    for broken in (b"\x00", b"\x00\x02a"):
        with pytest.raises(ValueError, match="middle of an entry"):
            unbundled(broken)
    with pytest.raises(ValueError, match="65,535"):
        bundled([b"\x00" * 65_536])
