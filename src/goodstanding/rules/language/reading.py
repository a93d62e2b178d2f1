"""A rulebook file → the model."""

from __future__ import annotations

from pathlib import Path

from ..model import Kind, Rulebook, Span, Total, Window
from .awarding import read_rule
from .changing import read_amendments, read_untranslatable, read_versioned_by
from .exampling import read_example
from .facts import read_fact
from .grading import (
    read_bars,
    read_grading,
    read_overrides,
    read_quotas,
    read_sections,
    read_starts,
    read_tiers,
)
from .kinds import LIST_FRAME, LIST_TITLES, TOTAL_TITLES, only_keys_of, read_criteria
from .nodes import Value, compose, refusal
from .scalars import basis, covers, day, path, points, title
from .selecting import read_window


def load_rulebook(file: Path | str) -> Rulebook:
    """Read a rulebook from a file.

    Raises:
        Refusal: with file, line, column, what is wrong, why and the remedy (GS-RULES-001 to 036).
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
    if value.text() not in set(Kind):
        raise value.wrong("one of " + ", ".join(Kind))
    return Kind(value.text())


def _rulebook(root: Value) -> Rulebook:
    fields = root.fields()
    kind = _kind(fields.need("kind"))
    only_keys_of(kind, fields)
    listing = kind is Kind.LIST
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

    def hundredths(key: str) -> int | None:
        found = fields.get(key)
        return points(found) if found else None

    start, sections, titles = fields.get("start"), fields.get("sections"), fields.get("grade_titles")
    overrides, bars, tiers = fields.get("overrides"), fields.get("bars"), fields.get("tiers")
    quotas, amendments = fields.get("quotas"), fields.get("amendments")
    untranslatable, internal = fields.get("untranslatable"), fields.get("internal")
    if kind is Kind.TIER:
        tiers = fields.need("tiers", "a tier says how closely each class is looked at")
    ranked = read_quotas(quotas) if quotas else ()
    if listing:
        decided = read_criteria(fields, pack, period)
    else:
        decided = read_overrides(overrides, pack, period) if overrides else ()
    named = tuple((key, title(one)) for key, one in titles.fields().rest().items()) if titles else ()
    grading = LIST_FRAME if listing else read_grading(fields, kind, pack, period)
    if listing or isinstance(grading, Total):
        named = LIST_TITLES if listing else TOTAL_TITLES
    rulebook = Rulebook(
        path=name,
        kind=kind,
        title=title(fields.need("title")),
        authority=path(fields.need("authority")),
        basis=basis(fields.need("basis", "every rulebook rests on a law")),
        in_force_from=force_from,
        in_force_to=day(force_to) if force_to else None,
        subject_kinds=subject_kinds,
        start=read_starts(start, pack, period) if start else (),
        rules=tuple(read_rule(one, pack, period) for one in every("rules")),
        facts=tuple(read_fact(one, pack, period) for one in every("facts")),
        grading=grading,
        sections=read_sections(sections) if sections else (),
        floor=hundredths("floor"),
        ceiling=hundredths("ceiling"),
        overrides=decided,
        bars=read_bars(bars, pack, period) if bars else (),
        untranslatable=read_untranslatable(untranslatable) if untranslatable else (),
        grade_titles=named,
        notes=tuple(title(one) for one in every("notes")),
        examples=tuple(read_example(one, pack, ranked) for one in every("examples")),
        of_list=path(fields.need("list"), pack) if listing else None,
        tiers=read_tiers(tiers) if tiers else (),
        quotas=ranked,
        amendments=read_amendments(amendments) if amendments else (),
        versioned_by=read_versioned_by(fields, "versioned_by"),
        covers=covers(fields),
        maximum=hundredths("maximum"),
        internal=title(internal) if internal else None,
    )
    fields.done()
    return rulebook
