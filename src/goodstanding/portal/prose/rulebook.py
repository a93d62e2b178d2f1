"""A whole rulebook as a page of law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from goodstanding.catalogue.model import Title
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.prose.awards import award_rows, award_text, fact_rows, per_fact_text
from goodstanding.portal.prose.changes import (
    amendment_text,
    quota_text,
    tier_text,
    versions_text,
)
from goodstanding.portal.prose.conditions import condition_text
from goodstanding.portal.prose.examples import ExampleText, example_text
from goodstanding.portal.prose.facts import fact_text
from goodstanding.portal.prose.facttitles import FactTitles
from goodstanding.portal.prose.grades import grade_name, grade_text
from goodstanding.portal.prose.ranges import points_range, whole_range
from goodstanding.portal.prose.records import records_text
from goodstanding.portal.prose.texts import RuleText
from goodstanding.portal.wording import listed, sentence, word
from goodstanding.portal.written import points
from goodstanding.rules.model import (
    CANDIDATE,
    MEASURED,
    NONE,
    AnyRule,
    Bands,
    Bar,
    JudgedRule,
    Kind,
    MeasuredRule,
    Override,
    Rulebook,
    Section,
    Total,
)


@dataclass(frozen=True)
class SectionText:
    """Rules that share a section; the section without a title holds those that have none."""

    title: str
    bounds: str
    rules: tuple[RuleText, ...]


@dataclass(frozen=True)
class GradeText:
    """A grade, its title, and when it is given."""

    grade: str
    title: str
    when: str


@dataclass(frozen=True)
class RulebookText:
    """What the page of a rulebook shows."""

    subjects: str
    start: tuple[str, ...]
    bounds: str
    sections: tuple[SectionText, ...]
    facts: tuple[tuple[str, str], ...]
    graded_by: str
    grades: tuple[GradeText, ...]
    overrides: tuple[RuleText, ...]
    bars: tuple[RuleText, ...]
    quotas: tuple[RuleText, ...]
    amendments: tuple[RuleText, ...]
    tiers: tuple[tuple[str, str], ...]
    versions: str
    maximum: str
    examples: tuple[ExampleText, ...]
    office: str


def rulebook_text(book: Rulebook, lang: Language) -> RulebookText:
    """The rulebook in words of one language."""
    facts = FactTitles(book.facts, lang)
    titles = dict(book.grade_titles)
    kinds = [shelf.kind_text(one, lang) for one in book.subject_kinds]
    return RulebookText(
        subjects=listed(lang, kinds, "list.and"),
        start=_start(book, facts, lang),
        bounds=_bounds(book.floor, book.ceiling, lang),
        sections=_sections(book, facts, lang),
        facts=tuple((facts[one.id], fact_text(one, facts, lang)) for one in book.facts),
        graded_by=_graded_by(book, facts, lang),
        grades=_grades(book, titles, facts, lang),
        overrides=tuple(_override(one, book.kind, titles, facts, lang) for one in book.overrides),
        bars=tuple(_bar(one, titles, facts, lang) for one in book.bars),
        quotas=tuple(quota_text(one, titles, facts, lang) for one in book.quotas),
        amendments=tuple(amendment_text(one, book, lang) for one in book.amendments),
        tiers=tuple(tier_text(one, titles, lang) for one in book.tiers),
        versions=versions_text(book.versioned_by, lang),
        maximum="" if book.maximum is None else points(book.maximum),
        examples=tuple(example_text(one, book, lang) for one in book.examples),
        office=_office(book, lang),
    )


def _office(book: Rulebook, lang: Language) -> str:
    """Why its results are shown to the office alone (ADR 0009), if they are."""
    if book.internal is not None:
        return word(lang, "office.internal", why=lang.of(book.internal))
    return word(lang, f"office.{book.kind.value}") if book.kind in (Kind.LIST, Kind.TIER) else ""


def _start(book: Rulebook, facts: FactTitles, lang: Language) -> tuple[str, ...]:
    said = []
    for one in book.start:
        if one.when is not None:
            when = condition_text(one.when, facts, lang)
            said.append(word(lang, "start.when", points=points(one.points), condition=when))
        else:
            key = "start.everyone" if len(book.start) == 1 else "start.otherwise"
            said.append(word(lang, key, points=points(one.points)))
    return tuple(said)


def _bounds(low: int | None, high: int | None, lang: Language) -> str:
    parts = []
    if low is not None:
        parts.append(word(lang, "bounds.floor", points=points(low)))
    if high is not None:
        parts.append(word(lang, "bounds.ceiling", points=points(high)))
    return listed(lang, parts, "list.and") if parts else ""


def _sections(book: Rulebook, facts: FactTitles, lang: Language) -> tuple[SectionText, ...]:
    groups: list[Section | None] = [None, *book.sections]
    found = []
    for section in groups:
        rules = tuple(
            _rule(one, facts, lang) for one in book.rules if one.section == (section.id if section else None)
        )
        if rules:
            title = lang.of(section.title) if section else ""
            bounds = _bounds(section.at_least, section.at_most, lang) if section else ""
            found.append(SectionText(title, bounds, rules))
    return tuple(found)


def _rule(rule: AnyRule, facts: FactTitles, lang: Language) -> RuleText:
    if isinstance(rule, JudgedRule):
        return RuleText(
            id=rule.id,
            title=lang.of(rule.title),
            about=sentence(condition_text(rule.when, facts, lang)),
            gives=word(lang, "award.judged", points=points(rule.points, signed=True)),
            basis=rule.basis,
            uncertain=rule.uncertain,
        )
    if isinstance(rule, MeasuredRule):
        fact = facts.get(rule.fact, rule.fact)
        return RuleText(
            id=rule.id,
            title=lang.of(rule.title),
            about=sentence(fact),
            gives=per_fact_text(rule.award, fact, lang),
            basis=rule.basis,
            brackets=fact_rows(rule.award, lang),
            cap=_cap(rule.cap, lang),
            uncertain=rule.uncertain,
        )
    return RuleText(
        id=rule.id,
        title=lang.of(rule.title),
        about=sentence(records_text(rule.select, rule.window, lang)),
        gives=award_text(rule.award, rule.select.item, lang),
        basis=rule.basis,
        brackets=award_rows(rule.award, lang),
        cap=_cap(rule.cap, lang),
        uncertain=rule.uncertain,
    )


def _cap(cap: int | None, lang: Language) -> str:
    return "" if cap is None else word(lang, "award.cap", points=points(cap, signed=True))


def _override(
    one: Override, kind: Kind, titles: Mapping[str, Title], facts: FactTitles, lang: Language
) -> RuleText:
    key = {CANDIDATE: "list.candidate", NONE: "list.spared"}.get(one.grade, "") if kind is Kind.LIST else ""
    return RuleText(
        id=one.id,
        title=lang.of(one.title),
        about=sentence(condition_text(one.when, facts, lang)),
        gives=word(lang, key or "override.gives", grade=grade_text(one.grade, titles, lang)),
        basis=one.basis,
        uncertain=one.uncertain,
    )


def _bar(one: Bar, titles: Mapping[str, Title], facts: FactTitles, lang: Language) -> RuleText:
    return RuleText(
        id=one.id,
        title=lang.of(one.title),
        about=sentence(condition_text(one.when, facts, lang)),
        gives=word(lang, "bar.gives", grade=grade_text(one.at_best, titles, lang)),
        basis=one.basis,
        uncertain=one.uncertain,
    )


def _graded_by(book: Rulebook, facts: FactTitles, lang: Language) -> str:
    if book.kind is Kind.LIST:
        return word(lang, "graded.none" if book.without_criteria else "graded.list")
    if isinstance(book.grading, Total):
        return word(lang, "graded.total")
    if not isinstance(book.grading, Bands):
        return word(lang, "graded.by-steps")
    if book.grading.of is None:
        return word(lang, "graded.by-total")
    return word(lang, "graded.by-fact", fact=facts.get(book.grading.of, book.grading.of))


def _grades(
    book: Rulebook, titles: Mapping[str, Title], facts: FactTitles, lang: Language
) -> tuple[GradeText, ...]:
    def name(grade: str) -> tuple[str, str]:
        return grade_name(grade, titles.get(grade), lang)

    if isinstance(book.grading, Bands):
        write = points_range if book.grading.of is None else whole_range
        bands = [GradeText(*name(one.grade), write(one.range, lang)) for one in book.grading.bands]
        return (*bands, *_beside(book, titles, lang))
    if isinstance(book.grading, Total):
        return (GradeText(*name(MEASURED), word(lang, "grade.measured")),)
    if book.kind is Kind.LIST:
        if book.without_criteria:
            return ()
        met = GradeText(*name(CANDIDATE), word(lang, "grade.candidate"))
        return (met, GradeText(*name(NONE), word(lang, "grade.otherwise")))
    steps = [
        GradeText(
            *name(one.grade),
            condition_text(one.when, facts, lang) if one.when else word(lang, "grade.otherwise"),
        )
        for one in book.grading.steps
    ]
    return (*steps, *_beside(book, titles, lang))


def _beside(book: Rulebook, titles: Mapping[str, Title], lang: Language) -> Iterator[GradeText]:
    """The grades that no band or step gives, such as M: only what stands above the points does."""
    given = [(one.grade, lang.of(one.title)) for one in book.overrides]
    given += [(one.otherwise, lang.of(one.title)) for one in book.quotas]
    for grade in book.grades:
        if grade not in book.grading.grades:
            by = listed(lang, [title for each, title in given if each == grade], "list.or")
            yield GradeText(
                *grade_name(grade, titles.get(grade), lang), word(lang, "grade.given-by", titles=by)
            )
