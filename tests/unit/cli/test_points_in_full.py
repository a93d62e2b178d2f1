"""Points are written in full, to the hundredth, however many there are."""

from __future__ import annotations

from types import SimpleNamespace

from goodstanding.cli.explain import _points
from goodstanding.cli.rulebook.diff import _reason
from goodstanding.rules.model import Interval


def test_large_totals_lose_no_hundredth() -> None:
    assert _points(Interval(1_000_001, 123_456_789)) == ["10000.01", "1234567.89"]


def test_sums_over_many_organisations_lose_none_either() -> None:
    title = SimpleNamespace(en="Arrears")
    told = _reason(SimpleNamespace(side=1, rule="arrears", title=title, subjects=9, points=-123_456_789))
    assert told["points"] == "-1234567.89"
