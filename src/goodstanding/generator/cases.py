"""A case: one way in which an authority's finding can read, with amounts and dates around what rules ask for.

Rows of a file take its cases in turn, so that even a small province has every case; who has them is skewed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from goodstanding.generator.deliveries import Agency

Choices = tuple[str, ...]


class When(StrEnum):
    """When the finding was decided."""

    ANY = "any"
    """In the last five years."""
    YEAR = "year"
    """In the twelve months before today."""
    LAST = "last"
    """In the last calendar year."""
    YEAR_END = "year_end"
    """In January, about the last day of the last calendar year."""


class Pool(StrEnum):
    """Who can have the finding. All but the first are small groups, so that findings meet on one organisation."""

    ACTIVE = ""
    """The organisations about which agencies find anything; a few have very many."""
    SOCIAL = "social"
    """Social organisations."""
    FARMS = "farms"
    """Cooperatives."""
    TRADERS = "traders"
    """One enterprise in a hundred: trades abroad."""
    BUILDERS = "builders"
    """One in a hundred: builds roads and waterways."""
    GASES = "gases"
    """One in a hundred: makes industrial gases."""
    PLANTS = "plants"
    """One in a hundred: reviewed for the incentives of workplace safety."""


@dataclass(frozen=True)
class Case:
    """One way in which a finding can read.

    Args:
        item: path of the catalogue's item.
        agency: who found it; each city has one.
        weight: how many rows of a round it has.
        cells: by header, the texts of which a row has one; "" leaves the cell blank.
        amounts: fen, of which a row has one; None leaves the amount blank.
        degrees: degrees of seriousness, 1 to 3, of which a row has one; None leaves it blank.
        begins: months: the finding takes effect so long ago, give or take a day; 0: when it was decided.
        ended: of a hundred, how many have ended.
        once: an organisation has it once at most, as long as there are enough of them.
    """

    item: str
    agency: Agency
    weight: int = 1
    cells: dict[str, Choices] = field(default_factory=dict)
    amounts: tuple[int | None, ...] = ()
    degrees: tuple[int | None, ...] = ()
    pool: Pool = Pool.ACTIVE
    when: When = When.ANY
    begins: int = 0
    ended: int = 0
    once: bool = False


def around(yuan: int) -> tuple[int | None, ...]:
    """Amounts in fen about a threshold: far below, a fen below, at it, a fen above, far above, and not stated."""
    fen = yuan * 100
    return (fen // 5, fen - 1, fen, fen + 1, fen * 3, None)


def about(number: int) -> Choices:
    """Whole numbers about a threshold, and none."""
    return (str(number - 1), str(number), str(number + 1), str(number * 3), "")
