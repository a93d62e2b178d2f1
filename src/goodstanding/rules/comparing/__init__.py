"""Two rulebooks over the same organisations: grade against grade, who differs, and by which rules.

Works on an `Extract`, that is on Parquet files alone:

    from goodstanding.rules.comparing import apply, compare
    found = compare(apply(one, day), apply(other, day), shelf, items, lambda book: extract)
"""

from .applying import Applied, apply, named_version
from .outcomes import CANNOT_TELL, NOT_ASSESSED, NOT_PUBLIC, Measure, measure_of
from .running import Cell, Comparison, Kept, Mover, Reason, compare

__all__ = [
    "CANNOT_TELL",
    "NOT_ASSESSED",
    "NOT_PUBLIC",
    "Applied",
    "Cell",
    "Comparison",
    "Kept",
    "Measure",
    "Mover",
    "Reason",
    "apply",
    "compare",
    "measure_of",
    "named_version",
]
