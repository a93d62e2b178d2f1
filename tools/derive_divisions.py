"""Derive the table of Chinese divisions from the revisions of GB/T 2260.

    GOODSTANDING_SHARED=… python tools/derive_divisions.py > src/goodstanding/packs/cn/divisions.csv

Reads `data/cn-divisions` under GOODSTANDING_SHARED: one TSV (Source, Revision, Code, Name) for each source
and month. Per code one source is used, the first of mca, stats, gb and contrib that knows it: their names
differ in detail, and a table that mixed them would show renamings that never happened. A name gets a new row
when the next revision of that source has another name, or has lost the code in between.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import TextIO

SOURCES = ("mca", "stats", "gb", "contrib")

HEADER = """\
# Codes of administrative divisions of China, GB/T 2260: every name that a code had, with the months (YYYYMM)
# of the first and the last revision that gives it. Sources, in the order of preference:
# mca, Ministry of Civil Affairs, www.mca.gov.cn (74 revisions, 1980-12 to 2019-04; yearly to 2014);
# stats, National Bureau of Statistics, www.stats.gov.cn (20 revisions, 2002-12 to 2018-10);
# gb, GB/T 2260 as published (2002-12, 2007-12); contrib, lists of Hong Kong and Macao (2015-12).
# Derived by tools/derive_divisions.py; not edited by hand.
"""

Names = dict[str, dict[int, str]]


def read(folder: Path) -> dict[str, Names]:
    """source → code → revision (YYYYMM) → name."""
    names: dict[str, Names] = {source: defaultdict(dict) for source in SOURCES}
    for path in sorted(folder.rglob("*.tsv")):
        if path.name == "sources.tsv":
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                names[row["Source"]][row["Code"]][int(row["Revision"])] = row["Name"]
    return names


def runs(revisions: list[int], name_at: dict[int, str]) -> list[tuple[str, int, int]]:
    """(name, first, last) for each unbroken stretch of revisions with one name."""
    found: list[tuple[str, int, int]] = []
    previous: str | None = None
    for revision in revisions:
        name = name_at.get(revision)
        if name is not None and name == previous:
            found[-1] = (name, found[-1][1], revision)
        elif name is not None:
            found.append((name, revision, revision))
        previous = name
    return found


def derive(names: dict[str, Names], out: TextIO) -> None:
    """Write the table."""
    out.write(HEADER)
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["code", "name", "from", "to", "source"])
    revisions = {
        source: sorted({revision for of_code in known.values() for revision in of_code})
        for source, known in names.items()
    }
    for code in sorted(set().union(*names.values())):
        source = next(source for source in SOURCES if code in names[source])
        for name, first, last in runs(revisions[source], names[source][code]):
            table.writerow([code, name, first, last, source])


if __name__ == "__main__":
    derive(read(Path(os.environ["GOODSTANDING_SHARED"]) / "data" / "cn-divisions"), sys.stdout)
