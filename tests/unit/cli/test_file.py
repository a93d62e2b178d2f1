"""What `goodstanding file` says of an entry: that it counts, or since when it does not."""

from __future__ import annotations

import pytest

from goodstanding.cli.file import _state

ENTRY: dict[str, object] = {
    "counts": True,
    "endings": [],
    "no_longer_in_effect_since": None,
    "not_yet_in_effect": False,
}


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, "counts"),
        ({"no_longer_in_effect_since": "2025-06-01"}, "no longer in effect since 2025-06-01"),
        ({"not_yet_in_effect": True}, "not yet in effect"),
        ({"counts": False, "endings": [{"ground": "repaired"}]}, "repaired"),
    ],
)
def test_an_entry_counts_only_while_it_is_in_effect(said: dict[str, object], state: str) -> None:
    assert _state(ENTRY | said) == state
