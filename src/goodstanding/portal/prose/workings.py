"""How a grade follows from facts and points, in words: each step, and what decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from goodstanding.portal.language import Language
from goodstanding.portal.prose.changes import tier_text
from goodstanding.portal.prose.conditions import condition_text
from goodstanding.portal.prose.facttitles import FactTitles
from goodstanding.portal.prose.grades import grade_text
from goodstanding.portal.prose.laws import law_text
from goodstanding.portal.prose.ranges import points_range, whole_range
from goodstanding.portal.prose.resting import resting_on
from goodstanding.portal.wording import word
from goodstanding.portal.written import field_number, money, points, points_between
from goodstanding.rules.engines.workings import SectionSum, Share, Value, Workings
from goodstanding.rules.model import (
    NONE,
    Amount,
    Bands,
    Condition,
    Fact,
    FactIn,
    FactIs,
    Interval,
    Kind,
    LargestOf,
    MeasuredRule,
    Override,
    ResultOf,
    Rulebook,
    SumOf,
    Total,
    leaves,
)


@dataclass(frozen=True)
class WorkingsText:
    """`steps` are titles with their values, in the order of the rulebook; `decided` are sentences."""

    steps: tuple[tuple[str, str], ...]
    decided: tuple[str, ...]


def workings_text(
    book: Rulebook, workings: Workings, lang: Language, hidden: Collection[str] = ()
) -> WorkingsText:
    """The workings in words of one language.

    Args:
        hidden: ids of rules and facts that rest on a record which is no longer shown. Their values are not
            told, nor those of facts and sections that would give them away.
    """
    return _Writer(book, workings, lang, frozenset(hidden)).text()


class _Writer:
    def __init__(self, book: Rulebook, workings: Workings, lang: Language, hidden: frozenset[str]) -> None:
        self.book = book
        self.workings = workings
        self.lang = lang
        self.facts = {one.id: one for one in book.facts}
        self.titles = FactTitles(book.facts, lang)
        self.grades = dict(book.grade_titles)
        self.rules = {one.id: one for one in book.rules}
        self.hidden = resting_on(book, hidden)

    def text(self) -> WorkingsText:
        steps = [(self.titles[name], self.value(name, value)) for name, value in self.workings.facts]
        if self.workings.start is not None:
            steps.append((word(self.lang, "rulebook.start"), self.points(self.workings.start)))
            steps += [self.given(one) for one in self.workings.given]
            steps += [self.section(one) for one in self.workings.sections]
        total, summed = self.workings.total, self.workings.summed
        if total is not None:
            said = self.points(total)
            if summed is not None and summed != total:
                said = word(self.lang, "workings.kept", summed=self.points(summed), kept=said)
            steps.append((word(self.lang, "workings.total"), said))
        return WorkingsText(tuple(steps), tuple(self.decided()))

    def points(self, value: Interval, *, signed: bool = False) -> str:
        return points_between(value.low, value.high, self.lang, signed=signed)

    def given(self, one: Share) -> tuple[str, str]:
        """A rule without records: whether its condition is met, or the fact that it goes by; and its points."""
        rule = self.rules[one.rule]
        title = self.lang.of(rule.title)
        if one.rule in self.hidden:
            return title, word(self.lang, "line.gone")
        said = self.points(one.points, signed=True)
        if isinstance(rule, MeasuredRule):
            value = self.value(rule.fact, dict(self.workings.facts)[rule.fact])
            return title, word(
                self.lang, "workings.measured", fact=self.titles[rule.fact], value=value, points=said
            )
        answer = "unknown" if not one.points.exact else "met" if one.points.low else "not-met"
        return title, word(self.lang, f"workings.{answer}", points=said)

    def section(self, one: SectionSum) -> tuple[str, str]:
        section = next((each for each in self.book.sections if each.id == one.section), None)
        title = self.lang.of(section.title) if section else word(self.lang, "workings.rules")
        rules = {each.id for each in self.book.rules if each.section == one.section}
        if rules & self.hidden:
            return title, word(self.lang, "line.gone")
        said = self.points(one.kept, signed=True)
        if one.kept != one.summed:
            said = word(self.lang, "workings.kept", summed=self.points(one.summed, signed=True), kept=said)
        return title, said

    def value(self, name: str, value: Value) -> str:
        """A fact's value: a number, an amount, a code; or what is known of it."""
        if name in self.hidden:
            return word(self.lang, "line.gone")
        if isinstance(value, str):
            return self.titles.value(name, value)
        if value.low is None and value.high is None:
            return word(self.lang, "workings.not-known")
        low, high = (None if one is None else self.number(name, one) for one in (value.low, value.high))
        if value.exact:
            return str(low)
        if low is not None and high is not None:
            return word(self.lang, "range.between", low=low, high=high)
        if high is None:
            return word(self.lang, "range.least", low=low)
        return word(self.lang, "range.most", high=high)

    def number(self, name: str, value: int) -> str:
        fact = self.facts[name]
        if isinstance(fact, ResultOf):
            return points(value)
        currency = self.currency(fact)
        return money(value, currency, self.lang) if currency else field_number(value, self.lang)

    def currency(self, fact: Fact) -> str:
        if isinstance(fact, SumOf | LargestOf):
            return self.currency(self.facts[fact.facts[0]])
        of = getattr(fact, "of", None)
        return of.currency if isinstance(of, Amount) else ""

    def decided(self) -> list[str]:
        """What gave the grade: the band or row of the table, then the bars and the override above it.

        For a list: which criteria are met or cannot be told. For a tier: how often its class is inspected.
        """
        if self.book.kind is Kind.LIST:
            return list(self.by_criteria())
        said = [] if self.workings.place is None else [self.by_table(self.workings.place)]
        ranked = dict(self.workings.ranked)
        for quota in self.book.quotas:
            if quota.id in ranked:
                kept = {True: "kept", False: "lost", None: "open"}[ranked[quota.id]]
                said.append(
                    word(
                        self.lang,
                        f"decided.rank.{kept}",
                        title=self.lang.of(quota.title),
                        grade=grade_text(quota.grade, self.grades, self.lang),
                        otherwise=grade_text(quota.otherwise, self.grades, self.lang),
                    )
                )
        for one in self.book.bars:
            if one.id in self.workings.bars:
                best = grade_text(one.at_best, self.grades, self.lang)
                said.append(word(self.lang, "decided.bar", title=self.lang.of(one.title), grade=best))
        for override in self.book.overrides:
            if override.id == self.workings.override:
                grade = grade_text(override.grade, self.grades, self.lang)
                title = self.lang.of(override.title)
                said.append(word(self.lang, "decided.override", title=title, grade=grade))
        for tier in self.book.tiers:
            if tier.grade == self.workings.assessment.grade:
                grade, often = tier_text(tier, self.grades, self.lang)
                said.append(word(self.lang, "decided.tier", grade=grade, often=often))
        return said

    def by_criteria(self) -> Iterator[str]:
        """An exception that is met alone; else each criterion that is met or cannot be told, with its law."""
        if self.book.without_criteria:
            yield word(self.lang, "decided.criteria-unknown")
            return
        answers = dict(self.workings.criteria)
        asked = [one for one in self.book.overrides if answers[one.id] is not False]
        gone = [one for one in self.book.overrides if self.gives_away(one)]
        spared = [one for one in asked if one.grade == NONE and one.id == self.workings.override]
        told = asked if gone else spared or asked
        for one in self.book.overrides:
            if one in gone:
                key = "decided.criterion.gone"  # whether it is met would tell what is not shown
            elif one in told:
                kind = "exception" if one.grade == NONE else "criterion"
                key = f"decided.{kind}.{'met' if answers[one.id] else 'unknown'}"
            else:
                continue
            yield word(self.lang, key, title=self.lang.of(one.title), law=law_text(one.basis, self.lang))
        if not gone and not spared and not any(one.grade != NONE for one in asked):
            yield word(self.lang, "decided.criteria-none")

    def gives_away(self, one: Override) -> bool:
        """Whether its answer rests on what is not shown."""
        facts = {leaf.fact for leaf in leaves(one.when) if isinstance(leaf, FactIn | FactIs)}
        return bool(self.hidden & {one.id, *facts})

    def by_table(self, place: int) -> str:
        grading = self.book.grading
        if isinstance(grading, Bands):
            band = grading.bands[place]
            grade = grade_text(band.grade, self.grades, self.lang)
            if grading.of is None:
                total = self.workings.total
                shown = "" if total is None else self.points(total)
                said = points_range(band.range, self.lang)
                return word(self.lang, "decided.points", points=shown, range=said, grade=grade)
            value = self.value(grading.of, dict(self.workings.facts)[grading.of])
            return word(
                self.lang,
                "decided.fact",
                fact=self.titles[grading.of],
                value=value,
                range=whole_range(band.range, self.lang),
                grade=grade,
            )
        if isinstance(grading, Total):
            total = self.workings.total
            return word(self.lang, "decided.total", points="" if total is None else self.points(total))
        step = grading.steps[place]
        when = (
            word(self.lang, "grade.otherwise")
            if step.when is None
            else condition_text(step.when, self.titles, self.lang)
        )
        grade = grade_text(step.grade, self.grades, self.lang)
        asked = [one.when for one in grading.steps[:place]] if step.when is None else [step.when]
        values = word(self.lang, "basis.join").join(self.asked(asked))
        key = "decided.step-of" if values else "decided.step"
        return word(self.lang, key, number=place + 1, condition=when, grade=grade, values=values)

    def asked(self, conditions: Iterable[Condition | None]) -> Iterator[str]:
        """The facts that conditions ask about, each once with its value; not those that are no longer shown."""
        known = dict(self.workings.facts)
        every = (leaf for one in conditions if one is not None for leaf in leaves(one))
        for name in dict.fromkeys(one.fact for one in every if isinstance(one, FactIn | FactIs)):
            if name in known and name not in self.hidden:
                yield f"{self.titles[name]} = {self.value(name, known[name])}"
