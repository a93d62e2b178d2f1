"""What the rulebooks carry of the tables of facts, row by row."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.portal.language import Language
from goodstanding.portal.leaflets.blocks import Block, Grid, Heading, Leaflet, Paragraph
from goodstanding.portal.wording import named, sentence, word
from goodstanding.rules.coverage import Carrier, Coverage, Row
from goodstanding.rules.telling import Told


def coverage_leaflet(found: Coverage, lang: Language) -> Leaflet:
    """Each rulebook with the share of its rules that run; each row with what becomes of it."""
    return Leaflet(word(lang, "coverage.title"), lang, tuple(_blocks(found, lang)))


def _blocks(found: Coverage, lang: Language) -> Iterator[Block]:
    yield Paragraph(word(lang, "coverage.lead"))
    yield Heading(word(lang, "coverage.shares"))
    yield Paragraph(word(lang, "coverage.shares-lead"))
    yield Grid(
        "",
        tuple(
            word(lang, f"coverage.{one}")
            for one in (
                "rulebook",
                "share",
                "all",
                "runs",
                "doubt",
                "of-input",
                "range",
                "not-evaluated",
                "refused",
            )
        ),
        tuple(
            (
                f"{one.rulebook}@{one.in_force_from.isoformat()}",
                "–" if one.percent is None else f"{one.percent} %",
                *map(
                    str,
                    (
                        one.rules,
                        one.runs,
                        one.uncertain,
                        one.of_input,
                        one.range,
                        one.not_evaluated,
                        one.refused,
                    ),
                ),
            )
            for one in found.shares
        ),
        numbers=tuple(range(1, 9)),
        row_heads=True,
    )
    for one in found.tables:
        yield Heading(f"{one.table.id}. {lang.of(one.table.title)}")
        yield Paragraph(f"{word(lang, 'source')}{word(lang, 'colon')}{one.table.source}", remark=True)
        yield Grid(
            "",
            tuple(word(lang, f"coverage.{key}") for key in ("row", "carried-by", "state", "why")),
            tuple(line for row in one.rows for line in row_lines(row, lang)),
            row_heads=True,
        )


def row_lines(row: Row, lang: Language) -> Iterator[tuple[str, str, str, str]]:
    """A line for each thing that carries a row: id, what carries it, state, why it does not run."""
    if not row.carriers:
        yield row.id, "", word(lang, "coverage.open"), ""
    for one in row.carriers:
        yield row.id, carrier_text(one, lang), state_text(one, lang), why_text(one, lang)


def state_text(one: Carrier, lang: Language) -> str:
    """What becomes of a row; of a rule that runs and tells little, that too."""
    state = named(lang, "covered.", one.state.value)
    if one.told is Told.DEFINITE:
        return state
    return word(lang, "coverage.but", state=state, tells=named(lang, "told.", one.told.value))


def carrier_text(one: Carrier, lang: Language) -> str:
    """The rulebook and its version, and the entry that carries the row."""
    book = f"{one.rulebook}@{one.in_force_from.isoformat()}"
    return f"{book}, {one.entry}: {lang.of(one.title)}" if one.entry else book


def why_text(one: Carrier, lang: Language) -> str:
    """Why it does not run; nothing where it does."""
    if one.because is None:
        return ""
    reason = lang.of(one.reason) if one.reason else ""
    return sentence(f"{named(lang, 'because.', one.because.value)} {reason}".strip())
