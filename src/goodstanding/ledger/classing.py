"""The access class of each row of a batch: what the row says of a subject is as open as the row's item.

Where every item of the contract is public, and where the contract has none (registers, roles, ties), the class is
one constant for the whole batch and nothing is worked out row by row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodstanding.catalogue.model import Contract, Item
from goodstanding.core.reader import Access
from goodstanding.ledger.shuttle import quoted

COVERED = "(k.access < s.access OR k.access = s.access AND k.item_id IS NOT DISTINCT FROM s.item_id)"
"""DuckDB condition: whoever may know what row `s` says may know it already by row `k` of the ledger."""


@dataclass(frozen=True)
class RowClass:
    """DuckDB expressions of a row's class and, for restricted rows, of its item's number.

    `constant` says that all rows of the batch have the same class.
    """

    access: str
    item: str
    constant: bool

    @property
    def columns(self) -> str:
        """What a query adds to its columns and its groups: nothing if the class is constant."""
        return "" if self.constant else ", access, item_id"

    def rows(self, table: str) -> str:
        """The rows of a batch, with `columns`, as a relation."""
        if self.constant:
            return table
        return f"(SELECT *, {self.access} AS access, {self.item} AS item_id FROM {table})"

    def most_open(self, grouped: str, key: str) -> str:
        """A query grouped by the columns `key` and by `columns`: of each key the most open groups alone."""
        if self.constant:
            return f"SELECT *, {self.access} AS access, {self.item} AS item_id FROM ({grouped})"
        return f"SELECT * FROM ({grouped}) QUALIFY access = min(access) OVER (PARTITION BY {key})"


def row_class(contract: Contract, items: Mapping[str, Item], numbers: Mapping[str, int]) -> RowClass:
    """How open the rows under a contract are.

    A row that registers an organisation without a record of it is as closed as the most closed item that the
    contract can bring; where that is more than one restricted item, nobody is shown it.

    Args:
        items: items of the catalogue by full path.
        numbers: number of each item in the ledger.
    """
    paths = {path for path in (contract.record.item, *(path for _, path in contract.record.items)) if path}
    classes = {path: items[path].access for path in sorted(paths)}
    closed = {path: access for path, access in classes.items() if access is not Access.PUBLIC}
    restricted = [path for path, access in classes.items() if access is Access.RESTRICTED]
    least = max(classes.values(), default=Access.PUBLIC)
    alone = str(numbers[restricted[0]]) if len(restricted) == 1 else "NULL"
    if not closed or len(classes) == 1:
        return RowClass(_small(least), f"{alone}::INTEGER", constant=True)
    access = " ".join(f"WHEN {quoted(path)} THEN {int(one)}" for path, one in closed.items())
    item = " ".join(f"WHEN {quoted(path)} THEN {numbers[path]}" for path in restricted) or "WHEN '' THEN NULL"
    return RowClass(
        f"CASE WHEN subject_only THEN {int(least)} ELSE CASE item {access} ELSE 0 END END::SMALLINT",
        f"CASE WHEN subject_only THEN {alone} ELSE CASE item {item} END END::INTEGER",
        constant=False,
    )


def _small(access: Access) -> str:
    return f"{int(access)}::SMALLINT"
