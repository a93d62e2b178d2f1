"""`untranslatable`, `amendments`, `versioned_by`: what is not evaluated, and what holds for a time only."""

from __future__ import annotations

from ..model import Amendment, Because, Untranslated, VersionedBy
from .nodes import Fields, Value
from .scalars import basis, covers, day, flag, identifier, points, title


def read_untranslatable(value: Value) -> tuple[Untranslated, ...]:
    """What the law says and the rulebook does not evaluate."""
    rows = []
    for one in value.items():
        fields = one.fields()
        because = fields.need("because", "coverage is stated, never implied")
        worth, section = fields.get("points"), fields.get("section")
        if because.text() not in set(Because):
            raise because.wrong("one of " + ", ".join(Because))
        rows.append(
            Untranslated(
                identifier(fields.need("id")),
                title(fields.need("title")),
                title(fields.need("reason")),
                basis(fields.need("basis", "every rule rests on a law")),
                Because(because.text()),
                covers(fields),
                points(worth) if worth else None,
                identifier(section) if section else None,
            )
        )
        fields.done()
    return tuple(rows)


def read_versioned_by(fields: Fields, key: str) -> VersionedBy:
    """The day that is meant; that of the assessment where nothing is said."""
    said = fields.get(key)
    if said is None:
        return VersionedBy.ASSESSMENT
    if said.text() not in set(VersionedBy):
        raise said.wrong("one of " + ", ".join(VersionedBy))
    return VersionedBy(said.text())


def read_amendments(value: Value) -> tuple[Amendment, ...]:
    """From a day to a day, a rule, override or bar does not apply."""
    rows = []
    for one in value.items():
        fields = one.fields()
        end = fields.get("to")
        with one.placed():
            rows.append(
                Amendment(
                    identifier(fields.need("id")),
                    title(fields.need("title")),
                    basis(fields.need("basis", "every rule rests on a law")),
                    identifier(fields.need("suspend")),
                    day(fields.need("from")),
                    day(end) if end else None,
                    read_versioned_by(fields, "by"),
                    flag(fields, "uncertain"),
                    covers(fields),
                )
            )
        fields.done()
    return tuple(rows)
