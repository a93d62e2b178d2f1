"""Assessments as the page shows them: the grade, and each line with its law and its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from goodstanding.catalogue.model import Basis, Polarity, Title
from goodstanding.portal import shelf
from goodstanding.portal.filepage.entries import Entries, anchor_of
from goodstanding.portal.language import Language
from goodstanding.portal.prose import WorkingsText, grade_name, workings_text
from goodstanding.portal.prose.resting import resting_on
from goodstanding.portal.wording import listed, word
from goodstanding.portal.written import day, points_between
from goodstanding.rules.model import CANDIDATE, Kind, Ladder, Rulebook
from goodstanding.standing.showing import AssessmentView, LineView
from goodstanding.standing.undelivered import Undelivered


@dataclass(frozen=True)
class RecordLink:
    """Where the record of a line stands: its anchor, and the page of entries that holds it."""

    anchor: str
    page: int
    title: Title | None
    day: date | None


@dataclass(frozen=True)
class GradeLine:
    """A line. `points` is empty where it carries none; without `record` it rests on none that is shown.

    Of a record that is gone from the page (ended, or past its retention) the line shows the rule alone.
    """

    rule: str
    title: Title
    points: str
    against: bool
    status: str
    uncertain: bool
    basis: tuple[Basis, ...]
    record: RecordLink | None
    record_gone: bool
    record_ended: bool


@dataclass(frozen=True)
class GradeView:
    """A rulebook's result. Without a grade it cannot be told, and `missing` says what is not known.

    `has_points` says that the rulebook has a total, and its lines points; `workings` are the steps to the
    grade, where all that it rests on is public.
    """

    pack: str
    rulebook: str
    version: str
    title: Title
    on: date
    grade: str | None
    grade_says: str
    points: str
    possible: str
    missing: tuple[Title, ...]
    closed: bool
    untranslatable: tuple[tuple[Title, Title], ...]
    lines: tuple[GradeLine, ...]
    has_points: bool
    workings: WorkingsText | None
    kind: Kind
    on_list: str  # of a list: candidate, none, or empty where it cannot be told
    lettered: bool  # whether the grade is a letter or a number and no word
    low: bool  # whether the grade stands in the lower half of its scale
    undelivered: tuple[str, ...] = ()  # the deliveries for want of which it cannot be told

    @property
    def candidate(self) -> bool:
        """Whether a criterion of a list is met, which is no entry."""
        return self.on_list == CANDIDATE

    @property
    def against(self) -> bool:
        """Whether something in it speaks against the organisation: points taken, an adverse record that counts, a
        grade in the lower half of its scale, a criterion of a list. Of what is not shown nothing is said."""
        if self.outdated or self.closed:
            return False
        return self.candidate or self.low or any(one.against for one in self.lines)

    @property
    def told(self) -> bool:
        """Whether there is a result that is shown."""
        return self.grade is not None and not self.outdated and not self.closed

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"result-{self.pack}-{self.rulebook.replace('/', '-')}"

    @property
    def outdated(self) -> bool:
        """Whether it rests on a record that has ended since it was worked out: then it is shown no more."""
        return any(one.record_ended for one in self.lines)


def read_grades(
    assessments: tuple[AssessmentView, ...], entries: Entries, lang: Language, *, then: bool = False
) -> tuple[GradeView, ...]:
    """The assessments of a file, with links into its entries.

    `then` says that they are of another day, or as known at another position: whatever they rest on that is
    no longer shown, for whichever reason, makes them outdated.
    """
    pages = {one.anchor: one.page for one in entries.shown}
    ended = frozenset(one.anchor for one in entries.ended)
    if then:
        records = (line.record_public_id for one in assessments for line in one.lines)
        ended |= {anchor_of(one) for one in records if one is not None} - pages.keys()
    return tuple(_grade(one, pages, ended, lang) for one in assessments)


def _grade(one: AssessmentView, pages: Mapping[str, int], ended: frozenset[str], lang: Language) -> GradeView:
    pack, _, name = one.rulebook.partition("/")
    has_points = one.points_low is not None or one.points_high is not None
    shelved = shelf.rulebook_at(one.rulebook, one.version.isoformat())
    book = shelved.rulebook if shelved else None
    lines = tuple(_line(line, pages, ended, lang) for line in one.lines)
    shown, says = grade_name(one.grade or "", one.grade_title, lang)
    hidden = {line.rule for line in lines if line.record_gone}
    if book and hidden:  # a line without record would give away what it is worked out from
        resting = resting_on(book, hidden)
        lines = tuple(
            replace(line, points="", against=False, record_gone=True)
            if line.rule in resting and line.record is None
            else line
            for line in lines
        )
    return GradeView(
        pack=pack,
        rulebook=name,
        version=one.version.isoformat(),
        title=one.title,
        on=one.on,
        grade=None if one.grade is None else shown,
        grade_says=says,
        points=points_between(one.points_low, one.points_high, lang) if has_points else "",
        possible=_possible(one, dict(book.grade_titles) if book else {}, lang),
        missing=one.missing_titles,
        undelivered=tuple(_undelivered(each, lang) for each in one.undelivered),
        closed=one.closed,
        untranslatable=one.untranslatable,
        lines=lines,
        has_points=book is None or book.has_points,
        workings=workings_text(book, one.workings, lang, hidden) if book and one.workings else None,
        kind=book.kind if book else Kind.GRADE,
        on_list=one.grade or "" if book and book.kind is Kind.LIST and not one.closed else "",
        lettered=shown == one.grade,
        low=book is not None and one.grade is not None and _is_low(one.grade, book),
    )


def _is_low(grade: str, book: Rulebook) -> bool:
    """Whether a grade stands in the lower half of its scale.

    A table of conditions has an order only where nothing stands above it: else its last row is for whoever is not
    known, and what is worst is given by an override, whose record speaks for itself.
    """
    scale = book.grading.grades
    if (
        book.kind is not Kind.GRADE
        or grade not in scale
        or (isinstance(book.grading, Ladder) and book.overrides)
    ):
        return False
    return 2 * scale.index(grade) >= len(scale)


def _undelivered(one: Undelivered, lang: Language) -> str:
    """Which delivery would have to come, in words."""
    if not one.sources:
        return word(lang, "grade.no-source", item=lang.of(one.item))
    if one.year:
        days = word(lang, "days.year", year=one.year)
    elif one.first:
        days = word(lang, "days.between", first=day(one.first, lang), last=day(one.last, lang))
    else:
        days = word(lang, "days.up-to", last=day(one.last, lang))
    source = listed(lang, [lang.of(title) for _, title in one.sources], "list.or")
    return word(lang, "grade.undelivered", source=source, days=days)


def _possible(one: AssessmentView, titles: Mapping[str, Title], lang: Language) -> str:
    """What the grade may be, where it cannot be told."""
    grades = [
        grade_name(each, titles.get(each), lang)[0] if each else word(lang, "grade.none")
        for each in one.possible
    ]
    return listed(lang, grades, "list.or") if one.grade is None and grades else ""


def _line(line: LineView, pages: Mapping[str, int], ended: frozenset[str], lang: Language) -> GradeLine:
    anchor = anchor_of(line.record_public_id) if line.record_public_id is not None else ""
    record = None
    if anchor in pages:
        item = shelf.item_at(line.item) if line.item else None
        record = RecordLink(anchor, pages[anchor], item.title if item else None, line.decided_on)
    gone = bool(anchor) and record is None
    bounds = [one for one in (line.points_low, line.points_high) if one]
    shown = bool(bounds) and not gone
    return GradeLine(
        rule=line.rule,
        title=line.title,
        points=points_between(line.points_low, line.points_high, lang, signed=True) if shown else "",
        against=(shown and any(one < 0 for one in bounds)) or _is_adverse(line, record),
        status=line.status,
        uncertain=line.uncertain,
        basis=line.basis,
        record=record,
        record_gone=gone,
        record_ended=anchor in ended,
    )


def _is_adverse(line: LineView, record: RecordLink | None) -> bool:
    """Whether a line rests on a record that is shown and adverse, and gives no points for it."""
    item = shelf.item_at(line.item) if line.item and record is not None else None
    given = any(one and one > 0 for one in (line.points_low, line.points_high))
    return item is not None and item.polarity is Polarity.NEGATIVE and line.status == "met" and not given
