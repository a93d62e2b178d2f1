"""The examples of every shipped rulebook reach every branch of it: nothing could be changed unnoticed."""

from __future__ import annotations

import pytest

from goodstanding.catalogue.model import Item
from goodstanding.rules import Rulebook
from goodstanding.rules.reaching import unreached
from tests.spec.rules.conftest import FILES


@pytest.mark.parametrize("name", [one.stem for one in FILES])
def test_every_branch_of_a_shipped_rulebook_is_reached(
    name: str, rulebooks: dict[str, Rulebook], catalogue: dict[str, Item]
) -> None:
    assert [str(one) for one in unreached(rulebooks[name], catalogue)] == []
