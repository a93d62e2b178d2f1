"""Administrative divisions of China: every code that a revision of GB/T 2260 has ever had.

A USCI keeps the division in which its bearer was first registered, so codes long abolished are good. Codes
of development zones are given by registration offices and are in no revision: they are accepted, and said
to be unknown. The table is `packs/cn/divisions.csv`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from goodstanding.core.errors import Refusal

NATIONAL = "100000"  # the registration office of the state itself; in no revision
_NO_PLACES = frozenset(
    {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
)  # only gather counties

Status = Literal["current", "former", "unknown"]


@dataclass(frozen=True, slots=True)
class Division:
    """A name that a code had, from the first to the last revision that gives it.

    Attributes:
        code: six digits.
        name: Chinese name.
        first, last: months YYYYMM of those revisions; the change lies before, or after, at an unknown day.
        source: mca (Ministry of Civil Affairs), stats (Bureau of Statistics), gb (the standard), contrib.
    """

    code: str
    name: str
    first: int
    last: int
    source: str


@dataclass(frozen=True)
class Divisions:
    """The table: code → its names in the order of time; `latest` is each source's newest revision."""

    rows: Mapping[str, tuple[Division, ...]]
    latest: Mapping[str, int]

    @classmethod
    def load(cls, path: Path) -> Divisions:
        """Read the table.

        Raises:
            Refusal: GS-CORE-021 if the file is not such a table.
        """
        rows: dict[str, tuple[Division, ...]] = {}
        latest: dict[str, int] = {}
        try:
            with path.open(encoding="utf-8", newline="") as file:
                lines = (line for line in file if not line.startswith("#"))
                table = csv.reader(lines)
                if next(table) != ["code", "name", "from", "to", "source"]:
                    raise ValueError("the columns are not code, name, from, to, source")
                for code, name, first, last, source in table:
                    division = Division(code, name, int(first), int(last), source)
                    rows[code] = (*rows.get(code, ()), division)
                    if division.last > latest.get(source, 0):
                        latest[source] = division.last
        except (ValueError, StopIteration) as error:
            raise Refusal(
                "GS-CORE-021",
                f"The table of divisions cannot be read: {error}.",
                where=str(path),
                why="It has one row for each name that a code had.",
                remedy="Derive it again (tools/derive_divisions.py).",
            ) from error
        return cls(rows, latest)

    def lookup(self, code: str, on: date | None = None) -> Division | None:
        """The division of a code, under the name that it had on a day.

        Without a day, the last name. Before the first revision that knows the code, its first name; after the
        last, its last: `Division.first` and `last` tell. None if no revision has the code.
        """
        names = self.rows.get(code)
        if names is None:
            return None
        if on is None:
            return names[-1]
        month = on.year * 100 + on.month
        known = [name for name in names if name.first <= month]
        return known[-1] if known else names[0]

    def status(self, code: str) -> Status:
        """`current` if its source's newest revision has the code, `former` if an older one, or `unknown`."""
        division = self.lookup(code)
        if division is None:
            return "unknown"
        return "current" if division.last == self.latest[division.source] else "former"

    def sentence(self, code: str, lang: str = "en") -> str:
        """What is known of a code, for a reader, in English (`en`) or Chinese (`zh`)."""
        division, status = self.lookup(code), self.status(code)
        if code == NATIONAL:
            return f"{code}:国家级登记机关" if lang == "zh" else f"{code} is the national registration office"
        if division is None:
            if lang == "zh":
                return f"{code}:各版行政区划代码均无此码;开发区等由登记机关自编,予以接受"
            return (
                f"{code} is in no revision of GB/T 2260; registration offices give such codes to development "
                "zones, so it is accepted"
            )
        full = self.full_name(code)
        month = f"{division.last // 100}-{division.last % 100:02d}"
        if status == "current":
            return f"{code}:{full}" if lang == "zh" else f"{code} is {full}"
        if lang == "zh":
            return f"{code}:{full}(旧代码,最后见于{month}版)"
        return f"{code} was {full}, a former code last listed in the revision of {month}"

    def province(self, code: str) -> Division | None:
        """The province of a code, known itself or not; None if there is no such province."""
        return self.lookup(code[:2] + "0000")

    def full_name(self, code: str) -> str:
        """Province, prefecture and county names in one, as far as known: 福建省福州市鼓楼区."""
        levels = dict.fromkeys((code[:2] + "0000", code[:4] + "00", code))
        found = [division for level in levels if (division := self.lookup(level)) is not None]
        return "".join(each.name for each in found if each.code == code or each.name not in _NO_PLACES)
