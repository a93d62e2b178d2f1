"""The packs' catalogues and rulebooks, as the promises about them need them."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.model import Item
from goodstanding.rules import Rulebook, load_rulebook

PACKS = Path(__file__).resolve().parents[3] / "src" / "goodstanding" / "packs"
FILES = sorted(PACKS.glob("*/rulebooks/**/*.yaml"))


def pack_of(file: Path) -> str:
    """The pack that a rulebook lies in."""
    return file.relative_to(PACKS).parts[0]


@pytest.fixture(scope="session")
def catalogue() -> dict[str, Item]:
    """The items of every pack that has a rulebook, by full path."""
    return {item.path: item for name in {pack_of(one) for one in FILES} for item in load_pack(name).items}


@pytest.fixture(scope="session")
def rulebooks() -> dict[str, Rulebook]:
    """Every shipped rulebook, by file name without its ending."""
    return {one.stem: load_rulebook(one) for one in FILES}
