"""The names of the invented places, where the pages look for what the standard of divisions lacks."""

from __future__ import annotations

import csv
from pathlib import Path

from goodstanding.generator.places import CITIES, COUNTIES, PROVINCE
from goodstanding.portal.places import COLUMNS, FILE


def name_places(home: Path) -> None:
    """Write the table of a home, of the province with its cities and counties."""
    with (home / FILE).open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        for one in (PROVINCE, *CITIES, *(county for county, _ in COUNTIES)):
            rows.writerow([one.code, one.zh, one.en])
