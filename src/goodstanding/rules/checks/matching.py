"""Checks against the catalogue: a rule that can never match looks as if everyone kept it."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.model import FieldType
from goodstanding.core.errors import Refusal

from ..model import Amount, Code, CountOfRecords, Largest, Latest, Number, Per, Rulebook, Sum, Table
from ..records import Catalogue, item_of, slot_of
from .findings import Finding, finding


def _measures(rulebook: Rulebook) -> Iterator[tuple[str, str, Amount | Number | Code | CountOfRecords]]:
    for rule in rulebook.rules:
        if isinstance(rule.award, Per | Table):
            yield rule.id, rule.select.item, rule.award.measure
    for fact in rulebook.facts:
        if isinstance(fact, Latest | Sum | Largest):
            yield fact.id, fact.select.item, fact.of


def matching(rulebook: Rulebook, catalogue: Catalogue) -> Iterator[Finding]:
    """Every item exists and has the fields that rules look at, of the right type."""

    def tried(
        owner: str, path: str, field: str = "", type_: FieldType = FieldType.NUMBER
    ) -> Iterator[Finding]:
        try:
            slot_of(catalogue, path, field, type_) if field else item_of(catalogue, path)
        except Refusal as error:
            yield finding(int(error.code[-3:]), owner, error.what, error.remedy)

    for owner, select, _ in rulebook.selects():
        missing = list(tried(owner, select.item))
        yield from missing
        if missing:
            continue
        for code in select.codes:
            yield from tried(owner, select.item, code.field, FieldType.CODE)
        for number in select.numbers:
            yield from tried(owner, select.item, number.field)
    for owner, item, measure in _measures(rulebook):
        if item in catalogue and isinstance(measure, Number | Code):
            type_ = FieldType.CODE if isinstance(measure, Code) else FieldType.NUMBER
            yield from tried(owner, item, measure.field, type_)
