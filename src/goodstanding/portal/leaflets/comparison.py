"""Two rulebooks over the same organisations, as one page for whoever studies them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.leaflets.blocks import Block, Figure, Grid, Heading, Items, Leaflet, Pairs, Paragraph
from goodstanding.portal.leaflets.ribbons import colours, ribbons
from goodstanding.portal.prose import grade_text
from goodstanding.portal.prose.laws import force_text
from goodstanding.portal.wording import named, word
from goodstanding.portal.written import day, number, points
from goodstanding.rules.comparing import NOT_PUBLIC, Applied, Cell, Comparison, Reason
from goodstanding.rules.coverage import share_of
from goodstanding.rules.model import Rulebook

_RULES = 5  # of each side that stand behind a cell; the rest is counted


def comparison_leaflet(
    found: Comparison,
    lang: Language,
    *,
    rests_on: Sequence[tuple[str, str]],
    names: Mapping[int, str] | None = None,
) -> Leaflet:
    """The page: who and when, grade against grade as table and picture, who differs and by which rule, and what
    neither rulebook evaluates.

    Args:
        rests_on: what was read, by name: position of the ledger or digests of files.
        names: what an organisation is called, by its subject id; without one it is called by that number.
    """
    title = word(lang, "compare.title", one=_title(found.one, lang), other=_title(found.other, lang))
    blocks = tuple(_Page(found, lang, rests_on, names or {}).blocks())
    return Leaflet(title, lang, blocks, word(lang, "compare.caption"))


def _title(applied: Applied, lang: Language) -> str:
    return lang.of(applied.released.title)


class _Page:
    def __init__(
        self,
        found: Comparison,
        lang: Language,
        rests_on: Sequence[tuple[str, str]],
        names: Mapping[int, str],
    ) -> None:
        self.found, self.lang, self.rests_on, self.names = found, lang, rests_on, names
        self.sides = (found.one, found.other)

    def word(self, key: str, **values: object) -> str:
        return word(self.lang, key, **values)

    def outcome(self, side: int, outcome: str) -> str:
        """A grade with its title, or why there is none."""
        if " " in outcome:
            return named(self.lang, "outcome.", outcome.replace(" ", "-"))
        return grade_text(outcome, dict(self.sides[side - 1].rulebook.grade_titles), self.lang)

    def blocks(self) -> Iterator[Block]:
        yield from self.summary()
        yield from self.matrix()
        yield from self.differing()
        yield from self.movers()
        yield from self.coverage()
        yield from self.manifest()

    def summary(self) -> Iterator[Block]:
        found = self.found
        yield Paragraph(
            self.word(
                "compare.lead",
                n=found.subjects,
                subjects=number(found.subjects, self.lang),
                on=day(found.one.on, self.lang),
            )
        )
        told = [("alike", True), ("differ", False), ("not-compared", None)]
        yield Pairs(
            tuple((self.word(f"compare.{name}"), self.of_all(found.count(alike))) for name, alike in told)
        )
        yield Paragraph(named(self.lang, "compare.by-", found.measure.by.value))
        for one in self.sides:
            if one.as_if:
                yield Paragraph(
                    self.word(
                        "compare.as-if",
                        rulebook=_title(one, self.lang),
                        force=force_text(one.released.in_force_from, one.released.in_force_to, self.lang),
                    )
                )

    def of_all(self, subjects: int) -> str:
        share = points(subjects * 100_00 // max(self.found.subjects, 1))
        return f"{number(subjects, self.lang)} ({share} %)"

    def matrix(self) -> Iterator[Block]:
        """The table and the picture of the same numbers."""
        found = self.found
        cells = {(one.one, one.other): one.subjects for one in found.cells}
        rows, columns = found.outcomes(1), found.outcomes(2)
        yield Heading(self.word("compare.matrix"))
        yield Paragraph(
            self.word(
                "compare.matrix-lead", one=_title(found.one, self.lang), other=_title(found.other, self.lang)
            )
        )
        yield Grid(
            "",
            ("", *(self.outcome(2, one) for one in columns), self.word("compare.sum")),
            (
                *(
                    (
                        self.outcome(1, row),
                        *(number(cells.get((row, one), 0), self.lang) for one in columns),
                        number(sum(n for (a, _), n in cells.items() if a == row), self.lang),
                    )
                    for row in rows
                ),
                (
                    self.word("compare.sum"),
                    *(
                        number(sum(n for (_, b), n in cells.items() if b == one), self.lang)
                        for one in columns
                    ),
                    number(found.subjects, self.lang),
                ),
            ),
            numbers=tuple(range(1, len(columns) + 2)),
            row_heads=True,
        )
        caption = self.word(
            "compare.picture", one=_title(found.one, self.lang), other=_title(found.other, self.lang)
        )
        svg = ribbons(
            {(f"1{a}", f"2{b}"): n for (a, b), n in cells.items()},
            [f"1{one}" for one in rows],
            [f"2{one}" for one in columns],
            lambda one: self.outcome(int(one[0]), one[1:]),
            {f"1{one}": colour for one, colour in colours(found.measure.one).items()},
            caption,
        )
        yield Figure(svg, caption)

    def differing(self) -> Iterator[Block]:
        """Each cell whose outcomes are not alike, with the rules that stand behind it."""
        yield Heading(self.word("compare.who"))
        key = "compare.who-versions" if self.found.same_rulebook else "compare.who-lead"
        yield Paragraph(self.word(key))
        cells = [one for one in self.found.cells if not one.alike and one.one != one.other]
        if not cells:
            yield Paragraph(self.word("none"))
        for cell in sorted(cells, key=lambda one: -one.subjects):
            yield Heading(self.cell(cell), 3)
            if NOT_PUBLIC in (cell.one, cell.other):
                yield Paragraph(self.word("grade.closed-why"))
                continue
            yield Grid(
                "",
                (self.word("coverage.rulebook"), self.word("compare.rule"), self.word("compare.subjects")),
                tuple(self.reasons(cell)),
                numbers=(2,),
            )

    def cell(self, cell: Cell) -> str:
        subjects = number(cell.subjects, self.lang)
        return f"{self.outcome(1, cell.one)} → {self.outcome(2, cell.other)}: {subjects}"

    def reasons(self, cell: Cell) -> Iterator[tuple[str, str, str]]:
        for side in (1, 2):
            theirs = [one for one in cell.reasons if one.side == side]
            for one in theirs[:_RULES]:
                yield (
                    _title(self.sides[side - 1], self.lang),
                    self.reason(one),
                    number(one.subjects, self.lang),
                )
            if len(theirs) > _RULES:
                more = self.word("compare.more-rules", n=len(theirs) - _RULES)
                yield _title(self.sides[side - 1], self.lang), more, ""
        if cell.without:
            yield "", self.word("compare.no-lines"), number(cell.without, self.lang)

    def reason(self, one: Reason) -> str:
        title = self.lang.of(one.title)
        if one.points is None or not self.found.same_rulebook or not one.points:
            return title
        return f"{title} ({self.word('grade.points', points=points(one.points, signed=True))})"

    def movers(self) -> Iterator[Block]:
        if not self.found.movers:
            return
        yield Heading(self.word("compare.furthest"))
        yield Grid(
            "",
            (
                self.word("compare.organisation"),
                _title(self.found.one, self.lang),
                _title(self.found.other, self.lang),
                self.word("compare.rules"),
            ),
            tuple(
                (
                    self.names.get(one.subject_id, str(one.subject_id)),
                    self.outcome(1, one.one),
                    self.outcome(2, one.other),
                    "; ".join(dict.fromkeys(self.reason(each) for each in one.reasons)),
                )
                for one in self.found.movers
            ),
            row_heads=True,
        )

    def coverage(self) -> Iterator[Block]:
        """What neither rulebook evaluates, and what of them is uncertain."""
        yield Heading(self.word("compare.coverage"))
        for one in self.sides:
            book = one.released
            share = share_of(book, shelf.items())
            yield Heading(_title(one, self.lang), 3)
            yield Paragraph(
                self.word(
                    "compare.share",
                    runs=share.runs,
                    rules=share.rules,
                    doubt=share.uncertain,
                    gaps=share.not_evaluated,
                    refused=share.refused,
                )
            )
            yield Items(tuple(self.gaps(book)))

    def gaps(self, book: Rulebook) -> Iterator[str]:
        for gap in book.untranslatable:
            why = named(self.lang, "because.", gap.because.value)
            yield f"{self.lang.of(gap.title)}: {self.lang.of(gap.reason)} {why}"
        doubtful = (*book.rules, *book.overrides, *book.bars, *book.quotas, *book.amendments)
        for one in doubtful:
            if one.uncertain:
                yield f"{self.word('uncertain')}: {self.lang.of(one.title)}"

    def manifest(self) -> Iterator[Block]:
        """What is needed to do it again."""
        yield Heading(self.word("compare.manifest"))
        titles = {"position": self.word("position"), "catalogue": self.word("compare.catalogue")}
        rows = [(self.word("compare.day"), self.found.one.on.isoformat())]
        rows += [(titles.get(name, name), value) for name, value in self.rests_on]
        rows += [
            (f"{one.released.path}@{one.released.in_force_from.isoformat()}", one.digest)
            for one in self.sides
        ]
        yield Pairs(tuple(rows))
