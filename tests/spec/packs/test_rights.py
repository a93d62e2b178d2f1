"""What an organisation may ask for in each province, as its regulation says."""

from __future__ import annotations

import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.model import Pack
from goodstanding.catalogue.right import Right, RightKind


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("cn")


def _of(pack: Pack, kind: RightKind) -> dict[str, Right]:
    return {one.division: one for one in pack.rights if one.kind is kind}


def test_free_reports_are_counted_where_a_regulation_counts_them(pack: Pack) -> None:
    reports = _of(pack, RightKind.FREE_REPORT)

    assert {division for division, one in reports.items() if one.number == 2} == {"", "12", "31", "41"}
    assert all(one.unit == "per_year" for one in reports.values() if one.number is not None)
    assert reports["33"].number is None


def test_dishonest_information_is_kept_for_five_years_at_most(pack: Pack) -> None:
    kept = _of(pack, RightKind.RETENTION)

    assert set(kept) == {"", "12", "33", "37", "41"}
    assert {(one.number, one.unit) for one in kept.values()} == {(5, "years")}


def test_a_right_of_natural_persons_is_not_shown_as_one_of_organisations(pack: Pack) -> None:
    for one in pack.rights:
        assert ("自然人" in one.rule.zh or "个人" in one.rule.zh) == ("natural persons" in one.rule.en), (
            one.id
        )


def test_every_right_rests_on_an_article_and_a_place(pack: Pack) -> None:
    assert len(pack.rights) >= 25
    for one in pack.rights:
        assert one.basis.instrument and one.basis.article, one.id
        assert one.place.en and one.place.zh
