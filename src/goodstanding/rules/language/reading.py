"""A rulebook file → the model."""

from __future__ import annotations

from pathlib import Path

from ..model import (
    Band,
    Bands,
    Bar,
    Condition,
    Kind,
    Ladder,
    Override,
    Rulebook,
    Section,
    Span,
    Start,
    Step,
    Untranslated,
    Window,
)
from .awarding import read_fact, read_rule
from .exampling import read_example
from .nodes import Fields, Value, compose, refusal
from .scalars import basis, day, identifier, path, points, span, title, truth, whole
from .selecting import read_condition, read_window

NOT_YET = ("list", "tier", "index")


def load_rulebook(file: Path | str) -> Rulebook:
    """Read a rulebook from a file.

    Raises:
        Refusal: with file, line, column, what is wrong, why and the remedy (GS-RULES-001 to 031).
    """
    place = Path(file)
    try:
        text = place.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise refusal(
            1, f"cannot be read: {error.strerror}", str(file), remedy="name a readable file"
        ) from error
    except UnicodeDecodeError as error:
        raise refusal(1, "not UTF-8", str(file), remedy="save the file as UTF-8") from error
    return parse_rulebook(text, str(file))


def parse_rulebook(text: str, file: str = "<text>") -> Rulebook:
    """Read a rulebook from its text; `file` is the name that errors show."""
    root = compose(text, file)
    with root.placed():
        return _rulebook(root)


def _kind(value: Value) -> Kind:
    text = value.text()
    if text in NOT_YET:
        raise refusal(
            9,
            f"rulebooks of kind {text!r} cannot be evaluated yet",
            value.source,
            why="a rulebook that would be passed over must not look as if it were in force",
            remedy="use kind: grade, or wait for the release that knows this kind",
        )
    if text not in set(Kind):
        raise value.wrong("grade")
    return Kind(text)


def _starts(value: Value, pack: str, period: Window) -> tuple[Start, ...]:
    if value.is_scalar:
        return (Start(points(value)),)
    starts = []
    for one in value.items():
        fields = one.fields()
        when = fields.get("when")
        starts.append(
            Start(points(fields.need("points")), read_condition(when, pack, period) if when else None)
        )
        fields.done()
    return tuple(starts)


def _grading(fields: Fields, pack: str, period: Window) -> Bands | Ladder:
    said = fields.need("grades")
    by = fields.get("grade_by")
    with said.placed():
        if said.is_list:
            if by is not None:
                raise refusal(4, "grade_by goes with bands, not with a table of conditions", by.source)
            steps = []
            for one in said.items():
                step = one.fields()
                found = step.one_of("when", "otherwise")
                when = read_condition(found[1], pack, period) if found and found[0] == "when" else None
                if found and found[0] == "otherwise" and not truth(found[1]):
                    raise found[1].wrong("true")
                if found is None:
                    raise refusal(
                        4, "a step has no condition", one.source, remedy="add when, or otherwise: true"
                    )
                steps.append(Step(step.need("grade").text(), when))
                step.done()
            return Ladder(tuple(steps))
        of = identifier(by) if by else None
        read = whole if of else points
        bands = tuple(Band(name, span(one, read)) for name, one in said.fields().rest().items())
        if not bands:
            raise said.wrong("a mapping of grades to ranges")
        return Bands(bands, of)


def _overrides(value: Value, pack: str, period: Window) -> tuple[Override, ...]:
    return tuple(Override(*parts) for parts in _interventions(value, pack, period, "grade"))


def _bars(value: Value, pack: str, period: Window) -> tuple[Bar, ...]:
    return tuple(Bar(*parts) for parts in _interventions(value, pack, period, "at_best"))


def _interventions(value: Value, pack: str, period: Window, key: str) -> list[tuple]:  # type: ignore[type-arg]
    found = []
    for one in value.items():
        fields = one.fields()
        uncertain = fields.get("uncertain")
        when: Condition = read_condition(fields.need("when"), pack, period)
        found.append(
            (
                identifier(fields.need("id")),
                title(fields.need("title")),
                basis(fields.need("basis", "every rule rests on a law")),
                when,
                fields.need(key).text(),
                truth(uncertain) if uncertain else False,
            )
        )
        fields.done()
    return found


def _sections(value: Value) -> tuple[Section, ...]:
    sections = []
    for one in value.items():
        fields = one.fields()
        low, high = fields.get("at_least"), fields.get("at_most")
        with one.placed():
            sections.append(
                Section(
                    identifier(fields.need("id")),
                    title(fields.need("title")),
                    points(low) if low else None,
                    points(high) if high else None,
                )
            )
        fields.done()
    return tuple(sections)


def _unknown(value: Value) -> tuple[Untranslated, ...]:
    rows = []
    for one in value.items():
        fields = one.fields()
        rows.append(
            Untranslated(
                identifier(fields.need("id")),
                title(fields.need("title")),
                title(fields.need("reason")),
                basis(fields.need("basis", "every rule rests on a law")),
            )
        )
        fields.done()
    return tuple(rows)


def _rulebook(root: Value) -> Rulebook:
    fields = root.fields()
    kind = _kind(fields.need("kind"))
    name = path(fields.need("rulebook"))
    pack = name.partition("/")[0]
    if pack == name:
        raise refusal(14, f"{name!r} names no pack", root.source, remedy="write <pack>/<name>")
    force = fields.need("in_force").fields()
    force_from, force_to = day(force.need("from")), force.get("to")
    force.done()
    kinds = fields.need("subjects").fields()
    subject_kinds = tuple(one.text() for one in kinds.need("kinds").items())
    kinds.done()
    given_period = fields.get("period")
    period = read_window(given_period) if given_period else Window(Span.ALL)

    def every(key: str) -> list[Value]:
        found = fields.get(key)
        return found.items() if found else []

    start, sections, unknown = fields.get("start"), fields.get("sections"), fields.get("unknown")
    floor, ceiling, titles = fields.get("floor"), fields.get("ceiling"), fields.get("grade_titles")
    overrides, bars = fields.get("overrides"), fields.get("bars")
    rulebook = Rulebook(
        path=name,
        kind=kind,
        title=title(fields.need("title")),
        authority=path(fields.need("authority")),
        basis=basis(fields.need("basis", "every rulebook rests on a law")),
        in_force_from=force_from,
        in_force_to=day(force_to) if force_to else None,
        subject_kinds=subject_kinds,
        start=_starts(start, pack, period) if start else (),
        rules=tuple(read_rule(one, pack, period) for one in every("rules")),
        facts=tuple(read_fact(one, pack, period) for one in every("facts")),
        grading=_grading(fields, pack, period),
        sections=_sections(sections) if sections else (),
        floor=points(floor) if floor else None,
        ceiling=points(ceiling) if ceiling else None,
        overrides=_overrides(overrides, pack, period) if overrides else (),
        bars=_bars(bars, pack, period) if bars else (),
        unknown=_unknown(unknown) if unknown else (),
        grade_titles=tuple((key, title(one)) for key, one in titles.fields().rest().items())
        if titles
        else (),
        notes=tuple(title(one) for one in every("notes")),
        examples=tuple(read_example(one, pack) for one in every("examples")),
    )
    fields.done()
    return rulebook
