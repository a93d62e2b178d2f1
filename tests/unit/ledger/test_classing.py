"""What a row says of a subject is as open as the item that the row is about."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from goodstanding.catalogue.loading import Catalogue, load_packs
from goodstanding.core.reader import Access
from goodstanding.ledger.classing import row_class

ROWS = "(VALUES ('cn/tax.arrears', false), ('cn/tax.late_filing', false), ('cn/tax.device_loss', false), (NULL, true))"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_packs(["cn"])


def classes(catalogue: Catalogue, source: str, **closed: Access) -> tuple[bool, list[tuple[int, int | None]]]:
    """Whether the class is constant, and class and item of each of the rows above."""
    changed = {f"cn/tax.{name}": access for name, access in closed.items()}
    items = {one.path: replace(one, access=changed.get(one.path, one.access)) for one in catalogue.items}
    numbers = {path: number for number, path in enumerate(sorted(items), 1)}
    said = row_class(catalogue.contract(source), items, numbers)
    named = {number: path for path, number in numbers.items()}
    with duckdb.connect() as con:
        found = con.execute(
            f"SELECT {said.access}, {said.item} FROM {ROWS} AS rows(item, subject_only)"
        ).fetchall()
    assert all(item is None or named[item] in changed for _, item in found)
    return said.constant, [(access, item) for access, item in found]


def test_where_all_is_public_nothing_is_worked_out(catalogue: Catalogue) -> None:
    for source in ("cn/tax-matters", "cn/registration", "cn/roles", "cn/ties"):
        assert classes(catalogue, source) == (True, [(0, None)] * 4)


def test_each_row_has_the_class_of_its_item_and_a_bare_one_the_most_closed(catalogue: Catalogue) -> None:
    constant, found = classes(
        catalogue, "cn/tax-matters", arrears=Access.RESTRICTED, late_filing=Access.SHARED
    )
    assert not constant
    (arrears, late, device, bare) = found
    assert (arrears[0], late, device, bare) == (2, (1, None), (0, None), arrears)
    assert arrears[1] is not None


def test_a_bare_row_that_may_be_about_either_of_two_restricted_items_is_shown_to_nobody(
    catalogue: Catalogue,
) -> None:
    _, found = classes(catalogue, "cn/tax-matters", arrears=Access.RESTRICTED, device_loss=Access.RESTRICTED)
    assert found[3] == (2, None)


def test_a_register_is_public_whatever_records_of_other_sources_are(catalogue: Catalogue) -> None:
    assert classes(catalogue, "cn/registration", arrears=Access.RESTRICTED) == (True, [(0, None)] * 4)
