"""A rulebook as a page that reads like law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.leaflets.blocks import Block, Grid, Heading, Items, Leaflet, Pairs, Paragraph
from goodstanding.portal.prose import rulebook_text
from goodstanding.portal.prose.laws import force_text, law_text
from goodstanding.portal.prose.rulebook import RulebookText
from goodstanding.portal.prose.texts import RuleText
from goodstanding.portal.wording import named, word
from goodstanding.rules.model import Rulebook, digest


def rulebook_leaflet(book: Rulebook, lang: Language) -> Leaflet:
    """The whole rulebook in words of one language: what its portal page shows."""
    return Leaflet(
        lang.of(book.title), lang, tuple(_Page(book, lang).blocks()), word(lang, "rulebook.caption")
    )


class _Page:
    def __init__(self, book: Rulebook, lang: Language) -> None:
        self.book, self.lang = book, lang
        self.text: RulebookText = rulebook_text(book, lang)
        self.numbers = count(1)

    def word(self, key: str) -> str:
        return word(self.lang, key)

    def blocks(self) -> Iterator[Block]:
        yield from self.head()
        yield from self.grades()
        yield from self.articles()
        yield from self.rules()
        yield from self.gaps()
        yield from self.examples()

    def head(self) -> Iterator[Block]:
        book = self.book
        yield Pairs(
            (
                (self.word("rulebook.authority"), self.lang.of(shelf.authority_title(book.authority))),
                (self.word("line.law"), law_text(book.basis, self.lang)),
                (
                    self.word("rulebooks.in-force"),
                    force_text(book.in_force_from, book.in_force_to, self.lang),
                ),
                (self.word("rulebook.subjects"), self.text.subjects),
                (self.word("rulebook.digest"), digest(book)),
            )
        )
        if self.text.office:
            yield Paragraph(self.text.office)
        yield from (Paragraph(self.lang.of(one)) for one in book.notes)

    def grades(self) -> Iterator[Block]:
        yield Heading(self.word("rulebook.grades"))
        yield Paragraph(self.text.graded_by)
        if self.text.versions:
            yield Paragraph(self.text.versions)
        yield Grid(
            "",
            (self.word("rulebook.grade"), self.word("rulebook.given")),
            tuple((f"{one.grade} {one.title}".strip(), one.when) for one in self.text.grades),
            row_heads=True,
        )
        if self.text.tiers:
            yield Heading(self.word("rulebook.tiers"))
            yield Pairs(self.text.tiers)
        if self.text.start:
            yield Heading(self.word("rulebook.start"))
            yield from (Paragraph(one) for one in self.text.start)
            if self.text.bounds:
                yield Paragraph(self.text.bounds)
            if self.text.maximum:
                yield Pairs(((self.word("rulebook.maximum"), self.text.maximum),))
        if self.text.facts:
            yield Heading(self.word("rulebook.facts"))
            yield Pairs(self.text.facts)

    def articles(self) -> Iterator[Block]:
        """What stands above the rules: what decides by itself, what bars, who ranks best, what is suspended."""
        chapters: tuple[tuple[str, str, tuple[RuleText, ...]], ...] = (
            ("rulebook.overrides", "rulebook.overrides-lead", self.text.overrides),
            ("rulebook.bars", "rulebook.bars-lead", self.text.bars),
            ("rulebook.quotas", "rulebook.quotas-lead", self.text.quotas),
            ("rulebook.amendments", "", self.text.amendments),
        )
        for title, lead, articles in chapters:
            if not articles:
                continue
            if title == "rulebook.overrides" and self.book.of_list:
                title, lead = "rulebook.criteria", "rulebook.criteria-lead"
            yield Heading(self.word(title))
            if lead:
                yield Paragraph(self.word(lead))
            yield from self.each(articles, 3)

    def rules(self) -> Iterator[Block]:
        if self.text.sections:
            yield Heading(self.word("rulebook.rules"))
        for section in self.text.sections:
            if section.title:
                yield Heading(section.title, 3)
            if section.bounds:
                yield Paragraph(section.bounds)
            yield from self.each(section.rules, 4 if section.title else 3)

    def each(self, articles: Iterable[RuleText], level: int) -> Iterator[Block]:
        for one in articles:
            title = one.title
            if one.uncertain:
                title = word(self.lang, "grade.with-title", grade=title, title=self.word("uncertain"))
            yield Heading(f"§ {next(self.numbers)}  {title}", level)
            yield Paragraph(one.about)
            yield Paragraph(f"{one.gives} {one.cap}".strip())
            if one.brackets:
                yield Pairs(one.brackets)
            yield Paragraph(f"{law_text(one.basis, self.lang)} · {one.id}", remark=True)

    def gaps(self) -> Iterator[Block]:
        if not self.book.untranslatable:
            return
        yield Heading(self.word("rulebook.untranslatable"))
        yield Paragraph(self.word("rulebook.untranslatable-lead"))
        for one in self.book.untranslatable:
            yield Heading(self.lang.of(one.title), 3)
            yield Paragraph(
                f"{self.lang.of(one.reason)} {named(self.lang, 'because.', one.because.value)}".strip()
            )
            yield Paragraph(law_text(one.basis, self.lang), remark=True)

    def examples(self) -> Iterator[Block]:
        if not self.text.examples:
            return
        yield Heading(self.word("rulebook.examples"))
        yield Paragraph(self.word("rulebook.examples-lead"))
        for number, one in enumerate(self.text.examples, 1):
            title = word(self.lang, "rulebook.example", number=number)
            yield Heading(f"{title}: {one.title}" if one.title else title, 3)
            yield Items(one.given)
            yield Paragraph(one.then)
