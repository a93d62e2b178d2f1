"""Which version of a rulebook is compared, and on a day on which it may not be in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from goodstanding.core.errors import Refusal

from ..force import is_in_force
from ..model import Rulebook, digest
from ..shelf import Shelf
from ..versions import composed, in_force


@dataclass(frozen=True)
class Applied:
    """A rulebook as it is applied on a day, and the released one that it is made of.

    `digest` is that of the released one. `as_if`: it is not in force on the day.
    """

    rulebook: Rulebook
    released: Rulebook
    on: date
    digest: str
    as_if: bool


def apply(released: Rulebook, on: date, shelf: Shelf) -> Applied:
    """A released rulebook on a day; where it is not in force then, as if it were, which is said.

    Two versions that follow each other are never in force on one day: so that they can be compared, one of them
    has to be applied as if. Then it stands alone: no record is judged by an earlier version.

    Raises:
        Refusal: GS-RULES-050, 052, 053 versions and amendments that do not fit together.
    """
    if not is_in_force(released, on):
        alone = replace(released, in_force_from=min(released.in_force_from, on), in_force_to=None)
        return Applied(composed((alone,), alone, on), released, on, digest(released), as_if=True)
    versions = shelf.versions(released.path)
    whole = composed(versions if released in versions else (released,), released, on)
    return Applied(whole, released, on, digest(released), as_if=False)


def named_version(shelf: Shelf, name: str, on: date | None = None) -> Rulebook:
    """The released rulebook that `path` or `path@day` names.

    `path@day` is the version in force on that day. `path` is the version in force on `on`; without one, or
    without a day, the newest.

    Raises:
        Refusal: GS-RULES-070 no such rulebook; GS-RULES-071 no version of it on the day that is named;
            GS-RULES-072 what follows @ is no day.
    """
    path, _, version = name.partition("@")
    versions = shelf.versions(path)
    day = on
    if version:
        try:
            day = date.fromisoformat(version)
        except ValueError:
            raise Refusal(
                "GS-RULES-072",
                f"“{version}” is not a day.",
                where=name,
                remedy="Write <path>@<YYYY-MM-DD>, for instance cn/tax-credit@2025-07-01.",
            ) from None
    found = in_force(versions, day) if day is not None else None
    if found is not None:
        return found
    if version or not versions:
        shelf.on(path, day or date.max)  # refuses, and says what there is
    return versions[-1]
