"""A conformance case as data, and as JSON. conformance/v1/README.md describes the format."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

import rfc8785

from goodstanding.catalogue.model import (
    Absence,
    Basis,
    Field,
    FieldType,
    Item,
    Polarity,
    Retention,
    Title,
)
from goodstanding.core.reader import Access
from goodstanding.rules import Assessment, Catalogue, Record, Rulebook, Subject
from goodstanding.rules.lines import Line, Status
from goodstanding.rules.model import Interval, plain
from goodstanding.rules.model.restoring import restored
from goodstanding.rules.ranking import CutOff
from goodstanding.rules.ties import Tie

FORMAT = "goodstanding-conformance/1"


@dataclass(frozen=True)
class Case:
    """The subject with id 1 on a day; other subjects are members of its group."""

    title: str
    on: date
    subjects: tuple[Subject, ...]
    records: tuple[tuple[int, Record], ...]
    expected: Assessment
    ties: tuple[Tie, ...] = ()
    results: Mapping[tuple[str, date], Assessment] = field(default_factory=dict)
    cut_offs: Mapping[str, CutOff] = field(default_factory=dict)
    subject: int = 1


@dataclass(frozen=True)
class Suite:
    """A rulebook without its examples, what of the catalogue it needs, and its cases."""

    rulebook: Rulebook
    catalogue: Catalogue
    cases: tuple[Case, ...]


def written(suite: Suite) -> str:
    """The file: one line for the rulebook, each item and each case, so that a change can be read."""
    book = plain(suite.rulebook)
    head = {
        "format": FORMAT,
        "digest": hashlib.sha256(rfc8785.dumps(book)).hexdigest(),
        "rulebook": book,
    }
    used = sorted({select.item for _, select, _ in suite.rulebook.selects()})
    items = [_line({"path": one, **_item(suite.catalogue[one])}) for one in used]
    cases = [_line(_case(one)) for one in suite.cases]
    parts = [f'"{key}": {_line(value)}' for key, value in head.items()]
    parts.append('"items": [\n' + ",\n".join(items) + "\n]")
    parts.append('"cases": [\n' + ",\n".join(cases) + "\n]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def read(text: str) -> Suite:
    """A suite from its file. ValueError for another format, or a rulebook that is not what its digest says."""
    data = json.loads(text)
    if data["format"] != FORMAT:
        raise ValueError(f"another format: {data['format']}")
    if hashlib.sha256(rfc8785.dumps(data["rulebook"])).hexdigest() != data["digest"]:
        raise ValueError("the rulebook is not what its digest says")
    book = restored(data["rulebook"])
    items = {one["path"]: _item_of(one) for one in data["items"]}
    return Suite(book, items, tuple(_case_of(one) for one in data["cases"]))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _item(item: Item) -> dict[str, Any]:
    said = {
        "absence": item.absence.value,
        "retention_months": item.retention.months,
        "listing": item.listing,
    }
    slots = [one for one in item.fields if one.slot is not None]
    return {
        **said,
        "fields": [{"name": one.name, "type": one.type.value, "slot": one.slot} for one in slots],
    }


def _item_of(data: dict[str, Any]) -> Item:
    law, title = Basis("conformance"), Title(data["path"], data["path"])
    return Item(
        path=data["path"],
        title=title,
        category=16,
        domain="tax",
        polarity=Polarity.NEGATIVE,
        access=Access.PUBLIC,
        absence=Absence(data["absence"]),
        basis=(law,),
        retention=Retention(data["retention_months"], law),
        listing=data["listing"],
        fields=tuple(
            Field(one["name"], title, FieldType(one["type"]), one["slot"]) for one in data["fields"]
        ),
    )


_DATES = ("occurred_on", "decided_on", "effective_from", "effective_to", "counts_until")


def _stated(node: object, *names: str) -> dict[str, Any]:
    """The named attributes that say something, dates as text."""
    found = {name: getattr(node, name) for name in names}
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else value.value
        if isinstance(value, Enum)
        else value
        for name, value in found.items()
        if value is not None
    }


def _record(owner: int, one: Record) -> dict[str, Any]:
    slots = {
        f"{kind}_{place}": value
        for kind, values in (("number", one.numbers), ("code", one.codes))
        for place, value in enumerate(values, 1)
        if value is not None
    }
    plainly = _stated(one, "record_id", "item", *_DATES, "amount", "currency", "seriousness")
    return {
        "subject_id": owner,
        **plainly,
        **slots,
        "access": None if one.access is None else int(one.access),
    }


def _record_of(data: dict[str, Any]) -> tuple[int, Record]:
    dates = {name: date.fromisoformat(data[name]) for name in _DATES if name in data}
    record = Record(
        record_id=data["record_id"],
        item=data["item"],
        amount=data.get("amount"),
        currency=data.get("currency"),
        seriousness=data.get("seriousness"),
        access=data["access"],
        numbers=tuple(data.get(f"number_{place}") for place in range(1, 5)),
        codes=tuple(data.get(f"code_{place}") for place in range(1, 5)),
        **dates,
    )
    return data["subject_id"], record


def _span(points: Interval | None) -> list[int | None] | None:
    return None if points is None else [points.low, points.high]


def _span_of(data: list[int | None] | None) -> Interval | None:
    return None if data is None else Interval(data[0], data[1])


def _told(one: Assessment) -> dict[str, Any]:
    return {
        "grade": one.grade,
        "possible": list(one.possible),
        "points": _span(one.points),
        "missing": list(one.missing),
        "access": int(one.access),
        "lines": [
            {
                "rule": line.rule,
                "record_id": line.record_id,
                "points": _span(line.points),
                "status": line.status.value,
                "access": int(line.access),
            }
            for line in one.lines
        ],
    }


def _told_of(data: dict[str, Any], subject: int) -> Assessment:
    lines = tuple(
        Line(one["rule"], one["record_id"], _span_of(one["points"]), Status(one["status"]), one["access"])
        for one in data["lines"]
    )
    return Assessment(
        subject,
        data["grade"],
        tuple(data["possible"]),
        _span_of(data["points"]),
        tuple(data["missing"]),
        lines,
        data["access"],
    )


def _case(case: Case) -> dict[str, Any]:
    return {
        "title": case.title,
        "on": case.on.isoformat(),
        "subject_id": case.subject,
        "subjects": [_stated(one, "subject_id", "kind", "registered_on") for one in case.subjects],
        "records": [_record(owner, one) for owner, one in case.records],
        "ties": [_stated(one, "subject_id", "other_id", "kind", "from_on", "to_on") for one in case.ties],
        "results": [
            {
                "rulebook": path,
                "on": on.isoformat(),
                "grade": one.grade,
                "points": _span(one.points),
                "access": int(one.access),
            }
            for (path, on), one in sorted(case.results.items())
        ],
        "cut_offs": {
            name: {"surely": one.surely, "possibly": one.possibly}
            for name, one in sorted(case.cut_offs.items())
        },
        "expected": _told(case.expected),
    }


def _case_of(data: dict[str, Any]) -> Case:
    def day(one: dict[str, Any], name: str) -> date | None:
        return date.fromisoformat(one[name]) if name in one else None

    subject = data["subject_id"]
    return Case(
        title=data["title"],
        on=date.fromisoformat(data["on"]),
        subject=subject,
        subjects=tuple(
            Subject(one["subject_id"], one["kind"], day(one, "registered_on")) for one in data["subjects"]
        ),
        records=tuple(_record_of(one) for one in data["records"]),
        ties=tuple(
            Tie(one["subject_id"], one["other_id"], one["kind"], day(one, "from_on"), day(one, "to_on"))
            for one in data["ties"]
        ),
        results={
            (one["rulebook"], date.fromisoformat(one["on"])): Assessment(
                subject, one["grade"], (), _span_of(one["points"]), (), (), one["access"]
            )
            for one in data["results"]
        },
        cut_offs={name: CutOff(one["surely"], one["possibly"]) for name, one in data["cut_offs"].items()},
        expected=_told_of(data["expected"], subject),
    )
