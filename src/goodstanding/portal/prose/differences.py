"""What changed between two versions of a rulebook, in words: thresholds, points, rules that came or went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from goodstanding.portal.language import Language
from goodstanding.portal.prose.laws import law_text
from goodstanding.portal.prose.rulebook import GradeText, rulebook_text
from goodstanding.portal.prose.texts import RuleText
from goodstanding.portal.wording import word
from goodstanding.portal.written import points
from goodstanding.rules.model import Rulebook, plain


class Happened(StrEnum):
    """What became of a part of a rulebook."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """A part that differs: `part` is its kind (rule, grade …), `id` and `title` name it.

    `before` and `after` are what each version says of it, sentence by sentence, only where they differ.
    """

    happened: Happened
    part: str
    id: str
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class _Said:
    title: str
    sentences: tuple[str, ...]
    node: object


def differences(old: Rulebook, new: Rulebook, lang: Language) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the newer rulebook, and what went at the end."""
    before, after = dict(_parts(old, lang)), dict(_parts(new, lang))
    found = []
    for key, said in after.items():
        there = before.get(key)
        if there is None:
            found.append(Difference(Happened.ADDED, *key, said.title, (), said.sentences))
        elif there != said:
            found.append(Difference(Happened.CHANGED, *key, said.title, *_apart(there, said)))
    found += _order(old, new, lang)
    found += [
        Difference(Happened.REMOVED, *key, said.title, said.sentences, ())
        for key, said in before.items()
        if key not in after
    ]
    return tuple(found)


def _order(old: Rulebook, new: Rulebook, lang: Language) -> Iterator[Difference]:
    """Overrides that stand in another order: the first that is met decides."""
    titles = {one.id: lang.of(one.title) for one in new.overrides}
    before = tuple(titles[one.id] for one in old.overrides if one.id in titles)
    kept = {one.id for one in old.overrides}
    after = tuple(titles[one.id] for one in new.overrides if one.id in kept)
    if before != after:
        title = word(lang, "rulebook.overrides")
        yield Difference(Happened.CHANGED, "rulebook", "order", title, before, after)


def _apart(before: _Said, after: _Said) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences of each that the other does not say; where all are said, the values that differ."""
    gone = tuple(one for one in before.sentences if one not in after.sentences)
    come = tuple(one for one in after.sentences if one not in before.sentences)
    if gone or come:
        return gone, come
    if before.title != after.title:
        return (before.title,), (after.title,)
    return _values(before.node, after.node)


def _values(one: object, other: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values of two nodes that differ, each with its place in the node."""
    left, right = dict(_leaves(plain(one))), dict(_leaves(plain(other)))
    apart = [key for key in dict.fromkeys((*left, *right)) if left.get(key) != right.get(key)]
    return (
        tuple(f"{key}: {left[key]}" for key in apart if key in left),
        tuple(f"{key}: {right[key]}" for key in apart if key in right),
    )


def _leaves(value: object, place: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for number, one in enumerate(value, 1):
            yield from _leaves(one, f"{place}[{number}]")
    else:
        yield place, value


def _parts(book: Rulebook, lang: Language) -> Iterator[tuple[tuple[str, str], _Said]]:
    """Everything that a rulebook says, by its part and id. The examples and the days in force are not law."""
    text = rulebook_text(book, lang)
    nodes: Mapping[str, object] = {
        one.id: one
        for one in (*book.rules, *book.overrides, *book.bars, *book.quotas, *book.amendments, *book.facts)
    }
    yield ("rulebook", "title"), _Said(lang.of(book.title), (lang.of(book.title),), book.title)
    yield ("rulebook", "basis"), _Said(word(lang, "line.law"), (law_text(book.basis, lang),), book.basis)
    yield (
        ("rulebook", "subjects"),
        _Said(word(lang, "rulebook.subjects"), (text.subjects,), book.subject_kinds),
    )
    yield ("rulebook", "start"), _Said(word(lang, "rulebook.start"), text.start, book.start)
    bounds = tuple(one for one in (text.bounds, text.maximum and points(book.maximum or 0)) if one)
    yield (
        ("rulebook", "bounds"),
        _Said(word(lang, "rulebook.start"), bounds, (book.floor, book.ceiling, book.maximum)),
    )
    yield (
        ("rulebook", "graded-by"),
        _Said(word(lang, "rulebook.grades"), (text.graded_by, text.versions), book.versioned_by),
    )
    for number, one in enumerate(text.grades, 1):
        title = f"{one.grade} {one.title}".strip()
        yield ("grade", f"{one.grade} {_nth(text.grades, number)}".strip()), _Said(title, (one.when,), None)
    for name, how in text.tiers:
        yield ("tier", name), _Said(name, (how,), None)
    for fact, (name, how) in zip(book.facts, text.facts, strict=True):
        yield ("fact", fact.id), _Said(name, (how,), fact)
    for section, node in ((each, each.id) for each in book.sections):
        bounded = (points(one) for one in (section.at_least, section.at_most) if one is not None)
        yield ("section", node), _Said(lang.of(section.title), (" – ".join(bounded),), section)
    chapters = (
        ("rule", tuple(rule for section in text.sections for rule in section.rules)),
        ("override", text.overrides),
        ("bar", text.bars),
        ("quota", text.quotas),
        ("amendment", text.amendments),
    )
    for part, rules in chapters:
        for rule in rules:
            yield (part, rule.id), _Said(rule.title, tuple(_sentences(rule, lang)), nodes[rule.id])
    for gap in book.untranslatable:
        yield ("untranslatable", gap.id), _Said(lang.of(gap.title), (lang.of(gap.reason),), gap)


def _nth(grades: tuple[GradeText, ...], number: int) -> str:
    """A number for a grade that several rows give; nothing where only one does."""
    same = [at for at, one in enumerate(grades, 1) if one.grade == grades[number - 1].grade]
    return f"({same.index(number) + 1})" if len(same) > 1 else ""


def _sentences(rule: RuleText, lang: Language) -> Iterator[str]:
    yield rule.about
    yield f"{rule.gives} {rule.cap}".strip()
    yield from (f"{span}: {given}" for span, given in rule.brackets)
    yield law_text(rule.basis, lang)
    if rule.uncertain:
        yield word(lang, "uncertain")
