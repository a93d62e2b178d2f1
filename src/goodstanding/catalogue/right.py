"""What an organisation may ask for in a place, and until when: rights as facts of a pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.catalogue.model import Basis, Title


class RightKind(StrEnum):
    """What a right is about."""

    FREE_REPORT = "free_report"
    RETENTION = "retention"
    REVIEW = "review"
    SOURCE = "source"
    STATEMENT = "statement"
    ANNOTATION = "annotation"
    OPT_OUT = "opt_out"
    QUERY_LOG = "query_log"
    QUERY_LIMIT = "query_limit"
    AUTHORISED_QUERY = "authorised_query"


@dataclass(frozen=True)
class Right:
    """A right in one place. `division` is the prefix of its code, empty for the whole country; `number` counts what
    `unit` says (`per_year`, `years`), None where the law states none."""

    id: str
    place: Title
    kind: RightKind
    rule: Title
    basis: Basis
    valid_from: date
    source: str
    division: str = ""
    number: int | None = None
    unit: str = ""
    uncertain: bool = False
